"""RTF before its words are read: without what is deleted, hidden or struck, its footnotes as paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from striprtf.striprtf import destinations

from contracts.text.paragraphs import footnote

_TOKEN = re.compile(r"\\(?P<word>[a-z]{1,32})(?P<value>-?\d{1,10})? ?|\\'[0-9a-f]{2}|\\.|[{}]|[^\\{}]+", re.I | re.S)
_CONCERNED = re.compile(r"\\(?:deleted|v|striked?1?|footnote)(?![a-z])")
_MARKS = frozenset({"deleted", "v", "strike", "striked"})
_ENDS_PARAGRAPH = frozenset({"par", "sect", "page", "row"})
_FORM = re.compile(r"\\[a-z]+-?\d* ?", re.I)
_LINES = re.compile(r"\\(?:par|line|page|sect)(?![a-z])")
_PRINTS = frozenset("line tab emdash endash emspace enspace qmspace bullet lquote rquote ldblquote rdblquote u".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class _Group:
    marks: frozenset[str] = frozenset()
    ignored: bool = False  # a table of fonts and the like


@dataclass(slots=True)
class _Source:
    kept: list[str] = field(default_factory=list)
    places: int = 0
    dropping: bool = False
    notes: list[str] = field(default_factory=list)  # of the paragraph in hand
    note_count: int = 0


def without_struck(source: str) -> tuple[str, int]:
    """The source as it is meant, and in how many places words were left out."""
    if _CONCERNED.search(source) is None:
        return source, 0
    state = _Source()
    _read(_TOKEN.finditer(source), state)
    meant = "".join(state.kept)
    if state.notes:  # of a last paragraph that nothing ends
        body, brace, _ = meant.rpartition("}")
        meant = "".join((body or meant, "\\par ", *_paragraphs(state.notes), brace))
    return meant, state.places


def _read(tokens: Iterator[re.Match[str]], state: _Source, within: int = 0) -> None:
    """Up to the brace that closes the group that is ``within`` braces deep; 0 reads all."""
    open_groups: list[_Group] = []
    group = _Group()
    for token in tokens:
        whole, word = token[0], token["word"]
        if whole == "{":
            open_groups.append(group)
        elif whole == "}":
            if within and not open_groups:
                return
            group = open_groups.pop() if open_groups else _Group()
        elif word == "footnote" and not group.ignored:
            _take_note(tokens, state, kept=not group.marks)
            group = open_groups.pop() if open_groups else _Group()
            whole = "}"
        elif word in _MARKS:
            on = token["value"] != "0"
            group = replace(group, marks=group.marks | {word} if on else group.marks - {word})
        elif word == "plain":
            group = replace(group, marks=frozenset())
        elif word in destinations or whole == "\\*":
            group = replace(group, ignored=True)
        elif group.marks and not group.ignored and (word is None or word.lower() in _PRINTS):
            _drop(whole, state)
            continue
        elif word is None and whole.strip():
            state.dropping = False
        state.kept.append(whole)
        if word in _ENDS_PARAGRAPH and not group.ignored and not within:
            state.kept += _paragraphs(state.notes)
            state.notes = []


def _take_note(tokens: Iterator[re.Match[str]], state: _Source, kept: bool) -> None:
    """The words of the group of a note, up to its closing brace; its paragraphs become one."""
    note = _Source(places=state.places)
    _read(tokens, note, within=1)
    state.places = note.places
    words = " ".join(_LINES.sub(" ", "".join(note.kept)).split())
    if kept and any(letter.isalnum() for letter in _FORM.sub("", words)):
        state.note_count += 1
        state.notes.append(footnote(str(state.note_count), words))


def _paragraphs(notes: list[str]) -> list[str]:
    return [f"{{\\plain {note}}}\\par " for note in notes]


def _drop(words: str, state: _Source) -> None:
    if not state.dropping and any(letter.isalnum() for letter in words):
        state.places += 1
        state.dropping = True
