from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter, Party
from contracts.receive import receive_file
from contracts.storage import store_reading
from contracts.text.reading import read_contract
from contracts.text.types import Reading

NOWHERE = 999_999


@pytest.fixture
def client(alice: User) -> APIClient:
    client = APIClient()
    client.force_authenticate(alice)
    return client


@pytest.fixture
def walled(alice: User) -> Contract:
    matter = Matter.objects.create(name="Walled")
    matter.members.add(alice)
    matter.walled.add(alice)
    return receive_file(matter, "secret.txt", b"secret").contract


def send(client: APIClient, matter: object, content: bytes = b"words", name: str = "nda.txt") -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post("/api/v1/contracts", {"matter": matter, "file": file}, format="multipart")


def test_a_file_is_received_then_found_at_its_location(client: APIClient, alpha: Matter) -> None:
    answer = send(client, "Alpha")
    assert answer.status_code == 202
    assert answer.json()["duplicate"] is False and answer["Location"].startswith("http://testserver/")
    found = client.get(answer["Location"]).json()
    assert (found["state"], found["file_name"], found["matter"]["name"]) == ("received", "nda.txt", "Alpha")
    assert found["error"] is None


def test_the_same_file_again_is_answered_with_the_first(client: APIClient, alpha: Matter) -> None:
    first = send(client, alpha.pk)
    again = send(client, alpha.pk)
    assert again.status_code == 200
    assert (again.json()["id"], again.json()["duplicate"]) == (first.json()["id"], True)
    assert again["Location"] == first["Location"]


def test_the_file_comes_back_byte_for_byte(client: APIClient, alpha: Matter) -> None:
    sent = send(client, "Alpha", b"<script>1</script>", "nda.html")
    answer = client.get(f"{sent['Location']}/file", headers={"Accept": "application/octet-stream"})
    assert answer.getvalue() == b"<script>1</script>" and answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="nda.html"'
    assert AuditEvent.objects.filter(action="downloaded", thing=str(sent.json()["id"])).count() == 1


def test_an_empty_file_is_received_too(client: APIClient, alpha: Matter) -> None:
    assert send(client, "Alpha", b"").status_code == 202


