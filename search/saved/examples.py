"""What the API's schema shows as examples of saved searches."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

from search.examples import QUERY

NAME = "Indemnities of suppliers"
NEW = OpenApiExample(
    "Told of every day", {"name": NAME, "query": QUERY, "matters": [3], "alerts": "daily"}, request_only=True
)
CHANGE = OpenApiExample("No more e-mail", {"alerts": "none"}, request_only=True)
SAVED = OpenApiExample(
    "A saved search",
    {
        "id": 6,
        "name": NAME,
        "query": QUERY,
        "filters": {"matters": [3]},
        "address": "/search/?q=Supplier+indemnifies+Customer+against+third-party+claims&matters=3",
        "created_at": "2026-11-21T16:21:00Z",
        "problem": "",
        "new": 2,
        "close_calls": 1,
        "alerts": "daily",
    },
    response_only=True,
)
ARRIVAL = OpenApiExample(
    "A contract that came in",
    {
        "contract_id": 17,
        "search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11",
        "clauses": 2,
        "close_calls": 1,
        "searched_at": "2026-11-22T08:00:12Z",
    },
    response_only=True,
)
