"""Terms that several parties share: "Oak Corp. and Elm Corp. (collectively, the “Sellers” and each, a “Seller”)"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.text.roles import role_of

_GROUP = re.compile(
    r"\b(?:collectively|together(?!,?\s+with\s+(?:its|their|all|any)\b)|jointly)\b|\beach(?:\s+individually)?,?\s+an?\b"
    r"|\bindividually,?\s+(?:the|an?)\b",
    re.I,
)
_REACH = 120  # characters before a term in which the words stand that give it to several
# "Tarn Inc. and its subsidiaries (collectively, “Tarn”)": the term of one party, whatever belongs to it.
_ITS_OWN = re.compile(
    r"\b(?:its|their|his|her)\b|\b(?:affiliates?|subsidiaries|subsidiary|successors?|doing\s+business|trading\s+as)\b"
    r"|\b[dfa]\s?/\s?[bk]\s?/\s?a\b",
    re.I,
)
# "... provides promotions. (collectively, the “Promotions”)" speaks of other things than the names before it.
_NEXT_SENTENCE = re.compile(r"(?:\)|\w{4})\.\s+[A-Z](?!.*\breferred\b)", re.S)
# Who is named only as a group: "the several banks party hereto". Of "the other lenders" those before are some.
UNNAMED = (
    r"(?:the|each|several|certain|various)\s(?:(?!other\b)[a-z]+\s){0,3}(?:banks?|lenders?|institutions|co-agents|holders|investors|"
    r"purchasers|borrowers|guarantors|subsidiaries|borrowing\ssubsidiaries)\b"
)
_ONLY_THEY = re.compile(r"^(?!.*\b(?:foregoing|other)\b)[^(]*[.;)]\s+[^(]*\bare\b", re.S)
_OFFICES = re.compile(r"\b(?:agents|arrangers|managers|bookrunners)$", re.I)  # in a syndicate of banks
_OFFICERS = re.compile(r"\b(?:officers|executives|employees|directors)$", re.I)  # "Named Officers": several people
_DESCRIBED = r"(?:\s*,\s+an?\s[^,;()\"“”]{3,60}?\b(?:corporation|company|partnership|bank|association))?\s*"
_DIRECTLY = re.compile(rf"{_DESCRIBED},?\s+(?:and|AND|&)\s+(?:the\s+)?")
_LISTED = re.compile(rf"{_DESCRIBED},\s+(?:(?:and|AND|&)\s+)?(?:the\s+)?")


def speaks_of_several(text: str, start: int, end: int, own: Sequence[str]) -> bool:
    """Whether the term that ends the words from ``start`` on is a group's. ``own``: the terms the party has already."""
    said = _GROUP.search(text, max(start, end - _REACH), end)
    if said is None or _NEXT_SENTENCE.search(text, start, end):
        return False
    return bool(own) or not _ITS_OWN.search(text, start, end)


def members(
    text: str,
    names: Sequence[tuple[int, int]],
    own: Sequence[Sequence[str]],
    last: int,
    terms: Sequence[str],
    words: str,
) -> list[int]:
    """Who shares ``terms``, given after the last name with ``words`` before them; none where that is doubtful."""
    named = [
        position for position, (start, end) in enumerate(names[:last]) if _says(words, text[start:end], own[position])
    ]
    first = last
    while first and not own[first - 1]:
        first -= 1
    if named and _ONLY_THEY.search(words) and not _says(words, text[slice(*names[last])], own[last]):
        return named  # "A and B are together called “Sellers”", said after C, the buyer
    if named:
        return sorted({*named, *range(first if min(named) < first else last, last + 1)})
    everybody = first == 0 and last == len(names) - 1 and not own[last]
    if everybody and singular_first(terms)[1:] == []:  # they would face nobody: only those joined
        first = last - 1 if last and _joined(text, names, last) and plural(terms) else last
    return list(range(first, last + 1)) if first < last else []


def _says(words: str, name: str, terms: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", words) for form in (name, *terms))


def sharing_without_words(
    text: str, names: Sequence[tuple[int, int]], own: Sequence[Sequence[str]], last: int
) -> list[int]:
    """ "Ada Stone, Cy Orr and Ben Hale (the “Sellers”)", "Tarn Bank and Moor Bank, as Co-Agents"; else none."""
    if not last or own[last - 1] or len(own[last]) != 1 or not plural(own[last]):
        return []
    offices = _OFFICES.search(own[last][0]) and _LISTED.fullmatch(text, names[last - 1][1], names[last][0])
    if not (offices or _joined(text, names, last)):
        return []
    first = last - 1
    while first and not own[first - 1] and _LISTED.fullmatch(text, names[first - 1][1], names[first][0]):
        first -= 1
    everybody = first == 0 and last == len(names) - 1  # they would face nobody
    return list(range(last - 1 if everybody else first, last + 1))


def plural(terms: Sequence[str]) -> bool:
    """Whether one of them is the plural of a role: "Sellers"."""
    return any(
        term[-1:] in "sS" and (role_of(term[:-1]) or _OFFICES.search(term) or _OFFICERS.search(term)) for term in terms
    )


def singular_first(terms: Sequence[str]) -> list[str]:
    """Of "Sellers" and "Seller" a member is a Seller."""
    return sorted(dict.fromkeys(terms), key=lambda term: f"{term}s" not in terms)


def _joined(text: str, names: Sequence[tuple[int, int]], last: int) -> bool:
    return _DIRECTLY.fullmatch(text, names[last - 1][1], names[last][0]) is not None
