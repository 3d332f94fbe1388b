"""What is mailed, to whom, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from search.models import AlertMail, Arrival, SavedSearch
from search.saved import mailing
from search.saved.alerts import choose_alerts, last_digest
from search.saved.arrivals import search_arrival
from search.saved.mailing import enqueue_alerts
from search.saved.saving import mark_seen
from tests.search.alerts.conftest import QUERY, SUPPORTED, SWAPPED, comes_in, save, send


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
        (QUERY, [SUPPORTED.replace(".9", ".6")], None),
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
