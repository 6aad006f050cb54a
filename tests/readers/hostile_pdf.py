"""Hostile PDFs: bombs in every stream, rings in every tree, and numbers that lie."""

from __future__ import annotations

import base64
import zlib
from functools import partial

from hostile_build import BOMB, MB, Hostile, pdf_of, stream, zlib_repeated

_CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_TEXT = b"BT /F 12 Tf 72 700 Td (Plan 2024) Tj ET"
_FLATE = b"/Filter/FlateDecode"


def page(extra: bytes = b"", resources: bytes = b"/Font<</F 5 0 R>>") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>%s>>" % (resources, extra)


def document(
    *objects: bytes, contents: bytes = stream(_TEXT), extra: bytes = b"", catalog: bytes = b"", font: bytes = _FONT
) -> bytes:
    """One page with one line; `objects` are numbered from 6."""
    return pdf_of((_CATALOG[:-2] + catalog + b">>", _PAGES, page(extra), contents, font, *objects))


def bomb(unit: bytes, megabytes: int, filters: bytes = _FLATE) -> bytes:
    return stream(zlib_repeated(unit * (MB // len(unit)), megabytes), filters)


def nested_bomb() -> bytes:
    """10 GB that are packed twice into some kilobytes."""
    twice = zlib.compress(zlib_repeated(b"\0" * MB, 10_000), 9)
    return document(contents=stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))


def other_filter_bomb(name: bytes) -> bytes:
    """Run lengths, LZW or base 85 with deflate over it: what one filter makes small, the next makes large."""
    data = {
        b"RunLengthDecode": b"\x81 " * 2_000_000,
        b"ASCIIHexDecode": b"20" * 60_000_000,
        b"ASCII85Decode": b"z" * 30_000_000,
    }
    return document(contents=stream(zlib.compress(data[name], 9), b"/Filter[/FlateDecode/%s]" % name))


def font_bomb(key: bytes, megabytes: int) -> bytes:
    """A font whose file, or character map, unpacks to a gigabyte."""
    descriptor = (
        b"<</Type/FontDescriptor/FontName/X/Flags 4/FontBBox[0 0 9 9]/ItalicAngle 0/Ascent 9/Descent 0/%s 7 0 R>>"
    )
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 32/LastChar 33/Widths[9 9]/FontDescriptor 6 0 R%s>>"
    inner = key if key != b"ToUnicode" else b"FontFile9"
    link = b"/ToUnicode 7 0 R" if key == b"ToUnicode" else b""
    return document(descriptor % inner, bomb(b"\0", megabytes), font=font % link)


def character_map(text: bytes) -> bytes:
    """A font whose character map is `text`."""
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>>>"
    )
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
    return document(descendant, stream(text), font=font, contents=stream(b"BT /F 12 Tf 72 700 Td <00010002> Tj ET"))


def image_bomb() -> bytes:
    image = bomb(
        b"\0",
        1_000,
        b"/Type/XObject/Subtype/Image/Width 30000/Height 30000/BitsPerComponent 8/ColorSpace/DeviceGray" + _FLATE,
    )
    drawn = page(resources=b"/Font<</F 5 0 R>>/XObject<</I 6 0 R>>")
    return pdf_of((_CATALOG, _PAGES, drawn, stream(_TEXT + b" /I Do"), _FONT, image))


def repeated_contents() -> bytes:
    """One stream of 1 MB that is listed 20,000 times as a part of one page."""
    listed = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents[%s]/Resources<</Font<</F 5 0 R>>>>>>" % (
        b"4 0 R " * 20_000
    )
    return pdf_of((_CATALOG, _PAGES, listed, bomb(b"0 0 m ", 1), _FONT))


def repeated_page(times: int) -> bytes:
    return pdf_of(
        (_CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * times, times), page(), stream(_TEXT), _FONT)
    )


