"""What a sender knows of a file goes with it, and stays apart from what is read of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from contracts.corrections import correct_fact, undo
from contracts.models import Contract, Correction, Matter
from search.indexing import index_contract
from tests.api.conftest import read_all
from tests.api.test_ingests import begin, item, send, sha256

WORDS = b'SERVICES AGREEMENT\n\nThis Agreement is made between Harrow Ltd ("Supplier") and Acme Inc. ("Customer").\n'
CONTRACTS, HERE = "/api/v1/contracts", "/api/v1/contracts/by-external-id/dms/4711"
GIVEN = {
    "title": "MSA Harrow",
    "kind": "Exhibit or statement of work",
    "agreement_date": "2024-05-01",
    "contract_type": "Services",
    "governing_law": "",
}


def form(**facts: str) -> dict[str, Any]:
    return {"matter": "Oak", "file": SimpleUploadedFile("msa.txt", WORDS)} | facts


def put(client: APIClient, **facts: str) -> Any:
    return client.put(HERE, form(**facts))


def shown(client: APIClient) -> tuple[Any, ...]:
    contract = client.get(HERE).json()
    return contract["title"], contract["state"], contract["fact_sources"].get("title")


@pytest.mark.parametrize("way", ["form", "put", "body"])
def test_given_facts_are_shown_at_once_and_outlive_the_reading(client: APIClient, oak: Matter, way: str) -> None:
    if way == "body":
        name = {"Content-Disposition": 'attachment; filename="msa.txt"'}
        query = "&".join(f"{name}={value}" for name, value in GIVEN.items())
        sent = client.generic(
            "POST", f"{CONTRACTS}?matter=Oak&{query}", WORDS, content_type="text/plain", headers=name,
            CONTENT_LENGTH=str(len(WORDS)),
        )  # fmt: skip
    else:
        sent = put(client, **GIVEN) if way == "put" else client.post(CONTRACTS, form(**GIVEN))
    assert sent.status_code == 202, sent.json()
    assert sent.json()["title"] == "MSA Harrow" and sent.json()["kind"] == "exhibit"
    assert sent.json()["contract_type"] == "services"
    pk = sent.json()["id"]
    for _ in range(2):
        index_contract(pk)
        contract = client.get(f"{CONTRACTS}/{pk}").json()
        assert (contract["state"], contract["title"], contract["agreement_date"]) == (
            "ready",
            "MSA Harrow",
            "2024-05-01",
        )
        assert contract["fact_sources"] == dict.fromkeys(("title", "kind", "contract_type", "agreement_date"), "given")
        Contract.objects.update(state="received")
    assert {one.made_by.get_username() for one in Correction.objects.all() if one.made_by} == {"lena"}


def test_what_is_not_given_is_read(client: APIClient, oak: Matter) -> None:
    put(client, agreement_date="2024-05-01")
    read_all()
    contract = client.get(HERE).json()
    assert contract["title"] == "SERVICES AGREEMENT" and contract["fact_sources"]["title"] == "read"
    assert "governing_law" not in contract["fact_sources"]


def test_what_was_said_before_is_no_news_but_another_word_is(client: APIClient, oak: Matter, lena: User) -> None:
    """A document system says the same every night; a lawyer's correction must not be undone by that."""
    put(client, title="MSA Harrow")
    read_all()
    correct_fact(Contract.objects.get(), lena, "title", "Master Services Agreement")
    read_all()
    assert put(client, title="MSA  Harrow").status_code == 200
    assert shown(client) == ("Master Services Agreement", "ready", "corrected")
    put(client, title="MSA Harrow 2024")
    assert shown(client) == ("MSA Harrow 2024", "received", "given")
    read_all()
    undo(Correction.objects.get(new_value="MSA Harrow 2024"), lena)
    read_all()
    put(client, title="MSA Harrow 2024")
    assert shown(client) == ("Master Services Agreement", "ready", "corrected")


def test_what_was_read_alike_is_given_without_another_reading(client: APIClient, oak: Matter) -> None:
    put(client)
    read_all()
    put(client, title="SERVICES AGREEMENT")
    assert shown(client) == ("SERVICES AGREEMENT", "ready", "given")


@pytest.mark.parametrize(
    ("facts", "pointer"),
    [
        ({"title": "t" * 301}, "/title"),
        ({"contract_type": "letter"}, "/contract_type"),
        ({"agreement_date": "\0"}, "/agreement_date"),
        ({"label": "x"}, "/label"),
    ],
)
def test_a_wrong_fact_is_named_and_nothing_is_kept(
    client: APIClient, oak: Matter, facts: dict[str, str], pointer: str
) -> None:
    for answer in (put(client, **facts), begin(client, item("a", facts=facts))):
        assert answer.status_code == 400 and answer.json()["errors"][0]["pointer"].endswith(pointer)
    assert not Contract.objects.exists()


def test_a_manifest_gives_facts_of_what_comes_and_of_what_is_here(client: APIClient, oak: Matter) -> None:
    client.post(CONTRACTS, form())
    read_all()
    other = b"1. Term. Two years.\n"
    items = [
        item("here", sha256=sha256(WORDS), facts={"title": "MSA Harrow"}),
        item("comes", facts={"title": "Term sheet", "agreement_date": ""}),
    ]
    ingest = begin(client, *items).json()["id"]
    send(client, ingest, "comes", other)
    read_all()
    titles = Contract.objects.order_by("pk").values_list("title", "state")
    assert list(titles) == [("MSA Harrow", "ready"), ("Term sheet", "ready")]
    assert set(Correction.objects.values_list("given", flat=True)) == {True}


def test_the_key_of_a_request_is_bound_to_its_facts(client: APIClient, oak: Matter) -> None:
    for title, status in (("A", 202), ("A", 202), ("B", 422)):
        answer = client.post(CONTRACTS, form(title=title), headers={"Idempotency-Key": "k"})
        assert answer.status_code == status


def test_facts_are_corrected_later_under_the_etag(client: APIClient, oak: Matter) -> None:
    path = f"{CONTRACTS}/{put(client, title='MSA').json()['id']}"
    read_all()
    seen = client.get(path)["ETag"]
    change = {"governing_law": "England and Wales", "contract_type": "Supply"}
    changed = client.patch(path, change, format="json", headers={"If-Match": seen}).json()
    assert (changed["governing_law"], changed["contract_type"], changed["state"]) == (
        "England and Wales", "supply", "received",
    )  # fmt: skip
    assert changed["fact_sources"]["governing_law"] == "corrected"
    assert client.patch(path, change, format="json", headers={"If-Match": seen}).status_code == 412
    assert client.patch(path, {"governing_law": ""}, format="json").json()["governing_law"] == ""
    assert client.patch(path, {"contract_type": "x"}, format="json").json()["errors"][0]["pointer"] == "/contract_type"


def test_a_list_asks_no_more_for_more_contracts(client_with: Callable[..., APIClient], oak: Matter) -> None:
    client = client_with("read", "upload")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(CONTRACTS)
        return len(asked)

    client.post(CONTRACTS, form(title="A"))
    before = queries()
    client.post(CONTRACTS, {"matter": "Oak", "title": "B", "file": SimpleUploadedFile("b.txt", b"other")})
    assert queries() == before
