"""Times and quantities as records: what each is for, what it measures, when it is due; and the claims that follow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

import msgspec

from docparse.assembly import Holder, Places, build_statements
from docparse.claims.build import Claims, Given, build_claims
from docparse.claims.classifier import Scored, label_units
from docparse.claims.foretold import label_foretold
from docparse.claims.kinds import kinds_by_labels
from docparse.claims.label_lines import find_label_lines, label_items
from docparse.claims.links import Around, DuePlace, Place, date_titles, link_due, names_aims, names_term
from docparse.claims.mentions import Seat, article_years, resolve_all
from docparse.claims.metrics import find_metric
from docparse.claims.outlook import Outlook, find_outlooks, outlook_at
from docparse.claims.quantity_roles import quantity_role
from docparse.claims.scene import AHEAD, Scene
from docparse.claims.table_cells import TableSenses, fills
from docparse.claims.table_roles import cell_due, cell_quantity_role, cell_time_role, label_rows
from docparse.claims.time_roles import time_role
from docparse.expr.times import time_bounds
from docparse.records import Layout, Quantity, QuantityMention, QuantityRole, Statement, Time, TimeMention

# A list's head and the headings above it are looked for no farther than so many statements and levels.
MOST_EARLIER = 12
MOST_HEADINGS = 12


class Ground(NamedTuple):
    """What a quantity's role and metric were read from, the words or its table, and where its due time stands."""

    role: Literal["words", "table"]
    metric: Literal["words", "table"]
    due: DuePlace | None


def _scene(layout: Layout, labels: Sequence[Scored], holder: Holder, outlooks: Sequence[Outlook | None]) -> Scene:
    """Where a mention stands, as the roles see it."""
    unit = holder.kind == "unit"
    at = layout.units[holder.number].section if unit else holder.number if holder.kind == "heading" else None
    return Scene(
        label=labels[holder.number].label if unit else None,
        kind=layout.articles[holder.article].kind if holder.article is not None else "other",
        section=layout.headings[at].title_role if at is not None else "other",
        outlook=outlook_at(outlooks, at),
    )


class Read(NamedTuple):
    """What the earlier stages found: the text, its layout and places, and the mentions with their holders."""

    text: str
    layout: Layout
    places: Places
    senses: TableSenses
    times: Sequence[tuple[TimeMention, Holder]]
    quantities: Sequence[tuple[QuantityMention, Holder]]


class Linked(NamedTuple):
    """Statements, times and quantities as records, and the claims that follow; the layout with the articles' kinds."""

    layout: Layout
    labels: list[Scored]
    statements: tuple[Statement, ...]
    times: list[Time]
    quantities: list[Quantity]
    grounds: list[Ground]
    claims: Claims


def link_claims(read: Read, reference: date | None, *, minguo: bool, min_confidence: float) -> Linked:
    """Labels, roles, metrics, dues and claims. `reference` and `minguo` are as in `resolve_all`."""
    text, layout, places, senses = read.text, read.layout, read.places, read.senses
    labels = label_units(text, layout, _per_unit(layout, read.quantities), _per_unit(layout, read.times))
    lines = find_label_lines(text, layout)
    labels = label_items(label_rows(text, layout, label_foretold(text, layout, labels), senses), lines)
    layout = kinds_by_labels(layout, labels)
    seats = [_seat(h) for _, h in read.times]
    resolved = resolve_all(
        text, layout, [m for m, _ in read.times], seats, reference, minguo, [s.label for s in labels]
    )
    times = build_times(text, layout, read.times, resolved, labels, places, senses)
    near = _times_near(times, read.times)
    for line, item in lines.items():  # what the lines below an item date is the item
        near[("unit", item)] = [*near.get(("unit", item), ()), *near.get(("unit", line), ())]
    quantities, grounds = build_quantities(text, layout, read.quantities, labels, places, near, senses, times)
    times = date_titles(times, quantities)
    statements = build_statements(text, layout, places, labels)
    article_of = {q.id: _article_id(h) for q, (_, h) in zip(quantities, read.quantities, strict=True)}
    of_lines = {statements[line].id: statements[item].id for line, item in lines.items()}
    given = Given(text, statements, labels, times, quantities, article_of, senses, of_lines)
    return Linked(layout, labels, statements, times, quantities, grounds, build_claims(given, min_confidence))