def drawn_in_itself(kind: bytes) -> bytes:
    """A glyph, or a pattern, that draws itself."""
    if kind == b"glyph":
        font = (
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a 6 0 R>>/FirstChar 97"
            b"/LastChar 97/Widths[9]/Encoding<</Differences[97/a]>>/Resources<</Font<</F 5 0 R>>>>>>"
        )
        return document(
            stream(b"9 0 0 0 9 9 d1 BT /F 9 Tf (a) Tj ET"), font=font, contents=stream(b"BT /F 9 Tf (aaa) Tj ET")
        )
    pattern = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 9/YStep 9"
        b"/Resources<</Pattern<</P 6 0 R>>>>",
    )
    drawn = page(resources=b"/Font<</F 5 0 R>>/Pattern<</P 6 0 R>>")
    return pdf_of((_CATALOG, _PAGES, drawn, stream(_TEXT + b" /Pattern cs /P scn 0 0 99 99 re f"), _FONT, pattern))


def previous_table_loop() -> bytes:
    data = document()
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    return data.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %d>>" % start)


def object_stream_lie() -> bytes:
    """A stream of objects that claims a thousand million of them, and a cross-reference stream that claims as many."""
    objects = stream(b"7 0 8 9 null null", b"/Type/ObjStm/N 1000000000/First 9")
    table = stream(
        zlib_repeated(b"\x01\0\0\0" * 256, 20_000),
        b"/Type/XRef/W[1 2 1]/Index[0 1000000000]/Size 1000000000/Root 1 0 R" + _FLATE,
    )
    data = document(objects, table)
    offset = data.index(b"7 0 obj")
    return data[: data.rindex(b"xref\n0")] + b"startxref\n%d\n%%%%EOF" % offset


def many_glyphs(count: int) -> bytes:
    """Characters one by one, all in the same place."""
    return document(contents=stream(b"BT /F 12 Tf 72 700 Td " + b"(a) Tj " * count + b"ET"))


