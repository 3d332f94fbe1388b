from __future__ import annotations

import textwrap

import pytest

from contracts.text.parse import parse_file

WRAPPED = """\
                        SUPPLY AGREEMENT

1.   Payment. The Buyer shall pay each invoice in accordance with
Section 5.2 and within the period stated in the order, with-
out any deduction. The pay-
ments are made in euro, without set-off.
2.   Term.  This Agreement lasts three years.
     (a)  It may be renewed.
     (b)  It may be ended.

                                 - 4 -

Item            Price
---------------------
Pump            EUR 10
"""


def test_wrapped_lines_become_paragraphs() -> None:
    assert parse_file(WRAPPED.encode(), "edgar.txt").text.split("\n") == [
        "SUPPLY AGREEMENT",
        "1. Payment. The Buyer shall pay each invoice in accordance with Section 5.2 and within the period stated in"
        " the order, without any deduction. The payments are made in euro, without set-off.",
        "2. Term. This Agreement lasts three years.",
        "(a) It may be renewed.",
        "(b) It may be ended.",
        "Item | Price",
        "Pump | EUR 10",
    ]


# As EDGAR took text until 2001: "<S>" and "<C>" mark the columns of a table, and nothing ends them.
MARKED = """\
<PAGE>

                        SUPPLY AGREEMENT

<TABLE>
<CAPTION>
<S>             <C>
Pump            EUR 10
</TABLE>

1.   Payment. The Buyer shall pay each invoice in full.
"""


def test_marks_of_old_filings_are_neither_html_nor_words() -> None:
    document = parse_file(MARKED.replace("<PAGE>", "<PAGE>   12").encode(), "edgar.txt")
    assert document.format == "txt"
    assert document.text.split("\n") == [
        "SUPPLY AGREEMENT",
        "Pump | EUR 10",
        "1. Payment. The Buyer shall pay each invoice in full.",
    ]


JUSTIFIED = """\
     This  Supply  Agreement  is  made  as of  this  25th  day of  September
1999,   between  Tarn  Mills,  Inc.,  a  Delaware   corporation  ("Seller")
and  Moor  Foods,   Inc.,  a  corporation  of  the  State   of  Ohio,  with
offices in Leeds.

Item                                                   Price
Pump                                                  EUR 10
"""


def test_lines_filled_to_the_margin_are_no_rows_of_a_table() -> None:
    assert parse_file(JUSTIFIED.encode(), "typed.txt").text.split("\n") == [
        "This Supply Agreement is made as of this 25th day of September 1999, between Tarn Mills, Inc., a Delaware "
        'corporation ("Seller") and Moor Foods, Inc., a corporation of the State of Ohio, with offices in Leeds.',
        "Item | Price",
        "Pump | EUR 10",
    ]


SHORT_LINES = """\
HEADS OF TERMS FOR PACKAGING
Customer: Harrow Foods Limited
Supplier: Tarn Ltd.
Payment: within thirty days of receipt of
each invoice
Governing law: England and Wales
Special terms: none
Harrow Foods Limited
Ada Ray, Director
"""
NARROW = """\
The Supplier shall deliver all of the
Goods to the Buyer within ten days of
each order, and shall bear the cost of
Carriage Costs: the freight, packing
and insurance of the Goods.
"""
FORM = """\
The parties have agreed the following terms, by which each of them intends to be
bound from the day on which the last of them signs.
Description of goods: paper bags and cardboard boxes, printed as ordered, by pallet
Place of delivery: the warehouse at Harrow Road, or another place that is agreed
"""


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (SHORT_LINES, [*range(4), 3, *range(4, 8)]),
        (NARROW, [0] * 5),
        (FORM, [0, 0, 1, 2]),
    ],
)
def test_which_lines_were_wrapped(text: str, paragraphs: list[int]) -> None:
    lines = text.splitlines()
    joined = [
        " ".join(line for line, number in zip(lines, paragraphs, strict=True) if number == each)
        for each in range(paragraphs[-1] + 1)
    ]
    assert parse_file(text.encode(), "terms.txt").text.split("\n") == joined


