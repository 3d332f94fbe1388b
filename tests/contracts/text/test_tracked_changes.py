from __future__ import annotations

import pytest

from contracts.text.parse import parse_file
from tests.contracts.text.files import docx_of, paragraph
from tests.contracts.text.test_parse_docx import LEVELS, _list, _num


def ins(text: str) -> str:
    return f"<w:ins w:id='2' w:author='x'><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:ins>"


def gone(text: str) -> str:
    return f"<w:del w:id='1' w:author='x'><w:r><w:delText xml:space='preserve'>{text}</w:delText></w:r></w:del>"


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def par(*runs: str, mark: str = "", number: str = "") -> str:
    """A paragraph whose end is itself inserted (mark="ins") or deleted ("del")."""
    list_of = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    end = f"<w:rPr><w:{mark} w:id='3' w:author='x'/></w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{list_of}{end}</w:pPr>{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    ("body", "accepted", "original"),
    [
        ([par(run("notice of "), gone("30"), ins("60"), run(" days"))], "notice of 60 days", "notice of 30 days"),
        ([par(run("First.")), par(ins("New."), mark="ins"), par(run("Last."))],
         "First.\nNew.\nLast.", "First.\nLast."),
        ([par(run("First.")), par(gone("Old."), mark="del"), par(run("Last."))],
         "First.\nLast.", "First.\nOld.\nLast."),
        ([par(run("The Supplier "), mark="del"), par(run("shall pay."))],
         "The Supplier shall pay.", "The Supplier\nshall pay."),
        ([par(run("The Supplier "), mark="ins"), par(run("shall pay."))],
         "The Supplier\nshall pay.", "The Supplier shall pay."),
        ([par(run("See "), "<w:moveFrom w:id='4' w:author='x'><w:r><w:t>Annex 1</w:t></w:r></w:moveFrom>",
              "<w:moveTo w:id='5' w:author='x'><w:r><w:t>Annex 2</w:t></w:r></w:moveTo>")],
         "See Annex 2", "See Annex 1"),
    ],
)  # fmt: skip
def test_both_readings_are_kept(body: list[str], accepted: str, original: str) -> None:
    document = parse_file(docx_of(*body), "a.docx")
    assert (document.text, document.original) == (accepted, original)
    assert document.warnings[0].startswith("Tracked changes are read as accepted: ")


def test_each_reading_counts_its_own_clauses() -> None:
    body = [
        par(run("Term"), number="1"),
        par(ins("Fees"), mark="ins", number="1"),
        par(run("Law"), number="1"),
    ]
    document = parse_file(docx_of(*body, numbering=_list("0", LEVELS) + _num("1", "0")), "a.docx")
    assert document.text.split("\n") == ["1. Term", "2. Fees", "3. Law"]
    assert document.original.split("\n") == ["1. Term", "2. Law"]


def test_a_row_that_was_put_in_is_not_in_the_original() -> None:
    def row(cells: tuple[str, str], change: str = "") -> str:
        return f"<w:tr>{change}" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    added = "<w:trPr><w:ins w:id='1' w:author='x'/></w:trPr>"
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{row(('Grade', 'Rate'))}{row(('Senior', '900'), added)}</w:tbl>"
    document = parse_file(docx_of(table, paragraph("End.")), "a.docx")
    assert document.text == "Grade | Rate\nSenior | 900\nEnd."
    assert document.original == "Grade | Rate\nEnd."


def test_without_tracked_changes_there_is_one_reading() -> None:
    document = parse_file(docx_of(paragraph("Term")), "a.docx")
    assert (document.original, document.warnings) == ("", ())
