"""Signatures as the Standard Webhooks specification has them: HMAC-SHA256 over "id.timestamp.body"."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def sign(message_id: str, timestamp: int, body: bytes, keys: Iterable[str]) -> str:
    """The header ``webhook-signature``: one signature for each secret, as while a secret is changed there are two."""
    signed = f"{message_id}.{timestamp}.".encode() + body
    return " ".join(f"v1,{_hmac(key, signed)}" for key in keys)


def _hmac(key: str, signed: bytes) -> str:
    secret = base64.b64decode(key.removeprefix(PREFIX))
    return base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
