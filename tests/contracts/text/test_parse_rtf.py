from __future__ import annotations

from contracts.text.parse import parse_file


def test_paragraphs_tabs_and_characters() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252 1.\tab Fees\par 1.1\tab The \'93Buyer\'94 pays \u8364?5.\par (a)\tab at once;\par}"
    assert parse_file(rtf, "a.rtf").text == "1. Fees\n1.1 The “Buyer” pays €5.\n(a) at once;"