def _per_unit(layout: Layout, held: Sequence[tuple[TimeMention | QuantityMention, Holder]]) -> list[int]:
    counts = Counter(h.number for _, h in held if h.kind == "unit")
    return [counts[i] for i in range(len(layout.units))]


def _seat(holder: Holder) -> Seat:
    unit = holder.number if holder.kind == "unit" else None
    return Seat(unit, holder.number if holder.kind == "heading" else None, holder.article)


def _article_id(holder: Holder) -> str | None:
    return f"a{holder.article + 1}" if holder.article is not None else None


def build_times(
    text: str,
    layout: Layout,
    held: Sequence[tuple[TimeMention, Holder]],
    resolved: Sequence[str | None],
    labels: Sequence[Scored],
    places: Places,
    senses: TableSenses,
) -> list[Time]:
    """The times with their roles."""
    made: list[Time] = []
    outlooks = find_outlooks(layout)
    years = article_years(layout)
    for (mention, holder), value in zip(held, resolved, strict=True):
        scene = _scene(layout, labels, holder, outlooks)
        role = cell_time_role(text, mention, senses.cell(mention.span), senses.row(mention.span), scene.label)
        if role is None:
            gone = holder.kind == "title" or _is_before(value, scene, years, holder)
            role = "context" if gone else time_role(text, mention, scene)
        made.append(
            Time(
                id=f"t{len(made) + 1}",
                statement=f"st{holder.number + 1}" if holder.kind == "unit" else None,
                text=text[mention.span.start : mention.span.end],
                # 半年一检: what so long a time recurs in is a SET
                type="SET" if role == "recurrence" and mention.type == "DURATION" else mention.type,
                value=mention.value,
                resolved=value,
                role=role,
                span=mention.span,
                raw_span=places.raw(mention.span),
                page=places.page(mention.span.start),
            )
        )
    return made


def _is_before(value: str | None, scene: Scene, years: Sequence[int | None], holder: Holder) -> bool:
    """Whether a time in a plan lies before the year that its title names: nothing is planned for it."""
    year = years[holder.article] if holder.article is not None and scene.kind == "plan" else None
    if year is None or value is None:
        return False
    _, end = time_bounds(value)
    return end is not None and end.year < year


def _times_near(times: Sequence[Time], held: Sequence[tuple[TimeMention, Holder]]) -> dict[tuple[str, int], list[Time]]:
    """The times of each title, heading and unit, by (kind, index)."""
    near: dict[tuple[str, int], list[Time]] = {}
    for time, (_, holder) in zip(times, held, strict=True):
        near.setdefault((holder.kind, holder.number), []).append(time)
    return near


def build_quantities(
    text: str,
    layout: Layout,
    held: Sequence[tuple[QuantityMention, Holder]],
    labels: Sequence[Scored],
    places: Places,
    near: Mapping[tuple[str, int], Sequence[Time]],
    senses: TableSenses,
    times: Sequence[Time],
) -> tuple[list[Quantity], list[Ground]]:
    """The quantities with their metrics, roles and, for targets, the time that they are due at; and the grounds."""
    made: list[Quantity] = []
    grounds: list[Ground] = []
    leads = _lead_places(layout, near)
    aims = _aims(text, layout, labels, near)
    outlooks = find_outlooks(layout)
    previous: QuantityMention | None = None
    metric: str | None = None
    for mention, holder in held:
        scene = _scene(layout, labels, holder, outlooks)
        cell, row = senses.cell(mention.span), senses.row(mention.span)
        whole = cell is not None and fills(text, mention.span, cell.span)
        metric = find_metric(text, mention, holder.span.start, previous, metric)
        named = cell.metric if cell is not None and whole else None
        metric = named or metric
        previous = mention
        of_cell = cell_quantity_role(cell, row, whole, scene.kind, scene.label)
        role = of_cell or quantity_role(text, mention, scene, metric)
        quantity = _quantity(text, mention, holder, places, f"q{len(made) + 1}", role, metric)
        due = None
        if role == "target":
            due = cell_due(cell, row, times)
            due = due or link_due(text, quantity, _around(layout, holder, labels, near, leads, aims))
        made.append(msgspec.structs.replace(quantity, due=due.time) if due is not None else quantity)
        grounds.append(
            Ground(
                "table" if of_cell else "words", "table" if named else "words", due.place if due is not None else None
            )
        )
    return made, grounds


