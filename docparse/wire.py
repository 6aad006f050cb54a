"""Records to JSON and back, and the JSON Schema that is generated from the types."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from docparse.errors import DocparseError
from docparse.records import Document

SCHEMA_ID = "docparse/1"
# A field more raises the minor version: 1.1 Source.document_number; 1.2 confidence of claims; 1.3 Source.reader and
# created, Statement.paragraph.
SCHEMA_VERSION = "1.3"


@cache
def _encoder() -> msgspec.json.Encoder:
    return msgspec.json.Encoder(decimal_format="number", order="deterministic")


@cache
def _decoder() -> msgspec.json.Decoder[Document]:
    return msgspec.json.Decoder(Document)


def to_json(document: Document, *, indent: int = 0) -> bytes:
    """The document as UTF-8 JSON: one line, or indented by `indent` spaces. Decimals are written digit for digit."""
    data = _encoder().encode(document)
    return msgspec.json.format(data, indent=indent) if indent else data


def from_json(data: bytes | str) -> Document:
    """The document of a JSON text that `to_json` wrote. Raises DocparseError where it breaks the contract."""
    try:
        return _decoder().decode(data)
    except msgspec.DecodeError as error:
        raise DocparseError("not-contract-json", f"This is not docparse/1 JSON: {error}.") from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `Document`, generated from the types."""
    (reference,), components = msgspec.json.schema_components([Document], ref_template="#/$defs/{name}")
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "docparse document",
        "version": SCHEMA_VERSION,
        **reference,
        "$defs": components,
    }
    stack: list[Any] = [schema]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if node.get("format") == "decimal":  # written as JSON numbers, not as the strings that msgspec describes
                node.clear()
                node["type"] = "number"
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
    return schema
