"""What a mail about saved searches says: plain text, with links, and nothing in its subject that names a matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from contracts.models import Contract
from search.models import AlertMail, Arrival, SavedSearch
from search.modes import WORDS_MODE
from search.present import HitView
from search.query import QueryError
from search.result_page import lay_out_search
from search.saved.arrivals import ALERTING, hits_of_news
from search.saved.saving import state_of
from search.saved.stopping import stop_address
from search.templatetags.cards import headings

FIRST_CHARACTERS = 240
MOST_CLAUSES = 20  # of one saved search; the others are counted


@dataclass(frozen=True, slots=True)
class Line:
    citation: str
    heading: str
    label: str
    words: str  # the first
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    saved: SavedSearch
    lines: tuple[Line, ...]
    more: int
    close_calls: int  # not among the lines
    url: str
    stop_url: str

    @property
    def clauses(self) -> int:
        return len(self.lines) + self.more


def write_parts(arrivals: Sequence[Arrival]) -> list[Part]:
    """By saved search. Looked at now: a contract its owner may not see, or that its filters leave out, is not in it."""
    by_saved: dict[SavedSearch, list[Arrival]] = {}
    for arrival in arrivals:
        by_saved.setdefault(arrival.saved, []).append(arrival)
    parts = []
    for saved, its in by_saved.items():
        read = [_lines(arrival) for arrival in its]
        lines = [line for found, _ in read for line in found]
        if lines:
            shown = tuple(lines[:MOST_CLAUSES])
            url = _absolute(reverse("saved-search", args=[saved.pk]))
            stop_url = _absolute(stop_address(saved=saved.pk))
            close_calls = sum(number for _, number in read)
            parts.append(Part(saved, shown, len(lines) - len(shown), close_calls, url, stop_url))
    return sorted(parts, key=lambda part: part.saved.name)


def write_mail(mail: AlertMail, parts: Sequence[Part]) -> EmailMessage:
    """With the headers by which mail programs offer to stop it (RFC 8058), and an id that stays the mail's own."""
    clauses = sum(part.clauses for part in parts)
    searches = f" in {len(parts)} saved searches" if len(parts) > 1 else ""
    stop_all = _absolute(stop_address(user=mail.user_id))
    context = {"parts": parts, "stop_all": stop_all, "site": settings.SITE_URL}
    sender = settings.DEFAULT_FROM_EMAIL
    return EmailMessage(
        subject=f"Proviso: {clauses} new clause{'' if clauses == 1 else 's'}{searches}",
        body=render_to_string("search/saved/mail.txt", context),
        from_email=sender,
        to=[mail.user.email],
        headers={
            "Message-ID": f"<{mail.pk}@{sender.rpartition('@')[2].rstrip('>')}>",
            "List-Unsubscribe": f"<{stop_all}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _lines(arrival: Arrival) -> tuple[list[Line], int]:
    """And how many close calls there are, which are not worth a mail."""
    user = arrival.saved.user
    try:
        state = state_of(arrival.saved)
    except QueryError:
        return [], 0  # a filter it was saved with is known no more; its page says so
    if not state.filters.narrow(Contract.objects.visible_to(user).filter(pk=arrival.contract_id)).exists():
        return [], 0
    alerting = set(ALERTING[state.mode]) - ({"found"} if state.mode == WORDS_MODE else set())
    sure, close_calls = hits_of_news(lay_out_search(arrival.search, user, state, ""), alerting)
    return [_line(arrival, hit) for hit in sure], len(close_calls)


def _line(arrival: Arrival, hit: HitView) -> Line:
    place = reverse("search-document", args=[arrival.search_id, hit.contract_id]) + hit.anchor
    words = " ".join(hit.quote.split())
    if len(words) > FIRST_CHARACTERS:
        words = words[:FIRST_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return Line(hit.citation, " > ".join(headings(hit)), hit.label_text, words, _absolute(place))


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
