"""The tally of parties and of what they are called, on labels small enough to check by hand."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from contracts import edgar_labels
from contracts.edgar_labels import (
    LABELS,
    LabelledAgreement,
    NamedParty,
    PartyTally,
    read_labelled,
    tally_figures,
    tally_parties,
)
from contracts.text.types import PartySpan

AGREEMENT = LabelledAgreement(
    "credit/a.txt",
    b"",
    (
        NamedParty("Tarn Mills, Inc.", ("Borrower",)),
        NamedParty("Pond Bank, N.A.", ("Agent", "Lenders")),
        NamedParty("Ada Stone", ()),
    ),
    frozenset({"fenbank"}),
    held_out=False,
)


def party(name: str, term: str = "", *aliases: str) -> PartySpan:
    return PartySpan(name, term, aliases, 0, 1)


@pytest.mark.parametrize(
    ("read", "tally"),
    [
        ([], PartyTally(3, 0, 0, 0, 0, 0, 0, 0)),
        ([party("TARN MILLS INC", "Borrower")], PartyTally(3, 1, 1, 1, 1, 1, 1, 1)),
        ([party("Tarn Mills, Inc.", "Tarn")], PartyTally(3, 1, 1, 1, 1, 0, 1, 1)),  # of its own name, but no term
        ([party("Tarn Mills, Inc.", "Lender")], PartyTally(3, 1, 1, 1, 1, 0, 1, 0)),
        ([party("Pond Bank, N.A.", "Lender", "Pond")], PartyTally(3, 1, 1, 1, 1, 1, 1, 1)),  # one of the Lenders
        ([party("Pond Bank, N.A.", "", "Agent")], PartyTally(3, 1, 1, 1, 1, 1, 0, 0)),
        ([party("Fen Bank"), party("Ohio 44101", "Borrower")], PartyTally(3, 0, 2, 1, 0, 0, 0, 0)),
        ([party("Heath Ltd", "", "Ada Stone")], PartyTally(3, 1, 1, 0, 0, 0, 0, 0)),  # found under another's alias
    ],
)
def test_names_and_terms_are_counted(read: list[PartySpan], tally: PartyTally) -> None:
    assert tally_parties(read, AGREEMENT) == tally


def test_figures_are_shares_of_all_agreements() -> None:
    figures = tally_figures([PartyTally(3, 2, 2, 1, 2, 1, 2, 2), PartyTally(1, 1, 2, 2, 0, 0, 0, 0)])
    assert figures == {
        "agreements": 2,
        "party_recall": 0.75,
        "party_precision": 0.75,
        "parties_with_their_term": 0.5,
        "terms_right": 1,
    }


def test_only_labelled_agreements_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"file": "credit/a.txt", "parties": [{"name": "Tarn", "terms": ["T"]}], "optional": [], "held_out": True}
    monkeypatch.setattr(edgar_labels, "LABELS", tmp_path / "labels.jsonl")
    (tmp_path / "labels.jsonl").write_text(json.dumps(row) + "\n")
    with tarfile.open(tmp_path / "agreements.tar.xz", "w:xz") as archive:
        for name in ("credit/a.txt", "credit/b.txt"):
            member = tarfile.TarInfo(f"agreements/{name}")
            member.size = 1
            archive.addfile(member, io.BytesIO(b"x"))
    [one] = read_labelled(tmp_path)
    assert (one.name, one.data, one.parties, one.held_out) == (
        "credit/a.txt",
        b"x",
        (NamedParty("Tarn", ("T",)),),
        True,
    )


def test_a_third_of_the_labels_is_held_out() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == len({row["file"] for row in rows}) == 685
    assert 0.3 < sum(row["held_out"] for row in rows) / len(rows) < 0.36
    assert all(row["parties"] and all(one["name"] for one in row["parties"]) for row in rows)
