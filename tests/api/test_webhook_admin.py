"""Webhooks in the administration, and the mail when one was disabled for its failures."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.settle import contract_settled
from contracts.webhooks.deliver import WAITS, deliver
from contracts.webhooks.disabled_mail import mail_disabled
from contracts.webhooks.models import Delivery, Endpoint
from contracts.webhooks.publish import send
from contracts.worker import run_worker
from tests.api.receiver import Receiver

ENDPOINTS = "/admin/webhooks/endpoint/"
DELIVERIES = "/admin/webhooks/delivery/"


@pytest.fixture
def admin(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("bob", password="sign-in-bob"))
    return client


@pytest.fixture
def endpoint(lena: User, receiver: Receiver) -> Endpoint:
    return Endpoint.objects.create(user=lena, url=receiver.url, events=["contract.ready"])


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def act(client: Client, where: str, action: str, *rows: Endpoint | Delivery) -> str:
    return client.post(
        where, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True
    ).content.decode()


def fail(delivery: Delivery, times: int = 1) -> None:
    for _ in range(times):
        Delivery.objects.filter(pk=delivery.pk).update(due_at=timezone.now())
        deliver(str(delivery.pk))


def test_an_administrator_sees_how_it_went_and_never_a_secret(
    admin: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    endpoint.old_secret = "whsec_" + "B" * 44
    endpoint.save()
    receiver.status = 500
    delivery = send(endpoint, "contract.ready", {"contract": 17}, owner=endpoint.user_id)
    fail(delivery)
    pages = [
        text(admin, path)
        for path in (
            ENDPOINTS,
            f"{ENDPOINTS}{endpoint.pk}/change/",
            DELIVERIES,
            f"{DELIVERIES}{delivery.pk}/change/",
        )
    ]
    for page in pages:
        assert endpoint.secret not in page and endpoint.old_secret not in page
        assert receiver.url in page
    assert "lena" in pages[0]
    for page in pages[1:]:
        assert "It answered 500" in page and "contract.ready" in page
    posted = admin.post(f"{ENDPOINTS}{endpoint.pk}/change/", {"url": "https://elsewhere.example.com"})
    endpoint.refresh_from_db()
    assert (posted.status_code, endpoint.url) == (403, receiver.url)


def test_it_is_disabled_and_enabled_on_record(admin: Client, endpoint: Endpoint) -> None:
    assert "1 webhook is disabled." in act(admin, ENDPOINTS, "disable", endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.enabled, endpoint.disabled_reason) == (False, "Disabled by an administrator.")
    assert "0 webhooks are disabled." in act(admin, ENDPOINTS, "disable", endpoint)
    act(admin, ENDPOINTS, "enable", endpoint)
    endpoint.refresh_from_db()
    assert (endpoint.enabled, endpoint.disabled_reason) == (True, "")
    written = AuditEvent.objects.order_by("pk").values_list("action", "username", "thing")
    assert list(written) == [
        ("webhook.disabled", "bob", str(endpoint.pk)),
        ("webhook.enabled", "bob", str(endpoint.pk)),
    ]
    assert not mail.outbox and not ProcrastinateJob.objects.exists()  # whoever disables it by hand knows of it


def test_a_message_is_sent_again_while_its_webhook_is_enabled(
    admin: Client, endpoint: Endpoint, receiver: Receiver
) -> None:
    delivery = send(endpoint, "webhook.test", {}, owner=endpoint.user_id)
    fail(delivery)  # it is taken
    assert "1 message is queued" in act(admin, DELIVERIES, "resend", delivery)
    deliver(str(delivery.pk))
    assert [one.id for one in receiver.told] == [str(delivery.pk)] * 2
    act(admin, ENDPOINTS, "disable", endpoint)
    assert "1 not sent: the webhook is disabled." in act(admin, DELIVERIES, "resend", delivery)
    delivery.refresh_from_db()
    assert delivery.state == "delivered"


@pytest.mark.parametrize("page", [ENDPOINTS, DELIVERIES, "{endpoint}"])
def test_many_rows_take_as_many_queries_as_one(
    admin: Client, endpoint: Endpoint, receiver: Receiver, page: str
) -> None:
    def add(number: int) -> None:
        user = User.objects.create_user(f"user{number}")
        other = Endpoint.objects.create(user=user, url=f"{receiver.url}/{number}", events=["contract.ready"])
        for one in (other, endpoint):
            sent = send(one, "webhook.test", {}, owner=one.user_id)
            sent.attempts.create(seconds=1, error="No answer")

    path = page.format(endpoint=f"{ENDPOINTS}{endpoint.pk}/change/")
    add(0)
    admin.get(path)
    with CaptureQueriesContext(connection) as few:
        admin.get(path)
    for number in range(1, 4):
        add(number)
    with CaptureQueriesContext(connection) as many:
        admin.get(path)
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_who_made_it_and_administrators_get_one_mail_when_it_is_disabled(
    lena: User, oak_contract: Contract, endpoint: Endpoint, receiver: Receiver, settings: Any
) -> None:
    lena.email = "lena@example.com"
    lena.save()
    settings.ADMINS = [("", "it@example.com"), ("", "lena@example.com")]
    receiver.status = 500
    contract_settled(oak_contract)
    contract_settled(oak_contract)
    first, second = Delivery.objects.all()
    for delivery in (first, second):
        fail(delivery, len(WAITS))
    with transaction.atomic():
        fail(first)
        fail(second)  # by another worker, at the same moment
        assert not mail.outbox
    ProcrastinateJob.objects.filter(task_name="send_webhook").delete()
    run_worker(wait=False)
    [told] = mail.outbox
    assert told.to == ["lena@example.com", "it@example.com"]
    assert receiver.url in told.subject
    for words in (str(endpoint.pk), "none since", "It answered 500", "made by lena", '{"enabled": true}', "Waiting:"):
        assert words in told.body
    assert endpoint.secret not in told.body


def test_there_is_no_mail_once_it_is_enabled_again_or_without_an_address(
    lena: User, endpoint: Endpoint, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.ADMINS = [("", "it@example.com")]
    mail_disabled(str(endpoint.pk))
    Endpoint.objects.update(enabled=False)
    settings.ADMINS = []
    mail_disabled(str(endpoint.pk))
    assert not mail.outbox and "has no e-mail address" in caplog.text


def test_the_mail_is_tried_again_while_its_server_is_away(
    lena: User, endpoint: Endpoint, settings: Any, oak: Matter
) -> None:
    settings.ADMINS = [("", "it@example.com")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nobody listens there
    Endpoint.objects.update(enabled=False)
    with pytest.raises(OSError, match="refused"):
        mail_disabled(str(endpoint.pk))
