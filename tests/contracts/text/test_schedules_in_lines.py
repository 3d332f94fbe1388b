"""Schedules whose heading stands on a line with other words, and labels that open none."""

from __future__ import annotations

import pytest

from tests.contracts.text.test_segment import PREAMBLE, assert_partition, segmented

BODY = (PREAMBLE, "1. Fees", "1.1 The Buyer shall pay.", "2. Term", "2.1 One year.")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["EXHIBIT C SERVICE FEES 1. Pricing. The Buyer pays. 2. Tax. The Seller pays."], "Exhibit C - SERVICE FEES"),
        (["SCHEDULE B The Services The Seller shall perform them."], "Schedule B"),
        (["Exhibit 5 Photography Costs * Costs per day are as follows:"], "Exhibit 5"),
        (["CONFIDENTIAL EXECUTION COPY EXHIBIT A LIST OF PATENTS", "Patent 1."], "Exhibit A - LIST OF PATENTS"),
        (["The term ends then. EXHIBIT A PRICES 1. The price is ten. 2. No more."], "Exhibit A - PRICES"),
        (["Schedule 3.3(c) Profit and Loss Statement of the Seller and of the Buyer"], "Schedule 3.3(c)"),
        (["SCHEDULE 1 TO EXHIBIT B PRICES"], "Schedule 1 - TO EXHIBIT B PRICES"),
        (["Exhibit A and B shall apply to it.", "Exhibit A Products shall be sold."], None),
        (["THIS EXHIBIT IS PART OF THE AGREEMENT.", "as set forth in", "Schedule 2."], None),
        (["EXHIBIT A PRICES The prices shall follow.", "3. Notices", "3.1 In writing."], None),  # the terms go on
        (
            ["Schedule 1.1 Prices of All Goods of the Seller Schedule 1.2 Products of the Seller and the Buyer, all"],
            None,
        ),  # a list
    ],
)
def test_a_schedule_may_begin_in_a_running_line(lines: list[str], expected: str | None) -> None:
    text, clauses = segmented(*BODY, *lines)
    assert [clause.heading_path[0] for clause in clauses if clause.kind == "schedule"][:1] == [expected] * bool(
        expected
    )
    assert_partition(text, clauses)


def test_what_names_a_schedule_before_the_terms_opens_none() -> None:
    _, clauses = segmented(
        "Exhibit 10.2", "EXHIBIT 10.2", "SUPPLY AGREEMENT", "Exhibit A Prices", "Exhibit B Products", *BODY,
        "Exhibit 10.2", "3. Notices", "EXHIBIT A PRICES", "Ten euro.",
    )  # fmt: skip
    found = [(clause.kind, clause.number) for clause in clauses]
    assert found[:4] == [("title", ""), ("preamble", ""), ("clause", "1"), ("clause", "1.1")]
    assert found[-2:] == [("clause", "3"), ("schedule", "Exhibit A")]
