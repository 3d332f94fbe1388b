"""What the API's schema shows as examples of playbooks."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample

POSITION = {
    "topic": "Indemnity",
    "statement": "Supplier indemnifies Customer against third-party claims",
    "guidance": "Ask for it; never accept none.",
}
PLAYBOOK = OpenApiExample("A playbook", {"name": "Supply agreements", "positions": [POSITION]}, request_only=True)
PLAYBOOK_QUESTION = OpenApiExample("A matter against it", {"playbook": 4, "matters": [3]}, request_only=True)
CHECK = OpenApiExample(
    "All is read",
    {
        "id": "3d9a7c1e-2b1f-4b7e-9a53-7e3a1c7d5f20",
        "playbook": 4,
        "name": "Supply agreements",
        "filters": {"matters": [3]},
        "created_at": "2026-11-21T16:21:00Z",
        "state": "done",
        "errors": [],
        "passages": 431,
        "passages_read": 431,
        "closed": 0,
        "missed": {"clauses": 480, "missed": 72, "share": 0.15, "low": 0.121, "high": 0.185},
        "positions": [
            POSITION | {"place": 1, "state": "done", "search": "6f1f6a3e-1c7b-4a55-9c0e-2f6f0f7f6a11"},
        ],
        "cells": [
            {
                "contract_id": 17,
                "place": 1,
                "standing": "supported",
                "reason": "A clause says it.",
                "citation": "Master Services Agreement (1 May 2024), s 9.1",
            }
        ],
    },
    response_only=True,
    status_codes=["201"],
)
