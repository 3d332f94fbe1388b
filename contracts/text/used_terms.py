"""Terms that an agreement of employment uses and does not define: of a letter, or of an amendment, the roles do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from contracts.text.legal_forms import has_suffix
from contracts.text.types import PartySpan

_USES = 3  # at least: a letter may quote one sentence of another agreement
# "the Company", but not "the Company Stock Plan"; "Employee shall", "Executive’s", but not "Executive Vice President"
_OF_COMPANY = re.compile(r"\b[Tt]he\s+(?P<term>Company|Corporation|Employer)\b(?!\s+[A-Z])")
_OF_PERSON = re.compile(
    r"(?<!\b[Aa]n )(?<!\b[Aa]ny )(?<!\b[Ee]ach )\b(?P<term>Employee|Executive)(?:['’]s|(?=\s+[a-z]))"
)


def with_used_terms(text: str, parties: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    """Of one company and one person, who has no term is called by the role that the text uses without defining it."""
    if sorted(has_suffix(party.name) for party in parties) != [False, True]:
        return tuple(parties)
    told = []
    for party in parties:
        pattern = _OF_COMPANY if has_suffix(party.name) else _OF_PERSON
        term = "" if party.term else _most_used(text, pattern)
        told.append(replace(party, term=term) if term else party)
    return tuple(told)


def _most_used(text: str, pattern: re.Pattern[str]) -> str:
    used = Counter(found["term"] for found in pattern.finditer(text))
    term, uses = max(used.items(), key=lambda each: each[1], default=("", 0))
    return term if uses >= _USES and not re.search(rf"[\"“]\s*(?:the\s+)?{term}s?[,.]?\s*[\"”]", text, re.I) else ""
