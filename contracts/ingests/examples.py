"""What the API's schema shows as examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

from contracts.examples import MATTER

SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
INGEST_VALUE: dict[str, Any] = {
    "id": "d0a7a1f6-7a0c-4a55-8d3e-3a5b9b0c2f10",
    "matter": MATTER,
    "state": "committed",
    "counts": {"items": 2000, "ready": 1200, "duplicate": 610, "failed": 3, "waiting": 187, "unsent": 0},
    "created_at": "2026-11-21T16:20:00Z",
    "committed_at": "2026-11-21T16:31:00Z",
    "done_at": None,
}
ITEM_VALUE: dict[str, Any] = {
    "key": "deed-0815",
    "file_name": "deed.pdf",
    "sha256": SHA256,
    "external_id": None,
    "outcome": "failed",
    "sent": True,
    "contract": 18,
    "error": {
        "code": "needs_ocr",
        "message": "The PDF has pages but no text; it was probably scanned.",
        "remedy": "Send it again after text recognition (OCR).",
    },
}

NEW = OpenApiExample(
    "Two files, the first a version of a document",
    {
        "matter": "Project Oak",
        "items": [
            {
                "key": "msa",
                "file_name": "msa.docx",
                "external_id": {"source": "dms", "id": "4711"},
                "facts": {"title": "Master Services Agreement", "agreement_date": "2024-05-01"},
            },
            {"key": "deed-0815", "file_name": "deed.pdf", "sha256": SHA256},
        ],
    },
    request_only=True,
)
INGEST = OpenApiExample("Being read", INGEST_VALUE, response_only=True)
CANCELLED = OpenApiExample(
    "Cancelled",
    INGEST_VALUE
    | {
        "state": "done",
        "counts": {"items": 2000, "ready": 1200, "duplicate": 610, "failed": 190, "waiting": 0, "unsent": 0},
        "done_at": "2026-11-21T16:32:00Z",
    },
    response_only=True,
)
ITEM = OpenApiExample("Could not be read", ITEM_VALUE, response_only=True)
