"""Whether a fact that was read is the one that CUAD's lawyers labelled."""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.cuad import Label
from contracts.text.types import FactSpan

CATEGORIES = {
    "title": "Document Name",
    "agreement_date": "Agreement Date",
    "effective_date": "Effective Date",
    "governing_law": "Governing Law",
}
_OWN_DATE = re.compile(
    r"\bdate\s+(?:hereof|of\s+(?:this|the)\s+\w+)|\b(?:date|day)\s+(?:and\s+year\s+)?(?:first\s+)?(?:above\s+)?"
    r"(?:written|set\s+forth|mentioned)",
    re.I,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DATE = re.compile(
    rf"(?P<day>\d{{1,2}})?\D{{0,12}}(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s*(?P<other_day>\d{{1,2}}(?!\d))?\D{{0,8}}(?P<year>\d{{4}})",
    re.I,
)


def fact_is_labelled(fact: FactSpan, labels: Sequence[Label]) -> bool:
    """A title in the same words; a place that the labelled clause names; the same date, or words that are labelled.

    Offsets are not compared: the labels count in the file, facts in the text that was read from it.
    """
    value = _words(fact.value)
    if fact.kind == "title":
        return any(value in (title, title + value[-1:]) for title in (_words(label.text) for label in labels))
    return any(f" {value} " in f" {_plain(label.text)} " or _same_date(label.text, fact.value) for label in labels)


def effective_labels(effective: Sequence[Label], agreed: Sequence[Label]) -> tuple[Label, ...]:
    """Where a label only says "effective as of the date hereof", the agreement's own date is an answer too."""
    return (*effective, *(agreed if any(_OWN_DATE.search(label.text) for label in effective) else ()))


def _words(text: str) -> str:
    """Plain words; without what follows in brackets, or the letters that the annotators' mouse took along.

    "Schedule B" before a title that says more is left out: some labels have it, some do not.
    """
    text = re.sub(r"\s*\(.*|,\s*\w{1,2}$|\sis$", "", text, flags=re.S) or text
    return re.sub(r"^(?:form of|this|the|(?:schedule|exhibit|annex|appendix) \w{1,3}(?= \w+ )) ", "", _plain(text))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.lower()).split())


def _same_date(label: str, value: str) -> bool:
    date = _date(value)
    return date is not None and date == _date(label)


def _date(text: str) -> tuple[str, ...] | None:
    """("3", "mar", "2024") for a date in words, its numbers in their order for one in figures."""
    if match := _DATE.search(text):
        return (match["day"] or match["other_day"] or "").lstrip("0"), match["month"].lower(), match["year"]
    figures = re.search(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})", text)
    return tuple(figure.lstrip("0") for figure in figures.groups()) if figures else None