def outline_ring() -> bytes:
    items = b"<</Title(a)/Parent 6 0 R/Next 7 0 R/Prev 7 0 R/First 6 0 R/Last 7 0 R/Dest[3 0 R/Fit]>>"
    return document(b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1000000000>>", items, catalog=b"/Outlines 6 0 R")


def structure_ring() -> bytes:
    element = b"<</Type/StructElem/S/P/P 6 0 R/K[7 0 R 6 0 R 0]/Pg 3 0 R>>"
    marked = b"/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>"
    return document(b"<</Type/StructTreeRoot/K[7 0 R]/ParentTree 6 0 R>>", element, catalog=marked)


def deep_structure(depth: int) -> bytes:
    elements = [b"<</Type/StructElem/S/P/P %d 0 R/K[%d 0 R]>>" % (6 + n, 8 + n) for n in range(depth)]
    marked = b"/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>"
    return document(b"<</Type/StructTreeRoot/K[7 0 R]>>", *elements, b"null", catalog=marked)


def tree_ring(key: bytes) -> bytes:
    """A tree of numbers or names that holds itself."""
    return document(
        b"<</Kids[6 0 R 6 0 R]/Limits[(a)(z)]>>", catalog=b"/%s 6 0 R/Names<</Dests 6 0 R/EmbeddedFiles 6 0 R>>" % key
    )


def annotation_bomb() -> bytes:
    widgets = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/Rect[0 0 9 9]/Kids[6 0 R]/Parent 6 0 R/AP<</N 4 0 R>>>>"
    return document(widgets, extra=b"/Annots[%s]" % (b"6 0 R " * 100_000), catalog=b"/AcroForm<</Fields[6 0 R]>>")


_RANGE = b"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <%s> <%s> <0041> endbfrange"
_FOUND = ("damaged-pdf", "too-deep", *BOMB)
PDF: tuple[Hostile, ...] = (
    Hostile("pdf of 1,000,000,000 pages, it says", lambda: document().replace(b"/Count 1>>", b"/Count 1000000000>>")),
    Hostile("pdf arrays 200,000 deep in a page", lambda: document(contents=stream(b"[" * 200_000 + _TEXT))),
    Hostile(
        "pdf arrays 200,000 deep in an object", lambda: document(b"[" * 200_000 + b"]" * 200_000, extra=b"/X 6 0 R")
    ),
    Hostile(
        "pdf dictionaries 50,000 deep in a page",
        lambda: document(extra=b"/X" + b"<</X" * 50_000 + b" 1" + b">>" * 50_000),
    ),
    Hostile("pdf contents of 1 GB", lambda: document(contents=bomb(b"\0", 1_000)), read=False, codes=BOMB),
    Hostile("pdf operators of 300 MB", lambda: document(contents=bomb(b"0 0 m ", 300)), read=False, codes=BOMB),
    Hostile("pdf 10 GB, packed twice", nested_bomb, read=False, codes=BOMB),
    Hostile("pdf run lengths of 250 MB", partial(other_filter_bomb, b"RunLengthDecode"), codes=_FOUND),
    Hostile("pdf hexadecimal of 60 MB", partial(other_filter_bomb, b"ASCIIHexDecode"), codes=_FOUND),
    Hostile("pdf base 85 of 120 MB", partial(other_filter_bomb, b"ASCII85Decode"), codes=_FOUND),
    Hostile(
        "pdf predictor of 2,000,000,000 columns",
        lambda: document(
            contents=stream(zlib.compress(_TEXT), _FLATE + b"/DecodeParms<</Predictor 15/Columns 2147483647/Colors 4>>")
        ),
    ),
    Hostile("pdf font file of 1 GB", partial(font_bomb, b"FontFile2", 1_000)),
    Hostile("pdf character map of 1 GB", partial(font_bomb, b"ToUnicode", 1_000)),
    Hostile("pdf picture of 1 GB", image_bomb),
    Hostile("pdf one stream 20,000 times", repeated_contents, read=False, codes=_FOUND),
    Hostile(
        "pdf one page 1,000,000 times", partial(repeated_page, 1_000_000), read=False, codes=("too-many-pages", *BOMB)
    ),
    Hostile("pdf one page 4,000 times", partial(repeated_page, 4_000), seconds=20),
    Hostile("pdf glyph that draws itself", partial(drawn_in_itself, b"glyph")),
    Hostile("pdf pattern that draws itself", partial(drawn_in_itself, b"pattern")),
    Hostile(
        "pdf stream that claims 4 GB", lambda: document().replace(b"/Length %d" % len(_TEXT), b"/Length 4294967295")
    ),
    Hostile(
        "pdf of 20 MB without a table",
        lambda: b"%PDF-1.7\n" + bytes(n * n % 251 for n in range(65_536)) * 320,
        read=False,
        codes=("damaged-pdf",),
    ),
    Hostile(
        "pdf character range of 2,000,000,000", partial(character_map, _RANGE % (b"00000000", b"7FFFFFFF")), seconds=20
    ),
    Hostile("pdf character range backwards", partial(character_map, _RANGE % (b"FFFF", b"0000"))),
    Hostile(
        "pdf character range of surrogates",
        partial(character_map, _RANGE.replace(b"<0041>", b"<D800>") % (b"0000", b"FFFF")),
    ),
    Hostile(
        "pdf long destination of a character",
        partial(
            character_map, b"1 beginbfchar <0001> <%s> endbfchar" % base64.b16encode("完".encode("utf-16-be") * 500_000)
        ),
        seconds=40,
    ),
    Hostile("pdf cut off", lambda: document()[:-200]),
    Hostile("pdf without tail and table", lambda: document().split(b"xref")[0]),
    Hostile("pdf tables in a ring", previous_table_loop),
    Hostile("pdf objects in streams that lie", object_stream_lie),
    Hostile("pdf 300,000 glyphs in one place", partial(many_glyphs, 300_000), seconds=20),
    Hostile("pdf outline in a ring", outline_ring),
    Hostile("pdf structure in a ring", structure_ring),
    Hostile("pdf structure 30,000 deep", partial(deep_structure, 30_000)),
    Hostile("pdf page labels in a ring", partial(tree_ring, b"PageLabels")),
    Hostile("pdf a field in itself 100,000 times", annotation_bomb),
    Hostile("pdf page without size", lambda: document().replace(b"/MediaBox[0 0 600 800]", b"/MediaBox[0 0 0 0]")),
    Hostile(
        "pdf page of any size",
        lambda: document().replace(b"/MediaBox[0 0 600 800]", b"/MediaBox[-1e30 nan 1e30 1e30]/UserUnit 1e30"),
    ),
    Hostile("pdf of zeros", lambda: b"%PDF-1.4\n" + b"\0" * 5_000_000, read=False, codes=("damaged-pdf",)),
)
