"""Clean text to articles, headings, statements' borders, tables and page furniture."""

from __future__ import annotations

from docparse.structure.split import split_structure

__all__ = ["split_structure"]
