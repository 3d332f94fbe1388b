from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core import mail as outbox
from django.core.mail.backends.base import BaseEmailBackend
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from search.models import AlertMail, Arrival, SavedSearch
from search.page_state import read_state
from search.saved import mailing
from search.saved.alerts import choose_alerts, last_digest
from search.saved.arrivals import search_arrival
from search.saved.mailing import enqueue_alerts, mail_alerts
from search.saved.saving import mark_seen, save_search
from search.search import QueryError
from tests.fakes import FakeVerifier
from tests.search import conftest

SUPPORTED = "Supplier shall indemnify <Customer> & Co. [supported .9]"
SWAPPED = "Customer shall indemnify Supplier. [party_swapped .8]"
QUERY = "q=Supplier+indemnifies+Customer"


@pytest.fixture(autouse=True)
def _site(monkeypatch: pytest.MonkeyPatch, fake_verifier: FakeVerifier, settings: Any, lawyer: User) -> None:
    monkeypatch.setattr("search.search.encode_texts", lambda texts: np.full((len(texts), 384), 0.05, np.float32))
    monkeypatch.setattr("search.search.count_tokens", lambda text: len(text.split()))
    settings.ALERTS_BY_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "Proviso <proviso@firm.example>"
    settings.SITE_URL = "https://proviso.firm.example"
    lawyer.email = "lena@firm.example"
    lawyer.save()


def save(user: User, alerts: str = "at_once", address: str = QUERY, name: str = "Indemnities") -> SavedSearch:
    saved = save_search(user, name, read_state(QueryDict(address)))
    choose_alerts(saved, alerts)
    return saved


def comes_in(matter: Matter, *texts: str) -> Contract:
    vectors = np.full((len(texts), 384), 0.05, np.float32)
    contract = conftest.add_contract(matter, [[text] for text in texts], vectors, read_at=timezone.now())
    search_arrival(contract.pk)
    return contract


def send(user: User, now: datetime | None = None) -> list[Any]:
    """What one run of the worker adds to the outbox."""
    before = len(outbox.outbox)
    mail_alerts(user.pk, now or timezone.now())
    return outbox.outbox[before:]


def test_a_mail_says_what_is_new_and_says_it_once(matter: Matter, lawyer: User) -> None:
    save(lawyer)
    contract = comes_in(matter, SUPPORTED, SWAPPED, "A clause [crash]")
    [message] = send(lawyer)
    assert (message.to, message.subject) == (["lena@firm.example"], "Proviso: 1 new clause")
    arrival = Arrival.objects.get()
    clause = contract.clauses.get(position=1)
    address = f"https://proviso.firm.example/search/{arrival.search_id}/contracts/{contract.pk}/#c-{clause.pk}"
    for said in ("Indemnities", "(1 May 2024), s 1.1", "Heading 1", "shall indemnify <Customer> & Co.", address):
        assert said in message.body
    assert "Customer shall indemnify Supplier" not in message.body and "crash" not in message.body
    assert arrival.mail == AlertMail.objects.get() and arrival.mail.sent_at
    assert message.extra_headers["Message-ID"] == f"<{arrival.mail.pk}@firm.example>"
    assert send(lawyer) == []
    Contract.objects.filter(pk=contract.pk).update(read_at=timezone.now())
    search_arrival(contract.pk)  # read anew: new on the page, but no second mail of the same contract
    assert Arrival.objects.get().seen_at is None and send(lawyer) == []
    assert AuditEvent.objects.get(action="mailed").user == lawyer.pk


@pytest.mark.parametrize(
    ("address", "texts", "mailed"),
    [
        (QUERY, [SWAPPED], None),
        (QUERY + "&mode=opposite", [SUPPORTED, SWAPPED], "Other party"),
        (QUERY + "&not-bearer=Supplier", [SUPPORTED], None),
        ("q=Supplier+shall+indemnify&mode=words", [SUPPORTED], "Supported"),
    ],
)
def test_only_what_is_looked_for_and_verified_is_mailed(
    matter: Matter, lawyer: User, address: str, texts: list[str], mailed: str | None
) -> None:
    save(lawyer, address=address)
    comes_in(matter, *texts)
    messages = send(lawyer)
    assert [f"{mailed}: Master Services Agreement" in message.body for message in messages] == [True] * bool(mailed)


