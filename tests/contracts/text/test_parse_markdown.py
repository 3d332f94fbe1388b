from __future__ import annotations

import time

import pytest

from contracts.text.parse import parse_file
from contracts.text.segment import segment_clauses

AGREEMENT = """\
---
title: Supply Agreement
versions:
  fpt: '*'
---
<!-- of the site -->
> This Agreement is made between Tarn Ltd. (the “**Supplier**”) and Elm Ltd. (the “**Buyer**”).

### General ###

1. Service
    1. **Use.** See [the _terms_](https://example.com/a_(b)).
    1. *Support*, at all times.

       It is free.
        a. By mail.
        b. By post.
2. Fees

3\\. Duties

**3.1** Pay ~~in cash~~ [\\*\\*\\*] of \\$5.

| Item | Price |
|:---|---:|
| Pump | *10* |

* * *
Signature: ________\\
Date: <date>
"""


def test_the_marks_go_and_the_numbers_are_those_that_are_shown() -> None:
    document = parse_file(AGREEMENT.encode(), "supply.md")
    assert document.text.split("\n") == [
        "Supply Agreement",
        "This Agreement is made between Tarn Ltd. (the “Supplier”) and Elm Ltd. (the “Buyer”).",
        "General",
        "1. Service",
        "1.1 Use. See the terms.",
        "1.2 Support, at all times.",
        "It is free.",
        "a. By mail.",
        "b. By post.",
        "2. Fees",
        "3. Duties",
        "3.1 Pay [***] of $5.",
        "Item | Price",
        "Pump | 10",
        "Signature: ________",
        "Date: <date>",
    ]
    front, struck = document.warnings
    assert "two lines of ---" in front and "struck through" in struck
    clauses = segment_clauses(document)
    assert [clause.number for clause in clauses if clause.number] == [
        "1", "1.1", "1.2", "1.2(a)", "1.2(b)", "2", "3", "3.1"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("1. Fees\n1. Term\n\nThey agree.\n\n1. Notices", "1. Fees\n2. Term\nThey agree.\n1. Notices"),
        ("Employer\n: Tarn Ltd.\n\nEmployee\n: Ada Ray", "Employer: Tarn Ltd.\nEmployee: Ada Ray"),
        ("# Fees\nIt is 2 * 3 * 4, for a_b_c, [*] and [*].", "Fees\nIt is 2 * 3 * 4, for a_b_c, [*] and [*]."),
        ("* first\n- second\n2024. A year.", "• first\n• second\n2024. A year."),
        ("**The _whole_ price *less\ntax*, for [*].**", "The whole price less tax, for [*]."),
        ("Price<br>Term\\\nFee", "Price\nTerm\nFee"),
        ("---\nThe price is due.\n---", "The price is due."),
        ("See [the terms]({{ site.url }}/a_{b}).", "See the terms."),
    ],
)
def test_markdown_as_it_is_shown(source: str, text: str) -> None:
    assert parse_file(source.encode(), "a.markdown").text == text


def test_what_is_no_link_takes_no_time() -> None:
    source = f"See [x]({'{{a}}' * 26} y"
    started = time.process_time()
    assert parse_file(source.encode(), "a.md").text == source
    assert time.process_time() - started < 3


def test_text_with_such_marks_is_left_alone_under_another_name() -> None:
    assert parse_file(b"# 4\\. *Fees*", "a.txt").text == "# 4\\. *Fees*"
