"""Where words of the contract are left out of a passage as it is read."""

from __future__ import annotations

import pytest

from contracts.text.passages import split_passages
from contracts.text.quotation import left_out, quoted
from contracts.text.segment import segment_clauses
from contracts.text.types import ParsedDocument

OPENING = "SUPPLY AGREEMENT\nThis Agreement is made on 1 May 2024 between A Ltd and B Ltd.\n1. Duties"


@pytest.mark.parametrize(
    ("lines", "quotes"),
    [
        (
            ["1.1 The Supplier shall: (a) deliver the goods; (b) insure them; and (c) report."],
            [
                "The Supplier shall: (a) deliver the goods;",
                "The Supplier shall: … (b) insure them; and",
                "The Supplier shall: … (c) report.",
            ],
        ),
        (
            ["1.1 The Supplier shall:", "12", "(a) deliver the goods;", "(b) within ten days:", "(i) repair them;",
             "(ii) replace them.", "1.2 Notices are given in writing. They are in English."],
            [
                "The Supplier shall:",
                "The Supplier shall: deliver the goods;",
                "The Supplier shall: … within ten days:",
                "The Supplier shall: … within ten days: repair them;",
                "The Supplier shall: … within ten days: … replace them.",
                "Notices are given in writing.",
                "They are in English.",
            ],
        ),
    ],
)  # fmt: skip
def test_an_ellipsis_tells_what_stands_between(lines: list[str], quotes: list[str]) -> None:
    text = "\n".join((OPENING, *lines))
    passages = split_passages(text, segment_clauses(ParsedDocument(text, "txt", ())), lambda words: len(words.split()))
    told = [quoted(one.reading(text), left_out(text, one)) for one in passages if one.kind != "heading"]
    assert [quote for quote in told[1:] if quote != "12"] == quotes  # the number of a page


def test_a_part_of_a_quotation() -> None:
    reading = "The Supplier shall: within ten days: repair them;"
    assert quoted(reading, (20, 37), 4, 36) == "Supplier shall: … within ten days:"
    assert quoted(reading, None) == quoted(reading, ()) == reading
