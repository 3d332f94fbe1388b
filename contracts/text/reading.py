"""One contract read from its bytes: every step in order, nothing stored."""

from __future__ import annotations

from collections.abc import Callable

from contracts.text.definitions import find_definitions
from contracts.text.facts import find_facts, mail_facts
from contracts.text.obligations import contract_obligations
from contracts.text.parse import parse_file
from contracts.text.parties import find_parties
from contracts.text.passages import split_passages
from contracts.text.segment import segment_clauses
from contracts.text.types import Reading


def read_contract(data: bytes, filename: str, count_tokens: Callable[[str], int]) -> Reading:
    """Raises ReadError for a file that cannot be read. ``count_tokens`` bounds the length of passages."""
    document = parse_file(data, filename)
    clauses = segment_clauses(document)
    passages = split_passages(document.text, clauses, count_tokens)
    parties = find_parties(document.text)
    return Reading(
        document=document,
        clauses=clauses,
        passages=passages,
        parties=parties,
        definitions=find_definitions(document.text),
        facts=mail_facts(document.mail) if document.mail else find_facts(document.text, filename),
        obligations=contract_obligations(document.text, passages, parties),
    )
