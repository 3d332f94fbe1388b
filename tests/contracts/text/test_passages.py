"""Passages: sentences and list items, each with the words it is read under, none longer than the encoder takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.text.bare_titles import is_bare_title
from contracts.text.parse import parse_file
from contracts.text.passages import split_passages
from contracts.text.segment import segment_clauses
from contracts.text.sentences import inline_items, sentence_spans
from contracts.text.types import ParsedDocument, PassageSpan
from tests.contracts.text.files import agreements

PREAMBLE = "SUPPLY AGREEMENT\nThis Agreement is made on 1 May 2024 between A Ltd and B Ltd."


def _words(text: str) -> int:
    return len(text.split())


def _passages(*lines: str, limit: int = 256) -> tuple[str, tuple[PassageSpan, ...]]:
    text = "\n".join((PREAMBLE, *lines))
    clauses = segment_clauses(ParsedDocument(text, "txt", ()))
    return text, split_passages(text, clauses, _words, limit)


def _readings(*lines: str, limit: int = 256) -> list[str]:
    text, passages = _passages(*lines, limit=limit)
    return [passage.reading(text) for passage in passages[2:]]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Acme Inc. shall pay Widget Co. and others.", "It pays late."],
        ["It is made with Acme Inc.", "The price is ten."],
        ["See No. 5 and U.S.C. § 12(a), e.g. the rule.", "Next."],
        ["John F. Kennedy Jr. signed, i.e. he agreed.", "He left."],
        ["The price is $1.5 million.", "It rises by 2.5% on Dec. 31, 2025."],
        ["The U.S. Government pays; the U.K. does not.", "Done."],
        ['It said "we agree."', "Then it left.", "(It came back.)"],
        ["The products are listed in Exhibit A.", "The Reseller sells them."],
        ["Is it due?", "Yes!"],
        ["Notices go to Ms. Orla Finch, Attn. Legal Dept. at 5 p.m. each day.", "None is late."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text, 0, len(text))] == sentences


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("The Supplier shall: (a) pay; (b) report; and (c) stop.", 3),
        ("It warrants that: (i) it may, (ii) it can, and (iii) it will.", 3),
        ("Unless (a) it pays or (b) it reports, it stops.", 0),
        ("The list: (a) alone.", 0),
        ("As clause 4(a) and 4(b) say: nothing.", 0),
    ],
)
def test_inline_lists(text: str, items: int) -> None:
    assert len(inline_items(text, 0, len(text))) == items


def test_items_are_read_under_their_lead_ins() -> None:
    lines = [
        "1. Duties",
        "1.1 The Supplier shall:",
        "(a) pay the fees;",
        "(b) keep records of:",
        "(i) time; and",
        "(ii) costs.",
    ]
    assert _readings(*lines) == [
        "1. Duties",
        "The Supplier shall:",
        "The Supplier shall: pay the fees;",
        "The Supplier shall: keep records of:",
        "The Supplier shall: keep records of: time; and",
        "The Supplier shall: keep records of: costs.",
    ]


def test_only_the_last_sentence_leads_in() -> None:
    readings = _readings("1. Duties", "1.1 This is serious. The Buyer may:", "(a) end this Agreement.")
    assert readings[-1] == "The Buyer may: end this Agreement."


def test_a_complete_sentence_leads_nothing_in() -> None:
    assert _readings("1. Duties", "1.1 The Buyer pays.", "(a) It pays at once.")[-1] == "It pays at once."


@pytest.mark.parametrize(
    "opening",
    [
        "NOW, THEREFORE, in consideration of the promises herein, it is hereby agreed as follows:",
        "The parties agree as follows:",
        "The parties hereby agree, intending to be bound, as follows:",
    ],
)
def test_words_of_agreement_lead_no_clause_in(opening: str) -> None:
    readings = _readings("WITNESSETH", opening, "1. Sale", "1.1 The Seller shall sell.", "1.2 The Buyer shall pay.")
    assert readings[-2:] == ["The Seller shall sell.", "The Buyer shall pay."]


def test_inline_items_and_bullets_have_lead_ins_too() -> None:
    readings = _readings(
        "1. Duties", "1.1 Pay. The Buyer shall: (a) pay; and (b) report.", "1.2 The Seller shall:", "\u2022 sell;"
    )
    assert readings[1:] == [
        "The Buyer shall: (a) pay; and",
        "The Buyer shall: (b) report.",
        "The Seller shall:",
        "The Seller shall: \u2022 sell;",
    ]


def test_the_rows_of_a_table_are_read_under_the_words_above_it() -> None:
    readings = _readings(
        "1. Price", "1.1 The rates are:", "Senior | EUR 900", "Junior | EUR 500", "1.2 They are fixed."
    )
    assert readings[2:] == ["The rates are: Senior | EUR 900", "The rates are: Junior | EUR 500", "They are fixed."]


def test_closing_words_are_read_under_the_lead_in_of_the_list() -> None:
    readings = _readings("1. Duties", "1.1 The Buyer shall:", "(a) pay;", "(b) report,", "in each case at once.")
    assert readings[-1] == "The Buyer shall: in each case at once."


@pytest.mark.parametrize(
    ("lines", "readings"),
    [
        (
            ["1.1 The Supplier shall:", "(a) deliver the Goods;", "(b) insure them. The Customer shall pay for them."],
            ["deliver the Goods;", "insure them."],
        ),
        (["1.1 The Supplier shall:", "(a) deliver the Goods. Such delivery is on time."], ["deliver the Goods."]),
        (
            ["1.1 The Supplier shall:", "(a) deliver the Goods; and", "The Customer shall pay."],
            ["deliver the Goods; and"],
        ),
        (["1.1 The Supplier shall:", "(a) The Customer shall pay.", "(b) deliver."], ["deliver."]),
        (
            [
                "1.1 The Supplier shall, at its own cost:",
                "(a) if it is late, refund it;",
                "(b) If it is late, the Customer may go.",
            ],
            ["if it is late, refund it;"],
        ),
        (["1.1 The Supplier is entitled to:", "(a) a fee; and", "(b) Customer must pay it."], ["a fee; and"]),
        (["1.1 The Supplier shall:", "12", "(a) deliver the Goods."], ["deliver the Goods."]),
        (["1.1 The Supplier shall", "(a) deliver the Goods."], ["deliver the Goods."]),
        (["1.1 The Supplier shall ensure that:", "(a) the Goods are new."], ["the Goods are new."]),
        (["1.1 If the Goods are late:", "(a) The Customer may refuse them."], ["The Customer may refuse them."]),
        (["1.1 The following terms apply:", "(a) The Customer shall pay."], []),
        (
            ["1.1 The following terms apply upon termination:", "(a) The Customer shall pay."],
            ["The Customer shall pay."],
        ),
        (
            ["1.1 The Supplier represents and warrants to the Customer as follows:", "(a) The Goods are new."],
            ["The Goods are new."],
        ),
        (["1.1 Fees of 5 [ * ]", "(a) The Customer shall pay."], []),
        (["1.1 The Supplier sells goods; and", "(a) The Customer shall pay."], []),
        (["1.1 The Supplier shall:", "\u2022 sell. It does so fast.", "\u2022 buy."], ["\u2022 sell.", "\u2022 buy."]),
    ],
)
def test_what_is_read_under_a_lead_in(lines: list[str], readings: list[str]) -> None:
    """``readings``: the own words of the passages that have a lead-in."""
    text, passages = _passages("1. Duties", *lines)
    led = [passage for passage in passages if passage.lead_in]
    assert [text[passage.start : passage.end] for passage in led] == readings
    assert all(text[slice(*passage.lead_in[-1])] == lines[0].removeprefix("1.1 ") for passage in led)


def test_an_inner_lead_in_that_does_not_fit_leaves_the_outer_one() -> None:
    lines = [
        "1. Duties",
        "1.1 If it is late:",
        "(a) the Supplier shall:",
        "(i) refund it; and",
        "(ii) the Customer may go.",
    ]
    assert _readings(*lines)[-2:] == [
        "If it is late: the Supplier shall: refund it; and",
        "If it is late: the Customer may go.",
    ]


def test_number_and_run_in_heading_are_not_part_of_the_sentence() -> None:
    assert _readings("1. Fees. The Buyer pays.", "2. Term. It lasts a year.") == ["The Buyer pays.", "It lasts a year."]


def test_a_heading_is_a_passage_only_where_nothing_else_stands() -> None:
    _, passages = _passages("1. Fees", "1.1 The Buyer pays.", "SCHEDULE 1", "PRICES", "Ten euro each.")
    assert [passage.kind for passage in passages[2:]] == ["heading", "sentence", "sentence"]


@pytest.mark.parametrize(
    "words",
    [
        "10.4 Limitations on Liability.",
        "Records; Inspections.",
        "(b) Sublicense Rights.",
        "REPRESENTATIONS AND WARRANTIES",
        "LIMITATION ON LIABILITY..................................23",
        "4.4 Taxes. -----",
    ],
)
def test_what_only_names_something_is_a_heading(words: str) -> None:
    assert is_bare_title(words)
    _, passages = _passages("1. Fees", f"1.1 The Buyer pays all taxes that are due. {words}")
    assert [passage.kind for passage in passages][-1] == "heading"


@pytest.mark.parametrize(
    "words",
    [
        "No Assignment.",
        "Non-Exclusive License.",
        "Tenant Must Insure.",
        "EACH PARTY WAIVES TRIAL BY JURY.",
        "SELLER DISCLAIMS WARRANTIES.",
        "Net 30 days.",
        "Governing Law: Delaware",
        "It ends.",
    ],
)
def test_what_states_something_is_none(words: str) -> None:
    assert not is_bare_title(words)


def test_an_item_of_a_list_is_no_heading() -> None:
    _, passages = _passages("1. The Supplier shall provide:", "(a) Training Services;", "(b) Support Services.")
    assert [passage.kind for passage in passages][-2:] == ["item", "item"]


def test_signatures_and_contents_give_none() -> None:
    readings = _readings("1. Fees", "1.1 The Buyer pays.", "IN WITNESS WHEREOF they signed.", "By: ______", "Name: Jo")
    assert readings == ["1. Fees", "The Buyer pays."]


@pytest.mark.parametrize("separator", ["; ", ", ", " "])
def test_long_passages_are_cut(separator: str) -> None:
    sentence = separator.join(f"word{number}" for number in range(300)) + "."
    text, passages = _passages("1. Duties", f"1.1 The Buyer shall: {sentence}", limit=50)
    assert all(_words(passage.reading(text)) <= 50 for passage in passages)
    assert " ".join(text[passage.start : passage.end] for passage in passages).count("word") == 300


def test_a_lead_in_that_leaves_no_room_is_dropped() -> None:
    text, passages = _passages("1. Duties", f"1.1 The Buyer, {'namely, ' * 60}shall:", "(a) pay.", limit=50)
    assert passages[-1].reading(text) == "pay."


def test_a_word_without_end_is_cut() -> None:
    text = "x" * 5000
    clauses = segment_clauses(ParsedDocument(text, "txt", ()))
    passages = split_passages(text, clauses, len, 256)
    assert "".join(text[passage.start : passage.end] for passage in passages) == text
    assert max(passage.end - passage.start for passage in passages) <= 256


@pytest.mark.parametrize("path", agreements(), ids=lambda path: path.name)
def test_passages_of_the_sample_agreements(path: Path) -> None:
    document = parse_file(path.read_bytes(), path.name)
    clauses = segment_clauses(document)
    calls = 0

    def count_tokens(text: str) -> int:
        nonlocal calls
        calls += 1
        return len(text) // 3

    passages = split_passages(document.text, clauses, count_tokens)
    assert calls <= len(passages) * 1.5
    assert [passage.start for passage in passages] == sorted(passage.start for passage in passages)
    for passage in passages:
        clause = clauses[passage.clause]
        assert clause.kind != "signature"
        assert clause.start <= passage.start < passage.end <= clause.end
        assert document.text[passage.start : passage.end].strip() == document.text[passage.start : passage.end]
        assert len(passage.reading(document.text)) // 3 <= 256
        assert all(end <= passage.start for _, end in passage.lead_in)
    letters = sum(
        letter.isalnum()
        for clause in clauses
        if clause.kind != "signature"
        for letter in document.text[clause.start : clause.end]
    )
    covered = sum(letter.isalnum() for passage in passages for letter in document.text[passage.start : passage.end])
    assert covered > 0.95 * letters  # what is left out are numbers and run-in headings
