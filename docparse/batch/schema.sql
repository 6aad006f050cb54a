-- The store of a batch: its ledger (files, failures) and its results, in one database so that they commit together.
-- Rows depend on the inputs, the options and the version alone, but for `meta`, `timings` and `traces`, which hold no
-- result.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One row for each input. `document` leads to what its bytes gave: copies point to the same document.
CREATE TABLE files (
    path TEXT PRIMARY KEY,
    archive TEXT,                   -- the archive file that it is a member of
    state TEXT NOT NULL CHECK (state IN ('parsed', 'failed', 'archive', 'skipped')),
    size INTEGER,
    modified_ns INTEGER,
    sha256 TEXT,
    document INTEGER                -- documents.id
) WITHOUT ROWID;
CREATE INDEX files_document ON files (document);
CREATE INDEX files_archive ON files (archive) WHERE archive IS NOT NULL;

-- One row for each input that gave no document; `content` and `fingerprint` say what was tried and how.
CREATE TABLE failures (
    path TEXT PRIMARY KEY,
    content TEXT,
    fingerprint TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    advice TEXT NOT NULL,
    traceback TEXT,
    attempts INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX failures_content ON failures (content);
CREATE INDEX failures_code ON failures (code);

-- One row for each distinct content. `id` is 63 bits of the content's hash; `path` the first of its files.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    content TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,      -- of options, docparse version and schema
    path TEXT,
    copies INTEGER NOT NULL DEFAULT 1,
    sha256 TEXT NOT NULL,
    media_type TEXT,
    title TEXT,
    script TEXT NOT NULL,
    published TEXT,
    reference_date TEXT,
    pages INTEGER,
    size INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    goals INTEGER NOT NULL,
    deadlines INTEGER NOT NULL,
    targets INTEGER NOT NULL,
    results INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    json TEXT NOT NULL              -- the docparse/1 document, its source.path null: it belongs to all its files
);

CREATE INDEX documents_path ON documents (path);

