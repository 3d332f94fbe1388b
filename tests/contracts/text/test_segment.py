"""The clause tree: what is a clause, how it is cited, and that every character belongs to exactly one."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.text.numbering import read_label
from contracts.text.parse import parse_file
from contracts.text.segment import segment_clauses
from contracts.text.types import ClauseSpan, ParsedDocument
from tests.contracts.text.files import AGREEMENTS, agreements

PREAMBLE = "SUPPLY AGREEMENT\nThis Agreement is made on 1 May 2024 between A Ltd and B Ltd."


def segmented(*lines: str) -> tuple[str, tuple[ClauseSpan, ...]]:
    text = "\n".join(lines)
    return text, segment_clauses(ParsedDocument(text, "txt", ()))


def _numbers(*lines: str, kind: str = "clause") -> list[str]:
    return [clause.number for clause in segmented(*lines)[1] if clause.kind == kind]


def assert_partition(text: str, clauses: tuple[ClauseSpan, ...]) -> None:
    assert [clause.start for clause in clauses] == [0, *(clause.end for clause in clauses[:-1])]
    assert clauses[-1].end == len(text)
    for index, clause in enumerate(clauses):
        assert clause.start < clause.end
        if clause.parent is None:
            assert clause.level == 0
        else:
            assert clause.parent < index
            assert clause.level == clauses[clause.parent].level + 1
            above = clauses[clause.parent].heading_path
            assert clause.heading_path[: len(above)] == above


def test_a_numeral_that_is_written_wrongly_stands_as_written() -> None:
    label = read_label("ARTICLE VIX PRICE")
    assert label is not None and label.text == "Article VIX"


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["1. Fees", "1.1 The Buyer pays.", "1.2 It pays on time.", "2. Term"], ["1", "1.1", "1.2", "2"]),
        (["4. Fees", "(a) one;", "(b) two:", "(i) x; and", "(ii) y.", "(c) three."], []),
        (["1. Fees", "1.1 Pay:", "(a) one;", "(i) x; and", "(ii) y; and", "(b) two."],
         ["1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(a)(ii)", "1.1(b)"]),
        (["1. Lists", "1.1 Pay:", *(f"({letter}) {letter * 3};" for letter in "abcdefghij")],
         ["1", "1.1", *(f"1.1({letter})" for letter in "abcdefghij")]),
        (["ARTICLE I", "DEFINITIONS", "Section 1.01 Terms. Words mean.", "Section 1.02 Other. More.", "ARTICLE II",
          "FEES", "Section 2.01 Pay. Now."], ["Article I", "1.01", "1.02", "Article II", "2.01"]),
        (["ARTICLE ONE", "DEFINITIONS", "1.01 Terms. Words mean.", "1.02 Other. More.", "ARTICLE TWO SALE",
          "2.01 It sells.", "ARTICLE THREE", "PRICE", "3.01 Ten."],
         ["Article One", "1.01", "1.02", "Article Two", "2.01", "Article Three", "3.01"]),
        (["ARTICLE 1 SALE", "1.1 Sale. The Seller sells.", "1.1.1 Part one.", "1.1.2 Part two.", "1.2 Price. Ten."],
         ["Article 1", "1.1", "1.1.1", "1.1.2", "1.2"]),
        (["A. SERVICES", "1. The Supplier serves.", "2. The Supplier reports.", "B. FEES", "1. The Buyer pays."],
         ["A", "A(1)", "A(2)", "B", "B(1)"]),
        (["9. (a) The Supplier pays.", "(b) The Buyer pays.", "10. End"], []),
        (["1. Term. (a) It lasts a year.", "(b) It may be renewed.", "2. End"], ["1", "1(a)", "1(b)", "2"]),
        (["1) The Buyer pays.", "2) The Supplier serves."], []),
        (["1 Fees", "1.1 The Buyer pays.", "2 Term", "2.1 A year."], ["1", "1.1", "2", "2.1"]),
        (["1.0 FEES", "1.1 The Buyer pays.", "2.0 TERM", "2.1 A year."], ["1.0", "1.1", "2.0", "2.1"]),
        # a line runs on
        (["1. Fees 1.1 Price. The Buyer pays. 1.2 Time. It pays at once.", "1.3 Taxes. It pays them. 2. Term",
          "2.1 Years."], ["1", "1.1", "1.2", "1.3", "2", "2.1"]),
        (["1. Fees", "1.1 Price. (a) The Buyer pays. (b) The Seller waits. It may sue.", "1.2 End"],
         ["1", "1.1", "1.1(a)", "1.1(b)", "1.2"]),
        # the first item of a list stands in its lead-in
        (["1. Fees", "1.1 The Buyer shall (a) pay the price; and", "(b) bear the taxes.", "1.2 End"],
         ["1", "1.1", "1.1(a)", "1.1(b)", "1.2"]),
        (["1. Fees", "1.1 It pays a. the price;", "12", "b. the taxes, if (i) due; or", "(ii) not due.", "1.2 End"],
         ["1", "1.1", "1.1(a)", "1.1(b)", "1.1(b)(i)", "1.1(b)(ii)", "1.2"]),
        (["1. Fees", "1.1 By Section (a), 2 (a), and if (a) it or (b) they pay.", "(b) Taxes.", "1.2 End"],
         ["1", "1.1", "1.1(b)", "1.2"]),
        (["1. Fees", "1.1 It pays:", "(a) x;", "(b) y:", "(i) z if (a) v, or", "(b) w;", "(ii) u;", "(c) t.", "2. End"],
         ["1", "1.1", "1.1(a)", "1.1(b)", "1.1(b)(i)", "1.1(b)(ii)", "1.1(c)", "2"]),
        # many numbers are left out
        (["1. Fees", "1.1 The Buyer pays.", "8.2 It lasts.", "8.3 It ends.", "9. Notices", "9.1 By post."],
         ["1", "1.1", "8.2", "8.3", "9", "9.1"]),
        # letters and numbers that the clauses' own do not go on from
        (["NOW, THEREFORE, the parties agree:", "A. The Seller makes pumps.", "B. The Buyer needs them.", "1. Sale",
          "2. Price"], ["A", "B", "1", "2"]),
        (["1. Fees", "1.1 The Buyer pays.", "3. CFR Part", "1.2 It pays at once.", "2. End"], ["1", "1.1", "1.2", "2"]),
        (["1. Fees", "1.1 Pay:", "(a) if:", "(i) x must:", "1. y; or", "2. z;", "(ii) v; and", "(b) w.", "1.2 End"],
         ["1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(a)(i)(1)", "1.1(a)(i)(2)", "1.1(a)(ii)", "1.1(b)", "1.2"]),
        (["1. Fees", "2. Time", "3. Lists", "3.1 Of these:", "1. One.", "2. Two.", "3. Three.", "4. Four.", "4. End"],
         ["1", "2", "3", "3.1", "3.1(1)", "3.1(2)", "3.1(3)", "3.1(4)", "4"]),
        (["1. FEES", "1.A. PRICE. The Buyer pays.", "1.B. TIME. It pays at once.", "(1) In euro.", "2. TERM"],
         ["1", "1.A", "1.B", "1.B(1)", "2"]),
        (["1. FEES", "It is the price to which the", "1", "2 LIABILITY RELATES. IT IS SMALL.", "2. TERM", "3. END"],
         ["1", "2", "3"]),
        # a page ends within an item, or has a head
        (["1. Fees", "1.1 Pay:", "(a) the price for the", "12", "year; and", "(b) the taxes.", "1.2 End"],
         ["1", "1.1", "1.1(a)", "1.1(b)", "1.2"]),
        (["1. Fees", "1.1 Pay:", "(a) the price of design, parts,", "repair and care; and", "(b) taxes.", "1.2 End"],
         ["1", "1.1", "1.1(a)", "1.1(b)", "1.2"]),
        (["1. Lists", "1.1 Pay:", "(a) x:", "(i) y; or", "(ii) z;", "in each case at once; and", "(b) v.", "1.2 End"],
         ["1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(a)(ii)", "1.1(a)", "1.1(b)", "1.2"]),
        (["1. Fees", "ACME SECRET", "1.1 Pay:", "(a) one;", "ACME SECRET", "(b) two.", "ACME SECRET", "(c) three.",
          "ACME SECRET", "1.2 End"], ["1", "1.1", "1.1(a)", "1.1(b)", "1.1(c)", "1.2"]),
    ],
)  # fmt: skip
def test_numbers_as_a_lawyer_cites_them(lines: list[str], numbers: list[str]) -> None:
    if numbers:
        assert _numbers(PREAMBLE, *lines) == numbers
    else:
        assert_partition(*segmented(PREAMBLE, *lines))


@pytest.mark.parametrize(
    "line",
    [
        "Section 5.2 shall apply to every order.",
        "Section 7.3 and Section 8.1 survive.",
        "30 days after the invoice the price is due.",
        "12 Months is the longest period that the parties accept for this purpose.",
        "2024. That is the year of the order.",
        "17.4 of the Code applies.",
        "(q) as stated above, the price is due.",
        "10.5 The amount is in euro.",
        "Article 28 of the GDPR applies to it.",
        "Schedule 1 shall be read with this clause.",
        "Exhibit A attached hereto is part of this Agreement.",
        "The Buyer pays the price. Under Section 1.2 The Price is due, and in 1.2 Euro is named.",
        "It is $1.2 Million. 1.2 of it is due. See clauses (c) and (d). It is due on May 2. The rest is not.",
    ],
)
def test_what_looks_like_a_number_but_does_not_go_on_from_the_last(line: str) -> None:
    numbers = _numbers(
        PREAMBLE, "1. Fees", "1.1 The Buyer pays:", "(a) the price; and", "(b) the taxes.", line, "1.2 It pays."
    )
    assert numbers == ["1", "1.1", "1.1(a)", "1.1(b)", "1.2"]
    assert _numbers(PREAMBLE, "1. Fees", line, kind="schedule") == []


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("4.1 Payment. The Customer shall pay.", "Payment"),
        ("4.1 Payment of Fees: The Customer shall pay.", "Payment of Fees"),
        ("4.1 Payment – The Customer shall pay.", "Payment"),
        ("4.1 The Customer shall pay. It pays late.", ""),
        ("4.1 Each party keeps its Background IP.", ""),
        ("4.1 GOVERNING LAW. English law applies.", "GOVERNING LAW"),
        ("4.1 Payment", "Payment"),
        ("4.1 Payment of Fees (a) in euro; or\n(b) in dollars.", "Payment of Fees"),
        ("4.1 The Buyer keeps the right (a) to pay; or\n(b) to wait.", ""),
        ('4.1 "Affiliate" means a company. It is defined.', ""),
    ],
)
def test_run_in_headings(line: str, heading: str) -> None:
    clauses = segmented(PREAMBLE, "4. Fees", line)[1]
    found = segmented(PREAMBLE, "1. Fees", line.replace("4.1", "1.1"))[1]
    assert [clause.heading for clause in found if clause.number == "1.1"] == [heading]
    assert clauses[-1].end > 0


def test_schedules_number_afresh_and_lead_the_path() -> None:
    _, clauses = segmented(
        PREAMBLE, "1. Fees", "1.1 See Schedule 1.", "SCHEDULE 1", "SERVICES", "1. Scope", "1.1 All of it.", "2. Rates",
        "Exhibit B-1: Prices", "1. Price"
    )  # fmt: skip
    found = [(clause.number, clause.heading_path) for clause in clauses if clause.kind == "schedule"]
    assert found == [
        ("Schedule 1", ("Schedule 1 - SERVICES",)),
        ("1", ("Schedule 1 - SERVICES", "Scope")),
        ("1.1", ("Schedule 1 - SERVICES", "Scope", "1.1")),
        ("2", ("Schedule 1 - SERVICES", "Rates")),
        ("Exhibit B-1", ("Exhibit B-1 - Prices",)),
        ("1", ("Exhibit B-1 - Prices", "Price")),
    ]


def test_the_parts_of_an_agreement() -> None:
    _, clauses = segmented(
        PREAMBLE, "RECITALS", "A. The Seller makes pumps.", "B. The Buyer needs pumps.",
        "NOW, THEREFORE, the parties agree as follows:", "1. Sale", "1.1 The Seller shall sell.",
        "IN WITNESS WHEREOF the parties have signed.", "By: ______", "Name: Jo", "SCHEDULE A - PRICES", "Ten euro.",
    )  # fmt: skip
    assert [(clause.kind, clause.number) for clause in clauses] == [
        ("title", ""),
        ("preamble", ""),
        ("recital", ""),
        ("recital", "A"),
        ("recital", "B"),
        ("preamble", ""),
        ("clause", "1"),
        ("clause", "1.1"),
        ("signature", ""),
        ("schedule", "Schedule A"),
    ]


@pytest.mark.parametrize(
    ("after", "numbers"),
    [
        (["1. Service", "1.1 Use. The Buyer may use it.", "2. Fees", "2.1 The Buyer pays."], ["1", "1.1", "2", "2.1"]),
        (["1. Fees", f"The Buyer pays {'all of it ' * 8}at once.", "2. Term", "Years."], ["1", "2"]),
        (["1. Ada Ray", "Director", "2. Ben Lee", "Witness"], []),
    ],
)
def test_terms_after_the_signatures_of_a_cover_page(after: list[str], numbers: list[str]) -> None:
    cover = ["KEY TERMS", f"The price is {'ten and ' * 12}one.", "By signing this Cover Page, each agrees.", "Date"]
    clauses = segmented(PREAMBLE, *cover, *after)[1]
    assert "signature" in [clause.kind for clause in clauses]
    assert [(clause.number, clause.level) for clause in clauses if clause.number] == [
        (number, number.count(".")) for number in numbers
    ]


def test_definitions_hang_below_their_clause_and_hold_their_own_lists() -> None:
    _, clauses = segmented(
        PREAMBLE, "1. Definitions", "1.1 In this Agreement:", '"Affiliate" means:', "(a) a parent; or",
        "(b) a subsidiary;", '"Fees" means the price.', "1.2 Headings do not count.",
    )  # fmt: skip
    found = [(clause.number, clause.heading, clause.level) for clause in clauses if clause.kind == "clause"]
    assert found == [
        ("1", "Definitions", 0),
        ("1.1", "", 1),
        ("1.1", "Affiliate", 2),
        ("1.1(a)", "", 3),
        ("1.1(b)", "", 3),
        ("1.1", "Fees", 2),
        ("1.2", "", 1),
    ]


def test_the_closing_words_of_a_list_belong_to_its_clause() -> None:
    text, clauses = segmented(
        PREAMBLE, "1. Fees", "1.1 The Buyer pays:", "(a) x; and", "(b) y,", "in each case at once.", "1.2 End"
    )
    closing = next(clause for clause in clauses if text[clause.start :].startswith("in each case"))
    assert closing.number == "1.1"
    assert clauses[closing.parent or 0].number == "1.1"


def test_unnumbered_headings_group_what_follows() -> None:
    long = (
        "The parties shall keep all that they learn of each other secret, and shall not tell it to anybody else at all."
    )
    _, clauses = segmented(PREAMBLE, "CONFIDENTIALITY", long, "GOVERNING LAW", long)
    assert [clause.heading for clause in clauses if clause.kind == "clause"] == ["CONFIDENTIALITY", "GOVERNING LAW"]


def test_the_table_of_contents_is_no_clause() -> None:
    _, clauses = segmented(
        "SUPPLY AGREEMENT", "TABLE OF CONTENTS", "1. Fees ........ 1", "2. Term 2", "SCHEDULE 1 3",
        "This Agreement is made between A and B.", "1. Fees", "2. Term",
    )  # fmt: skip
    assert [(clause.kind, clause.number) for clause in clauses] == [
        ("title", ""), ("title", ""), ("preamble", ""), ("clause", "1"), ("clause", "2")
    ]  # fmt: skip


def test_a_page_on_one_line_is_divided_at_its_clauses() -> None:
    filler = "The parties shall observe this with care and keep a record of it. " * 16
    first = f"2 ARTICLE 1 SALE 1.1 Sale. {filler}See Section 1.9 for more. "
    line = f"{first}1.2 Price. {filler}ARTICLE 2 TERM 2.1 Years. Three."
    assert _numbers(PREAMBLE, line) == ["Article 1", "1.1", "1.2", "Article 2", "2.1"]


@pytest.mark.parametrize(
    "text", ["x", "\n\n1. \n", "(a)\n(b)", "SCHEDULE 1", "IN WITNESS WHEREOF", "((((", "1.1.1.1.1.1"]
)
def test_odd_texts_are_partitioned(text: str) -> None:
    assert_partition(text, segment_clauses(ParsedDocument(text, "txt", ())))


def test_no_text_no_clauses() -> None:
    assert segment_clauses(ParsedDocument("", "txt", ())) == ()


@pytest.mark.parametrize("path", agreements(), ids=lambda path: path.name)
def test_every_sample_agreement_is_partitioned(path: Path) -> None:
    document = parse_file(path.read_bytes(), path.name)
    clauses = segment_clauses(document)
    assert_partition(document.text, clauses)
    assert sum(clause.kind == "clause" for clause in clauses) > 30
    assert sum(clause.kind == "signature" for clause in clauses) == 1


def test_one_agreement_in_three_formats_gives_the_same_clauses() -> None:
    readings = {}
    for path in sorted(AGREEMENTS.glob("master-services.*")):
        document = parse_file(path.read_bytes(), path.name)
        # Plain text has no bold type: its headings are typed in capitals.
        readings[path.suffix] = [
            (
                clause.number,
                clause.heading.lower(),
                clause.level,
                clause.kind,
                document.text[clause.start : clause.end].lower().strip(),
            )
            for clause in segment_clauses(document)
        ]
    assert set(readings) == {".docx", ".pdf", ".txt"}
    assert readings[".pdf"] == readings[".docx"]
    assert readings[".txt"] == readings[".docx"]
