"""The contract: schema against types, JSON exact and deterministic, back and forth."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import jsonschema
import msgspec
import pytest

import docparse
from docparse import records, wire
from docparse.records import plain_decimal

SAMPLE = (
    "安和公司2024年工作计划\n一、目标\n1、全年销售额达到1.2亿元，回款率由85%提高到92.5%。\n2、3月底前完成客户建档。\n"
)


def contract_types() -> list[type[msgspec.Struct]]:
    names = [
        "Document",
        "Source",
        "Generator",
        "Article",
        "Section",
        "Heading",
        "Statement",
        "Table",
        "TableCell",
        "Time",
        "Quantity",
        "Goal",
        "Deadline",
        "Target",
        "Result",
        "Repair",
        "Warning",
    ]
    return [getattr(records, name) for name in names]


def test_schema_describes_every_type_and_field() -> None:
    definitions: dict[str, Any] = docparse.json_schema()["$defs"]
    for kind in contract_types():
        fields = {f.encode_name for f in msgspec.structs.fields(kind)}
        assert set(definitions[kind.__name__]["properties"]) == fields


def test_schema_is_a_schema_and_numbers_are_numbers() -> None:
    schema = docparse.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    low = schema["$defs"]["Quantity"]["properties"]["low"]
    assert {"type": "number"} in low["anyOf"]
    assert json.dumps(schema) == json.dumps(docparse.json_schema())


def test_json_is_valid_exact_and_comes_back() -> None:
    document = docparse.parse_text(SAMPLE)
    data = docparse.to_json(document)
    jsonschema.validate(json.loads(data), docparse.json_schema())
    assert docparse.from_json(data) == document
    assert b"92.5" in data
    assert b"120000000" in data
    assert b"E+" not in data
    assert docparse.to_json(docparse.parse_text(SAMPLE)) == data
    assert json.loads(docparse.to_json(document, indent=2)) == json.loads(data)


def test_from_json_refuses_what_is_not_the_contract() -> None:
    with pytest.raises(docparse.DocparseError) as caught:
        docparse.from_json(b'{"schema": "docparse/2"}')
    assert caught.value.code == "not-contract-json"


@pytest.mark.parametrize(
    ("digits", "shown"), [("1.0920E+7", "10920000"), ("7.50", "7.5"), ("0.000", "0"), ("-3", "-3"), ("100", "100")]
)
def test_plain_decimal(digits: str, shown: str) -> None:
    assert str(plain_decimal(Decimal(digits))) == shown


def test_schema_id_names_the_version() -> None:
    assert docparse.json_schema()["$id"] == wire.SCHEMA_ID == "docparse/1"
