"""What a result card says in words."""

from __future__ import annotations

from django import template

from search import verification
from search.labels import LABELS
from search.present import HitView
from verifier.types import Share

register = template.Library()

SPOKEN_MARKS = {
    "bearer": "party bound",
    "modal": "binding words",
    "action": "action",
    "negation": "negation",
    "exception": "exception or condition",
    "evidence": "evidence",
    "found": "found word",
}


@register.filter
def how_sure(label: str, probability: float) -> str:
    """The verifier's probability of its own verdict; never a similarity."""
    if verification.is_close_call(label, probability):
        return "close call, read it yourself"
    return "clear verdict" if probability >= 0.9 else "likely verdict"


@register.filter
def is_close_call(hit: HitView) -> bool:
    """Said beside the verdict where it matters: of a clause that is only related nothing hangs on it."""
    if hit.probability is None or LABELS[hit.label].group == "related":
        return False
    return verification.is_close_call(hit.label, hit.probability)


@register.simple_tag
def support_measured() -> Share | None:
    return verification.sure_support()


@register.simple_tag
def support_in_searches() -> Share | None:
    return verification.support_in_searches()


@register.filter
def percent(probability: float) -> str:
    """Never "100 %" or "0 %": the verifier is never that sure."""
    return f"{min(max(round(probability * 100), 1), 99)} %"


@register.filter
def spoken_mark(mark: str) -> str:
    return SPOKEN_MARKS[mark]


@register.filter
def label_text(label: str) -> str:
    return LABELS[label].text


@register.filter
def headings(hit: HitView) -> list[str]:
    """The heading path without the bare numbers that the clause's own number repeats."""
    return [heading for heading in hit.heading_path if heading not in hit.number]
