"""What every operation of the OpenAPI schema has in common: tokens, and how it says no."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

PROBLEM_TYPE = "application/problem+json"
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A problem as RFC 9457 has it. `detail` says what is wrong and what to do.",
    "required": ["type", "title", "status", "code", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "description": "urn:proviso:problem: and the code."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable name of the problem, for programs."},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "urn:proviso:request: and the X-Request-ID of the answer."},
        "errors": {
            "type": "array",
            "description": "One for each parameter or field that is wrong.",
            "items": {
                "type": "object",
                "required": ["pointer", "detail", "code"],
                "properties": {
                    "pointer": {"type": "string", "description": "/limit, /clauses/3, or /page_size of the address."},
                    "detail": {"type": "string"},
                    "code": {"type": "string"},
                },
            },
        },
    },
    "example": {
        "type": "urn:proviso:problem:invalid",
        "title": "Bad Request",
        "status": 400,
        "code": "invalid",
        "detail": "The request has errors; see errors.",
        "instance": "urn:proviso:request:0f5b3e0c8d3a4be7a5d0c3b8a9f2d611",
        "errors": [{"pointer": "/mater", "detail": "Unknown parameter. Known parameters: matter.", "code": "unknown"}],
    },
}
TOKEN = (
    "A token made with POST /api/v1/tokens. A trusted client, whose token has the scope act_for, names in the header "
    "On-Behalf-Of for whom it acts: a user name."
)
NEEDS_CONDITION = {"webhooks_change", "webhooks_destroy"}
CONFLICTS = {
    "ingests_item_send", "ingests_cancel", "jobs_cancel", "contracts_cancel", "contracts_retry",
    "absence_checks_cancel", "absence_checks_continue", "playbook_checks_cancel", "playbook_checks_continue",
    "searches_forget",
}  # fmt: skip
ALWAYS = {
    "400": "A parameter or field is unknown or wrong; each is named.",
    "401": "No valid token or password.",
    "403": "The token lacks the scope, or On-Behalf-Of names nobody whom it may act for.",
    "406": "Answers are JSON.",
    "429": "Too many requests of this scope; Retry-After says when to go on.",
    "503": "The database does not answer; Retry-After says when to send it again.",
}
WITH_ID = {"404": "Nothing of this id, or it is not yours to see."}
WITH_PAGES = {"404": "The cursor was never given out."}
WITH_BODY = {"411": "Content-Length is missing.", "415": "The body is of a type that is not read here."}
WITH_KEY = {
    "409": "A request with this Idempotency-Key is still being worked on.",
    "422": "The Idempotency-Key came with another request before.",
}
WITH_CONDITION = {"412": "It has changed since the If-Match that came with the request."}
WITH_REQUIRED_CONDITION = {"428": "If-Match is missing."}
WITH_CONFLICT = {"409": "What is there already does not let it be done; detail says why."}
WITH_MODEL = {"503": "The database does not answer, or a model is missing on the server, so nothing could be verified."}


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = "contracts.rest.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": TOKEN}


class PasswordScheme(OpenApiAuthenticationExtension):
    target_class = "contracts.rest.authentication.PasswordAuthentication"
    name = "password"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "basic"}


def add_problems(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A hook of drf-spectacular: every operation tells how it may fail, and always in the same form."""
    result["components"]["schemas"]["Problem"] = PROBLEM
    content = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path, operations in result["paths"].items():
        for operation in operations.values():
            for status, description in _problems(path, operation).items():
                operation["responses"][status] = {"description": description, "content": content}
    return result


def _problems(path: str, operation: dict[str, Any]) -> dict[str, str]:
    names = {parameter["name"] for parameter in operation.get("parameters", ())}
    tags = operation.get("tags", [])
    return (
        ALWAYS
        | (WITH_PAGES if "cursor" in names else {})
        | (WITH_ID if "{" in path else {})
        | (WITH_BODY if "requestBody" in operation else {})
        | (WITH_KEY if "Idempotency-Key" in names else {})
        | (WITH_CONDITION if "If-Match" in names else {})
        | (WITH_REQUIRED_CONDITION if "If-Match" in names and operation["operationId"] in NEEDS_CONDITION else {})
        | (WITH_CONFLICT if operation["operationId"] in CONFLICTS else {})
        | (WITH_MODEL if "requestBody" in operation and "search" in tags else {})
    )
