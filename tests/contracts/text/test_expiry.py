"""When a contract ends. Each row is a kind of wording, the first ones with the day that they come to."""

from __future__ import annotations

import time
from datetime import date

import pytest

from contracts.text.expiry import expiry_day
from contracts.text.facts import find_facts
from contracts.text.types import FactSpan

PREAMBLE = (
    'SUPPLY AGREEMENT\n\nThis Supply Agreement is made on 3 March 2024, effective April 1, 2024 (the "Effective '
    'Date"), between A Ltd and B Ltd.\n\n'
)


def expiry(clause: str, preamble: str = PREAMBLE) -> FactSpan | None:
    text = preamble + clause
    found = next((fact for fact in find_facts(text, "supply.txt") if fact.kind == "expiry_date"), None)
    if found and not found.computed_from:
        assert " ".join(text[found.start : found.end].split()) == found.value
    return found


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("This Agreement shall continue until December 31, 2026, unless earlier terminated.", "December 31, 2026"),
        ("The term of this Agreement begins on the date hereof and ends on 30 June 2027.", "30 June 2027"),
        ("Expiration Date: June 30, 2027", "June 30, 2027"),
        (
            "The term of this Agreement is two years from the Effective Date, ending on March 31, 2026.",
            "March 31, 2026",
        ),
    ],
)
def test_a_day_that_is_written(clause: str, day: str) -> None:
    found = expiry(clause)
    assert found is not None
    assert (found.value, found.computed_from) == (day, "")


@pytest.mark.parametrize(
    ("clause", "day", "counted_from"),
    [
        (
            "This Agreement shall remain in effect for three (3) years from the Effective Date.",
            "1 April 2027",
            "“three (3) years from the Effective Date”, counted from the effective date, 1 April 2024",
        ),
        (
            "The term of this Agreement shall commence on the date hereof and continue for a period of 18 months.",
            "3 September 2025",
            "“18 months”, counted from the date of the agreement, 3 March 2024",
        ),
        (
            "The Term shall begin on January 1, 2025 and continue for an initial period of five (5) years.",
            "1 January 2030",
            "“five (5) years”, counted from January 1, 2025",
        ),
        (
            "This Agreement will terminate on the third anniversary of the Effective Date.",
            "1 April 2027",
            "“third anniversary of the Effective Date”, counted from the effective date, 1 April 2024",
        ),
        (
            "Initial Term shall mean the Effective Date through the day prior to the second anniversary of the "
            "Effective Date.",
            "31 March 2026",
            "“day prior to the second anniversary of the Effective Date”, counted from the effective date, "
            "1 April 2024",
        ),
        (
            "The initial term of this Agreement is twenty-four (24) months.",
            "1 April 2026",
            "“twenty-four (24) months”, counted from the effective date, 1 April 2024",
        ),
    ],
)
def test_a_day_that_is_computed_says_from_what(clause: str, day: str, counted_from: str) -> None:
    found = expiry(clause)
    assert found is not None
    assert (found.value, found.computed_from) == (day, counted_from)


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("This Agreement shall continue in effect until terminated by either party.", "until terminated"),
        (
            "The term of this Agreement is three years from the Launch Date, as defined below.",
            "three years from the Launch Date",
        ),
        (
            "This Agreement shall expire on the later of (i) five years from the Effective Date and (ii) a last sale.",
            "later of (i) five years from the Effective Date",
        ),
        (
            "The term of this Agreement shall begin on the date hereof and continue until completion of the Project.",
            "until completion of the Project",
        ),
    ],
)
def test_an_end_without_a_day_keeps_its_words(clause: str, words: str) -> None:
    found = expiry(clause)
    assert found is not None
    assert (found.value, expiry_day(found.value)) == (words, None)


@pytest.mark.parametrize(
    "clause",
    [
        "Either party may terminate this Agreement upon ninety (90) days' written notice.",
        "The Supplier shall keep records during the term of this Agreement and for three (3) years thereafter.",
        "The obligations of confidentiality under this Agreement shall survive for five (5) years.",
        "This Agreement shall automatically renew for additional terms of one (1) year.",
        "If this Agreement is terminated for a breach that is not cured for thirty (30) days, the Buyer shall pay.",
        "The Supplier shall deliver the Goods until December 31, 2026.",
        "Employee Non-Solicitation\nDuration | 24 months",
        "Garden Leave\n\nDuration | 24 months\n\nNon-Disparagement\n\nDuration | 24 months",
    ],
)
def test_what_is_no_end_of_the_contract(clause: str) -> None:
    assert expiry(clause) is None


def test_without_a_day_to_count_from_the_words_stay() -> None:
    found = expiry(
        "This Agreement shall remain in effect for three (3) years from the Effective Date.", "AGREEMENT\n\n"
    )
    assert found is not None
    assert (found.value, found.computed_from) == ("three (3) years from the Effective Date", "")


def test_a_date_that_a_person_gave_is_counted_from() -> None:
    text = PREAMBLE + "This Agreement shall remain in effect for three (3) years from the Effective Date."
    facts = {fact.kind: fact.value for fact in find_facts(text, "a.txt", {"effective_date": "1 May 2024"})}
    assert facts["expiry_date"] == "1 May 2027"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("31 December 2026", date(2026, 12, 31)),
        ("December 31, 2026.", date(2026, 12, 31)),
        ("until the earlier of (i) December 31, 2026 and (ii) the closing", None),
        ("until terminated", None),
        ("", None),
    ],
)
def test_only_a_day_alone_is_a_day(value: str, day: date | None) -> None:
    assert expiry_day(value) == day


def test_a_long_line_is_read_in_bounded_time() -> None:
    started = time.process_time()
    find_facts("this agreement shall be the term of this agreement for one year to " * 3_000, "long.txt")
    assert time.process_time() - started < 5
