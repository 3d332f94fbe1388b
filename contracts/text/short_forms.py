"""The short forms of a name that a reader takes for the same party: "Northgate Analytics, Inc.", "Northgate"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.legal_forms import has_suffix, without_suffix
from contracts.text.names import without_branch
from contracts.text.places import has_word, word_places
from contracts.text.roles import role_of

_COMMON_WORDS = """
    american national united first general global international new the north south east west central great
    royal pacific atlantic advanced applied digital world universal allied standard premier capital bank city
    state public trust data health energy power green blue red black white golden silver star sun open one two
    three mutual federal european china india canada texas california york london medical financial insurance
    interactive online internet network networks systems technology technologies software media life home bio
    pharma gas oil water air land food
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_TITLE = re.compile(r"\b(?:Mr|Ms|Mrs|Dr|Miss)\.?\s+$")
_TITLE_LENGTH = 8  # characters


def short_forms(text: str, name: str) -> Iterator[str]:
    if name != (bank := without_branch(name)):
        yield bank
        name = bank
    core = without_suffix(name)
    words = core.split()
    if core != name and not role_of(core) and not (len(words) == 1 and _is_common(text, core)):
        yield core
    if not has_suffix(name):
        if titled := next(_titled(text, name), ""):
            yield titled
        if next(_titled(text, words[-1]), ""):
            yield words[-1]
        return
    if words[0] in ("The", "THE"):
        words = words[1:]  # "Tarn" of The Tarn Oil Company
    if len(words) > 1 and words[1] not in ("&", "and", "of") and not _is_common(text, words[0].rstrip(",")):
        yield words[0].rstrip(",")


def _titled(text: str, name: str) -> Iterator[str]:
    """ "Mr. John Carver" """
    for start in word_places(text, name):
        if title := _TITLE.search(text, max(0, start - _TITLE_LENGTH), start):
            yield text[title.start() : start + len(name)]


def _is_common(text: str, word: str) -> bool:
    """A word that the contract itself writes in lower case is no name; "e.l.f." is never written otherwise."""
    return len(word) < 4 or word.lower() in _COMMON or (not word.endswith(".") and has_word(text, word.lower()))
