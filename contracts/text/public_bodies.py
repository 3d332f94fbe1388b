"""States, their ministries and the boards of universities: names of which every word also stands in other sentences."""

from __future__ import annotations

import re

_PLACE = r"(?:[A-Z][\w'’-]+(?:\s(?:and|of|the)(?=\s[A-Z]))*\s?){1,6}"
_BODY = re.compile(
    rf"(?:The\s+)?(?:United\s+States(?:\s+of\s+America)?|(?:(?:State|Commonwealth|Republic|Kingdom|Province|Government)\s+of"
    rf"|Boards?\s+of\s+(?:Trustees|Regents|Governors|Directors)\s+of)\s+(?:the\s+)?{_PLACE})",
    re.I,
)
_ACTS = re.compile(
    r"\s*,?\s*(?:\(\s*(?:the\s+|hereinafter\b[^()]{0,40})?[\"“]|(?:acting|represented|as\s+represented|by\s+and\s+through|through)\b)",
    re.I,
)


def is_public_body(words: str) -> bool:
    return _BODY.fullmatch(" ".join(words.split())) is not None


def acts(text: str, offset: int) -> bool:
    """Whether a body named before ``offset`` is a party: it acts through somebody, or is given a term."""
    return _ACTS.match(text, offset) is not None
