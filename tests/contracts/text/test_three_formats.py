"""One agreement, whichever format it comes in: the same numbers, the same text hashes."""

from __future__ import annotations

from hashlib import sha256

import pytest
from agreement_formats import BUILDERS
from agreement_source import read_source

from contracts.text.parse import parse_file
from contracts.text.segment import segment_clauses
from tests.contracts.text.files import AGREEMENTS

SOURCES = AGREEMENTS / "source"
NAMES = sorted(path.stem for path in SOURCES.glob("*.md"))
Clauses = list[tuple[str, str, int, str]]


def clauses_of(data: bytes, name: str) -> Clauses:
    """Number, kind, level and words of each clause, in small letters, as TXT types its headings large."""
    document = parse_file(data, name)
    return [
        (clause.number, clause.kind, clause.level, document.text[clause.start : clause.end].strip().lower())
        for clause in segment_clauses(document)
    ]


def hashed(clauses: Clauses) -> Clauses:
    return [(*place, sha256(words.encode()).hexdigest()) for *place, words in clauses]  # type: ignore[misc]  # as it was


@pytest.mark.parametrize("name", NAMES)
def test_the_same_numbers_and_text_hashes_from_word_pdf_and_text(name: str) -> None:
    source = read_source(SOURCES / f"{name}.md")
    found = {form: clauses_of(BUILDERS[form](source), f"{name}.{form}") for form in ("docx", "pdf", "txt")}
    assert len(found["docx"]) > 10
    expected = hashed(found["docx"])
    assert hashed(found["pdf"]) == expected
    assert hashed(found["txt"]) == expected
