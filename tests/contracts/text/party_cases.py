"""How a case of parties is checked: what is read of a text, in order, each name at its place."""

from __future__ import annotations

from contracts.text.parties import find_parties


def check(text: str, expected: list[tuple[str, str]]) -> None:
    """Names with their terms."""
    parties = find_parties(text)
    assert [(party.name, party.term) for party in parties] == expected
    assert all(" ".join(text[party.start : party.end].split()) == party.name for party in parties)
