"""Bulk loads: every item has its outcome, whoever was killed in between and however often a step is repeated."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.db import connection
from rest_framework.test import APIClient

from contracts.ingests.models import Ingest
from contracts.models import Contract, Matter
from contracts.webhooks.models import Delivery
from search.indexing import index_contract
from tests.api.conftest import read_all
from tests.api.receiver import Receiver

INGESTS = "/api/v1/ingests"
WORDS = b"1. Fees. Customer shall pay the fees within 30 days.\n"


def begin(client: APIClient, *items: dict[str, Any], **headers: str) -> Any:
    return client.post(INGESTS, {"matter": "Oak", "items": list(items)}, format="json", headers=headers)


def item(key: str, **fields: Any) -> dict[str, Any]:
    return {"key": key, "file_name": f"{key}.txt"} | fields


def send(client: APIClient, ingest: str, key: str, content: bytes, kind: str = "application/octet-stream") -> Any:
    told = {"CONTENT_LENGTH": str(len(content)), "CONTENT_TYPE": kind}  # the client tells them only of some content
    return client.generic("PUT", f"{INGESTS}/{ingest}/items/{key}", content, content_type=kind, **told)


def counts(client: APIClient, ingest: str) -> dict[str, int]:
    shown = client.get(f"{INGESTS}/{ingest}").json()["counts"]
    assert shown["items"] == sum(shown[name] for name in ("ready", "duplicate", "failed", "waiting"))
    return {name: number for name, number in shown.items() if number}


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_known_bytes_need_not_be_sent_to_be_a_version_of_a_document(client: APIClient, oak: Matter) -> None:
    """By sha256 alone they become its latest version; of bytes that are still to come, nothing is known."""
    document = {"source": "dms", "id": "4711"}
    here = "/api/v1/contracts/by-external-id/dms/4711?matter=Oak"
    name = {"Content-Disposition": 'attachment; filename="nda.txt"'}
    for content in (WORDS, WORDS + b"2. Term."):
        client.generic("PUT", here, content, content_type="text/plain", headers=name)
    first, second = Contract.objects.order_by("pk")
    read_all()
    begun = begin(
        client,
        item("old", sha256=sha256(WORDS), external_id=document),
        item("new name", sha256=sha256(WORDS), external_id={"source": "dms", "id": "4712"}),
        item("to come", sha256=sha256(b"later"), external_id={"source": "dms", "id": "4713"}),
    ).json()
    assert begun["counts"] | {"items": 3} == {
        "items": 3, "ready": 0, "duplicate": 2, "failed": 0, "waiting": 1, "unsent": 1
    }  # fmt: skip
    assert client.get(here).json()["id"] == first.pk
    assert client.get("/api/v1/contracts/by-external-id/dms/4712").json()["id"] == first.pk
    assert client.get("/api/v1/contracts/by-external-id/dms/4713").status_code == 404
    assert list(Contract.objects.filter(current=True)) == [first]
    assert second.pk != first.pk and send(client, begun["id"], "old", WORDS).json()["outcome"] == "duplicate"


def test_every_item_has_its_outcome_at_every_step(client: APIClient, oak: Matter) -> None:
    client.post(f"/api/v1/contracts?matter={oak.pk}", WORDS + b"old", content_type="text/plain",
                headers={"Content-Disposition": 'attachment; filename="old.txt"'})  # fmt: skip
    begun = begin(
        client,
        item("good"),
        item("twin"),
        item("bad", file_name="bad.pdf"),
        item("late"),
        item("known", sha256=sha256(WORDS + b"old")),
    )
    assert begun.status_code == 201 and begun.json()["state"] == "open"
    ingest = begun.json()["id"]
    assert begun["Location"].endswith(f"{INGESTS}/{ingest}")
    assert counts(client, ingest) == {"items": 5, "duplicate": 1, "waiting": 4, "unsent": 4}

    good = send(client, ingest, "good", WORDS)
    assert (good.status_code, good.json()["outcome"], good.json()["sent"]) == (200, "waiting", True)
    assert send(client, ingest, "twin", WORDS).json()["outcome"] == "duplicate"
    send(client, ingest, "bad", b"%PDF-1.7\nnothing follows")
    assert counts(client, ingest) == {"items": 5, "duplicate": 2, "waiting": 3, "unsent": 1}
    read_all()
    assert counts(client, ingest) == {"items": 5, "ready": 1, "duplicate": 2, "failed": 1, "waiting": 1, "unsent": 1}

    committed = client.post(f"{INGESTS}/{ingest}/commit")
    assert (committed.status_code, committed.json()["state"]) == (200, "done")
    assert counts(client, ingest) == {"items": 5, "ready": 1, "duplicate": 2, "failed": 2}
    shown = {one["key"]: one for one in client.get(f"{INGESTS}/{ingest}/items").json()["results"]}
    assert list(shown) == ["good", "twin", "bad", "late", "known"]
    assert shown["good"]["contract"] == shown["twin"]["contract"] and shown["good"]["error"] is None
    assert shown["bad"]["error"]["code"] == "corrupt" and shown["bad"]["error"]["remedy"]
    assert shown["late"]["error"]["code"] == "not_sent" and "another ingest" in shown["late"]["error"]["remedy"]
    failed = client.get(f"{INGESTS}/{ingest}/items", {"outcome": "failed"}).json()["results"]
    assert [one["key"] for one in failed] == ["bad", "late"]
    unsent = client.get(f"{INGESTS}/{ingest}/items", {"sent": "false"}).json()["results"]
    assert [one["key"] for one in unsent] == ["late"]


def test_each_step_may_be_repeated(client: APIClient, oak: Matter) -> None:
    first = begin(client, item("a"), item("b"), **{"Idempotency-Key": "k"})
    again = begin(client, item("a"), item("b"), **{"Idempotency-Key": "k"})
    assert first.json() == again.json() and Ingest.objects.count() == 1
    ingest = first.json()["id"]
    assert send(client, ingest, "a", WORDS).json() == send(client, ingest, "a", WORDS).json()
    assert Contract.objects.count() == 1
    read_all()
    assert send(client, ingest, "a", WORDS).json()["outcome"] == "ready"  # not a duplicate of itself
    done = client.post(f"{INGESTS}/{ingest}/commit").json()
    assert client.post(f"{INGESTS}/{ingest}/commit").json() == done
    assert send(client, ingest, "a", WORDS).status_code == 200
    refused = send(client, ingest, "b", b"too late")
    assert (refused.status_code, refused.json()["code"]) == (409, "part_refused")
    assert counts(client, ingest) == {"items": 2, "ready": 1, "failed": 1}


def test_a_part_that_is_another_file_is_refused(client: APIClient, oak: Matter) -> None:
    ingest = begin(client, item("a", sha256=sha256(WORDS)), item("b")).json()["id"]
    wrong = send(client, ingest, "a", b"other bytes")
    assert wrong.status_code == 409 and sha256(WORDS) in wrong.json()["detail"]
    assert send(client, ingest, "a", WORDS).status_code == 200
    send(client, ingest, "b", b"first")
    assert send(client, ingest, "b", b"second").status_code == 409
    assert Contract.objects.count() == 2
    assert send(client, ingest, "c", WORDS).status_code == 404


def test_a_part_that_is_too_large_is_refused_and_may_be_sent_smaller(
    client: APIClient, oak: Matter, settings: Any
) -> None:
    settings.MAX_FILE_BYTES = 100
    ingest = begin(client, item("a")).json()["id"]
    refused = send(client, ingest, "a", b"x" * 101)
    assert refused.status_code == 400 and refused.json()["errors"][0]["code"] == "too_large"
    assert counts(client, ingest) == {"items": 1, "waiting": 1, "unsent": 1}
    assert send(client, ingest, "a", b"x" * 100).status_code == 200


def test_items_can_be_versions_of_documents(client: APIClient, oak: Matter) -> None:
    named = {"external_id": {"source": "dms", "id": "4711"}}
    ingest = begin(client, item("v1", **named), item("v2", **named), item("deep/er key", **named)).json()["id"]
    send(client, ingest, "v1", b"one")
    second = send(client, ingest, "v2", b"two").json()
    assert second["external_id"] == {"source": "dms", "id": "4711"}
    latest = client.get("/api/v1/contracts/by-external-id/dms/4711").json()
    assert (latest["id"], latest["version"]) == (second["contract"], 2)
    assert send(client, ingest, "deep/er%20key", b"one").json()["outcome"] == "duplicate"


def test_an_empty_file_fails_alone_with_its_reason(client: APIClient, oak: Matter) -> None:
    ingest = begin(client, item("empty"), item("good")).json()["id"]
    assert send(client, ingest, "empty", b"").status_code == 200
    send(client, ingest, "good", WORDS)
    read_all()
    assert counts(client, ingest) == {"items": 2, "ready": 1, "failed": 1}
    assert client.get(f"{INGESTS}/{ingest}/items/empty").json()["error"]["code"] == "empty"


@pytest.mark.parametrize(
    ("items", "pointer"),
    [
        ([], "/items"),
        ([item("a"), item("a")], "/items/1/key"),
        ([item("a", sha256="xyz")], "/items/0/sha256"),
        ([item("a", size=3)], "/items/0/size"),
        ([{"key": "a"}], "/items/0/file_name"),
        ([item("a\nb", file_name="a.txt")], "/items/0/key"),
        ([item("a", external_id={"source": "dms"})], "/items/0/external_id/id"),
    ],
)
def test_a_wrong_manifest_names_the_place(client: APIClient, oak: Matter, items: list[Any], pointer: str) -> None:
    answer = begin(client, *items)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Ingest.objects.exists()


def test_done_is_told_once_by_whoever_settles_the_last_item(
    client_with: Callable[..., APIClient], oak: Matter, receiver: Receiver
) -> None:
    client = client_with("upload", "webhooks")
    client.post("/api/v1/webhooks", {"url": receiver.url, "events": ["ingest.done"]}, format="json")
    ingest = begin(client, item("a"), item("b")).json()["id"]
    send(client, ingest, "a", b"one")
    send(client, ingest, "b", b"two")
    first, last = Contract.objects.order_by("pk")
    index_contract(first.pk)
    assert client.post(f"{INGESTS}/{ingest}/commit").json()["state"] == "committed"
    assert not Delivery.objects.exists()
    index_contract(last.pk)
    assert Delivery.objects.get().data == {"ingest": ingest, "matter": oak.pk}
    assert client.get(f"{INGESTS}/{ingest}").json()["state"] == "done"
    client.post(f"{INGESTS}/{ingest}/commit")
    Contract.objects.filter(pk=last.pk).update(state="received")
    index_contract(last.pk)
    assert Delivery.objects.count() == 1


def test_another_s_ingest_and_one_of_a_walled_matter_are_not_there(
    client: APIClient, client_with: Callable[..., APIClient], lena: User, oak: Matter, elm: Matter
) -> None:
    ingest = begin(client, item("a")).json()["id"]
    sam = APIClient()
    sam.force_login(User.objects.create_superuser("sam"))
    missing = "00000000-0000-4000-8000-000000000000"
    for stranger in (sam, client_with("upload", matters=[elm])):
        assert stranger.get(INGESTS).json()["results"] == []
        for path in ("", "/items", "/items/a"):
            answers = [stranger.get(f"{INGESTS}/{pk}{path}") for pk in (ingest, missing)]
            assert answers[0].status_code == 404 and answers[0].content == answers[1].content
    oak.walled.add(lena)
    assert send(client, ingest, "a", WORDS).status_code == 404
    assert client.post(f"{INGESTS}/{ingest}/commit").status_code == 404
    assert begin(client, item("b")).content == client.post(
        INGESTS, {"matter": "Nowhere", "items": [item("b")]}, format="json"
    ).content  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_the_same_part_sent_at_once_by_many_is_received_once(client: APIClient, oak: Matter) -> None:
    ingest = begin(client, item("a"), item("b")).json()["id"]
    answers: list[int] = []

    def put(key: str) -> None:
        answers.append(send(client, ingest, key, WORDS).status_code)
        connection.close()

    threads = [threading.Thread(target=put, args=[key]) for key in "aabb"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 4 and Contract.objects.count() == 1
    read_all()
    assert counts(client, ingest) == {"items": 2, "ready": 1, "duplicate": 1}


SENDER = """
import json, os, sys, django
from django.conf import settings
settings.DATABASES["default"].update(json.loads(os.environ["DATABASE"]))
django.setup()
from django.contrib.auth.models import User
from contracts.ingests import parts
from contracts.ingests.models import IngestItem
receive = parts.receive_file
def killed(*arguments):
    received = receive(*arguments)      # the contract and its job are written, not yet committed
    os.kill(os.getpid(), 9)
    return received
parts.receive_file = killed
parts.receive_part(IngestItem.objects.get(key="a"), sys.stdin.buffer.read(), User.objects.get(username="lena"))
"""


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_within_a_part_leaves_it_to_be_sent(client: APIClient, oak: Matter) -> None:
    ingest = begin(client, item("a")).json()["id"]
    names = ("HOST", "PORT", "NAME", "USER", "PASSWORD")
    database = {"ENGINE": "django.db.backends.postgresql"} | {name: connection.settings_dict[name] for name in names}
    environment = os.environ | {"DATABASE": json.dumps(database), "DJANGO_SETTINGS_MODULE": "config.settings"}
    killed = subprocess.run(
        [sys.executable, "-c", SENDER], input=WORDS, env=environment, cwd=django_settings.BASE_DIR,
        capture_output=True, timeout=300, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    deadline = time.monotonic() + 60  # until the database has noticed, the row is locked
    while send(client, ingest, "a", WORDS).status_code != 200:
        assert time.monotonic() < deadline
    assert Contract.objects.count() == 1
    read_all()
    assert counts(client, ingest) == {"items": 1, "ready": 1}
