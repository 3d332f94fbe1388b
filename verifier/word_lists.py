"""Lists of words, and those that more than one rule reads."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """A list of words is easiest to read, and to change, as running text."""
    return frozenset(text.split())


# Behind which a company's name ends, without their full stops.
LEGAL_FORMS = words_of(
    "ab ag bv co company corp corporation gmbh inc incorporated limited llc llp lp ltd nv plc pty sa"
)
