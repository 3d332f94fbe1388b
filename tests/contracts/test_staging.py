"""Files that wait in a bucket, from a server that speaks S3 on this machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer

from contracts.models import Contract, Matter
from contracts.staging import NotStaged, staged_files

KEYS = ("2024/b.txt", "2024/a.txt", "2024/deep/c.txt", "2024/.DS_Store", "2024/deep/", "2025/d.txt", "2024b.txt")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Only what the tests say is known of credentials and servers."""
    known = {
        "AWS_ENDPOINT_URL": server,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_MAX_ATTEMPTS": "1",
    }
    for name, value in known.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    bucket = boto3.resource("s3").Bucket("staging")
    bucket.create()
    for key in KEYS:
        bucket.put_object(Key=key, Body=b"" if key.endswith("/") else key.encode())
    yield bucket
    bucket.objects.delete()
    bucket.delete()


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("s3://staging/2024", ["2024/a.txt", "2024/b.txt", "2024/deep/c.txt"]),
        ("s3://staging/2024/", ["2024/a.txt", "2024/b.txt", "2024/deep/c.txt"]),
        ("s3://staging/2024/deep/c.txt", ["2024/deep/c.txt"]),
        ("s3://staging", ["2024/a.txt", "2024/b.txt", "2024/deep/c.txt", "2024b.txt", "2025/d.txt"]),
    ],
)
def test_a_prefix_is_a_folder_with_all_it_holds(bucket: Any, address: str, found: list[str]) -> None:
    files = staged_files([address])
    assert [file.read().decode() for file in files] == found
    assert [(file.name, file.size()) for file in files] == [(key.rpartition("/")[2], len(key)) for key in found]


@pytest.mark.django_db
def test_the_command_ingests_a_prefix_beside_a_folder(bucket: Any, tmp_path: Path, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 100
    (tmp_path / "local.txt").write_text("2024/a.txt")  # the same bytes
    bucket.put_object(Key="2024/large.txt", Body=b"x" * 101)
    out = StringIO()
    with pytest.raises(SystemExit):  # for the large one
        call_command(
            "ingest", str(tmp_path), "s3://staging/2024", matter="Alpha", no_wait=True, no_color=True, stdout=out
        )
    assert "large.txt is too large" in out.getvalue()
    assert "5 files for matter “Alpha”: 0 ready, 1 failed, 1 duplicate, 3 waiting." in out.getvalue()
    assert set(Contract.objects.values_list("file_name", flat=True)) == {"local.txt", "b.txt", "c.txt"}


@pytest.mark.django_db
def test_a_file_that_is_gone_when_it_is_read_stops_none(bucket: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    files = staged_files(["s3://staging/2024"])
    bucket.Object("2024/a.txt").delete()
    monkeypatch.setattr("contracts.management.commands.ingest.staged_files", lambda paths: files)
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("ingest", "s3://staging/2024", matter="Alpha", no_wait=True, no_color=True, stdout=out)
    assert "FAILED    a.txt: " in out.getvalue()
    assert "3 files for matter “Alpha”: 0 ready, 1 failed, 0 duplicate, 2 waiting." in out.getvalue()


@pytest.mark.parametrize(
    ("address", "changed", "reason"),
    [
        ("s3://staging/2023", {}, "There are no files in s3://staging/2023."),
        ("s3:///2024", {}, "names no bucket. Write s3://bucket/prefix."),
        ("s3://elsewhere/2024", {}, r"s3://elsewhere/2024: .*NoSuchBucket.* Check the name of the bucket"),
        ("s3://staging", {"AWS_ACCESS_KEY_ID": None}, "Half of the credentials for s3://staging is missing. Set AWS_A"),
        ("s3://staging", {"AWS_SECRET_ACCESS_KEY": None}, "Half of the credentials for s3://staging is missing. Set "),
        (
            "s3://staging",
            {"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None},
            "no credentials for s3://staging. Set AWS_ACCESS_KEY_ID and",
        ),
        (
            "s3://staging",
            {"AWS_ENDPOINT_URL": "http://127.0.0.1:1"},
            "s3://staging could not be reached: .*127.0.0.1:1",
        ),
    ],
)
def test_what_cannot_be_looked_at_says_what_to_do(
    bucket: Any, monkeypatch: pytest.MonkeyPatch, address: str, changed: dict[str, str | None], reason: str
) -> None:
    with monkeypatch.context() as other:
        for name, value in changed.items():
            other.setenv(name, value) if value else other.delenv(name)
        with pytest.raises(NotStaged, match=reason):
            staged_files([address])


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["storages.backends.s3", "boto3"])
def test_without_the_extra_the_command_names_it(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for module in ("storages.backends.s3", "boto3"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(CommandError, match=r'needs the extra s3, .*pip install "\.\[s3\]"'):
        call_command("ingest", "s3://staging", matter="Alpha")
    assert not Matter.objects.exists()