def test_what_is_new_in_several_searches_and_contracts_is_one_mail(matter: Matter, lawyer: User) -> None:
    save(lawyer)
    save(lawyer, address=QUERY + "&mode=opposite", name="Reversed")
    comes_in(matter, SUPPORTED, SWAPPED)
    comes_in(matter, *[f"Supplier shall indemnify Customer {i}. [supported .9]" for i in range(20)])
    [message] = send(lawyer)
    assert message.subject == "Proviso: 22 new clauses in 2 saved searches"
    assert message.body.count("/contracts/") == 21 and "And 1 more." in message.body
    assert message.body.index("Indemnities") < message.body.index("Reversed")


def test_walls_are_looked_at_when_it_is_sent(matter: Matter, lawyer: User) -> None:
    save(lawyer)
    comes_in(matter, SUPPORTED)
    matter.walled.add(lawyer)
    assert send(lawyer) == [] and not AlertMail.objects.exists()
    matter.walled.remove(lawyer)
    assert len(send(lawyer)) == 1


def test_a_process_without_a_mail_server_leaves_it_to_one_that_has_it(
    matter: Matter, lawyer: User, settings: Any
) -> None:
    save(lawyer)
    comes_in(matter, SUPPORTED)
    settings.ALERTS_BY_MAIL = False
    assert send(lawyer) == [] and not AlertMail.objects.exists()
    settings.ALERTS_BY_MAIL = True
    assert len(send(lawyer)) == 1


def left_out(saved: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=saved.pk).update(address=f"{QUERY}&not-matter={saved.user.matters.get().pk}")


@pytest.mark.parametrize(
    "change",
    [
        lambda saved: mark_seen(saved, saved.user),
        lambda saved: choose_alerts(saved, "none"),
        lambda saved: User.objects.update(is_active=False),
        lambda saved: User.objects.update(email=""),
        lambda saved: Contract.objects.all().delete(),
        left_out,
    ],
)
def test_what_ends_an_alert_before_it_is_sent(matter: Matter, lawyer: User, change: Any) -> None:
    saved = save(lawyer)
    comes_in(matter, SUPPORTED)
    change(saved)
    assert send(lawyer) == []


def test_what_came_in_before_the_choice_is_not_mailed(matter: Matter, lawyer: User) -> None:
    saved = save(lawyer, "none")
    comes_in(matter, SUPPORTED)
    choose_alerts(saved, "at_once")
    assert send(lawyer) == []
    since = saved.alerts_since
    choose_alerts(saved, "daily")
    assert saved.alerts_since == since  # another pace loses nothing


@pytest.mark.parametrize(
    ("alerts", "now", "latest"),
    [
        ("daily", "2026-05-06T06:00", "2026-05-06T06:00"),
        ("daily", "2026-05-06T05:59", "2026-05-05T06:00"),
        ("weekly", "2026-05-06T12:00", "2026-05-04T06:00"),
        ("weekly", "2026-05-04T06:00", "2026-05-04T06:00"),
        ("weekly", "2026-05-04T05:59", "2026-04-27T06:00"),
        ("weekly", "2026-05-03T23:00", "2026-04-27T06:00"),
    ],
)
def test_the_latest_digest(alerts: str, now: str, latest: str) -> None:
    assert last_digest(alerts, datetime.fromisoformat(now + "+00:00")) == datetime.fromisoformat(latest + "+00:00")


@pytest.mark.parametrize(("alerts", "days"), [("daily", 1), ("weekly", 7)])
def test_a_digest_waits_for_its_time_and_may_be_late(matter: Matter, lawyer: User, alerts: str, days: int) -> None:
    save(lawyer, alerts)
    comes_in(matter, SUPPORTED)
    found = Arrival.objects.get().searched_at
    due = last_digest(alerts, found) + timedelta(days=days)
    assert send(lawyer, due - timedelta(seconds=1)) == []
    assert len(send(lawyer, due + timedelta(days=3))) == 1  # no worker ran for three days
    assert send(lawyer, due + timedelta(days=30)) == []


