"""A file as the body of a request, and writing only over what was seen."""

from __future__ import annotations

import http.client
from typing import Any
from urllib.parse import urlsplit

import pytest
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from tests.api.conftest import read_all

CONTRACTS = "/api/v1/contracts"
HERE = f"{CONTRACTS}/by-external-id/dms/4711"
WORDS = b"1. Fees. Customer shall pay the fees within 30 days.\n"


def send(
    client: APIClient, content: bytes, path: str = CONTRACTS, method: str = "POST", kind: str = "text/plain",
    name: str = 'attachment; filename="nda.txt"', matter: str = "?matter=Oak", length: str | None = None,
    **headers: str,
) -> Any:  # fmt: skip
    told = {} if length is None else {"CONTENT_LENGTH": length, "CONTENT_TYPE": kind}  # of nothing none is told
    return client.generic(
        method, path + matter, content, content_type=kind, headers={"Content-Disposition": name} | headers, **told
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


@pytest.mark.parametrize("kind", ["message/rfc822", "application/vnd.ms-outlook", "text/rtf", "text/html"])
def test_every_type_that_is_read_is_taken(client: APIClient, oak: Matter, kind: str) -> None:
    assert send(client, WORDS, kind=kind, name='attachment; filename="letter"').status_code == 202
    assert bytes(Contract.objects.get().file.content) == WORDS


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("POST", f"{CONTRACTS}?matter=Oak", "text/plain"),
        ("PUT", f"{HERE}?matter=Oak", "application/octet-stream"),
        ("POST", CONTRACTS, "multipart/form-data; boundary=x"),
        ("PUT", "/api/v1/ingests/{ingest}/items/a", "application/octet-stream"),
        ("POST", "/api/v1/searches", "application/json"),
    ],
)
def test_a_body_without_its_length_is_refused_and_not_kept_as_an_empty_file(
    live_server: Any, client: APIClient, oak: Matter, method: str, path: str, kind: str
) -> None:
    """Chunks, as a client sends a stream."""
    manifest = {"matter": "Oak", "items": [{"key": "a", "file_name": "nda.txt"}]}
    ingest = client.post("/api/v1/ingests", manifest, format="json").json()["id"]
    form = b'--x\r\nContent-Disposition: form-data; name="matter"\r\n\r\nOak\r\n--x--\r\n'
    headers = {
        "Authorization": str(client._credentials["HTTP_AUTHORIZATION"]),
        "Content-Type": kind,
        "Content-Disposition": 'attachment; filename="nda.txt"',
    }
    connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc)
    connection.request(method, path.format(ingest=ingest), iter([form]), headers, encode_chunked=True)
    answer = connection.getresponse()
    assert (answer.status, b"Content-Length" in answer.read()) == (411, True)
    connection.close()
    assert not Contract.objects.exists()


def test_an_empty_file_is_received_when_its_length_says_so(client: APIClient, oak: Matter) -> None:
    assert send(client, b"", length="0").status_code == 202


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


def test_what_was_seen_while_it_was_being_read_is_still_what_is_there(client: APIClient, oak: Matter) -> None:
    send(client, WORDS, HERE, "PUT")
    seen = client.get(HERE)["ETag"]
    read_all()
    now = client.get(HERE, headers={"If-None-Match": seen})
    assert (now.status_code, now.json()["state"], now["ETag"] != seen) == (200, "ready", True)
    assert send(client, b"two", HERE, "PUT", **{"If-Match": seen}).status_code == 202
    assert send(client, b"three", HERE, "PUT", **{"If-Match": now["ETag"]}).status_code == 412


def test_the_answer_to_a_put_has_the_etag_for_the_next(client: APIClient, oak: Matter) -> None:
    first = send(client, b"one", HERE, "PUT")
    assert first["ETag"] == client.get(HERE)["ETag"]
    second = send(client, b"two", HERE, "PUT", **{"If-Match": first["ETag"]})
    assert second.status_code == 202 and second["ETag"] == client.get(HERE)["ETag"]
    weak = f"W/{second['ETag']}"  # as it comes back when answers are compressed on their way
    assert send(client, b"three", HERE, "PUT", **{"If-Match": weak}).status_code == 202


def test_what_another_client_says_of_a_contract_is_a_change(client: APIClient, oak: Matter) -> None:
    path = send(client, WORDS, HERE, "PUT")["Location"]
    read_all()
    seen = client.get(path)["ETag"]
    changed = client.patch(path, {"title": "Fees"}, format="json", headers={"If-Match": seen})
    assert (changed.status_code, changed["ETag"]) == (200, client.get(path)["ETag"])
    stale = client.patch(path, {"title": "Other"}, format="json", headers={"If-Match": seen})
    assert stale.status_code == 412
    again = client.patch(path, {"title": "Other"}, format="json", headers={"If-Match": changed["ETag"]})
    assert again.status_code == 200


def test_a_matter_of_thousands_of_digits_is_none_of_ours(client: APIClient, oak: Matter) -> None:
    for matter in ("9" * 5000, "9" * 20, "\u0663" * 5000):
        answer = client.post("/api/v1/ingests", {"matter": matter, "items": []}, format="json")
        assert "/matter" in [error["pointer"] for error in answer.json()["errors"]]


@pytest.mark.parametrize("size", ["9" * 5000, "000000050" + "9" * 3, "000000050" + "9" * 5000, "0", "101"])
def test_a_page_is_never_larger_than_the_most(client: APIClient, oak: Matter, size: str) -> None:
    assert client.get("/api/v1/contracts", {"page_size": size}).status_code == 400
