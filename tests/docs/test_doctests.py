"""The examples in docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import docparse

MODULES = ["docparse", *(m.name for m in pkgutil.walk_packages(docparse.__path__, "docparse."))]


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    found = sum(len(case.examples) for name in MODULES for case in finder.find(importlib.import_module(name)))
    assert found >= 20
