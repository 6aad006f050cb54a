"""Full-width digits and letters become half-width; full-width marks stay, because headings are made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docparse.text.edits import Edit

# A table and not NFKC: that would turn ① into 1 and ㎡ into m2.
FULL = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
HALF = str.maketrans({c: chr(ord(c) - 0xFEE0) for c in FULL} | {"．": "."})
WIDE = re.compile(f"[{FULL}]+(?:．(?=[{FULL}])[{FULL}]+)*")


def narrow_digits_and_letters(raw: str) -> Iterator[Edit]:
    """`２０２４年` becomes `2024年`, `３．５％` becomes `3.5％`; ，：（） stay as they are. Source: GB/T 15835 5.1."""
    for m in WIDE.finditer(raw):
        yield Edit(start=m.start(), end=m.end(), after=m[0].translate(HALF), kind="width", evidence="full-width")
