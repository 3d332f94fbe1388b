from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """A list of words is easiest to read, and to change, as running text."""
    return frozenset(text.split())