def test_a_job_is_queued_only_for_whom_something_is_due(matter: Matter, lawyer: User, settings: Any) -> None:
    enqueue_alerts(timezone.now())
    save(lawyer)
    enqueue_alerts(timezone.now())
    assert not ProcrastinateJob.objects.exists()
    comes_in(matter, SUPPORTED)
    settings.ALERTS_BY_MAIL = False
    enqueue_alerts(timezone.now())
    settings.ALERTS_BY_MAIL = True
    enqueue_alerts(timezone.now())
    assert [(job.task_name, job.args) for job in ProcrastinateJob.objects.all()] == [
        (mailing.ALERT_TASK, {"user_id": lawyer.pk})
    ]


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


def links(body: str) -> list[str]:
    addresses = (word for word in body.split() if word.startswith("https://"))
    return [word.removeprefix("https://proviso.firm.example") for word in addresses if "/stop/" in word]


def test_the_way_out_needs_no_login(matter: Matter, lawyer: User) -> None:
    kept, stopped = save(lawyer), save(lawyer, "weekly", address=QUERY + "&mode=opposite", name="Reversed")
    comes_in(matter, SUPPORTED, SWAPPED)
    [message] = send(lawyer, datetime.now(UTC) + timedelta(days=8))
    _, one, everything = links(message.body)
    header = message.extra_headers["List-Unsubscribe"]
    assert header == f"<https://proviso.firm.example{everything}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    mail_program = Client(enforce_csrf_checks=True)

    def chosen() -> list[str]:
        return [SavedSearch.objects.get(pk=saved.pk).alerts for saved in (kept, stopped)]

    asked = mail_program.get(one)
    assert asked.status_code == 200 and "Reversed" not in asked.content.decode()
    assert chosen() == ["at_once", "weekly"]  # to look at it stops nothing
    assert mail_program.post(one).status_code == 200 and chosen() == ["at_once", "none"]
    choose_alerts(stopped, "daily")
    assert mail_program.post(everything, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert chosen() == ["none", "none"]
    assert mail_program.post(everything[:-3] + "x/").status_code == 404


def test_where_no_mail_can_be_sent_none_is_promised(lawyer: User, settings: Any) -> None:
    plain = save_search(lawyer, "Plain", read_state(QueryDict("q=indemnify&mode=words")))
    with pytest.raises(QueryError, match="state nothing that could be verified"):
        choose_alerts(plain, "daily")
    saved = save(lawyer, "none")
    with pytest.raises(QueryError, match="no choice of e-mail"):
        choose_alerts(saved, "hourly")
    lawyer.email = ""
    with pytest.raises(QueryError, match="no e-mail address"):
        choose_alerts(saved, "daily")
    settings.ALERTS_BY_MAIL = False
    with pytest.raises(QueryError, match="sends no e-mail"):
        choose_alerts(saved, "daily")
    choose_alerts(saved, "none")


def test_over_http(client: Client, lawyer: User) -> None:
    client.force_login(lawyer)
    body = {"name": "Indemnities", "query": "Supplier indemnifies Customer", "alerts": "weekly"}
    made = client.post("/api/v1/saved-searches", body, content_type="application/json")
    assert made.json()["alerts"] == "weekly"
    path = made["Location"]
    assert client.patch(path, {"alerts": "daily"}, content_type="application/json").json()["alerts"] == "daily"
    assert client.patch(path, {"alerts": "hourly"}, content_type="application/json").status_code == 400
    User.objects.update(email="")
    refused = client.post("/api/v1/saved-searches", body | {"name": "Other"}, content_type="application/json")
    assert refused.status_code == 400 and "alerts" in str(refused.json())
    assert SavedSearch.objects.count() == 1
