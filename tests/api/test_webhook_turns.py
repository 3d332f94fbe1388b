"""A receiver that is dead or slow holds up neither its own later messages for long nor anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from rest_framework.test import APIClient

from contracts.models import Contract
from contracts.settle import contract_settled
from contracts.webhooks.models import Delivery, Endpoint, Event
from contracts.webhooks.publish import send
from contracts.webhooks.turns import LOCKS
from tests.api.receiver import Receiver
from tests.api.test_webhooks import add, attempt


@pytest.fixture
def hooks(client_with: Callable[..., APIClient]) -> APIClient:
    return client_with("webhooks")


def three_messages(hooks: APIClient, contract: Contract, receiver: Receiver) -> list[Delivery]:
    add(hooks, receiver.url)
    for _ in range(3):
        contract_settled(contract)
    return list(Delivery.objects.order_by("created_at"))


def test_one_attempt_at_a_time_is_made_at_an_endpoint(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    first, *_ = three_messages(hooks, oak_contract, receiver)
    with psycopg.connect(**connection.get_connection_params()) as another_worker:
        another_worker.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [LOCKS, str(first.endpoint_id)])
        assert attempt(first).state == "waiting" and receiver.told == []
    assert attempt(first).state == "delivered"


def test_an_endpoint_that_fails_is_tried_ever_less_and_then_gets_all(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    first, second, third = three_messages(hooks, oak_contract, receiver)
    receiver.status = 500
    attempt(first)
    pause = attempt(second).due_at - timezone.now()
    assert len(receiver.told) == 1 and timedelta(0) < pause <= timedelta(seconds=5)
    attempt(first)  # in its own time
    assert len(receiver.told) == 2
    assert timedelta(seconds=5) < attempt(third).due_at - timezone.now() <= timedelta(seconds=10)
    asked = send(Endpoint.objects.get(), Event.TEST, {}, owner=first.endpoint.user_id)
    attempt(asked)  # somebody wants to know now
    assert len(receiver.told) == 3
    receiver.status = 204
    attempt(first)
    assert [attempt(one).state for one in (second, third)] == ["delivered"] * 2


def test_what_had_to_wait_for_its_turn_is_queued_by_the_attempt_before(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    first, second, _ = three_messages(hooks, oak_contract, receiver)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE args->>'delivery_id' = %s", [str(second.pk)])
    attempt(first)
    queued = ProcrastinateJob.objects.filter(task_name="send_webhook", args__delivery_id=str(second.pk))
    assert queued.count() == 1
