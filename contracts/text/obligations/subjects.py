"""The bearer by the parse: the subject of the verb that the modal governs, or the agent of its passive."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contracts.text.obligations.adjacent import OBLIQUE
from contracts.text.obligations.mentions import EACH_PARTY, Mention
from contracts.text.obligations.parse import Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
_AUXILIARY = ("aux", "auxpass", "neg")
_PRONOUNS = frozenset(["it", "they", "he", "she"])
_RELATIVE = frozenset(["who", "which", "that"])
_SHARED = frozenset(["each", "either", "neither", "both", "none"])
_IN_A_ROLE = re.compile(r"\bas\s+(?:the\s+)?$", re.I)  # "its appointment as Distributor shall end"
# Whoever warrants or ensures that something will be so is bound by it.
_PROMISES = frozenset(
    f"{verb}{ending}"
    for verb in ("warrant", "ensure", "guarantee", "undertake", "covenant", "procure", "represent")
    for ending in ("", "s", "d")
)

Kind = Literal["parties", "pronoun", "other", "none"]


@dataclass(frozen=True, slots=True)
class Subject:
    kind: Kind
    mentions: tuple[Mention, ...] = ()
    promises: bool = False  # they warrant or ensure that it will be so


def subject_at(tree: Tree, reading: str, offset: int, mentions: Sequence[Mention]) -> Subject:
    """Who governs the modal that begins at ``offset``."""
    word = tree.at(offset)
    if word is None:
        return Subject("none")
    verb = governed(tree, word)
    found = _subject_of(tree, verb)
    if found is None:
        return Subject("none")
    text = tree.words[found].text
    clause = _clause(tree, verb) if text in _RELATIVE else None
    if clause is not None:
        found = tree.words[clause].head
    if text in _PRONOUNS:
        return Subject("pronoun")
    parties = tuple(
        one
        for one in _mentions_of(tree, found, mentions, before=offset)
        if not _IN_A_ROLE.search(reading, 0, one.start)
    )
    if clause is not None and text != "who":
        # "requested by the Buyer, which shall": what is requested, not the Buyer
        parties = tuple(one for one in parties if not OBLIQUE.search(reading, 0, one.start))
    if parties:
        return Subject("parties", parties)
    promised = _promiser(tree, verb, mentions, offset)
    return Subject("parties", promised, True) if promised else Subject("other")


def governed(tree: Tree, word: int) -> int:
    """The verb of a modal: its head if it is an auxiliary, else the modal's own verb ("agrees", "is")."""
    while tree.words[word].dep in _AUXILIARY and tree.words[word].head != word:
        word = tree.words[word].head
    return word


def agent_at(tree: Tree, offset: int, mentions: Sequence[Mention]) -> Mention | None:
    """Who does it in the passive: "shall be paid by the Customer"."""
    word = tree.at(offset)
    if word is None:
        return None
    verb = governed(tree, word)
    for mention in mentions:
        if mention.start < offset:
            continue
        inside = tree.at(mention.end - 1)
        if inside is None:
            continue
        head = tree.words[inside].head
        if tree.words[head].text == "by" and tree.words[head].head in _chain(tree, verb):
            return mention
    return None


def _chain(tree: Tree, verb: int) -> list[int]:
    """The verb with those that complete it ("is to be paid") or are joined to it ("paid or borne")."""
    return [verb, *tree.children(verb, "xcomp", "conj", "acomp", "attr")]


def _subject_of(tree: Tree, verb: int) -> int | None:
    for _ in range(6):  # joined and embedded verbs share the subject of the verb above them
        subjects = tree.children(verb, *SUBJECTS)
        if subjects:
            return subjects[-1]
        if tree.words[verb].dep not in ("conj", "xcomp", "dep") or tree.words[verb].head == verb:
            return None
        verb = tree.words[verb].head
    return None


def _clause(tree: Tree, verb: int) -> int | None:
    """The verb of the relative clause that ``verb`` belongs to."""
    for _ in range(4):
        if tree.words[verb].dep == "relcl":
            return verb
        if tree.words[verb].dep != "conj":
            return None
        verb = tree.words[verb].head
    return None


def _mentions_of(tree: Tree, noun: int, mentions: Sequence[Mention], before: int) -> tuple[Mention, ...]:
    """The mentions that the subject is made of: itself, what is joined to it, and those of "each of A and B"."""
    words = tree.words
    nouns = [noun]
    if words[noun].text in _SHARED:
        nouns += [pobj for prep in tree.children(noun, "prep") for pobj in tree.children(prep, "pobj")]
    for each in nouns:
        nouns += [other for other in tree.children(each, "conj") if other not in nouns]
    held = [
        mention
        for mention in mentions
        if mention.end <= before and any(mention.start <= words[each].start < mention.end for each in nouns)
    ]
    if words[noun].text in _SHARED and not tree.children(noun, "prep") and EACH_PARTY in {one.who for one in mentions}:
        return (Mention(EACH_PARTY, words[noun].start, words[noun].end),)
    leads = [mention for mention in held if mention.start <= words[noun].start < mention.end]
    return tuple(held) if leads or words[noun].text in _SHARED else ()


def _promiser(tree: Tree, verb: int, mentions: Sequence[Mention], before: int) -> tuple[Mention, ...]:
    above = tree.words[verb].head
    if tree.words[verb].dep != "ccomp" or tree.words[above].text not in _PROMISES:
        return ()
    found = _subject_of(tree, above)
    return () if found is None else _mentions_of(tree, found, mentions, before)
