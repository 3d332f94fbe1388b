"""Which saved searches send e-mail, and what is due for one."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from contracts.models import Contract
from search.models import Arrival, SavedSearch
from search.modes import WORDS_MODE
from search.query import QueryError
from search.saved.saving import state_of
from search.words.search import makes_statement

Alerts = SavedSearch.Alerts
DIGEST_AT = time(6)  # UTC; every week: on Mondays
MONDAY = 0


def choose_alerts(saved: SavedSearch, alerts: str) -> None:
    """Raises QueryError when this search cannot send any; then nothing is changed."""
    if alerts not in Alerts.values:
        raise QueryError(f"“{alerts}” is no choice of e-mail.", f"Choose one of: {', '.join(Alerts.values)}.")
    hindrance = why_no_mail(saved)
    if alerts != Alerts.NONE and hindrance:
        raise QueryError("No e-mail can be sent for this search.", hindrance)
    if saved.alerts == Alerts.NONE:
        saved.alerts_since = timezone.now()
    saved.alerts = alerts
    saved.save(update_fields=["alerts", "alerts_since"])


def why_no_mail(saved: SavedSearch) -> str:
    """Empty when e-mail can be sent for it."""
    if not settings.ALERTS_BY_MAIL:
        return "This site sends no e-mail: its administrator has not named a mail server (EMAIL_URL)."
    if not saved.user.email:
        return "Your account has no e-mail address. An administrator can enter it."
    try:
        if state_of(saved).mode == WORDS_MODE and not makes_statement(saved.query):
            return "Only verified clauses are mailed, and these words alone state nothing that could be verified."
    except QueryError as error:
        return str(error)
    return ""


def due_arrivals(user: User, now: datetime) -> QuerySet[Arrival]:
    """Found, not yet seen or mailed, and of contracts that the user may see now."""
    since = Q(searched_at__gte=F("saved__alerts_since"))
    chosen = Q(saved__alerts=Alerts.AT_ONCE)
    for alerts in (Alerts.DAILY, Alerts.WEEKLY):
        chosen |= Q(saved__alerts=alerts, searched_at__lt=last_digest(alerts, now))
    verified = ~Q(search__verifier_sha256="")
    unsent = Arrival.objects.filter(since, chosen, verified, mail=None, seen_at=None, clauses__gt=0, saved__user=user)
    return unsent.filter(contract__in=Contract.objects.visible_to(user))


def last_digest(alerts: str, now: datetime) -> datetime:
    """The latest time at which such a mail was due. What was found before it belongs into one; late is not too late."""
    today = datetime.combine(now.date(), DIGEST_AT, now.tzinfo)
    days = (now.weekday() - MONDAY) % 7 if alerts == Alerts.WEEKLY else 0
    latest = today - timedelta(days=days)
    return latest if latest <= now else latest - timedelta(days=7 if alerts == Alerts.WEEKLY else 1)
