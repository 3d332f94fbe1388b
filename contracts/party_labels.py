"""Whether the parties that were read are those that CUAD's lawyers labelled.

CUAD's label "Parties" holds names and what the contract calls them in one list: "Acme, Inc.", "Licensor",
"(collectively, the "Parties")". Proviso reads a party as a name that has a term, so only names are compared. A label is
no name when the contract quotes it, when it speaks of the parties together, or when it is a former name.

Names are compared without their blanks, for scanned contracts have them at random. Where the annotators' mouse caught
half a name or some words too many ("System Associates, Inc." of "Information System Associates, Inc."), a label that
shares its place in the text with the name that was read, and most of its words, is that name. Where it caught several
("Ann Roe, Ben Poe and Cy Doe"), the label is found if it is made of names that were read, and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.cuad import Label
from contracts.text.types import PartySpan

QUOTES = "\"'“”‘’„"
_NOT_A_NAME = re.compile(
    r"\b(?:[Pp]art(?:y|ies)|PART(?:Y|IES)|[Cc]ollectively|individually|referred to|each|set forth|below|"
    r"shall|which)\b|^\W*(?:(?:an? )?[a-z]{2,}\b|d/b/a|[\[_])"
)
_OTHER_NAME_WORDS = (
    r"\(?\s*\b(?:[dfan]\s?/\s?[bk]\s?/\s?a|[df]ba|(?:also |now |previously )?known as|(?:doing|"
    r"trading|operating) (?:business )?"
    r"(?:as|under|with)(?: the (?:service )?name(?: of)?)?|formerly)\b"
)
_OTHER_NAME = re.compile(rf",?\s*{_OTHER_NAME_WORDS}.*", re.I | re.S)
_FORMS = """
    inc incorporated llc lp llp lllp lc pc ltd limited corp corporation co company plc gmbh mbh ag sa sas spa
    sarl srl nv bv as ab pty pte pvt kk kg kgaa se ltda lda na fsb sdn bhd sro gie l c p n a s sà r de cv rl and
"""
_LEGAL_FORMS = frozenset(_FORMS.split())
_DESCRIPTION = re.compile(r",?\s+(?:and its\b|an?\s+(?=[\w ]{0,60}(?:corporation|company|partnership)\b)).*", re.S)
_BEFORE_OTHER_NAME = re.compile(rf"{_OTHER_NAME_WORDS}\W*$", re.I)


@dataclass(frozen=True, slots=True)
class PartyCount:
    labelled: int
    labelled_found: int
    found: int
    found_labelled: int


def count_parties(parties: Sequence[PartySpan], labels: Sequence[Label], answer: str, text: str) -> PartyCount:
    """A label counts as found under the party's name, term or alias; a party counts as right by its name alone."""
    names = {_squeezed(name) for name in labelled_names(labels, answer, text)}
    if not names:
        return PartyCount(0, 0, 0, 0)
    cut = _labels_cut_short(parties, labels, text)
    found = {_squeezed(normalise(party.name)): party.name for party in parties}
    called = {_squeezed(normalise(other)) for party in parties for other in (party.name, party.term, *party.aliases)}
    joined = {name for name in names - called if _is_made_of(called, name)}
    known = names | {_squeezed(normalise(label.text)) for label in labels}
    said = f" {normalise(re.sub(r'[()]', ' ', answer))} "
    known |= set(cut.values()) | {key for key in found if any(key in label for label in joined)}
    right = {key for key, name in found.items() if key in known or f" {normalise(name)} " in said}
    return PartyCount(len(names), len(names & (called | cut.keys() | joined)), len(found), len(right))


def _squeezed(name: str) -> str:
    return name.replace(" ", "")


def _is_made_of(called: Iterable[str], label: str) -> bool:
    """Whether the label, squeezed as they are, is two or more of the names with their legal forms, and "and"."""
    names = "|".join(map(re.escape, sorted(filter(None, called), key=len, reverse=True)))
    forms = "|".join(_LEGAL_FORMS)  # "and" is among them
    return bool(names) and re.fullmatch(rf"(?:(?:{names})(?:{forms})*){{2,}}", label) is not None


def _labels_cut_short(parties: Sequence[PartySpan], labels: Sequence[Label], text: str) -> dict[str, str]:
    """Labels that share a place and most words with a name that was read, and that name, both squeezed."""
    cut: dict[str, str] = {}
    for party in parties:
        name = normalise(party.name)
        phrase = r"[\s-]+".join(map(re.escape, party.name.split()))
        places = [match.span() for match in re.finditer(phrase, text, re.I)]
        for label in labels:
            words = normalise(re.split(r"\(?\s*(?:the\s+)?[\"“”„]", label.text, maxsplit=1)[0])
            if _mostly(name, words) and any(_overlap(label, *place) for place in places):
                cut[_squeezed(words)] = _squeezed(name)
    return cut


def _mostly(name: str, other: str) -> bool:
    """The shorter stands within the longer, and is at least half of its words."""
    shorter, longer = sorted((name, other), key=len)
    return f" {shorter} " in f" {longer} " and 2 * len(shorter.split()) >= len(longer.split()) > 0


def _overlap(label: Label, start: int, end: int) -> bool:
    return label.start is not None and label.end is not None and label.start < end and start < label.end


def labelled_names(labels: Iterable[Label], answer: str, text: str) -> set[str]:
    """The labels that are names, normalised."""
    quoted = {normalise(term) for term in re.findall(rf"[{QUOTES}]([^{QUOTES}()]+)[{QUOTES}]", answer)}
    names = set()
    for label in labels:
        name = re.split(r"\(?\s*(?:the\s+)?[\"“”„]", label.text, maxsplit=1)[0].strip(" ,.;:()\n")
        key = normalise(name)
        if len(key) > 1 and key not in quoted and not _NOT_A_NAME.search(name) and not _is_term(label, text):
            names.add(key)
    return names


def _is_term(label: Label, text: str) -> bool:
    """Quoted, alone in brackets, or the other name of a party that has one already."""
    if label.start is None or label.end is None:
        return False
    before = text[max(0, label.start - 60) : label.start].rstrip()
    after = text[label.end : label.end + 3].lstrip(" ,.")
    before = re.sub(r"\b(?:the|a|an)$", "", before, flags=re.I).rstrip()
    quoted = before.endswith(tuple(QUOTES)) or (before.endswith("(") and after.startswith(")"))
    return quoted or _BEFORE_OTHER_NAME.search(before) is not None


def normalise(name: str) -> str:
    """ "The Acme & Sons Company, Inc., d/b/a Acme" -> "acme and sons"."""
    plain = _OTHER_NAME.sub("", name) or name
    plain = _DESCRIPTION.sub("", plain)
    plain = re.sub(r"\([^()]*(?:\)|$)", " ", plain)
    words = re.sub(r"[^\w ]+", "", re.sub(r"[-/\s]", " ", plain.lower().replace("&", " and "))).split()
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
