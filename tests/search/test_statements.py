from __future__ import annotations

import pytest

from contracts.text.obligations import find_obligations
from search.explain import _statement, explain_verdict
from search.reason_codes import ReasonCode
from search.statements import VALUE, Statement, asked_statement, mark_limits, mark_statement, party_spans
from verifier.types import Party, Verdict

PARTIES = (Party("Northgate Analytics Ltd", "Supplier"), Party("Harbour Retail plc", "Customer"))


@pytest.mark.parametrize(
    ("query", "bearer", "modality", "counterparty"),
    [
        ("Vendor indemnifies client for IP claims", "Supplier", "obligation", "Customer"),
        ("The Customer must not assign", "Customer", "prohibition", ""),
        ("Supplier does not share data with Harbour Retail plc", "Supplier", "prohibition", "Customer"),
        ("Customer may audit Supplier", "Customer", "permission", "Supplier"),
    ],
)
def test_who_is_asked_to_do_what(query: str, bearer: str, modality: str, counterparty: str) -> None:
    asked = asked_statement(query, PARTIES)
    assert asked is not None
    assert (asked.bearer, asked.modality, asked.counterparty) == (bearer, modality, counterparty)


@pytest.mark.parametrize("query", ["indemnity for data breaches", "The Customer's data is protected"])
def test_a_question_that_names_nobody_who_acts(query: str) -> None:
    assert asked_statement(query, PARTIES) is None


def test_conditions_and_values_stand_apart() -> None:
    assert asked_statement("Customer must pay within thirty (30) days unless the invoice is disputed", PARTIES) == (
        Statement(
            "Customer", "pay within thirty (30) days", "", "obligation",
            ("unless the invoice is disputed",), ("thirty (30) days",),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        "forty-five days",
        "thirty-six months",
        "eleven months",
        "one hundred and twenty (120) days",
        "sixteen hours",
        "2 years",
    ],
)
def test_a_number_in_words_is_read_whole(value: str) -> None:
    assert VALUE.findall(f"The Customer must pay within {value} of the date") == [value]


@pytest.mark.parametrize(
    ("reading", "marked"),
    [
        ("The Supplier shall in addition indemnify the Customer.", "indemnify"),
        ("The Supplier may, at its option, defend the Customer.", "defend"),
        ("The Supplier shall within five days of request pay the Customer.", None),  # better none than “within”
    ],
)
def test_what_stands_before_the_verb_is_not_the_action(reading: str, marked: str | None) -> None:
    [obligation] = find_obligations(reading, party_spans(PARTIES))
    actions = [reading[a:b] for a, b, mark in mark_statement(reading, obligation) if mark == "action"]
    assert actions == ([marked] if marked else [])


def test_marks_of_a_statement() -> None:
    reading = (
        "The Supplier shall not be liable, and shall promptly notify the Customer, except as set out in clause 9.2."
    )
    obligations = find_obligations(reading, party_spans(PARTIES))
    marked = [(reading[a:b], mark) for a, b, mark in mark_statement(reading, obligations[-1])]
    assert marked == [("Supplier", "bearer"), ("shall", "modal"), ("promptly notify", "action")]
    assert [(reading[a:b], mark) for a, b, mark in mark_limits(reading)] == [
        ("not", "negation"),
        ("except as set out in clause 9.2", "exception"),
    ]


def test_not_limited_to_denies_nothing() -> None:
    assert list(mark_limits("costs, including but not limited to fees, no later than Friday, whether or not due")) == []


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("Neither party shall assign this Agreement.", "neither party shall assign this Agreement"),
        ("No party may assign this Agreement.", "no party may assign this Agreement"),
        ("Each party shall keep it secret.", "each party shall keep it secret"),
        ("The Supplier shall not assign this Agreement.", "Supplier shall not assign this Agreement"),
        # Where no party is the subject.
        ("The Fees shall be paid by the Customer.", "this is said of Customer: “shall be paid by the Customer”"),
        (
            "Taxes are for the account of the Customer.",
            "this is said of Customer: “are for the account of the Customer”",
        ),
        (
            "Copies are to be returned to the Supplier.",
            "Customer is meant, without being named: “are to be returned to the Supplier”",
        ),
        (
            "In no event shall the Supplier be liable.",
            "this is said of Supplier: “In no event shall the Supplier be liable”",
        ),
        (
            "Neither this Agreement nor any right may be assigned by either party.",
            "this is said of each party: “Neither this Agreement nor any right may be assigned by either party”",
        ),
        ("The Fees shall be paid.", ""),
    ],
)
def test_a_reason_says_what_the_clause_says(clause: str, said: str) -> None:
    (found,) = find_obligations(clause, party_spans(PARTIES))
    assert _statement(clause, found) == said


INDEMNIFIES = "Supplier indemnifies Customer"


@pytest.mark.parametrize(
    ("query", "clause", "label", "code"),
    [
        (INDEMNIFIES, "Supplier shall indemnify Customer.", "supported", "says_it"),
        (INDEMNIFIES, "Losses of Customer for Supplier's account.", "supported", "bearer_not_shown"),
        ("Customer may assign", "Customer shall not assign.", "supported", "words_against"),
        (INDEMNIFIES, "Customer shall indemnify Supplier.", "party_swapped", "parties_exchanged"),
        (
            "Vendor must indemnify the client",
            "Customer shall indemnify Supplier.",
            "party_swapped",
            "parties_exchanged",
        ),
        ("Supplier may terminate", "Customer may terminate.", "party_swapped", "other_party"),
        (INDEMNIFIES, "Customer's losses.", "party_swapped", "other_party"),
        (INDEMNIFIES, "Supplier shall not indemnify Customer.", "negated", "negated"),
        (INDEMNIFIES, "Supplier may indemnify Customer.", "modality", "other_modality"),
        ("Customer pays in 30 days", "Customer shall pay in 60 days.", "value", "different_value"),
        (INDEMNIFIES, "Supplier shall indemnify Customer if sued.", "qualified", "exception"),
        (INDEMNIFIES, "Supplier shall pay Customer.", "unrelated", "related_only"),
        (INDEMNIFIES, "Supplier shall indemnify Customer.", None, "not_read"),
    ],
)
def test_a_reason_has_a_code(query: str, clause: str, label: str | None, code: str) -> None:
    verdict = Verdict(label, {label: 0.9}, ()) if label else None
    found = find_obligations(clause, party_spans(PARTIES))
    assert explain_verdict(query, clause, PARTIES, found, verdict).code == ReasonCode(code)
