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
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.attachments import receive_attachments
from contracts.models import Contract, Matter
from contracts.receive import receive_file
from contracts.text.types import Attachment, Mail

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


def packed() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("one.txt", "one")
    return buffer.getvalue()


ONE = ("one.txt", b"one")
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
        pytest.param(send("POST", ""), "one.txt", id="POST"),
        pytest.param(send("PUT", "/by-external-id/dms/1"), "one.txt", id="PUT"),
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


def next_to_read() -> str:
    """By the statement with which a worker takes a job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (args->>'contract_id')::int FROM procrastinate_fetch_job_v2(NULL, NULL)")
        return Contract.objects.get(pk=cursor.fetchone()[0]).file_name
