"""What one person waits for is read before what came in bulk, through whichever door both came."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.attachments import receive_attachments
from contracts.corrections import give_facts
from contracts.models import Contract, Matter
from contracts.queue import FOLLOWING, SENT, defer
from contracts.receive import receive_file
from contracts.text.types import Attachment, Mail
from search.saved.arrivals import ARRIVAL_TASK

ADMIN = "/admin/contracts/contract/"
Door = Callable[[Client, Contract], object]


def drop(address: str, *files: tuple[str, bytes]) -> Door:
    def door(client: Client, contract: Contract) -> object:
        sent = [SimpleUploadedFile(name, content) for name, content in files]
        return client.post(address, {"matter": contract.matter_id, "files": sent})

    return door


def send(method: str, address: str) -> Door:
    def door(client: Client, contract: Contract) -> object:
        return client.generic(
            method,
            f"/api/v1/contracts{address}?matter={contract.matter_id}",
            b"one",
            "application/octet-stream",
            headers={"Content-Disposition": 'attachment; filename="one.txt"'},
        )

    return door


def failed(address: str, **sent: str) -> Door:
    def door(client: Client, contract: Contract) -> object:
        Contract.objects.filter(pk=contract.pk).update(state="failed")
        return client.post(address.format(contract.pk), sent | {"_selected_action": str(contract.pk)})

    return door


def rename(client: Client, contract: Contract) -> object:
    address = f"/api/v1/contracts/{contract.pk}"
    return client.patch(address, {"title": "Lease"}, content_type="application/json")


def rename_while_it_waits(client: Client, contract: Contract) -> object:
    receive_file(contract.matter, "late.txt", b"late")
    return rename(client, Contract.objects.get(file_name="late.txt"))


def attach(client: Client, contract: Contract) -> object:
    sent = Mail(
        "Offer", "a@b.example", "c@d.example", datetime(2026, 5, 6, tzinfo=UTC), (Attachment("one.txt", b"one"),)
    )
    return receive_attachments(contract, sent)


def news(client: Client, contract: Contract) -> object:
    return defer(ARRIVAL_TASK, priority=FOLLOWING, contract_id=contract.pk)


def then(*doors: Door) -> Door:
    def door(client: Client, contract: Contract) -> object:
        return [one(client, contract) for one in doors]

    return door


def packed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("one.txt", "one")
    return buffer.getvalue()


ONE, TWO = ("one.txt", b"one"), ("two.txt", b"two")
POST, PUT = send("POST", ""), send("PUT", "/by-external-id/dms/1")
ELEVEN = [(f"{number}.txt", b"%d" % number) for number in range(11)]
AGAIN = {"action": "read_files_again", "confirmed": "yes"}


@pytest.mark.parametrize(
    ("door", "first"),
    [
        pytest.param(drop("/contracts/upload/", ONE), "one.txt", id="page"),
        pytest.param(drop(f"{ADMIN}upload/", ONE), "one.txt", id="console"),
        pytest.param(drop("/contracts/upload/", ("again.txt", b"bulk 2")), "bulk 2", id="sent again while it waits"),
        pytest.param(drop("/contracts/upload/", *ELEVEN), "bulk 0", id="a folder"),
        pytest.param(drop("/contracts/upload/", ("all.zip", packed())), "bulk 0", id="ZIP"),
        pytest.param(POST, "one.txt", id="POST"),
        pytest.param(PUT, "one.txt", id="PUT"),
        pytest.param(then(POST, drop("/contracts/upload/", TWO)), "two.txt", id="page after POST"),
        pytest.param(then(PUT, drop("/contracts/upload/", ONE)), "one.txt", id="page brings forward what a PUT sent"),
        pytest.param(then(PUT, news), "mine.txt", id="news after PUT"),
        pytest.param(rename, "mine.txt", id="PATCH"),
        pytest.param(rename_while_it_waits, "late.txt", id="PATCH while it waits"),
        pytest.param(failed(ADMIN + "{}/retry/"), "mine.txt", id="retry"),
        pytest.param(failed(ADMIN, **AGAIN), "bulk 0", id="mass action"),
        pytest.param(attach, "one.txt", id="attachment of a mail that was read"),
    ],
)
def test_one_goes_before_many(client: Client, alpha: Matter, alice: User, door: Door, first: str) -> None:
    mine = receive_file(alpha, "mine.txt", b"mine").contract
    Contract.objects.update(state="ready", title="Deed")
    ProcrastinateJob.objects.all().delete()
    for number in range(3):
        receive_file(alpha, f"bulk {number}", b"bulk %d" % number)
    User.objects.update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=alice.pk))
    door(client, Contract.objects.get(pk=mine.pk))
    assert next_to_read() == first


@pytest.mark.parametrize(
    ("before", "updates"),
    [
        pytest.param(None, 0, id="new"),
        pytest.param({"state": "ready"}, 0, id="read"),
        pytest.param({"state": "failed"}, 0, id="failed: queued with that priority"),
        pytest.param({"deleted_at": datetime(2026, 5, 6, tzinfo=UTC)}, 0, id="in the trash"),
        pytest.param({}, 1, id="waits"),
    ],
)
def test_only_what_waits_is_looked_for_in_the_queue(
    alpha: Matter, before: dict[str, object] | None, updates: int
) -> None:
    """The queue is searched through for it, which a load of thousands must not do for each of its files."""
    if before is not None:
        receive_file(alpha, *ONE)
        Contract.objects.update(**before)
    with CaptureQueriesContext(connection) as queries:
        contract = receive_file(alpha, *ONE, priority=SENT).contract
        give_facts(contract, None, {"title": "Lease", "governing_law": "Kansas"}, SENT)
    assert sum("UPDATE procrastinate_jobs" in query["sql"] for query in queries) == updates
    assert ProcrastinateJob.objects.order_by("-priority").values_list("priority", flat=True)[0] == SENT


def next_to_read() -> str:
    """By the statement with which a worker takes a job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (args->>'contract_id')::int FROM procrastinate_fetch_job_v2(NULL, NULL)")
        return Contract.objects.get(pk=cursor.fetchone()[0]).file_name
