"""Sending mail about saved searches, at most once for each arrival.

A mail and the mail server cannot be one transaction. So the server is reached first; then the arrivals are bound to the
mail and that is committed; then it is sent. A worker that dies in between leaves a mail that says it may not have gone
out, and what it was about stays on the page as new.
"""

from __future__ import annotations

import logging
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from contracts.audit.record import record
from contracts.queue import BACKGROUND, SENDING, defer
from search.models import AlertMail, Arrival, SavedSearch
from search.saved.alerts import Alerts, due_arrivals
from search.saved.letter import write_mail, write_parts

ALERT_TASK = "mail_alerts"

logger = logging.getLogger(__name__)


def enqueue_alerts(now: datetime) -> None:
    """A job for everybody for whom something is due, so that one mail that hangs holds up no other."""
    if not settings.ALERTS_BY_MAIL:
        return
    wanting = SavedSearch.objects.exclude(alerts=Alerts.NONE).values("user")
    for user in User.objects.filter(pk__in=wanting, is_active=True).exclude(email=""):
        if due_arrivals(user, now).exists():
            defer(ALERT_TASK, queue=SENDING, priority=BACKGROUND, user_id=user.pk)


def mail_alerts(user_id: int, now: datetime) -> None:
    """Does nothing when nothing is due. Calling it again is always safe."""
    if not settings.ALERTS_BY_MAIL:
        return  # a process that works off the queue without a mail server, such as ``ingest``; it stays due
    user = User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()
    if user is None or not due_arrivals(user, now).exists():
        return
    connection = get_connection()
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        logger.error("The mail server cannot be reached (EMAIL_URL): %s. It is tried again.", error)
        return
    try:
        bound = _bind(user, now)
        if bound is not None:
            _send(*bound, connection)
    finally:
        connection.close()


def _bind(user: User, now: datetime) -> tuple[AlertMail, EmailMessage] | None:
    """The arrivals are this mail's from here on. Of two workers the second finds none."""
    with transaction.atomic():
        due = due_arrivals(user, now).select_related("saved__user", "search").order_by("-searched_at")
        arrivals = list(due.select_for_update(of=("self",), skip_locked=True))
        parts = write_parts(arrivals)
        if not parts:
            return None
        mail = AlertMail.objects.create(user=user)
        Arrival.objects.filter(pk__in=[arrival.pk for arrival in arrivals]).update(mail=mail)
        record(user, "mailed", "mail", mail.pk)
        return mail, write_mail(mail, parts)


def _send(mail: AlertMail, message: EmailMessage, connection: BaseEmailBackend) -> None:
    try:
        connection.send_messages([message])
    except (SMTPRecipientsRefused, SMTPResponseException) as error:
        _refused(mail, *_answer_of(error))
    except (OSError, SMTPException) as error:
        logger.error("Mail %s broke off: %s", mail.pk, type(error).__name__)
        _mark(mail, problem="The connection to the mail server broke off, so it may not have arrived.")
    else:
        _mark(mail, sent_at=timezone.now())


def _answer_of(error: SMTPRecipientsRefused | SMTPResponseException) -> tuple[int, str]:
    code, said = (
        next(iter(error.recipients.values()))
        if isinstance(error, SMTPRecipientsRefused)
        else (error.smtp_code, error.smtp_error)
    )
    return code, said.decode(errors="replace") if isinstance(said, bytes) else said


def _refused(mail: AlertMail, code: int, said: str) -> None:
    """For now: its arrivals are free for the next mail. For good: its owner is told on the page."""
    logger.error("Mail %s was refused: %s", mail.pk, code)
    if 400 <= code < 500:
        mail.delete()
    else:
        _mark(mail, problem=f"The mail server refused it: {code} {said}")


def _mark(mail: AlertMail, **fields: object) -> None:
    AlertMail.objects.filter(pk=mail.pk).update(**fields)
