"""One agreement, whichever format it comes in: the same numbers, the same text hashes."""

from __future__ import annotations

from hashlib import sha256

import pytest
from agreement_formats import BUILDERS
from agreement_source import read_source

from contracts.text.paragraphs import CELL
from contracts.text.parse import parse_file
from contracts.text.segment import segment_clauses
from tests.contracts.text.files import AGREEMENTS

# Every word alike, their tables included.
ALIKE = ("consulting", "lease", "master-services", "reseller", "software-licence")
# Alike but for clauses with a table: how its wide cells break into lines is the format's own.
ALIKE_BUT_TABLES = (
    "amendment-no-1", "distribution", "employment", "joint-development", "loan", "nda-one-way", "saas-subscription",
    "statement-of-work", "supply",
)  # fmt: skip
Clauses = list[tuple[str, str, int, str]]


def clauses_of(data: bytes, name: str) -> Clauses:
    """Number, kind, level and words of each clause, in small letters, as TXT types its headings large."""
    document = parse_file(data, name)
    return [
        (clause.number, clause.kind, clause.level, document.text[clause.start : clause.end].strip().lower())
        for clause in segment_clauses(document)
    ]


def hashed(clauses: Clauses, but_tables: bool) -> Clauses:
    return [
        (*place, "a table" if but_tables and CELL in words else sha256(words.encode()).hexdigest())
        for *place, words in clauses
    ]  # type: ignore[misc]  # a tuple as it was


@pytest.mark.parametrize("name", [*ALIKE, *ALIKE_BUT_TABLES])
def test_the_same_numbers_and_text_hashes_from_word_pdf_and_text(name: str) -> None:
    source = read_source(AGREEMENTS / "source" / f"{name}.md")
    found = {form: clauses_of(BUILDERS[form](source), f"{name}.{form}") for form in ("docx", "pdf", "txt")}
    assert len(found["docx"]) > 10
    expected = hashed(found["docx"], name not in ALIKE)
    assert hashed(found["pdf"], name not in ALIKE) == expected
    assert hashed(found["txt"], name not in ALIKE) == expected
