"""The API does what its OpenAPI document says, whatever is sent: found by schemathesis from the document itself."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.rooms.test_adoption_api import a_token

LINES = ("application/x-ndjson", "application/jsonl")
CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip


@schemathesis.serializer(*LINES)
def write_lines(context: Any, value: Any) -> bytes:
    """One object a line, as the document asks."""
    return value if isinstance(value, bytes) else (json.dumps(value) + "\n").encode()


@pytest.fixture
def operations(app: Flask) -> list[APIOperation]:
    """Everything that the document describes."""
    document = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    return [found.ok() for found in document.get_all_operations()]


def try_out(operation: APIOperation, examples: int, ask: Callable[[Case], object]) -> None:
    """Ask with what the document lets a program send."""

    @settings(max_examples=examples, deadline=None, database=None)
    @given(case=operation.as_strategy())
    def asked(case: Case) -> None:
        ask(case)

    asked()


def test_what_is_sent_is_answered_as_described(app: Flask, operations: list[APIOperation]) -> None:  # M75
    known = {"Authorization": f"Bearer {a_token(app)}"}
    assert [operation.label for operation in operations] == ["POST /api/v1/usage-events"]
    for operation in operations:
        try_out(operation, 12, lambda case: case.call_and_validate(headers=known, checks=CHECKS))


def test_without_a_token_nothing_is_taken(operations: list[APIOperation]) -> None:
    answers: list[int] = []
    for operation in operations:
        try_out(operation, 3, lambda case: answers.append(case.call(headers={"Authorization": "Bearer x"}).status_code))
    assert answers and set(answers) == {401}