# Sentences of three clauses, the words of some of which begin with a capital at the left margin.
PROSE = [
    "1. Prepayment. The Borrower may at any time prepay the Loans in whole or in part, without premium or penalty, on "
    "three Business Days' notice to the Administrative Agent, who shall promptly tell each Lender of the amount that "
    "the Borrower is to prepay, of the Loans that are to be prepaid and of the day of the prepayment.",
    "2. Costs. The Borrower shall pay the reasonable costs of the Administrative Agent and of the Lenders, those of "
    "one counsel for all Lenders among them, in preparing, keeping and enforcing this Agreement and the other Loan "
    "Documents, whether or not a Loan is made under it.",
    "3. Set-off. A Lender may set off what the Borrower owes it under this Agreement against each deposit of the "
    "Borrower that it holds, and shall tell the Borrower and the Administrative Agent of it without delay.",
]
TABLE = [("Lender", "Commitment"), ("Tarn Bank", "10"), ("Moor Bank", "5")]


@pytest.mark.parametrize("width", [64, 72, 110, 250])
@pytest.mark.parametrize("table", [[], TABLE], ids=["alone", "with a wide table"])
def test_lines_wrapped_at_any_width_become_paragraphs(width: int, table: list[tuple[str, str]]) -> None:
    rows = [row for paragraph in PROSE for row in [*textwrap.wrap(paragraph, width), ""]]
    rows += [f"{name:<60}{amount:>60}" for name, amount in table]
    text = parse_file("\n".join(["CREDIT AGREEMENT", "", *rows]).encode(), "loan.txt").text
    assert text.split("\n") == ["CREDIT AGREEMENT", *PROSE, *(f"{name} | {amount}" for name, amount in table)]


def test_a_narrow_paragraph_goes_on_after_a_word_that_ends_none() -> None:
    """Its lines do not reach the margin of the others, and the next word begins with a capital."""
    narrow = "Each Lender shall give notice to the\n     Borrower of each assignment of its\n     Commitment."
    text = "\n\n".join(["\n".join(textwrap.wrap(PROSE[0], 72)), "     " + narrow])
    assert parse_file(text.encode(), "loan.txt").text.split("\n")[1:] == [" ".join(narrow.split())]


def test_long_lines_are_paragraphs_already() -> None:
    first, second = "The Supplier " + "word " * 40 + "ends.", "(a) short"
    assert parse_file(f"{first}\n{second}\n".encode(), "long.txt").text == f"{first}\n{second}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_without_a_guess(encoding: str) -> None:
    document = parse_file("“Gebühr” means €5.".encode(encoding), "a.txt")
    assert document.text == "“Gebühr” means €5."
    assert document.warnings == ()


def test_a_guessed_encoding_is_recorded() -> None:
    text = (
        "Der Käufer zahlt die Gebühr für die Lieferung. Die Vergütung wird jährlich geprüft und schließt Zölle ein. "
        * 5
    )
    document = parse_file(text.encode("cp1252"), "vertrag.txt")
    assert "Käufer" in document.text
    assert "encoding was guessed" in document.warnings[0]


def test_invisible_characters_and_runs_of_space_go() -> None:
    assert parse_file("1.\u00a0\u200bPay\u2003 now\ufeff".encode(), "a.txt").text == "1. Pay now"


def test_a_line_of_five_megabytes_is_read_in_bounded_time() -> None:
    assert len(parse_file(b"pay the fee " * 420_000, "long.txt").text) == 420_000 * 12 - 1


def test_a_sentence_goes_on_over_the_end_of_a_page() -> None:
    page = "Source: TARN BANCORP INC, 10-Q, 8/9/2012"
    half = PROSE[2].rindex(" ", 0, 120)
    cut = [PROSE[2][:half] + " Page 7 of 80", "- 7 -", page, PROSE[2][half + 1 :]]
    whole = [*PROSE[:2], "12", "Commitments", "of Lenders", "b. Each Lender", "tarn@example.org"]
    text = parse_file("\n".join([*PROSE[:2], *cut, *whole[2:]]).encode(), "loan.txt").text
    assert text.split("\n") == [*PROSE, *whole[2:]]
    wrapped = [*textwrap.wrap(PROSE[0], 72), "", *textwrap.wrap(PROSE[1], 72)]
    pages = "\n".join([*wrapped[:2], "", "- 7 -", "", *wrapped[2:]])
    assert parse_file(pages.encode(), "loan.txt").text.split("\n") == PROSE[:2]


def test_the_number_of_a_clause_that_is_referred_to_opens_none() -> None:
    referring = "Interest is due as stated in Section\n5.2 hereof."
    text = "\n\n".join(["\n".join(textwrap.wrap(PROSE[0], 72)), referring])
    assert parse_file(text.encode(), "loan.txt").text.split("\n")[1:] == [" ".join(referring.split())]
