"""What the API's schema shows as examples of decisions and disagreements."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

from search.examples import VERIFIER

REVIEW_VALUE: dict[str, Any] = {
    "decision": "relevant",
    "note": "Uncapped: raise it with the client",
    "decided_at": "2026-11-21T16:30:00Z",
}
REVIEW = OpenApiExample("Decided", REVIEW_VALUE, response_only=True)
UNDECIDED = OpenApiExample("Not decided", {"decision": None, "note": "", "decided_at": None}, response_only=True)
DECISION = OpenApiExample(
    "Relevant, with a note",
    {"decision": "relevant", "note": "Uncapped: raise it with the client"},
    request_only=True,
)
DISAGREEING = OpenApiExample(
    "It should be another",
    {"should_be": "qualified", "reason": "Only where Customer gave notice, see s 9.3"},
    request_only=True,
)
DISAGREEMENT = OpenApiExample(
    "A disagreement",
    {
        "id": 8,
        "label": "supported",
        "should_be": "qualified",
        "reason": "Only where Customer gave notice, see s 9.3",
        "verifier_sha256": VERIFIER["sha256"],
        "said_at": "2026-11-21T16:31:00Z",
    },
    response_only=True,
)
