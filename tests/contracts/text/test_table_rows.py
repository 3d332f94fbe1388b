"""Lines side by side on a PDF page: cells of a table, wrapped or not, and what only looks like them."""

from __future__ import annotations

import pytest

from contracts.text.parse_pdf import parse_pdf
from tests.contracts.text.files import pdf_of

CLAUSE = "The parties have signed this deed today."
Placed = tuple[float, float, str]


@pytest.mark.parametrize(
    ("placed", "expected"),
    [
        pytest.param(
            [(72, 700, "Crane"), (72, 686, "with portal"), (190, 700, "Rockland"), (300, 700, "900")],
            "Crane\nwith portal\nRockland | 900",
            id="a break before a word that had room is meant",
        ),
        pytest.param(
            [(72, 700, "A portal crane"), (72, 686, "number"), (170, 700, "Rockland"), (300, 700, "900")],
            "A portal crane number | Rockland | 900",
            id="a wrapped first cell",
        ),
        pytest.param(
            [(72, 700, "2"), (90, 700, "A portal crane"), (90, 686, "number"), (190, 700, "A yard of Rock"),
             (190, 686, "land"), (300, 700, "900")],
            "2 A portal crane number | A yard of Rock land | 900",
            id="two wrapped cells beside a number",
        ),
        pytest.param(
            [(72, 700, "A portal crane"), (72, 686, "numbered KX"), (72, 672, "seventy"), (170, 700, "In Rockland"),
             (170, 686, "yard")],
            "A portal crane numbered KX seventy | In Rockland yard",
            id="the last cell goes on beside a wrapped one",
        ),
        pytest.param(
            [(72, 700, "Part KX-119-"), (72, 686, "22"), (150, 700, "900")],
            "Part KX-119-22 | 900",
            id="a hyphen at the end of a line of a cell",
        ),
        pytest.param(
            [(72, 740, f"{CLAUSE} {CLAUSE}"), (72, 700, "TARN LTD"), (72, 686, "By: ____"),
             (72, 672, "Name: Ada Stone"), (300, 700, "MOOR LTD"),
             (300, 686, "By: ____"), (300, 672, "Name: Lee Moor")],
            f"{CLAUSE} {CLAUSE}\nTARN LTD\nBy: ____\nName: Ada Stone\nMOOR LTD\nBy: ____\nName: Lee Moor",
            id="two signature blocks",
        ),
        pytest.param(
            [(72, 700, "Item"), (172, 700, "Count"), (72, 680, "Standard plan 24"), (172, 680, "340")],
            "Item | Count\nStandard plan 24 | 340",
            id="a full cell is cut where the cell above begins",
        ),
        pytest.param([(72, 700, "Users of"), (126, 700, "the plan")], "Users of the plan", id="wide justified words"),
    ],
)  # fmt: skip
def test_cells(placed: list[Placed], expected: str) -> None:
    assert parse_pdf(pdf_of([placed]), "table.pdf").text == expected
