from __future__ import annotations

import pytest

from contracts.text.parse import parse_file


def test_paragraphs_tabs_and_characters() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252 1.\tab Fees\par 1.1\tab The \'93Buyer\'94 pays \u8364?5.\par (a)\tab at once;\par}"
    assert parse_file(rtf, "a.rtf").text == "1. Fees\n1.1 The “Buyer” pays €5.\n(a) at once;"


@pytest.mark.parametrize(
    ("body", "text", "places"),
    [
        (r"The Buyer shall {\deleted not }pay.", "The Buyer shall pay.", "one place"),
        (r"The Buyer shall \deleted not \deleted0 pay.", "The Buyer shall pay.", "one place"),
        (r"The Buyer {\strike shall {\b never} }may pay{\v  twice}.", "The Buyer may pay.", "2 places"),
        (r"{\striked1 old\u8364?\'93x\emdash }New.\par {\strike\strike0 Kept.}", "New.\nKept.", "one place"),
        (r"{\strike old\plain new}\par Next", "new\nNext", "one place"),
        (r"{\strike  }A\vertalc B", "AB", ""),
    ],
)
def test_what_is_deleted_or_struck_is_no_text(body: str, text: str, places: str) -> None:
    document = parse_file(rb"{\rtf1\ansi " + body.encode() + b"}", "a.rtf")
    assert document.text == text
    assert [places in warning for warning in document.warnings] == ([True] if places else [])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            r"Fees{\super\chftn{\footnote\pard {\super\chftn} Without VAT\par in euro.}} are due.\par Next.\par",
            "Fees are due.\n[Footnote 1: Without VAT in euro.]\nNext.",
        ),
        (r"One{\footnote A.} two{\footnote B \'80{\strike C}.}.", "One two.\n[Footnote 1: A.]\n[Footnote 2: B €.]"),
        (r"{\strike Old{\footnote Gone.}}New.\par", "New."),
        (r"{\header Top{\footnote x}\par}New{\footnote \chftn}.\par", "New."),
    ],
)
def test_footnotes_follow_the_paragraph_that_refers_to_them(body: str, text: str) -> None:
    assert parse_file(rb"{\rtf1\ansi\ansicpg1252 " + body.encode() + b"}", "a.rtf").text == text
