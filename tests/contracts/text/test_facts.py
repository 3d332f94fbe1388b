from __future__ import annotations

import pytest

from contracts.text.facts import find_facts

MASTER = """MASTER SERVICES AGREEMENT

This Master Services Agreement is made on 3 March 2024, effective April 1, 2024 (the "Effective Date"),
between A Ltd and B Ltd.

12. This Agreement is governed by and construed in accordance with the laws of England and Wales, without regard
to conflicts.
"""


def facts(text: str, filename: str = "contract.txt") -> dict[str, str]:
    return {fact.kind: fact.value for fact in find_facts(text, filename)}


def test_every_fact_of_an_agreement() -> None:
    assert facts(MASTER) == {
        "title": "MASTER SERVICES AGREEMENT",
        "document_kind": "main",
        "agreement_date": "3 March 2024",
        "effective_date": "April 1, 2024",
        "governing_law": "England and Wales",
    }
    for fact in find_facts(MASTER, "contract.txt"):
        assert fact.kind == "document_kind" or MASTER[fact.start : fact.end] == fact.value


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("FIRST AMENDMENT TO SUPPLY AGREEMENT", "amendment"),
        ("AMENDED AND RESTATED LICENSE AGREEMENT", "main"),
        ("STATEMENT OF WORK", "exhibit"),
        ("LOAN AGREEMENT", "main"),
    ],
)
def test_document_kind(heading: str, kind: str) -> None:
    found = facts(f"{heading}\n\nThe terms follow.")
    assert (found["title"], found["document_kind"]) == (heading, kind)


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        (
            "This Agreement shall be governed by the laws of the State of Delaware, without regard to conflicts.",
            "Delaware",
        ),
        ("This Agreement is governed by English law.", "English"),
        (
            "This lease shall be construed under the laws of the Federal Republic of Germany.",
            "Federal Republic of Germany",
        ),
    ],
)
def test_governing_law(clause: str, law: str) -> None:
    assert facts(clause)["governing_law"] == law


def test_a_title_known_from_the_file_name_only() -> None:
    found = find_facts("Nothing of the kind.", "Lease_of_barn.txt")
    assert (found[0].value, found[0].start, found[0].end) == ("Lease of barn", 0, 0)
