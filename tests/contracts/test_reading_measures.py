"""The figures of benchmark_reading, on labels small enough to check by hand."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from contracts.cuad import Label
from contracts.fact_labels import effective_labels, fact_is_labelled
from contracts.party_labels import PartyCount, count_parties, labelled_names, normalise
from contracts.reading_measures import broken_spans
from contracts.term_labels import CATEGORIES, TermCount, count_terms, labelled_places, term_figures
from contracts.text.reading import read_contract
from contracts.text.types import FactSpan, PartySpan, Reading

TEXT = (
    "SUPPLY AGREEMENT\n\nThis Supply Agreement is made on March 3, 2024 between Tarn Mills, Inc. (the “Supplier”) and "
    "Lake Dairies LLC (the “Buyer”).\n\n1. Law. This Agreement is governed by the laws of the State of Ohio.\n"
)
LABELS = {
    "Parties": ["Tarn Mills, Inc.", "Supplier", "Lake Dairies LLC", "Pond Dairies LLC"],
    "Document Name": ["Supply Agreement"],
    "Agreement Date": ["3/3/2024", "March 3, 2024"],
    "Governing Law": ["This Agreement is governed by the laws of the State of Ohio."],
}


def label(text: str, within: str = "") -> Label:
    start = within.find(text)
    return Label(text, start, start + len(text)) if start >= 0 and within else Label(text, None, None)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("The Acme & Sons Company, Inc.", "acme and sons"),
        ("ACME AND SONS CO. INC", "acme and sons"),
        ("Lake Dairies LLC, d/b/a Lake", "lake dairies"),
        ("Lake Dairies (USA) LLC and its Affiliates", "lake dairies"),
        ("Lake Dairies AB (publ", "lake dairies"),  # a label loses its last bracket
    ],
)
def test_names_are_compared_without_form_and_trade_name(name: str, plain: str) -> None:
    assert normalise(name) == plain


def test_terms_groups_and_former_names_are_no_names() -> None:
    text = 'Acme, Inc. (formerly known as Pond LLC) (the "Seller"), each a "Party"'
    spans = ["Acme, Inc.", "Pond LLC", "Seller", 'each a "Party"', "[Name]"]
    assert labelled_names([label(span, text) for span in spans], 'Acme, Inc. ("Seller")', text) == {"acme"}


@pytest.mark.parametrize(
    ("kind", "value", "labelled", "right"),
    [
        ("title", "SUPPLY AGREEMENT", "Supply  Agreement (the", True),
        ("title", "AGREEMENT", "Supply Agreement", False),
        ("title", "SCHEDULE B Repair Schedule", "Repair Schedule", True),
        ("title", "SUPPLY AGREEMENT", "Supply Agreemen", True),
        ("agreement_date", "3rd day of March, 2024", "March 3, 2024", True),
        ("agreement_date", "March 30, 2024", "March 3, 2024", False),
        ("agreement_date", "03/04/2024", "3/4/2024", True),
        ("effective_date", "the last date of signature", "takes effect on the last date of signature.", True),
        ("governing_law", "Ohio", "under the laws of Ohio.", True),
        ("governing_law", "Iowa", "under the laws of Ohio.", False),
    ],
)
def test_facts_are_compared_by_their_words(kind: str, value: str, labelled: str, right: bool) -> None:
    assert fact_is_labelled(FactSpan(kind, value, 0, 0), [label(labelled)]) is right  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("labelled", "found"),
    [
        ("System Associates, Inc.", 1),  # the mouse caught half the name
        ("Tarn System Associates, Inc. of Ohio", 1),  # or a word too many
        ("Tarn System Asso ciates, Inc.", 1),  # a scan
        ("Associates, Inc.", 0),  # less than half
        ("Lake Dairies LLC", 0),
    ],
)
def test_a_label_that_caught_half_a_name(labelled: str, found: int) -> None:
    text = "between Tarn System Associates, Inc. of Ohio and another"
    start = text.find(labelled)
    parties = [PartySpan("Tarn System Associates, Inc.", "", (), 8, 36)]
    counts = count_parties(parties, [Label(labelled, start, start + len(labelled))], "", text)
    assert (counts.labelled_found, counts.found_labelled) == (found, found)


@pytest.mark.parametrize(
    ("labelled", "count"),
    [
        ("Ann Roe, Moor Ltd / Ben Poe", PartyCount(1, 1, 3, 3)),
        ("Ann Roe, Moor Ltd and Cy Doe", PartyCount(1, 0, 3, 0)),  # one of these was not read
        ("Ann Roe and others", PartyCount(1, 0, 3, 0)),
        ("a subsidiary of Moor Ltd", PartyCount(0, 0, 0, 0)),
        ("(Collectively Sellers)", PartyCount(0, 0, 0, 0)),
    ],
)
def test_a_label_that_caught_several_names(labelled: str, count: PartyCount) -> None:
    parties = [PartySpan(name, "", (), 0, 0) for name in ("Ann Roe", "Moor Ltd", "Ben Poe")]
    assert count_parties(parties, [Label(labelled, None, None)], "", "") == count


def test_the_date_hereof_is_the_agreement_s_date() -> None:
    effective, agreed = (label("effective as of the date hereof"),), (label("March 3, 2024"),)
    assert effective_labels(effective, agreed) == (*effective, *agreed)
    assert effective_labels((label("June 1, 2024"),), agreed) == (label("June 1, 2024"),)


TERM = "This Agreement ends on 1 May 2026. It is renewed\n12\nautomatically for one year."


@pytest.mark.parametrize(
    ("fact", "labels", "answer", "count"),
    [
        (("1 May 2026", 23, 33), ["This Agreement ends on 1 May 2026."], "5/1/26", TermCount(True, True, True, True)),
        (("1 May 2026", 23, 33), ["This Agreement ends on 1 May 2026."], "6/1/26", TermCount(True, True, True, False)),
        (("1 May 2026", 23, 33), ["It is renewed"], "", TermCount(True, True, False)),
        (("until terminated", 23, 33), [], "5/1/26", TermCount(False, True, False)),
        (None, ["This Agreement ends on 1 May 2026."], "5/1/26", TermCount(True, False, False)),
    ],
)
def test_an_end_is_right_where_it_overlaps_the_label(
    fact: tuple[str, int, int] | None, labels: list[str], answer: str, count: TermCount
) -> None:
    facts = {"expiry_date": FactSpan("expiry_date", *fact)} if fact else {}
    labelled = {"Expiration Date": [label(one) for one in labels]}
    assert count_terms(TERM, facts, labelled, {"Expiration Date": answer})["expiry_date"] == count


def test_only_what_cuad_labels_counts_as_a_false_renewal() -> None:
    facts = {"renewal": FactSpan("renewal", "agreement", 0, 4)}
    assert not count_terms(TERM, facts, {}, {})["renewal"].found
    facts = {"renewal": FactSpan("renewal", "automatic", 0, 4)}
    assert count_terms(TERM, facts, {}, {})["renewal"].found


def test_a_label_is_found_over_the_number_of_a_page() -> None:
    (place,) = labelled_places(TERM, "This Agreement ends on 1 May 2026. It is renewed automatically for one year.")
    assert place[0] == 0
    assert labelled_places(TERM, "1 May 2026<omitted>one year") == [(23, 33), (TERM.index("one year"), len(TERM) - 1)]


def test_the_figures_of_terms() -> None:
    right, missed, false = (
        TermCount(True, True, True, True),
        TermCount(True, False, False),
        TermCount(False, True, False),
    )
    figures = term_figures([dict.fromkeys(CATEGORIES, one) for one in (right, missed, false)])
    assert (figures["renewal_recall"], figures["renewal_precision"]) == (0.5, 0.5)
    assert figures["expiry_date_same_day"] == 1


def test_a_gap_between_clauses_is_counted() -> None:
    reading = read_contract(TEXT.encode(), "supply.txt", lambda text: len(text.split()))
    assert broken_spans(reading) == 0
    without_last = Reading(
        reading.document, reading.clauses[:-1], (), reading.parties, reading.definitions, reading.facts
    )
    assert broken_spans(without_last) == 1


def test_the_command_reports_each_half(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "cuad"
    folder.mkdir()
    with tarfile.open(folder / "contracts.tar.xz", "w:xz") as archive:
        for name in ("a.txt", "b.txt"):
            member = tarfile.TarInfo(f"contracts/{name}")
            member.size = len(TEXT.encode())
            archive.addfile(member, io.BytesIO(TEXT.encode()))
    with gzip.open(folder / "labels.jsonl.gz", "wt") as lines:
        for name in ("a.txt", "b.txt"):
            for category, texts in LABELS.items():
                spans = [{"text": text, "start": TEXT.find(text), "end": TEXT.find(text) + len(text)} for text in texts]
                row = {"contract": name, "category": category, "spans": spans, "answer": ""}
                lines.write(json.dumps(row) + "\n")
    call_command("benchmark_reading", data=tmp_path, json=tmp_path / "out.json")
    report = json.loads((tmp_path / "out.json").read_text())
    assert report["held_out"]["party_recall"] == pytest.approx(2 / 3)
    assert report["held_out"]["party_precision"] == 1
    assert [report["all"][kind] for kind in ("title", "agreement_date", "governing_law")] == [1, 1, 1]
    assert report["all"]["broken_spans"] == 0
    assert "held out" in capsys.readouterr().out


def test_missing_data_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="folder that holds"):
        call_command("benchmark_reading", data=tmp_path)
