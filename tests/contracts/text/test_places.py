"""Places of words are those that a pattern with boundaries finds."""

from __future__ import annotations

import re

import pytest

from contracts.text.places import has_word, match_from, word_places

TEXT = "Tarn Mills, Tarnish, tarn; ATarn Tarn_1 Tarn\nMills TARN  MILLS. Tarn"


@pytest.mark.parametrize("word", ["Tarn", "tarn", "Mills", "Tarn Mills", "Moor", "Tarn_1", "1"])
def test_a_whole_word_stands_where_the_pattern_says(word: str) -> None:
    expected = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", TEXT)]
    assert list(word_places(TEXT, word)) == expected
    assert has_word(TEXT, word) == bool(expected)


@pytest.mark.parametrize("text", [TEXT, TEXT.upper(), "İstanbul and " + TEXT, "", "Tarn"])
@pytest.mark.parametrize("pattern", [r"\b(?P<words>Tarn\s+Mills)\b\.?", r"(?<!\w)Tarn(?![\w&-])"])
def test_a_name_in_any_case_stands_where_the_pattern_says(text: str, pattern: str) -> None:
    name = re.compile(pattern, re.I)
    assert [found.span() for found in match_from(name, "Tarn", text)] == [found.span() for found in name.finditer(text)]
