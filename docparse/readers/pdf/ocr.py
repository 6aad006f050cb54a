"""Text of scanned PDF pages, read from their pictures where a recogniser is installed (the extra `ocr`)."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from docparse.options import Options
from docparse.readers.pdf.columns import order_lines
from docparse.readers.pdf.lines import Line, PageLines, is_wide

ENGINE = "rapidocr"
_MOST_PAGES = 300
_THREADS = 2  # a batch has processes enough
_DOTS_PER_POINT = 200 / 72  # 200 dpi: body text of 10.5 points is 29 pixels high, what the recogniser is trained on
_MOST_PIXELS = 2_600  # along the page's longer side
_GLYPH_SHARE = 0.78  # of a box's height is the type's size: boxes have a rim
_DESCENT = 0.2  # of the box's height lies below the baseline
_SAME_SIZE = 0.3  # of the median: boxes of short lines waver by a quarter, types of one text do not
_GARBLED = 0.5  # of a page's characters without a meaning: its picture says more


def recognise_pages(
    document: Any, pages: list[PageLines], options: Options
) -> tuple[list[PageLines], tuple[int, ...], str | None]:
    """The pages, those without readable text with what a recogniser reads; their numbers; and the recogniser's name.

    Without one, or with `options.recognise` off, the pages are what they were. It stops after `options.max_seconds`
    and after 300 pages: what is left has no text, which the caller reports.
    """
    targets = [at for at, page in enumerate(pages) if _needs_recognition(page)]
    if not targets or not options.recognise or importlib.util.find_spec("rapidocr_onnxruntime") is None:
        return pages, (), None
    read = _load_engine()
    result = list(pages)
    recognised = []
    end = time.monotonic() + options.max_seconds
    for at in targets[:_MOST_PAGES]:
        if time.monotonic() > end:
            break
        lines = _recognise(document[at], read)
        if lines:
            result[at] = pages[at]._replace(lines=lines, unmapped=0)
            recognised.append(at + 1)
    return result, tuple(recognised), ENGINE if recognised else None


def _needs_recognition(page: PageLines) -> bool:
    if not page.lines:
        return page.pictured
    return page.unmapped > _GARBLED * sum(len(line.text) for line in page.lines)


def _load_engine() -> Callable[[Any], Sequence[Any]]:
    """A function from a picture to boxes with texts. The models lie in the package: nothing is fetched."""
    from rapidocr_onnxruntime import RapidOCR

    engine = RapidOCR(intra_op_num_threads=_THREADS, inter_op_num_threads=1)

    def read(picture: Any) -> Sequence[Any]:
        found, _ = engine(picture, use_cls=False)  # lines upside down: pdfium has turned the page already
        return found or ()

    return read


def _recognise(page: Any, read: Callable[[Any], Sequence[Any]]) -> list[Line]:
    width, height = page.get_size()
    scale = min(_DOTS_PER_POINT, _MOST_PIXELS / max(width, height, 1.0))
    bitmap = page.render(scale=scale)
    try:
        found = read(bitmap.to_numpy())
    finally:
        bitmap.close()
        page.close()
    lines = [_line(box, str(text).strip(), scale, height) for box, text, _ in found if str(text).strip()]
    return order_lines(_even_sizes(lines))


def _line(box: Any, text: str, scale: float, height: float) -> Line:
    across = [float(x) / scale for x, _ in box]
    down = [float(y) / scale for _, y in box]
    tall = max(down) - min(down)
    x0, x1 = min(across), max(across)
    units = sum(2 if is_wide(char) else 1 for char in text)
    word = (x1 - x0) * (2 if is_wide(text[0]) else min(len(text.split()[0]), 12)) / units
    y = height - max(down) + _DESCENT * tall
    return Line(text, x0, x1, y, round(_GLYPH_SHARE * tall * 2) / 2, False, word)


def _even_sizes(lines: list[Line]) -> list[Line]:
    """The lines, those near the page's usual size of exactly that size, so that they join."""
    if not lines:
        return lines
    usual = median([line.size for line in lines])
    return [line._replace(size=usual) if abs(line.size - usual) <= _SAME_SIZE * usual else line for line in lines]
