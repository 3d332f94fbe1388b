"""Pages set in two columns, and footnotes: the order in which a person reads them."""

from __future__ import annotations

import io
from itertools import zip_longest

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from contracts.text.parse import parse_file
from tests.contracts.text.files import pdf_of

CLAUSES = [
    "1. Delivery. The Supplier shall deliver the Goods to the place that the order names, at its own cost and risk, "
    "and shall tell the Buyer not less than two days before the Goods are to arrive there.",
    "2. Payment. The Buyer shall pay every invoice within thirty days of its date, save for any part of it which the "
    "Buyer disputes in good faith and has told the Supplier of in writing.",
    "3. Title. Title to the Goods passes to the Buyer when they are paid for in full; the risk of loss passes when "
    "they are delivered, whether or not they are paid for by then.",
    "4. Defects. The Buyer shall tell the Supplier of any defect in the Goods within ten days of finding it; the "
    "Supplier shall at its choice repair them, replace them or take them back and refund what was paid for them.",
    "5. Insurance. Each party shall insure itself against every loss that it may have to make good to the other with "
    "an insurer of good repute, and shall show the policy to the other party whenever it is asked to do so.",
    "6. Law. This Agreement is governed by the laws of England and Wales.",
]
BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10, leading=12, spaceAfter=6)


def two_columns(clauses: list[str], height: float) -> bytes:
    """As a word processor sets them: the left column is written before the right one."""
    buffer = io.BytesIO()
    frames = [Frame(x * cm, 2 * cm, 8 * cm, height, leftPadding=0, rightPadding=0) for x in (2, 11)]
    template = BaseDocTemplate(buffer, pageTemplates=[PageTemplate(frames=frames)])
    template.build([Paragraph(clause, BODY) for clause in clauses])
    return buffer.getvalue()


def wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) < width:
            lines[-1] = f"{lines[-1]} {word}".strip()
        else:
            lines.append(word)
    return lines


@pytest.mark.parametrize("height", [5 * cm, 3.2 * cm], ids=["one page", "two pages"])
def test_the_left_column_is_read_before_the_right_one(height: float) -> None:
    document = parse_file(two_columns(CLAUSES, height), "a.pdf")
    assert document.text.split("\n") == CLAUSES


def test_lines_written_across_both_columns_are_read_down_each() -> None:
    lines = [line for clause in CLAUSES for line in wrapped(clause, 44)]
    half = (len(lines) + 1) // 2
    page = [(200.0, 780.0, "SUPPLY AGREEMENT BETWEEN TARN MILLS AND LAKE DAIRIES")]
    for row, (left, right) in enumerate(zip_longest(lines[:half], lines[half:], fillvalue="")):
        page += [(60.0, 740.0 - 14 * row, left), (330.0, 740.0 - 14 * row, right)]
    text = parse_file(pdf_of([page]), "a.pdf").text
    assert " | " not in text
    assert text.replace("\n", " ") == " ".join(["SUPPLY AGREEMENT BETWEEN TARN MILLS AND LAKE DAIRIES", *CLAUSES])


def test_a_table_keeps_its_rows() -> None:
    page = [(60.0, 760.0 - 14 * row, line) for row, line in enumerate(wrapped(" ".join(CLAUSES[:2]), 80))]
    for row in range(10):
        page += [(60.0, 640.0 - 30 * row, f"Grade {row}"), (330.0, 640.0 - 30 * row, f"GBP {row}00 a day")]
    text = parse_file(pdf_of([page]), "a.pdf").text
    assert text.split("\n")[-10:] == [f"Grade {row} | GBP {row}00 a day" for row in range(10)]


def with_notes(*paragraphs: str, notes: tuple[str, ...] = ()) -> bytes:
    buffer = io.BytesIO()
    small = ParagraphStyle("note", BODY, fontSize=7.5, leading=9)
    frames = [Frame(2 * cm, 4 * cm, 16 * cm, 20 * cm), Frame(2 * cm, 1 * cm, 16 * cm, 3 * cm)]
    template = BaseDocTemplate(buffer, pageTemplates=[PageTemplate(frames=[frames[0], frames[1]])])
    story = [Paragraph(text, BODY) for text in paragraphs]
    if notes:
        from reportlab.platypus import FrameBreak

        story += [FrameBreak(), *(Paragraph(note, small) for note in notes)]
    template.build(story)
    return buffer.getvalue()


def test_a_footnote_follows_the_paragraph_that_refers_to_it() -> None:
    data = with_notes(
        *CLAUSES[:3],
        "4. Fees. The Fee<super>1</super> is due on the first day of each month.",
        "5. Law. English law<super>2</super> governs.",
        notes=("<super>1</super> Net of any tax that the law of the Buyer's seat may add to it, and of the cost of "
               "every transfer, whoever has to bear that cost in the end.", "<super>2</super> And Welsh."),
    )  # fmt: skip
    assert parse_file(data, "a.pdf").text.split("\n")[3:] == [
        "4. Fees. The Fee is due on the first day of each month.",
        "[Footnote 1: Net of any tax that the law of the Buyer's seat may add to it, and of the cost of every "
        "transfer, whoever has to bear that cost in the end.]",
        "5. Law. English law governs.",
        "[Footnote 2: And Welsh.]",
    ]


def test_a_raised_figure_without_a_note_is_kept() -> None:
    data = with_notes("The Premises measure 500 m<super>2</super> in all.")
    assert parse_file(data, "a.pdf").text == "The Premises measure 500 m2 in all."
