"""Whether the parties that are read, and their terms, are those that people wrote down for 685 agreements of EDGAR.

``edgar_parties.jsonl`` was made for Proviso: who read an agreement saw nothing of what Proviso reads. A third of it is
held out; rules are developed on the others. CUAD's labels (contracts/party_labels.py) do not tell whose a term is.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from contracts.party_labels import normalise
from contracts.reading_measures import share
from contracts.text.types import PartySpan

LABELS = Path(__file__).with_name("edgar_parties.jsonl")


@dataclass(frozen=True, slots=True)
class NamedParty:
    name: str
    terms: tuple[str, ...]  # what the agreement calls it; () where it does not say


@dataclass(frozen=True, slots=True)
class LabelledAgreement:
    name: str
    data: bytes
    parties: tuple[NamedParty, ...]
    optional: frozenset[str]  # names that may count as parties or not
    held_out: bool


@dataclass(frozen=True, slots=True)
class PartyTally:
    labelled: int
    found: int  # of the labelled ones
    read: int
    right: int  # of those read: labelled, or optional
    called: int  # labelled ones that were found and have a term
    called_right: int  # of these, those that have one of their terms
    termed: int  # labelled ones that were found and given a term
    termed_right: int  # of these, those whose term is theirs


def read_labelled(folder: Path) -> Iterator[LabelledAgreement]:
    """Raises FileNotFoundError where ``folder`` does not hold the agreements."""
    rows = {row["file"]: row for row in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())}
    with tarfile.open(folder / "agreements.tar.xz") as archive:
        for member in archive:
            row = rows.get(str(Path(*Path(member.name).parts[1:])))
            if row and (file := archive.extractfile(member)):
                parties = tuple(NamedParty(one["name"], tuple(one["terms"])) for one in row["parties"])
                optional = frozenset(map(_key, row["optional"]))
                yield LabelledAgreement(row["file"], file.read(), parties, optional, row["held_out"])


def tally_parties(read: Sequence[PartySpan], agreement: LabelledAgreement) -> PartyTally:
    """A party counts as found under its name, a term or an alias; terms are compared of those read by their name."""
    labelled = {_key(party.name): party for party in agreement.parties}
    by_name = {_key(party.name): party for party in read}
    known = {_key(other) for party in read for other in (party.name, party.term, *party.aliases) if other}
    both = [(labelled[key], by_name[key]) for key in labelled.keys() & by_name.keys()]
    called = [(ours, theirs) for theirs, ours in both if theirs.terms]
    termed = [(ours, theirs) for theirs, ours in both if ours.term]
    return PartyTally(
        labelled=len(labelled),
        found=len(labelled.keys() & known),
        read=len(by_name),
        right=len(by_name.keys() & (labelled.keys() | agreement.optional)),
        called=len(called),
        called_right=sum(
            not _terms(theirs.terms).isdisjoint(_terms([ours.name, ours.term, *ours.aliases]))
            for ours, theirs in called
        ),
        termed=len(termed),
        termed_right=sum(_is_term(ours.term, theirs) for ours, theirs in termed),
    )


def tally_figures(tallies: Sequence[PartyTally]) -> dict[str, float]:
    """Shares between 0 and 1."""
    sums = PartyTally(*(sum(numbers) for numbers in zip(*map(astuple, tallies), strict=True)))
    return {
        "agreements": float(len(tallies)),
        "party_recall": share(sums.found, sums.labelled),
        "party_precision": share(sums.right, sums.read),
        "parties_with_their_term": share(sums.called_right, sums.called),
        "terms_right": share(sums.termed_right, sums.termed),
    }


def _is_term(term: str, party: NamedParty) -> bool:
    """Also the name's own words: "Acme" for Acme Widgets, Inc., where the agreement defines nothing."""
    [key] = _terms([term])
    return key in _terms(party.terms) or (len(key) > 3 and key in _key(party.name))


def _terms(terms: Sequence[str]) -> set[str]:
    """One of "Lenders" is a Lender."""
    return {_key(term).removesuffix("s") for term in terms if term}


def _key(name: str) -> str:
    return normalise(name).replace(" ", "")
