"""How a lawyer cites a clause."""

from __future__ import annotations

import pytest

from search.citation import cite_hit
from search.models import Hit


@pytest.mark.parametrize(
    ("number", "heading_path", "cited"),
    [
        ("9.1(a)", ["Indemnities"], "s 9.1(a)"),
        ("3.1(b)", ["Annex A - Specification", "Criteria", "3.1", "3.1(b)"], "Annex A, s 3.1(b)"),
        ("1", ["Schedule 2 - Fees", "Day rates"], "Schedule 2, s 1"),
        ("1", ["EXHIBIT 10.2 PRICES"], "EXHIBIT 10.2, s 1"),
        ("2", ["Appendix No. IV", "Tests"], "Appendix No. IV, s 2"),
        ("4", ["Schedule of Fees"], "Schedule, s 4"),
        ("Schedule 2", ["Schedule 2 - Fees"], "Schedule 2"),
        ("4.2", ["Scheduled maintenance"], "s 4.2"),
        ("", ["Governing law"], "Governing law"),
        ("", [], ""),
    ],
)
def test_the_place_says_in_which_annex_a_number_stands(number: str, heading_path: list[str], cited: str) -> None:
    hit = Hit(contract_title="Lease", contract_date="1 May 2024", number=number, heading_path=heading_path, page=4)
    assert cite_hit(hit) == ", ".join(filter(None, ("Lease (1 May 2024)", cited, "p. 4")))
