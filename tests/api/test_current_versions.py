"""A search covers the current version of each document, unless more is asked for; nothing vanishes meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.receive import read_again
from search.indexing import index_contract
from tests.api.conftest import read_all

HERE = "/api/v1/contracts/by-external-id/dms/4711"


def put(client: APIClient, text: str) -> int:
    content = f"1. Fees. Customer shall pay {text}.\n".encode() if text else b""
    fields = {"matter": "Oak", "file": SimpleUploadedFile("fees.txt", content)}
    return int(client.put(HERE, fields, format="multipart").json()["id"])


def covered(client: APIClient, mode: str = "support", **scope: Any) -> set[int]:
    asked = {"query": "pay", "mode": mode} | scope
    answer = client.post("/api/v1/searches", asked, format="json").json()
    return {hit["contract_id"] for hit in answer["hits"]}


@pytest.fixture
def versions(client: APIClient, oak: Matter) -> tuple[int, int]:
    first = put(client, "ten")
    read_all()
    second = put(client, "twenty")
    assert covered(client) == {first}  # the new one cannot be read yet
    read_all()
    return first, second


@pytest.mark.parametrize("mode", ["support", "words"])
def test_superseded_versions_are_searched_only_when_asked_for(
    client: APIClient, versions: tuple[int, int], mode: str
) -> None:
    first, second = versions
    assert covered(client, mode) == {second}
    assert covered(client, mode, versions="current") == {second}
    assert covered(client, mode, versions="all") == {first, second}
    assert covered(client, mode, contracts=[first]) == {first}  # naming it is asking for it
    stored = client.post("/api/v1/searches", {"query": "pay", "mode": mode, "versions": "all"}, format="json").json()
    assert stored["filters"] == {"versions": "all"}
    check = client.post("/api/v1/absence-checks", {"query": "Customer pays"}, format="json").json()
    assert check["contracts"] == 1


def test_a_version_that_cannot_be_read_does_not_take_the_last_one_away(
    client: APIClient, versions: tuple[int, int]
) -> None:
    broken = put(client, "")
    read_all()
    assert Contract.objects.get(pk=broken).state == "failed"
    assert covered(client) == {versions[1]}
    fourth = put(client, "forty")
    read_all()
    assert covered(client) == {fourth}
    assert covered(client, versions="all") == {*versions, fourth}


def test_an_earlier_version_that_is_sent_again_is_current_again(client: APIClient, versions: tuple[int, int]) -> None:
    first, second = versions
    assert put(client, "ten") == first
    assert covered(client) == {first}
    assert put(client, "twenty") == second
    assert covered(client) == {second}


def test_versions_read_in_another_order_end_the_same(client: APIClient, oak: Matter) -> None:
    first, second, third = put(client, "ten"), put(client, "twenty"), put(client, "thirty")
    for contract in (third, first, second):
        index_contract(contract)
    assert covered(client) == {third}
    assert dict(Contract.objects.values_list("pk", "current")) == {first: False, second: False, third: True}


def test_a_version_no_longer_current_that_is_read_again_retires_no_other(
    client: APIClient, versions: tuple[int, int]
) -> None:
    first, second = versions
    put(client, "ten")
    read_again(Contract.objects.get(pk=second))
    read_all()
    assert covered(client) == {first}


def test_lists_show_all_and_say_which_is_current(client: APIClient, versions: tuple[int, int]) -> None:
    listed = {one["id"]: one["current"] for one in client.get("/api/v1/contracts").json()["results"]}
    assert listed == {versions[0]: False, versions[1]: True}
    current = client.get("/api/v1/contracts", {"versions": "current"}).json()["results"]
    assert [one["id"] for one in current] == [versions[1]]
    assert client.get("/api/v1/contracts", {"versions": "old"}).json()["errors"][0]["pointer"] == "/versions"


def test_the_page_offers_superseded_versions(client: APIClient, versions: tuple[int, int], lena: User) -> None:
    page = Client()
    page.force_login(lena)
    plain = page.get("/search/?q=pay").content.decode()
    assert "Search superseded versions too" in plain and "1 contract has a later version" in plain
    assert "in 1 of the 2 contracts" in plain
    wide = page.get("/search/?q=pay&versions=all").content.decode()
    assert "Search current versions only" in wide and "Versions: superseded ones too" in wide
    assert "in 2 contracts" in wide
    assert page.get("/search/?q=pay&versions=old").status_code == 422
    assert page.get("/search/?q=pay&not-versions=all").status_code == 422
    stored = page.get(f"/search/{lena.searches.filter(filters__versions='all').latest('created_at').pk}/")
    assert "Versions: superseded ones too" in stored.content.decode()
    assert "superseded by a later version" in page.get("/contracts/").content.decode()
