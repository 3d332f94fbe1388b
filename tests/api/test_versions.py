"""Documents under the names that their own system gives them, and contracts asked for again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from contracts.models import Contract, Matter

HERE = "/api/v1/contracts/by-external-id/dms/4711"


def put(client: APIClient, content: bytes, path: str = HERE, matter: str = "Oak") -> Any:
    return client.put(path, {"matter": matter, "file": SimpleUploadedFile("nda.txt", content)}, format="multipart")


def test_new_bytes_are_a_new_version_and_the_same_bytes_the_same_contract(client: APIClient, oak: Matter) -> None:
    main = Contract.objects.create(matter=oak, sha256="main", size=1)
    first = put(client, b"one")
    assert (first.status_code, first.json()["version"], first.json()["supersedes"]) == (202, 1, None)
    assert first.json()["external_ids"] == [{"source": "dms", "id": "4711"}]
    Contract.objects.filter(pk=first.json()["id"]).update(parent=main, relation="amendment")

    again = put(client, b"one")
    assert (again.status_code, again.json()["id"], again.json()["duplicate"]) == (200, first.json()["id"], True)

    second = put(client, b"two")
    assert (second.status_code, second.json()["version"]) == (202, 2)
    assert second.json()["supersedes"] == first.json()["id"]
    made = Contract.objects.get(pk=second.json()["id"])
    assert (made.parent, made.relation) == (main, "amendment")
    assert client.get(second["Location"]).json()["version"] == 2
    assert client.get(HERE).json()["id"] == second.json()["id"]
    assert client.get(first["Location"]).json()["external_ids"] == []


def test_bytes_of_an_earlier_version_are_that_version(client: APIClient, oak: Matter) -> None:
    first = put(client, b"one").json()["id"]
    put(client, b"two")
    assert put(client, b"one").json()["id"] == first == client.get(HERE).json()["id"]
    third = put(client, b"three").json()
    assert (third["version"], third["supersedes"]) == (3, first)
    assert Contract.objects.count() == 3


def test_a_file_that_came_without_a_name_gets_one(client: APIClient, oak: Matter) -> None:
    sent = client.post("/api/v1/contracts", {"matter": "Oak", "file": SimpleUploadedFile("nda.txt", b"one")})
    assert put(client, b"one").status_code == 200
    assert client.get(HERE).json()["id"] == sent.json()["id"]
    assert put(client, b"one", "/api/v1/contracts/by-external-id/sharepoint/a/b.docx").json()["external_ids"] == [
        {"source": "dms", "id": "4711"}, {"source": "sharepoint", "id": "a/b.docx"}
    ]  # fmt: skip


def test_the_same_name_in_two_matters_is_two_documents(client: APIClient, lena: User, oak: Matter, elm: Matter) -> None:
    in_oak, in_elm = put(client, b"one").json()["id"], put(client, b"two", matter="Elm").json()["id"]
    assert client.get(HERE).json()["id"] == in_elm
    assert client.get(HERE, {"matter": "Oak"}).json()["id"] == in_oak
    elm.walled.add(lena)
    assert client.get(HERE).json()["id"] == in_oak
    assert put(client, b"three", matter="Elm").content == put(client, b"three", matter="Nowhere").content


def test_a_hidden_document_is_not_there(client_with: Callable[..., APIClient], oak: Matter, elm: Matter) -> None:
    put(client_with("upload"), b"one")
    restricted = client_with("read", matters=[elm])
    assert restricted.get(HERE).content == restricted.get(HERE + "0").content
    assert restricted.get(HERE).status_code == 404


@pytest.mark.parametrize("path", ["s" * 61 + "/1", "dms/" + "i" * 201, "dms/a%07b"])
def test_a_name_that_cannot_be_kept_is_refused(client: APIClient, oak: Matter, path: str) -> None:
    assert put(client, b"one", f"/api/v1/contracts/by-external-id/{path}").status_code == 400
    assert not Contract.objects.exists()


def test_an_unchanged_contract_is_not_sent_again(client: APIClient, oak_contract: Contract) -> None:
    path = f"/api/v1/contracts/{oak_contract.pk}"
    etag = client.get(path)["ETag"]
    same = client.get(path, headers={"If-None-Match": f'"other", {etag}'})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    Contract.objects.update(state="failed", error_code="corrupt")
    changed = client.get(path, headers={"If-None-Match": etag})
    assert changed.status_code == 200 and changed["ETag"] != etag


def test_one_clause_as_it_is_written(client: APIClient, oak_contract: Contract) -> None:
    Contract.objects.update(text="1.1 Supplier shall deliver.")
    clause = oak_contract.clauses.first()
    assert clause is not None
    clause.start, clause.end = 4, 27
    clause.save()
    shown = client.get(f"/api/v1/clauses/{clause.pk}").json()
    assert (shown["text"], shown["number"]) == ("Supplier shall deliver.", "1.1")
    assert (shown["contract"], shown["contract_title"]) == (oak_contract.pk, "Master Services Agreement")
    assert shown["matter"]["name"] == "Oak"


@pytest.mark.parametrize(
    ("path", "pointers"),
    [
        ("matters?name=Oak", ["/name"]),
        ("contracts?mater=1&stat=ready", ["/mater", "/stat"]),
        ("contracts?page_size=0", ["/page_size"]),
        ("contracts?page_size=101", ["/page_size"]),
        ("contracts?matter=%00", ["/matter"]),
        ("contracts?format=json", ["/format"]),
        ("searches?query=x", ["/query"]),
    ],
)
def test_an_unknown_or_wrong_parameter_is_named(client: APIClient, oak: Matter, path: str, pointers: list[str]) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers


def test_parameters_are_for_reading_only(client: APIClient, oak: Matter) -> None:
    answer = client.post("/api/v1/contracts?matter=Oak", {}, format="multipart")
    assert answer.json()["errors"][0]["detail"] == "With a form, say this in it and not in the address."


def test_an_unknown_field_of_an_upload_is_named(client: APIClient, oak: Matter) -> None:
    fields = {"matter": "Oak", "file": SimpleUploadedFile("nda.txt", b"one"), "titel": "NDA"}
    answer = client.post("/api/v1/contracts", fields, format="multipart")
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/titel"]


@pytest.mark.parametrize("cursor", ["x", "cD1hYmM=", "cD0lMDA=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
@pytest.mark.parametrize("path", ["contracts", "searches", "matters"])
def test_a_cursor_that_was_never_given_out_is_not_found(client: APIClient, oak: Matter, path: str, cursor: str) -> None:
    answer = client.get(f"/api/v1/{path}", {"cursor": cursor})
    assert answer.status_code in (200, 404)  # some of these are numbers and names between which a page could begin
    assert answer["Content-Type"] in ("application/json", "application/problem+json")


@pytest.mark.parametrize("path", ["nothing", "contracts/abc", "contracts/by-external-id/a%00b/c"])
def test_an_address_that_is_none_is_a_problem_too(client: APIClient, path: str) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
