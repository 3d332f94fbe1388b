"""What the API's schema shows as examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

URL = "https://dms.example.com/proviso"
EVENTS = ["contract.ready", "contract.failed", "ingest.done"]
ENDPOINT_VALUE: dict[str, Any] = {
    "id": "5a3c6a0e-6c58-4f0b-9a55-7d1c4b8f6e21",
    "url": URL,
    "events": EVENTS,
    "matters": [3],
    "enabled": True,
    "disabled_reason": "",
    "old_secret_until": None,
    "created_at": "2026-11-21T16:20:00Z",
}
DELIVERY_VALUE: dict[str, Any] = {
    "id": "c2b8a5de-20d5-4c6f-8f5f-3f6f9f1f2c11",
    "event": "contract.ready",
    "data": {"contract": 17, "matter": 3},
    "state": "delivered",
    "created_at": "2026-11-21T16:20:06Z",
    "next_attempt_at": None,
    "attempts": [{"at": "2026-11-21T16:20:06Z", "seconds": 0.081, "status": 204, "error": ""}],
}

NEW = OpenApiExample(
    "For a document system", {"url": URL, "events": EVENTS, "matters": ["Project Oak"]}, request_only=True
)
CHANGE = OpenApiExample("Start again", {"enabled": True}, request_only=True)
MADE = OpenApiExample(
    "Made", ENDPOINT_VALUE | {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="}, response_only=True
)
ENDPOINT = OpenApiExample("An endpoint", ENDPOINT_VALUE, response_only=True)
DELIVERY = OpenApiExample("Delivered", DELIVERY_VALUE, response_only=True)
QUEUED = OpenApiExample(
    "Queued",
    DELIVERY_VALUE | {"state": "waiting", "next_attempt_at": "2026-11-21T16:20:06Z", "attempts": []},
    response_only=True,
)