def test_a_file_over_the_limit_is_refused(client: APIClient, alpha: Matter, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 4
    answer = send(client, "Alpha", b"12345")
    assert answer.status_code == 400
    assert "nda.txt is too large" in answer.json()["errors"][0]["detail"]


def test_a_walled_matter_is_refused_like_a_missing_one(client: APIClient, walled: Contract) -> None:
    answers = [send(client, matter) for matter in ("Walled", walled.matter.pk, "No such", NOWHERE)]
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1
    assert Contract.objects.count() == 1


@pytest.mark.parametrize("path", ["", "/clauses", "/obligations", "/amounts", "/file"])
def test_a_walled_contract_answers_like_a_missing_one(client: APIClient, walled: Contract, path: str) -> None:
    hidden = client.get(f"/api/v1/contracts/{walled.pk}{path}")
    missing = client.get(f"/api/v1/contracts/{NOWHERE}{path}")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


def test_lists_show_what_is_visible_only(client: APIClient, alpha: Matter, walled: Contract) -> None:
    mine = receive_file(alpha, "a.txt", b"a").contract
    assert [found["id"] for found in client.get("/api/v1/contracts").json()["results"]] == [mine.pk]
    assert [found["name"] for found in client.get("/api/v1/matters").json()["results"]] == ["Alpha"]


def test_contracts_are_filtered_by_matter_and_state(client: APIClient, alice: User, alpha: Matter) -> None:
    beta = Matter.objects.create(name="Beta")
    beta.members.add(alice)
    first = receive_file(alpha, "a.txt", b"a").contract
    second = receive_file(beta, "b.txt", b"b").contract
    Contract.objects.filter(pk=second.pk).update(state=Contract.State.READY)
    for query, expected in (("matter=Alpha", first), (f"matter={beta.pk}", second), ("state=ready", second)):
        results = client.get(f"/api/v1/contracts?{query}").json()["results"]
        assert [found["id"] for found in results] == [expected.pk], query


@pytest.mark.parametrize("query", ["mater=Alpha", "state=redy", "matter=Nowhere"])
def test_a_misspelt_filter_is_refused_by_name(client: APIClient, alpha: Matter, query: str) -> None:
    answer = client.get(f"/api/v1/contracts?{query}")
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/" + query.partition("=")[0]]


def test_pages_follow_one_another_without_gap(client: APIClient, alpha: Matter) -> None:
    sent = [receive_file(alpha, "a.txt", bytes([number])).contract.pk for number in range(5)]
    url: str | None = "/api/v1/contracts?page_size=2"
    seen = []
    while url:
        page = client.get(url).json()
        seen += [found["id"] for found in page["results"]]
        url = page["next"]
    assert seen == sent[::-1]


def test_a_failed_contract_tells_the_remedy(client: APIClient, alpha: Matter) -> None:
    contract = receive_file(alpha, "a.txt", b"").contract
    Contract.objects.update(state="failed", error_code="empty", error_message="It is empty.", error_remedy="Resend.")
    error = client.get(f"/api/v1/contracts/{contract.pk}").json()["error"]
    assert error == {"code": "empty", "message": "It is empty.", "remedy": "Resend."}


def test_the_clauses_make_up_the_text(client: APIClient, alpha: Matter, supply_reading: Reading) -> None:
    contract = receive_file(alpha, "a.txt", b"a").contract
    with transaction.atomic():
        store_reading(contract, supply_reading)
    clauses = client.get(f"/api/v1/contracts/{contract.pk}/clauses").json()["results"]
    assert "".join(clause["text"] for clause in clauses) == contract.text
    assert clauses[1]["parent"] == clauses[0]["id"]
    detail = client.get(f"/api/v1/contracts/{contract.pk}").json()
    assert (detail["passage_count"], detail["parties"][0]["term"]) == (2, "Supplier")


def test_obligations_name_who_does_what(client: APIClient, alpha: Matter, supply_reading: Reading) -> None:
    contract = receive_file(alpha, "a.txt", b"a").contract
    with transaction.atomic():
        store_reading(contract, supply_reading)
    url = f"/api/v1/contracts/{contract.pk}/obligations"
    (found,) = client.get(url).json()["results"]
    assert (found["bearer"], found["bearer_name"], found["counterparty"]) == ("Supplier", "Harrow & Lyle LLP", "")
    assert (found["bearer_affiliates"], found["counterparty_affiliates"]) == (False, False)
    Party.objects.update(affiliates=True, role="provider")
    assert client.get(url).json()["results"][0]["bearer_affiliates"] is True
    (party,) = client.get(f"/api/v1/contracts/{contract.pk}").json()["parties"]
    assert (party["role"], party["affiliates"]) == ("provider", True)
    assert (found["modality"], found["action"], found["number"]) == ("obligation", "deliver", "1(a)")
    start, end = found["spans"]["bearer"]
    assert found["reading"][start:end] == "Supplier"
    assert (found["spans"]["counterparty"], found["spans"]["conditions"]) == (None, [[0, 8]])
    assert client.get(f"{url}?bearer=Supplier").status_code == 400


LICENCE = b"""LICENCE AGREEMENT

1. Term. This Agreement is made on 1 May 2024. The term of this Agreement is two years from the date of this Agreement.

2. Fee. The Licensee shall pay EUR 1.5 million.
"""


def test_the_end_and_the_amounts_say_where_they_stand(client: APIClient, alpha: Matter) -> None:
    contract = receive_file(alpha, "a.txt", LICENCE).contract
    other = receive_file(alpha, "b.txt", b"b").contract
    with transaction.atomic():
        store_reading(contract, read_contract(LICENCE, "a.txt", lambda text: len(text.split())))
    found = client.get(f"/api/v1/contracts/{contract.pk}").json()
    assert (found["expiry_date"], found["expires_on"], found["renewal"]) == ("1 May 2026", "2026-05-01", "")
    source = found["fact_places"]["expiry_date"]
    text = Contract.objects.get(pk=contract.pk).text
    assert text[source["start"] : source["end"]] == "two years from the date of this Agreement"
    assert source["computed_from"].endswith("counted from the date of the agreement, 1 May 2024")
    (amount,) = client.get(f"/api/v1/contracts/{contract.pk}/amounts").json()["results"]
    assert (amount["currency"], amount["amount"], amount["number"]) == ("EUR", "1500000.0000", "2")
    assert text[amount["start"] : amount["end"]] == amount["written"] == "EUR 1.5 million"
    for query, expected in (("ends_until=2026-05-01", [contract.pk]), ("ends_from=2026-05-02", [])):
        assert [one["id"] for one in client.get(f"/api/v1/contracts?{query}").json()["results"]] == expected
    assert client.get("/api/v1/contracts?renewal=sometimes").status_code == 400
    assert client.get(f"/api/v1/contracts/{other.pk}").json()["fact_places"] == {}


def test_a_stranger_is_refused(alpha: Matter) -> None:
    assert APIClient().get("/api/v1/contracts").status_code == 401
