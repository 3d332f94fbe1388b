"""A file as the body of a request, and writing only over what was seen."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from contracts.models import Contract, Matter

CONTRACTS = "/api/v1/contracts"
HERE = f"{CONTRACTS}/by-external-id/dms/4711"
WORDS = b"1. Fees. Customer shall pay the fees within 30 days.\n"


def send(
    client: APIClient, content: bytes, path: str = CONTRACTS, method: str = "POST", kind: str = "text/plain",
    name: str = 'attachment; filename="nda.txt"', matter: str = "?matter=Oak", **headers: str,
) -> Any:  # fmt: skip
    return client.generic(
        method, path + matter, content, content_type=kind, headers={"Content-Disposition": name} | headers
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ('attachment; filename="nda.txt"', "nda.txt"),
        ("attachment; filename*=UTF-8''Vertrag%20%C3%BCber%20Miete.pdf", "Vertrag über Miete.pdf"),
        ('attachment; filename="C:\\\\files\\\\nda.txt"', "nda.txt"),
        ('attachment; filename="../../etc/nda.txt"', "nda.txt"),
    ],
)
def test_the_body_is_the_file_and_a_header_its_name(client: APIClient, oak: Matter, name: str, kept: str) -> None:
    sent = send(client, WORDS, name=name)
    assert (sent.status_code, sent.json()["file_name"], sent.json()["matter"]["name"]) == (202, kept, "Oak")
    contract = Contract.objects.get()
    assert bytes(contract.file.content) == WORDS
    assert send(client, WORDS, name=name, kind="application/pdf").json()["duplicate"] is True


def test_a_raw_body_is_a_version_of_a_document_too(client: APIClient, oak: Matter) -> None:
    assert send(client, b"one", HERE, "PUT").json()["version"] == 1
    assert send(client, b"two", HERE, "PUT").json()["version"] == 2


@pytest.mark.parametrize(
    ("options", "pointer"),
    [
        ({"name": ""}, "/Content-Disposition"),
        ({"name": "attachment"}, "/Content-Disposition"),
        ({"name": "attachment; filename*=no-such-code''nda.txt"}, "/Content-Disposition"),
        ({"matter": ""}, "/matter"),
        ({"matter": "?matter=Nowhere"}, "/matter"),
        ({"matter": "?matter=Oak&overwrite=yes"}, "/overwrite"),
    ],
)
def test_what_is_missing_is_named(client: APIClient, oak: Matter, options: dict[str, str], pointer: str) -> None:
    answer = send(client, WORDS, **options)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not Contract.objects.exists()


def test_other_types_and_a_form_with_a_matter_in_the_address_are_refused(client: APIClient, oak: Matter) -> None:
    assert send(client, b"{}", kind="application/json").status_code == 415
    answer = client.post(f"{CONTRACTS}?matter=Oak", {"matter": "Oak"}, format="multipart")
    assert answer.status_code == 400 and answer.json()["errors"][0]["pointer"] == "/matter"


def test_a_body_over_the_limit_is_refused_whatever_it_says_of_its_length(
    client: APIClient, oak: Matter, settings: Any
) -> None:
    settings.MAX_FILE_BYTES = 100
    answer = send(client, b"x" * 101)
    assert answer.status_code == 400 and answer.json()["errors"][0]["code"] == "too_large"


def test_a_new_version_goes_only_over_the_one_that_was_seen(client: APIClient, oak: Matter) -> None:
    assert send(client, b"one", HERE, "PUT", **{"If-Match": "*"}).status_code == 412  # nothing is there yet
    send(client, b"one", HERE, "PUT")
    seen = client.get(HERE)["ETag"]
    assert client.get(HERE, headers={"If-None-Match": seen}).status_code == 304
    assert send(client, b"two", HERE, "PUT", **{"If-Match": seen}).status_code == 202
    stale = send(client, b"three", HERE, "PUT", **{"If-Match": seen})
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert stale["Content-Type"] == "application/problem+json"
    assert Contract.objects.count() == 2 and client.get(HERE).json()["version"] == 2
    assert (
        send(client, b"three", HERE, "PUT", **{"If-Match": f'"other", {client.get(HERE)["ETag"]}'}).status_code == 202
    )
