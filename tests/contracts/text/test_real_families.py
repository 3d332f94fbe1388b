"""Amendments that companies filed with EDGAR, each among all agreements at hand: its own one is proposed, or none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from contracts.edgar import read_agreements
from contracts.text.facts import find_facts
from contracts.text.parent_agreements import find_parent
from contracts.text.parent_match import Candidate, best_parent
from contracts.text.parse import parse_file
from contracts.text.parties import find_parties

DATA = Path(os.environ.get("PROVISO_DATA", "data"))  # what --data DIR names elsewhere
CONSTRUCTION = "construction/1158114_2015-01-30_CONSTRUCTION LOAN AGREEMENT.txt"
SERVICES = "construction/795185_1998-03-31_EXHIBIT 10.27.6  CONSTRUCTION  SERVICES  AGREEMENT.txt"
MANAGEMENT = "construction/1418696_2008-05-09_CONSTRUCTION MANAGEMENT AND GENERAL CONTRACTOR'S AGREEMENT.txt"
EMPLOYMENT = "employment/1036044_2011-05-05_EXECUTIVE EMPLOYMENT AGREEMENT.txt"
PARENTS = {
    "construction/1158114_2016-10-07_SECOND MODIFICATION TO THE CONSTRUCTION LOAN AGREEMENT.txt": CONSTRUCTION,
    "construction/795185_1998-03-31_EXHIBIT 10.27.7  FIRST AMENDMENT TO CONSTRUCTION.txt": SERVICES,
    "construction/1418696_2008-05-09_FIRST AMENDMENT TO CONSTRUCTION MANAGEMENT AND GENERAL CONTRACTOR'S AGREEMENT.txt":
    MANAGEMENT,
    "employment/1036044_2012-06-01_AMENDMENT TO EXECUTIVE EMPLOYMENT AGREEMENT, MELVIN DENTON-THOMPSON.txt": EMPLOYMENT,
    "employment/1036044_2012-06-01_AMENDMENT TO EXECUTIVE EMPLOYMENT AGREEMENT, JASON HART.txt": None,
    "employment/1036044_2012-06-01_AMENDMENT TO EXECUTIVE EMPLOYMENT AGREEMENT, DAVID WEAR.txt": None,
}  # fmt: skip

pytestmark = pytest.mark.skipif(
    not (DATA / "edgar" / "agreements.tar.xz").exists(),
    reason=f"{DATA} holds no edgar/agreements.tar.xz; set PROVISO_DATA to a folder that does",
)


def test_an_amendment_finds_its_own_agreement() -> None:
    mains = [CONSTRUCTION, SERVICES, MANAGEMENT, EMPLOYMENT]
    texts = {
        one.name: parse_file(one.content, one.file_name).text
        for one in read_agreements(DATA / "edgar", 10_000)
        if one.name in {*PARENTS, *mains}
    }
    candidates = []
    for pk, name in enumerate(mains):
        facts = _facts(texts[name], name)
        dates = (facts.get("agreement_date", ""), facts.get("effective_date", ""))
        candidates.append(Candidate(pk, facts["title"], dates, _parties(texts[name])))
    found = {}
    for name in PARENTS:
        facts = _facts(texts[name], name)
        named = find_parent(texts[name], facts["title"], facts.get("agreement_date", ""))
        assert named is not None, name
        parent = best_parent(named.title, named.date, _parties(texts[name]), candidates)
        found[name] = None if parent is None else mains[parent]
    assert found == PARENTS, found


def _facts(text: str, name: str) -> dict[str, str]:
    return {fact.kind: fact.value for fact in find_facts(text, Path(name).name)}


def _parties(text: str) -> list[str]:
    return [party.name for party in find_parties(text)]
