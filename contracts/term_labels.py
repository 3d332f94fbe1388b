"""Whether the end and the renewal that were read are what CUAD's lawyers labelled.

A find is right where its words overlap labelled ones; a find in a contract without a label is a false one. CUAD
labels no extension that the parties must agree on first, so of the renewals only the others count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from contracts.cuad import Label
from contracts.text.expiry import expiry_day
from contracts.text.types import FactSpan

CATEGORIES = {
    "expiry_date": "Expiration Date",
    "renewal": "Renewal Term",
    "renewal_term": "Renewal Term",
    "renewal_notice": "Notice Period To Terminate Renewal",
}
_ENOUGH_WORDS = 8  # of a label whose other words are told apart by a page number or the like
_ANSWER = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})\s*")


@dataclass(frozen=True, slots=True)
class TermCount:
    labelled: bool
    found: bool
    right: bool
    day: bool | None = None  # whether the day is that of the answer, give or take one; None where either has none


def count_terms(
    text: str, facts: Mapping[str, FactSpan], labels: Mapping[str, Sequence[Label]], answers: Mapping[str, str]
) -> dict[str, TermCount]:
    """``text``: as it was read. The labels count in the file, so their words are looked for in it."""
    by_agreement = "renewal" in facts and facts["renewal"].value == "agreement"
    counts = {}
    for kind, category in CATEGORIES.items():
        labelled = labels.get(category, ())
        places = [place for label in labelled for place in labelled_places(text, label.text)]
        fact = facts.get(kind)
        right = fact is not None and any(fact.start < end and start < fact.end for start, end in places)
        found = fact is not None and (right or not (by_agreement and kind != "expiry_date"))
        day = _same_day(fact, answers.get(category, "")) if fact and kind == "expiry_date" else None
        counts[kind] = TermCount(bool(labelled), found, right, day)
    return counts


def labelled_places(text: str, label: str) -> list[tuple[int, int]]:
    """Where each part of a label stands, whatever stands between its words but letters."""
    places = []
    for part in label.split("<omitted>"):
        words = [re.escape(word) for word in re.findall(r"\w+", part)]
        if not words:
            continue
        whole = re.search(r"\W+".join(words), text)
        opening = whole or re.search(r"\W+".join(words[:_ENOUGH_WORDS]), text)
        if opening:
            places.append((opening.start(), whole.end() if whole else opening.start() + len(part)))
    return places


def term_figures(counted: Sequence[Mapping[str, TermCount]]) -> dict[str, float]:
    figures = {}
    for kind in CATEGORIES:
        counts = [counts[kind] for counts in counted]
        right = sum(count.right for count in counts)
        figures[f"{kind}_recall"] = right / (sum(count.labelled for count in counts) or 1)
        figures[f"{kind}_precision"] = right / (sum(count.found for count in counts) or 1)
    days = [counts["expiry_date"].day for counts in counted if counts["expiry_date"].day is not None]
    return figures | {"expiry_date_same_day": sum(days) / (len(days) or 1)}


def _same_day(fact: FactSpan, answer: str) -> bool | None:
    read, written = expiry_day(fact.value), _ANSWER.fullmatch(answer)
    if read is None or written is None:
        return None
    first, second, year = map(int, written.groups())
    century = (2000 if year < 50 else 1900) if year < 100 else 0
    month, day = (second, first) if first > 12 else (first, second)
    try:
        return abs((read - date(year + century, month, day)).days) <= 1
    except ValueError:
        return None
