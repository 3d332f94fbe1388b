"""A mail server that fails, or a worker that dies: nothing goes out twice, nothing is lost unsaid."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from contracts.models import Matter
from search.models import AlertMail
from search.saved.mailing import mail_alerts
from tests.search.alerts.conftest import SUPPORTED, comes_in, save


class Server(BaseEmailBackend):
    """A mail server that fails where, and how, a test says."""

    at_open: Exception | None = None
    at_send: BaseException | None = None
    taken = 0

    def open(self) -> bool:
        if self.at_open:
            raise self.at_open
        return True

    def send_messages(self, messages: Any) -> int:
        if self.at_send:
            raise self.at_send
        Server.taken += len(messages)
        return len(messages)


@pytest.fixture
def server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr("search.saved.mailing.get_connection", Server)
    for name, value in (("at_open", None), ("at_send", None), ("taken", 0)):
        monkeypatch.setattr(Server, name, value)
    return Server


def refused(code: int) -> Exception:
    return smtplib.SMTPRecipientsRefused({"lena@firm.example": (code, b"not here")})


@pytest.mark.parametrize(
    ("at_open", "at_send", "told", "taken_later"),
    [
        (ConnectionRefusedError(), None, None, 1),
        (smtplib.SMTPAuthenticationError(535, b"no"), None, None, 1),
        (None, refused(451), None, 1),
        (None, smtplib.SMTPDataError(452, b"full"), None, 1),
        (None, refused(550), "The mail server refused it: 550 not here", 0),
        (None, smtplib.SMTPServerDisconnected("gone"), "may not have arrived", 0),
        (None, TimeoutError(), "may not have arrived", 0),
    ],
)
def test_what_is_tried_again_is_what_surely_did_not_go_out(
    matter: Matter, lawyer: User, server: Any, at_open: Any, at_send: Any, told: str | None, taken_later: int
) -> None:
    save(lawyer)
    comes_in(matter, SUPPORTED)
    server.at_open, server.at_send = at_open, at_send
    mail_alerts(lawyer.pk, timezone.now())
    assert [told in mail.problem for mail in AlertMail.objects.all() if told] == [True] * bool(told)
    server.at_open = server.at_send = None
    mail_alerts(lawyer.pk, timezone.now())
    assert server.taken == taken_later


def test_a_worker_that_dies_while_it_sends_sends_nothing_twice(matter: Matter, lawyer: User, server: Any) -> None:
    save(lawyer)
    comes_in(matter, SUPPORTED)
    server.at_send = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        mail_alerts(lawyer.pk, timezone.now())
    server.at_send = None
    mail_alerts(lawyer.pk, timezone.now())
    assert server.taken == 0
    mail = AlertMail.objects.get()
    assert (mail.sent_at, mail.problem) == (None, "")
