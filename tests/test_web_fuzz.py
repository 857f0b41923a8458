"""Whatever the OpenAPI document allows, and much that it forbids, is answered as it says, and never with a crash."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient
from web_served import app

from translate.serving import Limits

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
_EXAMPLES = 25


@pytest.fixture
def schema(tiny_models: Path) -> Any:
    # Short texts, so that no example costs more than a moment of translating.
    return schemathesis.openapi.from_asgi("/openapi.json", app(Limits(characters=300, segments=4, file_bytes=4000)))


def test_the_document_describes_every_route(schema: Any) -> None:
    paths = schema.raw_schema["paths"]
    assert {
        "/v1/translate",
        "/v1/roundtrip",
        "/v1/summarize",
        "/v1/check",
        "/v1/models",
        "/healthz",
        "/metrics",
        "/translate",
        "/detect",
        "/languages",
        "/translate_file",
        "/suggest",
        "/frontend/settings",
        "/download/{token}",
    } == set(paths)
    for operations in paths.values():
        for operation in operations.values():
            assert operation["summary"] and operation["description"] and operation["tags"]


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode)[:2])
def test_nothing_crashes_and_all_is_as_documented(schema: Any, mode: Any) -> None:
    for result in schema.get_all_operations():
        operation = result.ok()

        @seed(20261122)
        @settings(
            max_examples=_EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy(generation_mode=mode))
        def answered(case: Any) -> None:
            case.validate_response(case.call(), checks=_CHECKS)

        # A route that takes nothing has no wrong request.
        with suppress(Unsatisfiable):
            answered()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.sampled_from(["application/json", "application/x-www-form-urlencoded", "", "x"]))
def test_any_bytes_are_answered(schema: Any, body: bytes, kind: str) -> None:
    client = TestClient(schema.app, raise_server_exceptions=False)
    for path in ("/translate", "/v1/translate"):
        assert client.post(path, content=body, headers={"Content-Type": kind}).status_code in (200, 400, 413, 422)
