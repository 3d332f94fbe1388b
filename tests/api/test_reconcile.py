"""The soak's accounting finds what is lost, double or incomplete, and nothing when all is well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from contracts.models import Contract, ContractFile, Matter
from contracts.receive import receive_file
from contracts.webhooks.deliver import deliver
from contracts.webhooks.models import Delivery, Endpoint
from search.models import PassageVector
from tests.api.conftest import read_all
from tests.api.receiver import Receiver
from tests.soak import reconcile
from tests.soak.load import Planned, write_load

AGREEMENTS = {
    "a.txt": b"SUPPLY AGREEMENT\n\n1. Fees. Customer shall pay the fees.\n\n2. Term. It ends in May.\n",
    "b.txt": b"LEASE\n\n1. Rent. Tenant shall pay the rent.\n",
}


@pytest.fixture
def planned(tmp_path: Path) -> list[Planned]:
    return write_load(tmp_path, AGREEMENTS)


@pytest.fixture
def found(
    client_with: Callable[..., APIClient], oak: Matter, planned: list[Planned], receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], list[str]]:  # fmt: skip
    """What is found, after the whole load was sent, read and told of."""
    monkeypatch.setattr(reconcile, "count_tokens", lambda text: len(text.split()))
    client = client_with("upload", "webhooks")
    events = ["contract.ready", "contract.failed", "ingest.done"]
    client.post("/api/v1/webhooks", {"url": receiver.url, "events": events}, format="json")
    manifest = {"matter": "Oak", "items": [one.announced for one in planned]}
    address = f"/api/v1/ingests/{client.post('/api/v1/ingests', manifest, format='json').json()['id']}"
    for one in planned:
        if one.path.exists():
            content, kind = one.path.read_bytes(), "application/octet-stream"
            told = {"CONTENT_LENGTH": str(len(content)), "CONTENT_TYPE": kind}  # of an empty file none is told
            sent = client.generic("PUT", f"{address}/items/{one.key}", content, content_type=kind, **told)
            assert sent.status_code == 200
    client.post(f"{address}/commit")
    read_all()
    for delivery in Delivery.objects.all():
        deliver(str(delivery.pk))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

    def reconciled() -> list[str]:
        items = client.get(f"{address}/items").json()["results"]
        return list(reconcile.reconcile(planned, items, address.rpartition("/")[2], receiver.told, sample=9))

    return reconciled


def test_when_all_is_well_nothing_is_found(found: Callable[[], list[str]]) -> None:
    assert found() == []
    assert dict(Contract.objects.values_list("file_name", "state")) == {
        "a.txt": "ready", "b.txt": "ready", "empty.txt": "failed", "half.pdf": "failed",
    }  # fmt: skip


def lose_a_contract(a: Contract) -> None:
    a.delete()


def settle_no_more(a: Contract) -> None:
    Contract.objects.filter(pk=a.pk).update(state="reading")


def receive_another(a: Contract) -> None:
    receive_file(a.matter, "c.txt", b"never sent")


def change_the_bytes(a: Contract) -> None:
    ContractFile.objects.filter(contract=a).update(content=b"other")


def lose_a_clause(a: Contract) -> None:
    a.clauses.filter(position=1).delete()


def lose_a_vector(a: Contract) -> None:
    PassageVector.objects.filter(passage=a.passages.first()).delete()


def empty_a_vector(a: Contract) -> None:
    PassageVector.objects.filter(passage=a.passages.first()).update(embedding=[0.0] * 384)


def change_a_passage(a: Contract) -> None:
    a.passages.filter(position=0).update(reading="Something else.")


def leave_a_job(a: Contract) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
            "VALUES ('default', 'ingest_contract', 'doing')"
        )


def leave_a_message(a: Contract) -> None:
    Delivery.objects.create(endpoint=Endpoint.objects.get(), event="contract.ready", data={}, matters=[])


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lose_a_contract, "lost"),
        (settle_no_more, "nobody has settled it"),
        (receive_another, "was never sent"),
        (change_the_bytes, "other bytes"),
        (lose_a_clause, "are in no clause"),
        (lose_a_vector, "vectors"),
        (empty_a_vector, "another length than 1"),
        (change_a_passage, "other passages than a fresh reading"),
        (leave_a_job, "jobs left: 1 ingest_contract, doing"),
        (leave_a_message, "webhooks: 1 messages are waiting"),
    ],
)
def test_what_is_wrong_is_named(found: Callable[[], list[str]], damage: Callable[[Contract], Any], words: str) -> None:
    damage(Contract.objects.get(file_name="a.txt"))
    assert any(words in one for one in found())


def test_an_event_told_under_two_ids_or_not_at_all_is_named(found: Callable[[], list[str]], receiver: Receiver) -> None:
    ready = next(one for one in receiver.told if one.message["type"] == "contract.ready")
    receiver.told.append(ready)  # a repetition, which is allowed
    assert found() == []
    receiver.told.append(type(ready)(ready.headers | {"webhook-id": "another"}, ready.body))
    assert any("was told under 2 ids" in one for one in found())
    receiver.told.clear()
    assert sum("was not told" in one for one in found()) == 5
