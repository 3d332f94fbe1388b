"""What the API's schema shows as examples of lists."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

from search.examples import HIT

NAME = OpenApiExample("A name", {"name": "Indemnities to renegotiate"}, request_only=True)
LISTED = {"id": 5, "name": "Indemnities to renegotiate", "created_at": "2026-11-21T16:21:00Z", "clauses": 2}
LIST = OpenApiExample("A list", LISTED, response_only=True)
CHOSEN = OpenApiExample(
    "Two clauses of an answer",
    {"search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11", "ranks": [1, 3], "note": "Ask for a cap"},
    request_only=True,
)
MOVED = OpenApiExample("To the end, with a note", {"before": None, "note": "Ask for a cap"}, request_only=True)
CLAUSE = OpenApiExample(
    "A clause of it",
    {
        "id": 31,
        "search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11",
        "query": "Supplier indemnifies Customer",
        "note": "Ask for a cap",
        "added_at": "2026-11-21T16:22:10Z",
        "hit": HIT,
    },
    response_only=True,
)
