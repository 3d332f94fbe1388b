"""Who the parties are: the names in the preamble, the terms they are given there, and their short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from contracts.text.names import has_suffix, name_end, without_suffix
from contracts.text.roles import role_of
from contracts.text.types import PartySpan

_SEARCHED = 40_000  # characters in which a preamble is looked for: long tables of contents come first
_LONGEST_PREAMBLE = 5_000
_WITHOUT_PREAMBLE = 4_000
_TERMS_APART = 160  # characters between two terms of one party, at most
_TERM_IN_BRACKETS = re.compile(r"[^.;\"“]{0,250}\([^()\"“]{0,40}[\"“]")
_OPENING = re.compile(
    r"\b(?:between|among(?:st)?)(?:\s*(?:and|/)\s*among)?\b[\s:,]*(?:the following(?: parties)?[\s:,]*)?"
    r"|\b(?:made|entered\s+into|executed|effective)\b[^.;]{0,160}?\bby\b(?!\s+and\s+(?:between|among))[\s:]*"
    r"|(?m:^\s*PARTIES\s*:?\s*$)\s*"
    r"|\bThis\b[^.;]{5,90}?\b(?:sets forth|confirms|constitutes)\b[^.;]{0,200}?\bbetween\s+",
    re.I,
)
_CLOSING = re.compile(
    r"\b(?:W\s?I\s?T\s?N\s?E\s?S\s?S\s?E\s?T\s?H|WHEREAS|RECITALS?|NOW,?\s+THEREFORE|BACKGROUND|PREAMBLE|DEFINITIONS|"
    r"TABLE\s+OF\s+CONTENTS|IN\s+WITNESS|the\s+parties\s+(?:hereby\s+|hereto\s+)*agree|agree\s+as\s+follows|"
    r"it\s+is\s+(?:hereby\s+)?agreed|Introduction)\b|[\"“]Parties[\"”]|\n\s*1\.",
    re.I,
)  # fmt: skip
_LABEL = r"(?:\(\s*[\dA-Za-z]{1,3}\s*\)|(?<![\w(])\d\s*[.)])\s*"
# Where a further party may start, after the first one.
_JOINT = re.compile(rf"(?:(?<=[\s,;.)])(?:and|AND|And|&)[\s:]+(?:between\s+)?(?:{_LABEL})?)|{_LABEL}|[,;]\s+|\n\s*")
_ARTICLE = re.compile(r"(?:(?:the|each of|both|that)\s+(?:(?:company|firm|party)\s+)?)?(?=\S)", re.I)
_DESCRIBED = re.compile(
    r"\s*(?:,|\()?\s*(?:"
    r"\((?=[^)]{0,200}[\"“”'‘’])|\(?(?:the\s+)?[\"“‘]|\(?\s*(?:hereinafter|hereafter|herein)\b|"
    r"(?:an?|with|having|whose|located|organi[sz]ed|incorporated|residing|existing|acting|registered|duly|"
    r"established|formed|domiciled|company\s+(?:number|no))\b)",
    re.I,
)
# A name after these words belongs to the description of a party, or is no party at all.
_NOT_A_PARTY_AFTER = re.compile(
    r"\b(?:of|division|subsidiary|affiliate|parent|behalf\s+of|partner|manager|through|under|in|at|as|known|laws?|"
    r"formerly|d/b/a|f/k/a|dba|by\s+its|trading\s+as|called|with|to|from|for|"
    r"attn:?|attention:?|source:)\s+(?:the\s+)?$",
    re.I,
)
_QUOTED = re.compile(
    r"[\"“”„‘]\s*([^\"“”„’\n]{1,60}?)[\s,.]*[\"“”’]|''([^'\n]{1,60}?)[,.]?''|(?<=[(\s])'([A-Z][^'\n]{1,40}?)[,.]?'"
)
_REFERRED = re.compile(
    r"\(?\b(?:hereinafter|hereafter|herein|collectively)\b(?:\s*,)?"
    r"(?:\s+(?:sometimes|individually|collectively|also|be))*"
    r"(?:\s+(?:referred\s+to(?:\s+(?:herein|hereinafter))?|called|known|designated|jointly))*"
    r"(?:\s+(?:as|to\s+as))?\s+(?:the\s+)?((?:[A-Z][\w&.-]*\s?){1,4})"
)
_BARE = re.compile(r"\(\s*(?:the\s+)?((?:[A-Z][\w&-]*\s?){1,3})\)")
_GROUP = re.compile(r"\b(?:collectively|together|jointly)\b", re.I)
_NOT_A_TERM = re.compile(
    r"(?:agreement|contract|effective date|commencement date|part(?:y|ies)|amendment|lease|we|us|our|you|your|addendum|"
    r"exhibit [a-z]|sow|schedule|plan|date|closing|affiliates?|bankruptcy code|act|code|territory|term|signing date)s?",
    re.I,
)
_PLACES = re.compile(r"\b(?:of|in|at)\s+(?:[A-Z]\w+\s+){1,3}and\s+$")  # "the laws of England and Wales"
_END_OF_ADDRESS = re.compile(r"(?:[A-Z][\w.]*\s+){0,3}[A-Z]*\d[\w-]*\s+(?:and|AND)\s+(?:[Tt]he\s+)?")  # "TX 75069 and"
_NOT_A_NAME = re.compile(
    r"(?:the |this |such )?(?:part(?:y|ies)|agreement|company|section|article|suite|state|united states|delaware|"
    r"california|nevada|new york|page|exhibit|licensor|licensee|effective|source|undersigned)\b",
    re.I,
)  # fmt: skip
_COMMON = frozenset(
    [
        "american",
        "national",
        "united",
        "first",
        "general",
        "global",
        "international",
        "new",
        "the",
        "north",
        "south",
        "east",
        "west",
        "central",
        "great",
        "royal",
        "pacific",
        "atlantic",
        "advanced",
        "applied",
        "digital",
        "world",
        "universal",
        "allied",
        "standard",
        "premier",
        "capital",
        "bank",
        "city",
        "state",
        "public",
        "trust",
        "data",
        "health",
        "energy",
        "power",
        "green",
        "blue",
        "red",
        "black",
        "white",
        "golden",
        "silver",
        "star",
        "sun",
        "open",
        "one",
        "two",
        "three",
        "mutual",
        "federal",
        "european",
        "china",
        "india",
        "canada",
        "texas",
        "california",
        "york",
        "london",
        "medical",
        "financial",
        "insurance",
        "interactive",
        "online",
        "internet",
        "network",
        "networks",
        "systems",
        "technology",
        "technologies",
        "software",
        "media",
        "life",
        "home",
        "bio",
        "pharma",
        "gas",
        "oil",
        "water",
        "air",
        "land",
        "food",
    ]
)


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    strength: int  # 2 = named as a company and given a term, 1 = one of the two


def find_parties(text: str) -> tuple[PartySpan, ...]:
    """The parties named in the preamble, in its order; empty when no preamble is recognised."""
    best: tuple[PartySpan, ...] = ()
    best_score = 0
    for opening in _openings(text):
        end = _preamble_end(text, opening)
        mentions = _mentions(text, opening, end)
        parties = _with_terms(text, _separated(text, mentions), end)
        score = sum(2 + 2 * bool(party.term) + has_suffix(party.name) for party in parties[:3])
        if parties and score > best_score:
            best, best_score = parties, score
        if best_score >= 8:
            break
    return best if len(best) > 1 else _merged(best, _companies_with_terms(text))


def _merged(parties: tuple[PartySpan, ...], others: tuple[PartySpan, ...]) -> tuple[PartySpan, ...]:
    known = {" ".join(party.name.lower().split()) for party in parties}
    new = [other for other in others if " ".join(other.name.lower().split()) not in known]
    return tuple(sorted([*parties, *new], key=lambda party: party.start))


def _companies_with_terms(text: str) -> tuple[PartySpan, ...]:
    """Without a recognised preamble: companies near the top that are given a term in brackets."""
    mentions: list[_Mention] = []
    for capital in re.finditer(r"(?<![\w.&])[A-Z0-9]", text[:_WITHOUT_PREAMBLE]):
        if mentions and capital.start() < mentions[-1].end:
            continue
        end = name_end(text, capital.start())
        if has_suffix(text[capital.start() : end]) and _TERM_IN_BRACKETS.match(text, end):
            mentions.append(_Mention(capital.start(), end, 2))
    parties = _with_terms(text, mentions, _WITHOUT_PREAMBLE)
    return tuple(party for party in parties if party.term and not _NOT_A_NAME.match(party.name))


def _openings(text: str) -> Iterator[int]:
    for match in _OPENING.finditer(text, 0, _SEARCHED):
        yield match.end()


def _preamble_end(text: str, start: int) -> int:
    closing = _CLOSING.search(text, start + 20, start + _LONGEST_PREAMBLE)
    return closing.start() if closing else min(len(text), start + 1_500)


def _mentions(text: str, start: int, end: int) -> list[_Mention]:
    found: list[_Mention] = []
    offset = start
    label = re.compile(_LABEL).match(text, offset)
    starts = [label.end() if label else offset] + [joint.end() for joint in _JOINT.finditer(text, start, end)]
    for position, candidate in enumerate(starts):
        if candidate < offset or (position and _inside_parenthesis(text, start, candidate)):
            continue
        mention = _mention_at(text, candidate, first=not position)
        if mention and mention.end <= end:
            found.append(mention)
            offset = mention.end
    return found


def _separated(text: str, mentions: list[_Mention]) -> list[_Mention]:
    """ "between Foo Inc and Bar" read as one name, when nobody else is named, is two."""
    if len(mentions) != 1:
        return mentions
    name = mentions[0]
    joint = re.search(r"\s+and\s+", text[name.start : name.end], re.I)
    if not joint:
        return mentions
    middle = _Mention(name.start, name.start + joint.start(), 0), _Mention(name.start + joint.end(), name.end, 0)
    return list(middle)


def _mention_at(text: str, candidate: int, *, first: bool) -> _Mention | None:
    article = _ARTICLE.match(text, candidate)
    begins = article.end() if article else candidate
    if text[candidate : candidate + 4] in ("The ", "THE "):
        begins = candidate
    ends = name_end(text, begins)
    address = _END_OF_ADDRESS.match(text, begins, ends)
    if address:
        begins = address.end()
    name = text[begins:ends]
    if len(name) < 2 or _NOT_A_NAME.match(name) or (not first and _NOT_A_PARTY_AFTER.search(text, begins - 40, begins)):
        return None
    if not first and not has_suffix(name) and _PLACES.search(text, max(0, begins - 60), begins):
        return None
    joined = first or re.search(r"\band\b[\s:(\dA-Za-z).]*$", text[max(0, begins - 16) : begins], re.I) is not None
    named = has_suffix(name)
    described = _DESCRIBED.match(text, ends) is not None
    if not (named or described or joined) or (
        not joined and not (named and described) and "\n" not in text[begins - 2 : begins]
    ):
        return None
    if role_of(name) or (len(name.split()) < 2 and not (described or named)):
        return None
    return _Mention(begins, ends, named + described)


def _inside_parenthesis(text: str, start: int, offset: int) -> bool:
    before = re.sub(_LABEL, "", text[start:offset])
    return before.count("(") > before.count(")")


def _with_terms(text: str, mentions: list[_Mention], end: int) -> tuple[PartySpan, ...]:
    # Two names without any description are the ends of a bare list; a weak one after a full party is not a party.
    once = {" ".join(text[mention.start : mention.end].lower().split()): mention for mention in reversed(mentions)}
    strong = sorted((mention for mention in once.values() if mention.strength), key=lambda mention: mention.start)
    kept = strong if len(strong) > 1 else mentions[:2]
    own: list[list[str]] = []
    for position, mention in enumerate(kept):
        until = kept[position + 1].start if position + 1 < len(kept) else min(end, mention.end + 900)
        terms, group = _terms(text, mention.end, until)
        own.append(terms)
        for earlier in own:
            if group and not earlier:
                earlier.append(group)
    parties = tuple(_party(text, mention, terms) for mention, terms in zip(kept, own, strict=True))
    taken = {party.term for party in parties}
    return tuple(replace(party, aliases=tuple(a for a in party.aliases if a not in taken)) for party in parties)


def _terms(text: str, start: int, end: int) -> tuple[list[str], str]:
    """The terms given to one party between its name and the next, and the term of the group it closes."""
    terms: list[str] = []
    group = ""
    last = start
    matches = [*_QUOTED.finditer(text, start, end), *_REFERRED.finditer(text, start, end)]
    for match in sorted(matches or _BARE.finditer(text, start, end), key=lambda found: found.start()):
        term = " ".join(next(part for part in match.groups() if part).split()).removeprefix("the ").removeprefix("The ")
        term = term.strip(" ,.;()")
        if (terms and "\n\n" in text[last : match.start()]) or (terms and match.start() - last > _TERMS_APART):
            break  # terms of the body, not of this party
        if not term or not term[0].isalnum() or not any(map(str.isupper, term)) or _NOT_A_TERM.fullmatch(term):
            continue
        last = match.end()
        if _GROUP.search(text, max(start, match.start() - 60), match.end()) and terms:
            group = group or term
        elif term not in terms:
            terms.append(term)
    return terms, group


def _party(text: str, mention: _Mention, terms: list[str]) -> PartySpan:
    name = text[mention.start : mention.end]
    term = next((term for term in terms if role_of(term)), terms[0] if terms else "")
    aliases = [other for other in terms if other != term] + list(_short_forms(text, name))
    unique = dict.fromkeys(alias for alias in aliases if alias not in (name, term))
    return PartySpan(name, term, tuple(unique), mention.start, mention.end)


def _short_forms(text: str, name: str) -> Iterator[str]:
    plain = " ".join(name.split())
    core = without_suffix(plain)
    words = core.split()
    if core != plain and not role_of(core) and not (len(words) == 1 and _is_common(text, core)):
        yield core
    if not has_suffix(plain):
        if re.search(rf"\b(?:Mr|Ms|Mrs|Dr|Miss)\.?\s+{re.escape(words[-1])}\b", text):
            yield words[-1]
    elif len(words) > 1 and words[1] not in ("&", "and", "of") and not _is_common(text, words[0]):
        yield words[0]


def _is_common(text: str, word: str) -> bool:
    """A word that the contract itself writes in lower case is no name."""
    return len(word) < 4 or word.lower() in _COMMON or re.search(rf"\b{re.escape(word.lower())}\b", text) is not None
