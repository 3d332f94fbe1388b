"""The schema tells the truth: it is made without a warning, and the running application keeps to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as hypothesis_settings
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from contracts.models import Contract

JSON = "application/vnd.oai.openapi+json"  # YAML takes seconds to write and read
EXAMPLES = 8  # of each operation, and of each kind
PARTS = 4  # of the operations, so that no test takes minutes
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@cache
def served_schema() -> dict[str, Any]:
    """Making it takes seconds."""
    answer: Any = Client().get("/api/schema/", headers={"Accept": JSON})
    schema: dict[str, Any] = answer.json()
    return schema


@pytest.fixture
def schema(live_server: Any) -> Any:
    loaded = schemathesis.openapi.from_dict(served_schema())
    loaded.config.update(base_url=live_server.url)
    return loaded


def test_the_schema_is_made_without_a_warning_and_valid(tmp_path: Path) -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(tmp_path / "schema.yml"))
    assert "/api/v1/verify" in (tmp_path / "schema.yml").read_text()


def test_every_operation_is_described_and_shows_how_it_fails(schema: Any) -> None:
    for path, operations in schema.raw_schema["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), (method, path)
            assert {"400", "401", "403", "429"} <= set(operation["responses"]), (method, path)


def test_every_body_and_answer_has_an_example_that_is_true() -> None:
    without, wrong = [], []
    for operation_id, sort, media in _json_of(served_schema()):
        shown = [one["value"] for one in media.get("examples", {}).values()]
        if not shown:
            without.append((operation_id, sort))
        errors = _strict(media["schema"], served_schema()).iter_errors
        wrong += [(operation_id, sort, error.message) for value in shown for error in errors(value)]
    assert (without, wrong) == ([], [])


def _json_of(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each body that is asked for, and each that is answered when all goes well."""
    for operations in schema["paths"].values():
        for operation in operations.values():
            bodies = {"body": operation.get("requestBody", {})}
            bodies |= {status: answer for status, answer in operation["responses"].items() if status < "300"}
            for sort, body in bodies.items():
                if "application/json" in body.get("content", {}):
                    yield operation["operationId"], sort, body["content"]["application/json"]


def _strict(schema: dict[str, Any], whole: dict[str, Any]) -> Draft202012Validator:
    """Of this part, with nothing allowed that is not described."""
    return Draft202012Validator(_closed(schema) | {"components": _closed(whole["components"])})


def _closed(schema: Any) -> Any:
    """As JSON Schema writes it: OpenAPI 3.0 has ``nullable``, and leaves objects open."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(value) for name, value in schema.items()}
    if schema.get("type") == "object" and "properties" in schema:
        closed.setdefault("additionalProperties", False)
    return {"anyOf": [closed, {"type": "null"}]} if schema.get("nullable") is True else closed


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_the_application_keeps_to_its_schema(
    schema: Any, mode: GenerationMode, part: int, client: APIClient, lena: User, oak_contract: Contract, settings: Any
) -> None:
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "100000/min")
    token = str(client._credentials["HTTP_AUTHORIZATION"])
    tested = [operation.ok() for operation in schema.get_all_operations()]
    assert len(tested) >= 80
    for operation in tested[part::PARTS]:
        _hammer(operation, mode, {"Authorization": token})


def _hammer(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> None:
    @seed(1)
    @hypothesis_settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Any) -> None:
        case.call_and_validate(headers=headers, checks=CHECKS)

    call()
