"""Deleted contracts: gone at once for everybody, back when they are sent again; answers that quote them stay true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Clause, Contract, ContractFile, Matter, Passage
from contracts.queue import waiting_without_job
from contracts.trash import move_to_trash, plan_purge, purge
from contracts.webhooks.models import Delivery, Endpoint
from search.absence.check import start_absence_check
from search.indexing import index_contract
from search.lists.listing import new_list, put_in, visible_clauses
from search.models import AbsencePart, Hit, PassageVector, Search
from tests.api.conftest import QUERY, read_all

CONTRACTS = "/api/v1/contracts"
WORDS = b"1. Indemnity. Supplier shall indemnify Customer against all claims [supported .9].\n"


@pytest.fixture
def client(client_with: Callable[..., APIClient]) -> APIClient:
    return client_with("read", "search", "upload", "delete")


@pytest.fixture
def page(lena: User) -> Client:
    signed_in = Client()
    signed_in.force_login(lena)
    return signed_in


def send(client: APIClient, content: bytes = WORDS) -> Any:
    return client.post(CONTRACTS, {"matter": "Oak", "file": SimpleUploadedFile("nda.txt", content)}, format="multipart")


def delete(client: APIClient, contract: Contract | int, **headers: str) -> int:
    pk = contract if isinstance(contract, int) else contract.pk
    return client.delete(f"{CONTRACTS}/{pk}", headers=headers).status_code


def ask(client: APIClient) -> Any:
    return client.post("/api/v1/searches", {"query": QUERY}, format="json").json()


def test_a_deleted_contract_is_found_nowhere(client: APIClient, oak_contract: Contract, elm_contract: Contract) -> None:
    clause = oak_contract.clauses.first().pk
    assert delete(client, oak_contract) == 204
    for path in (f"{CONTRACTS}/%d", f"{CONTRACTS}/%d/clauses", f"{CONTRACTS}/%d/obligations"):
        gone, missing = client.get(path % oak_contract.pk), client.get(path % 999999)
        assert gone.status_code == 404 and gone.json() == missing.json()
    assert client.get(f"/api/v1/clauses/{clause}").status_code == 404
    assert [one["id"] for one in client.get(CONTRACTS).json()["results"]] == [elm_contract.pk]
    assert {hit["contract_id"] for hit in ask(client)["hits"]} == {elm_contract.pk}
    refused = client.post("/api/v1/verify", {"query": QUERY, "clauses": [clause]}, format="json")
    assert refused.status_code == 400
    assert delete(client, oak_contract) == 404


def test_deleting_wants_its_scope_its_matter_and_the_etag_that_was_seen(
    client: APIClient, client_with: Callable[..., APIClient], oak_contract: Contract, elm: Matter
) -> None:
    assert delete(client_with("read", "search", "upload"), oak_contract) == 403
    assert delete(client_with("delete", matters=[elm]), oak_contract) == 404
    seen = client.get(f"{CONTRACTS}/{oak_contract.pk}")["ETag"]
    Contract.objects.filter(pk=oak_contract.pk).update(relation="order")
    assert delete(client, oak_contract, if_match=seen) == 412
    assert Contract.objects.get().deleted_at is None
    assert delete(client, oak_contract, if_match=client.get(f"{CONTRACTS}/{oak_contract.pk}")["ETag"]) == 204


def test_who_may_know_is_told_once_and_it_is_on_record(client: APIClient, lena: User, oak_contract: Contract) -> None:
    Endpoint.objects.create(user=lena, url="https://dms.example.com", events=["contract.deleted", "contract.ready"])
    delete(client, oak_contract)
    move_to_trash(oak_contract, lena)  # a second administrator, at the same moment
    [told] = Delivery.objects.all()
    ids = {"contract": oak_contract.pk, "matter": oak_contract.matter_id}
    assert (told.event, told.data) == ("contract.deleted", ids)
    [event] = AuditEvent.objects.filter(action="deleted")
    assert (event.thing, event.matter, event.username) == (str(oak_contract.pk), oak_contract.matter_id, "lena")
    assert Contract.objects.get().deleted_by == lena


@pytest.mark.parametrize("purged", [False, True])
def test_a_stored_answer_keeps_the_words_and_says_that_the_contract_is_gone(
    client: APIClient, lena: User, oak_contract: Contract, purged: bool
) -> None:
    before = ask(client)
    hits = f"/api/v1/searches/{before['id']}/hits"
    cover = new_list(lena, "Cover")
    put_in(cover, Hit.objects.all(), "Keep this")
    move_to_trash(oak_contract, lena)
    if purged:
        purge(Contract.objects.all(), lena)
    after = client.get(hits).json()["results"]
    gone = {"contract_id": None, "clause_id": None, "version": None, "current": None}
    assert after == [hit | gone for hit in before["hits"]] and len(after) == 2
    assert client.get(f"/api/v1/searches/{before['id']}").json()["supported"] == before["supported"] == 1
    assert client.get(f"/api/v1/searches/{before['id']}/export?format=xlsx").status_code == 200
    assert [(one.hit.text, one.hit.open_contract) for one in visible_clauses(cover, lena)] == [
        (hit["text"], None) for hit in before["hits"]
    ]
    oak_contract.matter.walled.add(lena)  # a wall hides them like all of the matter
    assert client.get(hits).json()["results"] == [] and not visible_clauses(cover, lena).exists()
    assert not Hit.objects.visible_to(AnonymousUser()).exists()


def test_on_the_page_too(client: APIClient, lena: User, oak_contract: Contract, page: Client) -> None:
    search = ask(client)["id"]
    here = f"/search/{search}/"
    assert f"{here}contracts/{oak_contract.pk}/" in page.get(here).content.decode()
    move_to_trash(oak_contract, lena)
    shown = page.get(here).content.decode()
    assert "deleted since" in shown and "shall indemnify" in shown
    assert f"contracts/{oak_contract.pk}/" not in shown and f"{here}hits/1/" not in shown
    assert page.get(f"{here}contracts/{oak_contract.pk}/").status_code == 404
    assert page.get(f"{here}hits/1/why/").status_code == 404


def test_sent_again_it_is_restored_as_it_was(client: APIClient, lena: User, oak: Matter) -> None:
    first = send(client).json()["id"]
    read_all()
    Endpoint.objects.create(user=lena, url="https://dms.example.com", events=["contract.ready"])
    delete(client, first)
    again = send(client)
    assert (again.status_code, again.json()["id"], again.json()["duplicate"]) == (200, first, True)
    assert client.get(f"{CONTRACTS}/{first}").json()["state"] == "ready"
    assert ask(client)["supported"] == 1
    assert [one.event for one in Delivery.objects.all()] == ["contract.ready"]
    assert list(AuditEvent.objects.filter(thing=str(first)).order_by("pk").values_list("action", flat=True)) == [
        "uploaded", "deleted", "restored", "uploaded",
    ]  # fmt: skip


def test_under_its_own_system_s_name_too(client: APIClient, oak: Matter) -> None:
    here = f"{CONTRACTS}/by-external-id/dms/4711"

    def put(content: bytes) -> Any:
        return client.put(here, {"matter": "Oak", "file": SimpleUploadedFile("a.txt", content)}, format="multipart")

    first = put(b"one").json()["id"]
    delete(client, first)
    assert client.get(here).status_code == 404
    assert put(b"one").json()["id"] == first == client.get(here).json()["id"]
    delete(client, first)
    second = put(b"two").json()
    assert (second["version"], second["supersedes"]) == (2, first)
    delete(client, second["id"])
    assert client.get(here).status_code == 404  # no earlier version takes its place by itself


def test_what_was_not_read_yet_is_not_read_in_the_trash(client: APIClient, lena: User, oak: Matter) -> None:
    contract = Contract.objects.get(pk=send(client).json()["id"])
    move_to_trash(contract, lena)
    assert waiting_without_job() == []
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.state, contract.passages.count()) == ("received", 0)
    send(client)
    read_all()
    assert client.get(f"{CONTRACTS}/{contract.pk}").json()["state"] == "ready"


def test_what_is_deleted_while_it_is_read_is_left_as_it_was(
    client: APIClient, lena: User, oak: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = Contract.objects.get(pk=send(client).json()["id"])
    Endpoint.objects.create(user=lena, url="https://dms.example.com", events=["contract.ready", "contract.failed"])
    original = index_contract.__globals__["_vectors"]

    def deleted_meanwhile(*given: Any) -> Any:
        move_to_trash(contract, lena)
        return original(*given)

    monkeypatch.setattr("search.indexing._vectors", deleted_meanwhile)
    index_contract(contract.pk)
    contract.refresh_from_db()
    assert (contract.state, contract.passages.count(), Delivery.objects.count()) == ("reading", 0, 0)
    monkeypatch.undo()


def test_an_ingest_ends_when_its_last_file_is_deleted(client: APIClient, oak: Matter) -> None:
    items = [{"key": "a", "file_name": "a.txt"}]
    ingest = client.post("/api/v1/ingests", {"matter": "Oak", "items": items}, format="json").json()["id"]
    here = f"/api/v1/ingests/{ingest}"
    part = f"{here}/items/a"
    client.generic("PUT", part, WORDS, content_type="application/octet-stream")
    client.post(f"{here}/commit")
    assert client.get(here).json()["state"] == "committed"
    delete(client, Contract.objects.get())
    assert client.get(here).json()["state"] == "done"
    assert client.get(f"{here}/items").json()["results"][0]["error"]["code"] == "deleted"
    client.generic("PUT", part, WORDS, content_type="application/octet-stream")
    assert client.get(f"{here}/items").json()["results"][0]["outcome"] == "waiting"


def test_a_purge_deletes_what_it_said_and_nothing_else(
    client: APIClient, lena: User, oak: Matter, elm_contract: Contract
) -> None:
    contract = Contract.objects.get(pk=send(client).json()["id"])
    read_all()
    send(client)
    answer = ask(client)["id"]
    check = start_absence_check(QUERY, lena)
    passages = contract.passages.count()
    assert PassageVector.objects.filter(passage__contract=contract).count() == passages > 0
    move_to_trash(contract, lena)
    planned = plan_purge(Contract.objects.all().filter(deleted_at__isnull=False))
    done = purge(Contract.objects.all(), lena)  # what is not in the trash is left alone
    assert (done.bytes, done.contracts) == (len(WORDS), (contract,))
    assert dict(planned.deleted) == dict(done.deleted)
    counted = dict(done.deleted)
    assert counted["passages"] == counted["passage vectors"] == passages
    assert (counted["contracts"], counted["contract files"], counted["duplicates"]) == (1, 1, 1)
    assert dict(done.kept)["hits"] == Hit.objects.filter(contract=None).count() > 0
    assert list(Contract.objects.all()) == [elm_contract]
    for model in (Passage, Clause):
        assert not model.objects.exclude(contract=elm_contract).exists()
    assert not PassageVector.objects.exclude(passage__contract=elm_contract).exists()
    assert not ContractFile.objects.exists()
    assert AuditEvent.objects.get(action="purged").thing == str(contract.pk)
    check.refresh_from_db()
    assert check.passages_read == check.passages  # what was read then was read
    assert AbsencePart.objects.filter(contract=None).count() == 1
    assert Search.objects.get(pk=answer).hits.filter(contract=None).exists()

    again = send(client)
    assert again.status_code == 202 and again.json()["id"] != contract.pk


def test_nothing_in_the_database_points_at_a_purged_contract(client: APIClient, lena: User, oak: Matter) -> None:
    """Every foreign key to contracts, also of a table that does not exist yet, is one that a purge can go through."""
    contract = Contract.objects.get(pk=send(client).json()["id"])
    read_all()
    ask(client)
    move_to_trash(contract, lena)
    purge(Contract.objects.all(), lena)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Contract.objects.exists()
