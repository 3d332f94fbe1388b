"""Webhooks: who is told of what, how often it is tried, and where nothing is sent to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.settle import contract_settled
from contracts.webhooks.deliver import WAITS, deliver
from contracts.webhooks.jobs import enqueue_overdue
from contracts.webhooks.models import Attempt, Delivery, Endpoint, Event
from contracts.worker import run_worker
from tests.api.conftest import QUERY
from tests.api.receiver import Receiver

HOOKS = "/api/v1/webhooks"
ALL = ["contract.ready", "contract.failed", "ingest.done", "absence_check.done"]


@pytest.fixture
def hooks(client_with: Callable[..., APIClient]) -> APIClient:
    return client_with("webhooks", "upload", "search", "read")


def add(client: APIClient, url: str, **fields: Any) -> Any:
    return client.post(HOOKS, {"url": url, "events": ALL} | fields, format="json")


def waiting() -> Delivery:
    return Delivery.objects.get(state="waiting")


def make_due(delivery: Delivery) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())


def attempt(delivery: Delivery) -> Delivery:
    make_due(delivery)
    deliver(str(delivery.pk))
    delivery.refresh_from_db()
    return delivery


def test_a_read_contract_is_told_of_with_ids_only_and_signed(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    made = add(hooks, receiver.url)
    assert made.status_code == 201
    contract_settled(oak_contract)
    delivery = attempt(waiting())
    [told] = receiver.told
    assert told.message == {
        "type": "contract.ready",
        "timestamp": delivery.created_at.isoformat(),
        "data": {"contract": oak_contract.pk, "matter": oak_contract.matter_id},
    }
    assert told.id == str(delivery.pk)
    assert told.signed_with(made.json()["secret"]) and not told.signed_with("whsec_" + "A" * 44)
    assert abs(int(told.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert delivery.state == "delivered" and delivery.attempts.get().status == 204
    deliver(str(delivery.pk))
    assert len(receiver.told) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends_what_the_event_s_transaction_wrote(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    add(hooks, receiver.url)
    with transaction.atomic():
        contract_settled(oak_contract)
        transaction.set_rollback(True)  # as when the process is killed before the commit
    run_worker(wait=False)
    assert receiver.told == [] and not Delivery.objects.exists()
    contract_settled(oak_contract)
    asked = hooks.post("/api/v1/absence-checks", {"query": QUERY}, format="json").json()
    run_worker(wait=False)
    assert {told.message["type"]: told.message["data"] for told in receiver.told} == {
        "contract.ready": {"contract": oak_contract.pk, "matter": oak_contract.matter_id},
        "absence_check.done": {"absence_check": asked["id"]},
    }


def test_a_message_lost_with_its_worker_is_taken_up_again(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    add(hooks, receiver.url)
    contract_settled(oak_contract)
    jobs = ProcrastinateJob.objects.filter(task_name="send_webhook", args__delivery_id=str(waiting().pk))
    assert jobs.count() == 1
    Delivery.objects.update(due_at=timezone.now() - timedelta(minutes=5))
    enqueue_overdue()
    assert jobs.count() == 1  # its job is still there
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    enqueue_overdue()
    assert jobs.count() == 1


def test_nobody_is_told_of_what_they_may_not_see(
    hooks: APIClient, client_with: Callable[..., APIClient], lena: User, oak: Matter, elm: Matter,
    oak_contract: Contract, elm_contract: Contract, receiver: Receiver,
) -> None:  # fmt: skip
    add(hooks, receiver.url, matters=["Elm"])
    restricted = client_with("webhooks", matters=[elm])
    assert add(restricted, receiver.url).json()["matters"] == [elm.pk]
    stranger = Endpoint.objects.create(user=User.objects.create_superuser("sam"), url=receiver.url, events=ALL)
    contract_settled(oak_contract)
    assert not Delivery.objects.exists()
    contract_settled(elm_contract)
    assert Delivery.objects.count() == 2 and not stranger.deliveries.exists()
    elm.walled.add(lena)  # between the event and its sending
    for delivery in Delivery.objects.all():
        assert attempt(delivery).state == "dropped"
    assert receiver.told == [] and not Attempt.objects.exists()
    contract_settled(elm_contract)
    assert not Delivery.objects.filter(state="waiting").exists()


def test_answers_are_told_to_who_asked_only(
    hooks: APIClient, client_with: Callable[..., APIClient], lena: User, oak: Matter, oak_contract: Contract,
    receiver: Receiver,
) -> None:  # fmt: skip
    sam = User.objects.create_user("sam")
    oak.members.add(sam)
    Endpoint.objects.create(user=sam, url=receiver.url, events=ALL)
    narrow = add(client_with("webhooks", matters=[oak]), receiver.url).json()["id"]
    wide = add(hooks, receiver.url).json()["id"]
    hooks.post("/api/v1/absence-checks", {"query": QUERY}, format="json")  # over all of hers
    assert [str(one.endpoint_id) for one in Delivery.objects.all()] == [wide]
    hooks.post("/api/v1/absence-checks", {"query": QUERY, "matters": [oak.pk]}, format="json")
    assert Delivery.objects.filter(endpoint=wide).count() == 2 and Delivery.objects.filter(endpoint=narrow).count() == 1


def test_what_fails_is_tried_again_ever_later_and_then_the_endpoint_is_disabled(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    made = add(hooks, receiver.url).json()
    receiver.status = 500
    contract_settled(oak_contract)
    delivery = waiting()
    waited = []
    for _ in WAITS:
        attempt(delivery)
        waited.append(delivery.due_at - timezone.now())
        assert delivery.state == "waiting"
    assert all(abs(got - wait) < timedelta(seconds=60) for got, wait in zip(waited, WAITS, strict=True))
    assert timedelta(days=2) < sum(WAITS, timedelta()) < timedelta(days=4)
    assert attempt(delivery).state == "failed"
    assert len(receiver.told) == len(WAITS) + 1 == delivery.attempts.count()
    assert {told.id for told in receiver.told} == {str(delivery.pk)}
    shown = hooks.get(f"{HOOKS}/{made['id']}").json()
    assert not shown["enabled"] and "answered 500" in shown["disabled_reason"]
    contract_settled(oak_contract)
    assert Delivery.objects.count() == 1  # nothing more is written for it


def test_what_one_message_met_does_not_disable_an_endpoint_that_takes_others(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    add(hooks, receiver.url)
    contract_settled(oak_contract)
    bad = waiting()
    Delivery.objects.filter(pk=bad.pk).update(tries=len(WAITS), created_at=timezone.now() - timedelta(days=3))
    contract_settled(oak_contract)
    assert attempt(Delivery.objects.exclude(pk=bad.pk).get()).state == "delivered"
    receiver.status = 422
    bad.refresh_from_db()
    assert attempt(bad).state == "failed" and Endpoint.objects.get().enabled


def test_gone_is_disabled_at_once(hooks: APIClient, oak_contract: Contract, receiver: Receiver) -> None:
    add(hooks, receiver.url)
    receiver.status = 410
    contract_settled(oak_contract)
    assert attempt(waiting()).state == "failed" and not Endpoint.objects.get().enabled


def test_two_workers_send_a_message_once(hooks: APIClient, oak_contract: Contract, receiver: Receiver) -> None:
    add(hooks, receiver.url)
    contract_settled(oak_contract)
    delivery = waiting()
    Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now() + timedelta(minutes=1))  # another's lease
    deliver(str(delivery.pk))
    assert receiver.told == []


def test_a_redirect_is_not_followed(hooks: APIClient, oak_contract: Contract, receiver: Receiver) -> None:
    add(hooks, receiver.url)
    receiver.status, receiver.redirect = 302, receiver.url
    contract_settled(oak_contract)
    delivery = attempt(waiting())
    assert len(receiver.told) == 1 and "answered 302" in delivery.attempts.get().error


def test_test_log_and_resend(hooks: APIClient, oak_contract: Contract, receiver: Receiver) -> None:
    path = f"{HOOKS}/{add(hooks, receiver.url).json()['id']}"
    queued = hooks.post(f"{path}/test")
    assert queued.status_code == 202 and queued.json()["state"] == "waiting"
    attempt(waiting())
    [logged] = hooks.get(f"{path}/deliveries").json()["results"]
    assert (logged["event"], logged["state"], logged["attempts"][0]["status"]) == ("webhook.test", "delivered", 204)
    again = hooks.post(f"{path}/deliveries/{logged['id']}/resend")
    assert again.status_code == 202
    attempt(waiting())
    assert [told.id for told in receiver.told] == [logged["id"]] * 2
    assert len(hooks.get(f"{path}/deliveries").json()["results"][0]["attempts"]) == 2
    assert hooks.post(f"{path}/deliveries/{path[-36:]}/resend").status_code == 404


def test_a_request_sent_again_makes_no_second_webhook_and_shows_no_secret(
    hooks: APIClient, oak: Matter, receiver: Receiver
) -> None:
    asked, key = {"url": receiver.url, "events": ALL}, {"Idempotency-Key": "one"}
    made = hooks.post(HOOKS, asked, format="json", headers=key)
    hooks.post(f"{HOOKS}/{made.json()['id']}/secret")
    again = hooks.post(HOOKS, asked, format="json", headers=key)
    assert (made.status_code, again.status_code) == (201, 201)
    assert made.json()["secret"].startswith("whsec_") and again.json()["secret"] is None
    assert again.json()["id"] == made.json()["id"]


def test_while_a_secret_is_changed_both_sign(hooks: APIClient, oak_contract: Contract, receiver: Receiver) -> None:
    made = add(hooks, receiver.url).json()
    changed = hooks.post(f"{HOOKS}/{made['id']}/secret").json()
    assert changed["secret"] != made["secret"]
    contract_settled(oak_contract)
    attempt(waiting())
    assert receiver.told[0].signed_with(made["secret"]) and receiver.told[0].signed_with(changed["secret"])
    Endpoint.objects.update(old_secret_until=timezone.now())
    contract_settled(oak_contract)
    attempt(waiting())
    assert receiver.told[1].signed_with(changed["secret"]) and not receiver.told[1].signed_with(made["secret"])


def test_a_webhook_is_changed_only_as_it_was_seen(hooks: APIClient, receiver: Receiver, oak: Matter) -> None:
    made = add(hooks, receiver.url)
    path, seen = f"{HOOKS}/{made.json()['id']}", made["ETag"]
    assert hooks.get(path, headers={"If-None-Match": seen}).status_code == 304
    change = {"events": ["ingest.done"]}
    assert hooks.patch(path, change, format="json").json()["code"] == "precondition_required"
    changed = hooks.patch(path, change, format="json", headers={"If-Match": seen})
    assert changed.json()["events"] == ["ingest.done"] and "secret" not in changed.json()
    stale = hooks.patch(path, {"enabled": False}, format="json", headers={"If-Match": seen})
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert hooks.delete(path, headers={"If-Match": seen}).status_code == 412
    assert hooks.delete(path).status_code == 428
    assert hooks.delete(path, headers={"If-Match": changed["ETag"]}).status_code == 204
    assert not Endpoint.objects.exists()


def test_a_disabled_webhook_is_enabled_again_and_gets_what_waited(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver
) -> None:
    path = f"{HOOKS}/{add(hooks, receiver.url).json()['id']}"
    contract_settled(oak_contract)
    Endpoint.objects.update(enabled=False, disabled_reason="It answered 410: it is gone.")
    delivery = attempt(waiting())
    assert delivery.state == "waiting" and receiver.told == []
    assert hooks.post(f"{path}/test").status_code == 400
    answer = hooks.patch(path, {"enabled": True}, format="json", headers={"If-Match": "*"})
    assert (answer.json()["enabled"], answer.json()["disabled_reason"]) == (True, "")
    assert attempt(delivery).state == "delivered"


def test_another_s_webhook_and_a_wider_one_are_not_there(
    hooks: APIClient, client_with: Callable[..., APIClient], oak: Matter, receiver: Receiver
) -> None:
    wide = add(hooks, receiver.url).json()["id"]
    own = add(client_with("webhooks", matters=[oak]), receiver.url).json()["id"]
    restricted = client_with("webhooks", matters=[oak])
    assert [one["id"] for one in restricted.get(HOOKS).json()["results"]] == [own]
    assert restricted.get(f"{HOOKS}/{wide}").status_code == 404
    assert {one["id"] for one in hooks.get(HOOKS).json()["results"]} == {own, wide}
    stranger = APIClient()
    stranger.force_login(User.objects.create_superuser("sam"))
    for path in (wide, f"{wide}/deliveries"):
        assert stranger.get(f"{HOOKS}/{path}").content == stranger.get(f"{HOOKS}/{own[:-4]}0000").content


def test_every_event_can_be_subscribed_but_the_test(hooks: APIClient, oak: Matter, receiver: Receiver) -> None:
    told = [event.value for event in Event if event != Event.TEST]
    assert add(hooks, receiver.url, events=told).json()["events"] == sorted(told)
    assert add(hooks, receiver.url, events=["webhook.test"]).json()["errors"][0]["pointer"] == "/events"
    assert add(hooks, receiver.url, events=[]).json()["errors"][0]["pointer"] == "/events"