def _quantity(
    text: str,
    mention: QuantityMention,
    holder: Holder,
    places: Places,
    name: str,
    role: QuantityRole,
    metric: str | None,
) -> Quantity:
    return Quantity(
        id=name,
        statement=f"st{holder.number + 1}" if holder.kind == "unit" else None,
        text=text[mention.span.start : mention.span.end],
        kind=mention.kind,
        low=mention.low,
        high=mention.high,
        comparator=mention.comparator,
        approximate=mention.approximate,
        masked=mention.masked,
        unit=mention.unit,
        per=mention.per,
        role=role,
        metric=metric,
        due=None,
        span=mention.span,
        raw_span=places.raw(mention.span),
        page=places.page(mention.span.start),
    )


def _lead_places(layout: Layout, near: Mapping[tuple[str, int], Sequence[Time]]) -> dict[int, list[tuple[int, Place]]]:
    """Of each article: the dated statements before its first heading, with their numbers."""
    leads: dict[int, list[tuple[int, Place]]] = {}
    for number, unit in enumerate(layout.units):
        times = near.get(("unit", number))
        if times and unit.article is not None and unit.section is None:
            leads.setdefault(unit.article, []).append((number, Place(unit.span.start, times)))
    return leads


def _aims(
    text: str, layout: Layout, labels: Sequence[Scored], near: Mapping[tuple[str, int], Sequence[Time]]
) -> dict[int, tuple[int, Place]]:
    """Of each article: the first goal or task that says by which year the aims are reached, with its number; where none
    does, the only statement that says how long the work is to take: of several, each is about a part."""
    framed: dict[int, tuple[int, Place]] = {}
    lasting: dict[int, list[tuple[int, Place]]] = {}
    for number, unit in enumerate(layout.units):
        times = near.get(("unit", number))
        label = labels[number].label
        if not times or unit.article is None or label not in (*AHEAD, "background"):
            continue
        if label in AHEAD and names_aims(text, times):
            framed.setdefault(unit.article, (number, Place(unit.span.start, times)))
        elif names_term(text, times):
            lasting.setdefault(unit.article, []).append((number, Place(unit.span.start, times)))
    return {article: terms[0] for article, terms in lasting.items() if len(terms) == 1} | framed


def _around(
    layout: Layout,
    holder: Holder,
    labels: Sequence[Scored],
    near: Mapping[tuple[str, int], Sequence[Time]],
    leads: Mapping[int, Sequence[tuple[int, Place]]],
    aims: Mapping[int, tuple[int, Place]],
) -> Around:
    """What a target stands among, for the link to its time."""

    def place(kind: str, number: int, start: int) -> Place:
        goal = kind == "unit" and labels[number].label == "goal"
        return Place(start, near.get((kind, number), ()), goal)

    earlier: list[Place] = []
    above: list[Place] = []
    at = layout.headings[holder.number].parent if holder.kind == "heading" else None
    if holder.kind == "unit":
        at = layout.units[holder.number].section
        for number in range(holder.number - 1, max(-1, holder.number - 1 - MOST_EARLIER), -1):
            unit = layout.units[number]
            if unit.section != at or unit.article != holder.article:
                break
            if ("unit", number) in near:
                earlier.append(place("unit", number, unit.span.start))
    under = at is not None or holder.kind == "heading"
    for _ in range(MOST_HEADINGS):
        if at is None:
            break
        above.append(place("heading", at, layout.headings[at].span.start))
        at = layout.headings[at].parent
    here = place(holder.kind, holder.number, holder.span.start)
    if holder.article is None:
        return Around(here, earlier, above)
    plan = layout.articles[holder.article].kind in ("plan", "other")
    title = Place(0, near.get(("title", holder.article), ()), plan)
    lead = leads.get(holder.article, ())[:MOST_EARLIER] if under else ()
    before = [p for n, p in reversed(lead) if holder.kind != "unit" or n < holder.number]
    number, aim = aims.get(holder.article, (0, None))
    return Around(here, earlier, above, before, title, aim if holder.kind != "unit" or number < holder.number else None)