-- In the tables below, `n` counts the rows of one document in the order of its text.
CREATE TABLE articles (
    document INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
    title TEXT, kind TEXT NOT NULL, period TEXT, organization TEXT, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX articles_kind ON articles (kind);

CREATE TABLE sections (
    document INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
    article TEXT, parent TEXT, level INTEGER NOT NULL, marker TEXT, title TEXT, role TEXT NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE goals (
    document INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
    kind TEXT NOT NULL, article TEXT, section TEXT, text TEXT NOT NULL, owner TEXT, deadlines TEXT,
    start_date TEXT, end_date TEXT, targets TEXT, page INTEGER, confidence REAL NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX goals_end_date ON goals (end_date);
CREATE INDEX goals_owner ON goals (owner);

CREATE TABLE deadlines (
    document INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
    goal TEXT, text TEXT NOT NULL, value TEXT NOT NULL, start_date TEXT, end_date TEXT, page INTEGER,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX deadlines_end_date ON deadlines (end_date);

-- `low` and `high` are numbers here, exact to 15 digits; the JSON has every digit.
CREATE TABLE targets (
    document INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
    article TEXT, metric TEXT, baseline TEXT, comparator TEXT NOT NULL, low NUMERIC, high NUMERIC,
    approximate INTEGER NOT NULL, unit TEXT, per TEXT, change TEXT, nature TEXT, deadline TEXT,
    start_date TEXT, end_date TEXT, text TEXT NOT NULL, goal TEXT, goal_text TEXT, page INTEGER,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX targets_metric ON targets (metric);
CREATE INDEX targets_end_date ON targets (end_date);

CREATE TABLE results (
    document INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
    article TEXT, metric TEXT, baseline TEXT, comparator TEXT NOT NULL, low NUMERIC, high NUMERIC,
    approximate INTEGER NOT NULL, unit TEXT, per TEXT, change TEXT, nature TEXT, deadline TEXT,
    start_date TEXT, end_date TEXT, text TEXT NOT NULL, goal TEXT, goal_text TEXT, page INTEGER,
    confidence REAL NOT NULL, target TEXT,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX results_metric ON results (metric);

CREATE TABLE warnings (
    document INTEGER NOT NULL, n INTEGER NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL,
    start INTEGER, stop INTEGER,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE INDEX warnings_code ON warnings (code);

CREATE TABLE repairs (
    document INTEGER NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

-- MinHash of each long enough article, and the groups of those that are near copies of each other.
CREATE TABLE signatures (
    document INTEGER NOT NULL, n INTEGER NOT NULL, signature BLOB NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;
CREATE TABLE near_duplicates (
    document INTEGER NOT NULL, n INTEGER NOT NULL, group_number INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

CREATE TABLE timings (
    document INTEGER PRIMARY KEY, seconds REAL NOT NULL
);

-- Where a document was when it hung, crashed or ran out of memory: another line each time.
CREATE TABLE traces (
    path TEXT PRIMARY KEY, traceback TEXT NOT NULL
) WITHOUT ROWID;

-- Full text by characters (see words.py); a row's rowid is documents.id. Beyond ASCII every character counts.
CREATE VIRTUAL TABLE search USING fts5 (characters, content = '', tokenize = 'ascii');
-- A transaction's words fit into memory, and segments are merged sixteen at a time: 0.1 ms a document.
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
INSERT INTO search (search, rank) VALUES ('automerge', 16);

-- What people open: the same rows with the path of the document's first file. Exports are these views, ordered.
CREATE VIEW documents_sheet AS
SELECT path, copies, title, media_type, script, published, reference_date, pages, size, characters, articles, goals,
    deadlines, targets, results, warnings, sha256
FROM documents;

CREATE VIEW articles_sheet AS
SELECT d.path, a.n, a.title, a.kind, a.period, a.organization, x.group_number AS near_duplicates
FROM articles AS a
JOIN documents AS d ON d.id = a.document
LEFT JOIN near_duplicates AS x ON x.document = a.document AND x.n = a.n;

CREATE VIEW goals_sheet AS
SELECT d.path, g.n, a.title AS article, s.title AS section, g.kind, g.text, g.owner, g.deadlines, g.start_date,
    g.end_date, g.targets, g.page, g.confidence, g.id AS goal
FROM goals AS g
JOIN documents AS d ON d.id = g.document
LEFT JOIN articles AS a ON a.document = g.document AND a.id = g.article
LEFT JOIN sections AS s ON s.document = g.document AND s.id = g.section;

CREATE VIEW deadlines_sheet AS
SELECT d.path, x.n, x.text, x.value, x.start_date, x.end_date, g.text AS goal_text, x.page, x.confidence
FROM deadlines AS x
JOIN documents AS d ON d.id = x.document
LEFT JOIN goals AS g ON g.document = x.document AND g.id = x.goal;

CREATE VIEW targets_sheet AS
SELECT d.path, t.n, a.title AS article, t.metric, t.text, t.comparator, t.low, t.high, t.unit, t.per, t.baseline,
    t.change, t.nature, CASE t.approximate WHEN 1 THEN 'yes' ELSE 'no' END AS approximate, t.deadline, t.start_date,
    t.end_date, t.goal_text, t.page, t.confidence, t.goal, t.id AS target
FROM targets AS t
JOIN documents AS d ON d.id = t.document
LEFT JOIN articles AS a ON a.document = t.document AND a.id = t.article;

CREATE VIEW results_sheet AS
SELECT d.path, t.n, a.title AS article, t.metric, t.text, t.comparator, t.low, t.high, t.unit, t.per, t.baseline,
    t.change, t.nature, CASE t.approximate WHEN 1 THEN 'yes' ELSE 'no' END AS approximate, t.deadline, t.start_date,
    t.end_date, t.goal_text, t.page, t.confidence, t.target, t.id AS result
FROM results AS t
JOIN documents AS d ON d.id = t.document
LEFT JOIN articles AS a ON a.document = t.document AND a.id = t.article;

CREATE VIEW warnings_sheet AS
SELECT d.path, w.n, w.code, w.message, w.start, w.stop
FROM warnings AS w
JOIN documents AS d ON d.id = w.document;

CREATE VIEW failures_sheet AS
SELECT path, code, message, advice, attempts, traceback FROM failures;

CREATE VIEW files_sheet AS
SELECT f.path, f.state, d.path AS same_as, f.archive, f.size, f.sha256
FROM files AS f
LEFT JOIN documents AS d ON d.id = f.document AND d.path <> f.path;
