"""What a person corrected of the statements: who bears and who is owed what, its kind, and what is none at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast, get_args

from contracts.text.corrections import Correction, Fitting, StatementField
from contracts.text.obligations.mentions import EACH_PARTY, OTHER_PARTY
from contracts.text.types import Modality, ObligationSpan, PassageSpan

STATEMENT: tuple[StatementField, ...] = get_args(StatementField)
PEOPLE = ("bearer", "counterparty")
Statements = tuple[tuple[int, ObligationSpan], ...]


def correct_statements(
    text: str,
    passages: Sequence[PassageSpan],
    obligations: Statements,
    labels: Mapping[str, str],
    corrections: Sequence[Correction],
    fitting: Fitting,
) -> Statements:
    """``labels``: of each party, as it was read and as it was corrected, to the one that counts."""
    known = {"": "", EACH_PARTY: EACH_PARTY, OTHER_PARTY: OTHER_PARTY, **labels}
    found = obligations
    for one in corrections:
        if one.field not in STATEMENT or (one.field in PEOPLE and one.value not in known):
            continue
        place = one.place(text)
        meant = [
            position
            for position, (index, statement) in enumerate(found)
            if passages[index].start == place and statement.start - own_start(text, passages[index]) == one.offset
        ]
        if meant:
            fitting.add(one.id)
            found = _corrected(found, meant, one.field, known.get(one.value, one.value))
    return found


def own_start(text: str, passage: PassageSpan) -> int:
    """Where the passage's own words begin in its reading."""
    before = passage.lead_in_length(text)
    return before + 1 if before else 0


def _corrected(found: Statements, meant: Sequence[int], field: str, value: str) -> Statements:
    if field == "no_statement":
        return tuple(one for position, one in enumerate(found) if position not in meant)
    return tuple(
        (index, _changed(statement, field, value) if position in meant else statement)
        for position, (index, statement) in enumerate(found)
    )


def _changed(statement: ObligationSpan, field: str, value: str) -> ObligationSpan:
    if field == "bearer":
        return _borne_by(value, statement)
    if field == "counterparty":
        return replace(statement, counterparty=value, counterparty_start=None, counterparty_end=None)
    return replace(statement, modality=cast(Modality, value))


def _borne_by(bearer: str, statement: ObligationSpan) -> ObligationSpan:
    owed = "" if statement.counterparty == bearer else statement.counterparty
    return replace(
        statement,
        bearer=bearer,
        bearer_start=None,
        bearer_end=None,
        counterparty=owed,
        mutual=bearer in (EACH_PARTY, OTHER_PARTY),
    )
