from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.rest.models import IdempotentRequest
from search.models import Search
from tests.api.conftest import QUERY


def ask(client: APIClient, key: str, query: str = QUERY) -> Any:
    return client.post("/api/v1/searches", {"query": query}, format="json", headers={"Idempotency-Key": key})


def send(client: APIClient, key: str, content: bytes = b"words", name: str = "nda.txt") -> Any:
    fields = {"matter": "Oak", "file": SimpleUploadedFile(name, content)}
    return client.post("/api/v1/contracts", fields, format="multipart", headers={"Idempotency-Key": key})


def test_a_search_sent_twice_is_done_once(client: APIClient, oak_contract: Contract) -> None:
    first, again = ask(client, '"k-1"'), ask(client, '"k-1"')
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json() and again["Location"] == first["Location"]
    assert Search.objects.count() == 1
    assert ask(client, '"k-2"').json()["id"] != first.json()["id"]


def test_an_upload_sent_twice_is_answered_as_the_first(client: APIClient, oak: Matter) -> None:
    first, again = send(client, "k"), send(client, "k")
    assert (first.status_code, again.status_code) == (202, 202)
    assert again.json() == first.json() and again.json()["duplicate"] is False
    assert send(client, "other").status_code == 200  # without the key it is a duplicate


def test_another_request_with_the_same_key_is_refused(client: APIClient, oak_contract: Contract) -> None:
    ask(client, "k")
    for answer in (ask(client, "k", "Customer indemnifies Supplier"), send(client, "k")):
        assert answer.status_code == 422
        assert answer.json()["code"] == "idempotency_key_reused"
    assert Contract.objects.count() == Search.objects.count() == 1


def test_keys_of_two_tokens_do_not_meet(client_with: Callable[..., APIClient], oak: Matter) -> None:
    assert send(client_with("upload"), "k", b"one").status_code == 202
    assert send(client_with("upload"), "k", b"two").status_code == 202


def test_what_was_walled_off_since_is_not_told_again(client: APIClient, lena: User, oak_contract: Contract) -> None:
    assert len(ask(client, "k").json()["hits"]) == 2
    sent = send(client, "file")
    assert sent.status_code == 202
    oak_contract.matter.walled.add(lena)
    assert ask(client, "k").json()["hits"] == []
    assert send(client, "file").status_code == 400  # like a matter that does not exist


def test_a_failed_request_may_be_sent_again(client: APIClient, oak_contract: Contract, settings: Any) -> None:
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    assert ask(client, "k").status_code == 503
    settings.VERIFIER_LOADER = "tests.fakes.load_fake"
    assert ask(client, "k").status_code == 201


def test_a_key_is_forgotten_after_a_day(client: APIClient, oak: Matter) -> None:
    send(client, "k")
    IdempotentRequest.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert send(client, "k", b"other words").status_code == 202


@pytest.mark.parametrize("key", ['""', " ", "k" * 256, "k\x7f"])
def test_a_key_that_is_no_key(client: APIClient, oak: Matter, key: str) -> None:
    answer = send(client, key)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/Idempotency-Key"


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_in_progress_the_second_waits_outside(
    client: APIClient, oak: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contracts import api

    begun, go_on = threading.Event(), threading.Event()
    receive_file = api.receive_file

    def slow(*args: Any, **options: Any) -> Any:
        begun.set()
        assert go_on.wait(60)
        return receive_file(*args, **options)

    monkeypatch.setattr(api, "receive_file", slow)
    answers: list[Any] = []

    def first() -> None:
        answers.append(send(client, "k"))
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert begun.wait(60)
    second = send(client, "k")
    go_on.set()
    thread.join()
    assert (second.status_code, second.json()["code"]) == (409, "idempotency_in_progress")
    assert [answer.status_code for answer in answers] == [202]
    assert send(client, "k").json() == answers[0].json()
    assert Contract.objects.count() == 1
