"""Bearer, modality and counterparty against passages annotated by hand, before the finder had read them.

``bearers.jsonl`` was looked at while the finder was improved; ``bearers_held_out.jsonl`` was written after that and
measured once. First figures for bearer, modality, counterparty: .88, .97, .88 and .92, .94, .92.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from contracts.text.obligations import find_obligations
from contracts.text.types import PartySpan
from tests.contracts.text.statement_scores import Score, score

HERE = Path(__file__).parent


@cache
def reached(name: str) -> Score:
    casts = json.loads((HERE / "casts.json").read_text(encoding="utf-8"))
    cases = []
    for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parties = [PartySpan(party, term, tuple(aliases), 0, 0) for party, term, aliases in casts[row["cast"]]]
        cases.append((row["statements"], find_obligations(row["reading"], parties)))
    return score(cases)


@pytest.mark.parametrize(
    ("name", "bearer", "modality", "counterparty"),
    [("bearers", 0.93, 0.98, 0.95), ("bearers_held_out", 0.93, 0.94, 0.92)],
)
def test_accuracy_on_annotated_passages(name: str, bearer: float, modality: float, counterparty: float) -> None:
    score = reached(name)
    assert score.accuracy("bearer") >= bearer
    assert score.accuracy("modality") >= modality
    assert score.accuracy("counterparty") >= counterparty
    assert score.unexpected == 0


@pytest.mark.parametrize(("name", "most"), [("bearers", 3), ("bearers_held_out", 0)])
def test_the_bearer_is_seldom_unknown_where_the_words_say_it(name: str, most: int) -> None:
    assert reached(name).silent <= most
