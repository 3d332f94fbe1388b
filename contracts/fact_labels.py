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
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(
    rf"(?P<day>\d{{1,2}})?\D{{0,12}}(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s*(?P<other_day>\d{{1,2}}(?!\d))?\D{{0,8}}(?P<year>\d{{4}})",
    re.I,
)


def fact_is_labelled(fact: FactSpan, labels: Sequence[Label]) -> bool:
    """A title in the same words; a law within the labelled clause; a date in its place or the same date elsewhere."""
    if fact.kind == "title":
        return any(_words(label.text) == _words(fact.value) for label in labels)
    if any(_overlap(fact, label) for label in labels):
        return True
    if fact.kind == "governing_law":
        return any(label.start is None and _words(fact.value) in _words(label.text) for label in labels)
    return any(_words(label.text) == _words(fact.value) or _same_date(label.text, fact.value) for label in labels)


def _overlap(fact: FactSpan, label: Label) -> bool:
    return label.start is not None and label.end is not None and label.start < fact.end and fact.start < label.end


def _words(text: str) -> str:
    """Lower-case words; without what follows in brackets, or the letters that the annotators' mouse took along."""
    text = re.sub(r"\s*\(.*|,\s*\w{1,2}$|\sis$", "", text, flags=re.S) or text
    return re.sub(r"^(?:form of|this|the) ", "", " ".join(re.sub(r"[\W_]+", " ", text.lower()).split()))


def _same_date(label: str, value: str) -> bool:
    found, labelled = _DATE.search(value), _DATE.search(label)
    return found is not None and labelled is not None and _date(found) == _date(labelled)


def _date(match: re.Match[str]) -> tuple[str, str, str]:
    return (match["day"] or match["other_day"] or "").lstrip("0"), match["month"].lower(), match["year"]
