"""What webhooks are told of checks with playbooks, and of news for saved searches."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.webhooks.models import Delivery
from search.absence import check as absence_check
from search.absence.check import cancel_absence_check
from search.absence.reading import fail_check, run_absence_check
from search.models import AbsenceCheck, Arrival
from search.saved.arrivals import search_arrival
from tests.api.conftest import QUERY, SUPPORTED, SWAPPED, same_vector
from tests.api.receiver import Receiver
from tests.search.conftest import add_contract

EVENTS = ["playbook_check.done", "playbook_check.failed", "absence_check.done", "absence_check.failed"]


@pytest.fixture
def hooks(client_with: Callable[..., APIClient], receiver: Receiver) -> APIClient:
    client = client_with("webhooks", "search")
    client.post("/api/v1/webhooks", {"url": receiver.url, "events": [*EVENTS, "saved_search.new"]}, format="json")
    return client


def check_playbook(client: APIClient) -> str:
    positions = [{"statement": QUERY}, {"statement": "Customer pays"}]
    playbook = client.post("/api/v1/playbooks", {"name": "Supply", "positions": positions}, format="json").json()["id"]
    return str(client.post("/api/v1/playbook-checks", {"playbook": playbook}, format="json").json()["id"])


def told() -> list[tuple[str, dict[str, Any]]]:
    return list(Delivery.objects.order_by("created_at").values_list("event", "data"))


@pytest.fixture
def readings(hooks: APIClient, oak_contract: Contract, monkeypatch: pytest.MonkeyPatch) -> list[AbsenceCheck]:
    """Of a playbook check that waits."""
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    check_playbook(hooks)
    return list(AbsenceCheck.objects.order_by("position__place"))


def test_the_end_of_a_playbook_check_is_told_once(hooks: APIClient, readings: list[AbsenceCheck]) -> None:
    run_absence_check(readings[0])
    assert told() == []
    run_absence_check(readings[1])
    assert told() == [("playbook_check.done", {"playbook_check": str(readings[0].position.check_of_id)})]


def test_one_that_stopped_is_told_when_all_have_ended(hooks: APIClient, readings: list[AbsenceCheck]) -> None:
    fail_check(readings[0], "The worker was killed.")
    assert told() == []
    run_absence_check(readings[1])
    assert [event for event, _ in told()] == ["playbook_check.failed"]


def test_of_what_its_user_cancels_nobody_is_told(hooks: APIClient, readings: list[AbsenceCheck]) -> None:
    for reading in readings:
        cancel_absence_check(reading)
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_that_end_the_last_two_readings_one_tells(
    hooks: APIClient, readings: list[AbsenceCheck]
) -> None:
    def end_the_other() -> None:
        fail_check(readings[1], "It stopped.")
        connection.close()

    other = threading.Thread(target=end_the_other)
    with transaction.atomic():
        fail_check(readings[0], "It stopped.")
        other.start()
        while other.is_alive() and not _somebody_waits():
            pass
    other.join()
    assert [event for event, _ in told()] == ["playbook_check.failed"]


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize(("clause", "news"), [(SUPPORTED, True), (SWAPPED, False)])
def test_news_for_a_saved_search_are_told_to_its_owner(hooks: APIClient, oak: Matter, clause: str, news: bool) -> None:
    asked = {"name": "Indemnities", "query": QUERY}
    saved = hooks.post("/api/v1/saved-searches", asked, format="json").json()["id"]
    contract = add_contract(oak, [[clause]], same_vector([clause]), read_at=timezone.now())
    search_arrival(contract.pk)
    arrival = Arrival.objects.get()
    ids = {
        "saved_search": saved, "search": str(arrival.search_id), "contract": contract.pk, "matter": oak.pk,
    }  # fmt: skip
    assert told() == ([("saved_search.new", ids)] if news else [])
    search_arrival(contract.pk)
    assert len(told()) == int(news)
