"""The words of Rich Text Format: how a file is cut into them, and which groups hold text."""

from __future__ import annotations

import re
from typing import Literal

from docparse.readers.pieces import name_set
from docparse.records import BlockKind

Place = Literal[
    "text", "skip", "fonts", "styles", "title", "author", "created", "modified", "marker", "row", "code", "choice"
]

# One of: a control word with its number, a byte in hex, a control sign, a brace, characters.
TOKEN = re.compile(
    rb"\\(?:([A-Za-z]{1,32})(-?[0-9]{1,10})?[0-9]*+ ?|'([0-9A-Fa-f]{2})|([^A-Za-z']))"
    rb"|([{}])|[\r\n\0]++|([^\\{}\r\n\0]++)"
)
_SKIP = re.compile(rb"\\(?:bin([0-9]{1,10}) ?|[\s\S])|[{}]")


def _names(names: str) -> frozenset[bytes]:
    return frozenset(name.encode("ascii") for name in name_set(names))


# Groups whose text is not of the page. Everything else that begins with \* and is not in _KNOWN is left out, too.
SKIPPED = _names(
    "colortbl filetbl listtable listoverridetable revtbl rsidtbl generator pict objdata objclass objname"
    " datafield annotation atnid atnauthor atnref atndate bkmkstart bkmkend xe tc rxe txe pn pnseclvl shprslt"
    " nonesttables sp sn sv template falt panose themedata colorschememapping latentstyles datastore xmlnstbl"
    " wgrffmtfilter docvar userprops background ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn private"
    " operator comment doccomm company keywords category subject manager hlinkbase printim buptim mmathPr picprop"
    " oldcprops oldpprops oldsprops oldtprops blipuid fontemb fontfile pgptbl"
)
STORIES: dict[bytes, BlockKind] = {
    b"header": "header", b"headerl": "header", b"headerr": "header", b"headerf": "header",
    b"footer": "footer", b"footerl": "footer", b"footerr": "footer", b"footerf": "footer",
    b"footnote": "note",
}  # fmt: skip
BOXES = _names("shptxt dptxbxtext")
PLACES: dict[bytes, Place] = {
    b"fonttbl": "fonts",
    b"stylesheet": "styles",
    b"info": "skip",
    b"title": "title",
    b"author": "author",
    b"creatim": "created",
    b"revtim": "modified",
    b"listtext": "marker",
    b"pntext": "marker",
    b"nesttableprops": "row",
    b"fldinst": "code",
    b"ffl": "choice",
}
KNOWN = _names(
    "shpinst ud nesttableprops listtext pntext shptxt dptxbxtext footnote fldrslt do fldinst formfield ffl cs ds ts"
)


def end_of_group(data: bytes, start: int) -> int:
    """Where the brace stands that closes the group around `start`; the end of the file where none does."""
    depth = 1
    position = start
    while match := _SKIP.search(data, position):
        position = match.end()
        if match[0] == b"{":
            depth += 1
        elif match[0] == b"}":
            depth -= 1
            if depth == 0:
                return match.start()
        elif match[1] is not None:
            position = after_binary(data, position, int(match[1]))
    return len(data)


def after_binary(data: bytes, start: int, count: int) -> int:
    """Where the file goes on behind `count` binary bytes; a count that runs over its end is a lie, and none."""
    return start + count if 0 < count <= len(data) - start else start
