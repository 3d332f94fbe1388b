"""What the API's schema shows as examples of playbooks."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

from search.examples import STOPPED

POSITION = {
    "topic": "Indemnity",
    "statement": "Supplier indemnifies Customer against third-party claims",
    "guidance": "Ask for it; never accept none.",
}
PLAYBOOK = OpenApiExample("A playbook", {"name": "Supply agreements", "positions": [POSITION]}, request_only=True)
PLAYBOOK_QUESTION = OpenApiExample("A matter against it", {"playbook": 4, "matters": [3]}, request_only=True)
STORED = OpenApiExample(
    "A playbook",
    {
        "id": 4,
        "name": "Supply agreements",
        "created_at": "2026-11-21T16:20:00Z",
        "changed_at": "2026-11-21T16:20:00Z",
        "positions": [{"place": 1} | POSITION],
    },
    response_only=True,
)
CHECK_ENTRY_VALUE: dict[str, Any] = {
    "id": "3d9a7c1e-2b1f-4b7e-9a53-7e3a1c7d5f20",
    "playbook": 4,
    "name": "Supply agreements",
    "filters": {"matters": [3]},
    "created_at": "2026-11-21T16:21:00Z",
}
COLUMN = {"place": 1} | POSITION | {"state": "done", "search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11"}
CELL = {
    "contract_id": 17,
    "place": 1,
    "standing": "supported",
    "reason": "A clause says it.",
    "citation": "Master Services Agreement (1 May 2024), s 9.1",
}
CHECK_VALUE: dict[str, Any] = CHECK_ENTRY_VALUE | {
    "state": "done",
    "errors": [],
    "passages": 431,
    "passages_read": 431,
    "closed": 0,
    "missed": {"clauses": 480, "missed": 72, "share": 0.15, "low": 0.121, "high": 0.185},
    "positions": [COLUMN],
    "cells": [CELL],
}
UNREAD_CELL = CELL | {"standing": "reading", "reason": "Not read against this yet.", "citation": ""}
CHECK_READING_VALUE: dict[str, Any] = CHECK_VALUE | {
    "state": "reading",
    "passages_read": 120,
    "missed": None,
    "positions": [COLUMN | {"state": "reading", "search": None}],
    "cells": [UNREAD_CELL],
}
CHECK_STOPPED_VALUE: dict[str, Any] = CHECK_READING_VALUE | {
    "state": "failed",
    "errors": [STOPPED],
    "positions": [COLUMN | {"state": "failed", "search": None}],
}
CHECK_ENTRY = OpenApiExample("A check", CHECK_ENTRY_VALUE, response_only=True)
CHECK = OpenApiExample("All is read", CHECK_VALUE, response_only=True)
CHECK_READING = OpenApiExample("Being read", CHECK_READING_VALUE, response_only=True)
CHECK_STOPPED = OpenApiExample("Stopped", CHECK_STOPPED_VALUE, response_only=True)
