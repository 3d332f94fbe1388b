"""What the API's schema shows as examples of a comparison."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

from search.examples import TEXT, VERIFIER

OWN = "Supplier shall indemnify Customer against all losses."
CITATION = "Master Services Agreement (1 May 2024), s 9.1"
OWN_WORDING = OpenApiExample(
    "A clause, and one's own wording", {"first": {"clause": 1203}, "second": {"text": OWN}}, request_only=True
)
CLAUSES = OpenApiExample(
    "Two hits",
    {
        "first": {"search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11", "rank": 1},
        "second": {"search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11", "rank": 2},
    },
    request_only=True,
)


def _direction(of: str, by: str, says_all: bool, **said: Any) -> dict[str, Any]:
    sentence = {"bearer": "Supplier", "notices": []} | said
    counts = {"says_all": says_all, "supported": int(says_all), "unread": 0}
    return {"of": of, "by": by, **counts, "sentences": [sentence]}


SAID = {
    "quote": TEXT,
    "label": "supported",
    "label_text": "Supported",
    "probability": 0.9,
    "reason": "Here Supplier shall indemnify Customer against all losses.",
    "reason_code": "says_it",
}
NOT_SAID = {
    "quote": OWN,
    "label": "qualified",
    "label_text": "Exception or condition",
    "probability": 0.7,
    "reason": "Here Supplier shall indemnify the Customer against claims of third parties: only under a condition, cap "
    "or exception that you did not ask for.",
    "reason_code": "exception",
}
COMPARISON = OpenApiExample(
    "The wording says more",
    {
        "first": {"name": CITATION, "clause_id": 1203, "text": TEXT, "part": "", "sentences": 1},
        "second": {"name": "Your wording", "clause_id": None, "text": OWN, "part": "", "sentences": 1},
        "same_words": False,
        "words": [
            {"text": "The ", "change": "deleted"},
            {"text": "Supplier shall indemnify ", "change": "same"},
            {"text": "the ", "change": "deleted"},
            {"text": "Customer against ", "change": "same"},
            {"text": "claims of third parties", "change": "deleted"},
            {"text": "all losses", "change": "added"},
            {"text": ".", "change": "same"},
        ],
        "meaning": "The second says all that the first says; the first does not say all that the second says.",
        "doubt": "",
        "concerns": ["Supplier"],
        "limits": [],
        "directions": [
            _direction("first", "second", True, **SAID),
            _direction("second", "first", False, **NOT_SAID),
        ],
        "verifier": VERIFIER,
    },
    response_only=True,
)
