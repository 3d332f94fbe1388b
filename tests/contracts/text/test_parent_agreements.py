"""The agreement that a document says it belongs to, and which of those at hand that is."""

from __future__ import annotations

import time

import pytest

from contracts.text.parent_agreements import find_parent
from contracts.text.parent_match import Candidate, best_parent

MENTIONS = [
    # title, its own date, the words, and what they name
    (
        "FIRST AMENDMENT TO SUPPLY AGREEMENT",
        "1 June 2023",
        'FIRST AMENDMENT TO SUPPLY AGREEMENT\n\nThis First Amendment (the "Amendment") is made on 1 June 2023 and '
        "amends that certain Supply Agreement dated as of May 1, 2021 by and between Tarn Ltd and Moor plc.",
        ("amendment", "Supply Agreement", "May 1, 2021"),
    ),
    (
        "AMENDMENT NO. 2 TO EMPLOYMENT AGREEMENT",
        "4th day of May, 2006",
        "AMENDMENT NO. 2 TO EMPLOYMENT AGREEMENT, dated as of the 4th day of May, 2006. WHEREAS, the parties entered "
        "into an employment agreement, dated as of March 12, 2001, and amended as of October 28, 2004.",
        ("amendment", "employment agreement", "March 12, 2001"),
    ),
    (  # the title's own date is not that of what it amends
        "Amendment to Lease",
        "5 April 2020",
        "Amendment to Lease\nThis Amendment to the Lease dated 5 April 2020 is made by Tarn Ltd and Moor plc.",
        ("amendment", "Lease", ""),
    ),
    (
        "AMENDMENT NO. 4",
        "2 March 2019",
        "AMENDMENT NO. 4 dated as of 2 March 2019 to Credit Agreement dated as of August 15, 1996 among Tarn and Moor.",
        ("amendment", "Credit Agreement", "August 15, 1996"),
    ),
    (
        "Seventh Amendment to Employment Agreement",
        "March 1, 2007",
        "Seventh Amendment to Employment Agreement\nRecitals A) On June 1, 2001 an Employment Agreement was made and "
        "entered into by and between Employer and Executive.",
        ("amendment", "Employment Agreement", "June 1, 2001"),
    ),
    (  # another agreement of the same people is not what is amended
        "Amendment to Employment Agreement",
        "4 August 2005",
        "Amendment to Employment Agreement\nThe Executive holds options under that certain Stock Option Agreement "
        "dated November 29, 1999.",
        ("amendment", "Employment Agreement", ""),
    ),
    (
        "Second Amendment to Amended and Restated Loan Agreement",
        "1 June 2023",
        "Borrower and Lender are parties to that certain Loan Agreement for Works made on 18 November 2015.",
        ("amendment", "Loan Agreement", "18 November 2015"),
    ),
    (
        "AMENDED AND RESTATED LOAN AGREEMENT",
        "1 June 2023",
        "AMENDED AND RESTATED LOAN AGREEMENT\nIt amends and restates the Loan Agreement dated 2 May 2020.",
        ("restatement", "Loan Agreement", "2 May 2020"),
    ),
    (
        "STATEMENT OF WORK NO. 3",
        "1 June 2023",
        "STATEMENT OF WORK NO. 3\nThis Statement of Work is issued under the Master Services Agreement between Tarn "
        "and Moor plc dated 1 May 2021 and dated 1 June 2023.",
        ("order", "Master Services Agreement", "1 May 2021"),
    ),
    (
        "Exhibit B",
        "",
        "Exhibit B\nPrices\nThis Exhibit forms part of the Supply Agreement entered into on 1 May 2021.",
        ("exhibit", "Supply Agreement", "1 May 2021"),
    ),
    ("SUPPLY AGREEMENT", "1 May 2021", "Tarn Ltd terminated that certain Lease Agreement dated 2 May 2019.", None),
    (
        "STATEMENT OF WORK",
        "",
        "This Statement of Work is made under the Master Services Agreement.",
        None,
    ),  # which one?
]


@pytest.mark.parametrize(("title", "own_date", "text", "expected"), MENTIONS)
def test_what_a_document_says_it_belongs_to(
    title: str, own_date: str, text: str, expected: tuple[str, str, str] | None
) -> None:
    found = find_parent(text, title, own_date)
    assert (found and (found.relation, found.title, found.date)) == expected
    assert not found or all(words in text[found.start : found.end] for words in (found.title, found.date))


def test_a_long_text_without_end_is_read_in_bounded_time() -> None:
    started = time.process_time()
    find_parent("the Agreement with " * 50_000, "Amendment to Agreement", "")
    assert time.process_time() - started < 5


SUPPLY = Candidate(1, "Supply Agreement", ("1 May 2021", ""), ("Tarn Ltd", "Moor plc"))
FITTING = [
    (("Supply Agreement", "May 1, 2021", ("TARN LIMITED", "Moor plc")), [SUPPLY], 1),
    (("Supply Agreement", "1 May 2021", ("Tarn Ltd", "Moor plc", "Fell Ltd")), [SUPPLY], 1),  # a third one joined
    (("Agreement", "1 May 2021", ("Tarn Ltd", "Moor plc")), [SUPPLY], 1),
    (("Master Supply Agreement", "1 May 2021", ("Tarn Ltd", "Moor plc")), [SUPPLY], 1),
    (("Supply Agreement", "", ("Tarn Ltd", "Moor plc")), [SUPPLY], 1),
    (("Supply Agreement", "2 May 2021", ("Tarn Ltd", "Moor plc")), [SUPPLY], None),
    (("Supply Agreement", "1 May 2021", ("Tarn Ltd", "Fell plc")), [SUPPLY], None),
    (
        ("Lease", "1 May 2021", ("Tarn Ltd", "Moor plc")),
        [Candidate(1, "Supply Terms", *(SUPPLY.dates, SUPPLY.parties))],
        1,
    ),
    (("Loan Agreement", "1 May 2021", ("Tarn Ltd", "Moor plc")), [SUPPLY], None),
    (("Agreement", "", ("Tarn Ltd", "Moor plc")), [SUPPLY], None),  # without a date only its whole title tells it
    (  # of two that fit alike neither; of two that fit, the one that is called so
        ("Supply Agreement", "", ("Tarn Ltd", "Moor plc")),
        [SUPPLY, Candidate(2, "Supply Agreement", ("3 May 2022",), ("Tarn Ltd", "Moor plc"))],
        None,
    ),
    (
        ("Supply Agreement", "1 May 2021", ("Tarn Ltd", "Moor plc")),
        [SUPPLY, Candidate(2, "Agreement", ("1 May 2021",), ("Tarn Ltd", "Moor plc"))],
        1,
    ),
    (
        ("Supply Agreement", "1 May 2021", ("Tarn Ltd", "Moor plc")),
        [Candidate(2, "First Amendment to Supply Agreement", ("1 May 2021",), ("Tarn Ltd", "Moor plc"))],
        None,
    ),
]


@pytest.mark.parametrize(("named", "candidates", "expected"), FITTING)
def test_title_date_and_parties_must_fit(
    named: tuple[str, str, tuple[str, ...]], candidates: list[Candidate], expected: int | None
) -> None:
    assert best_parent(*named, candidates) == expected
