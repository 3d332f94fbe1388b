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

from contracts.buckets import NotStaged
from contracts.models import Contract, Matter
from contracts.staging import staged_files
from contracts.watched import watched_place

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


def watch(address: str) -> str:
    out = StringIO()
    call_command("watch", address, matter="Alpha", once=True, every=0, stdout=out)
    return out.getvalue()


def keys_of(bucket: Any) -> list[str]:
    return sorted(found.key for found in bucket.objects.all())


def test_a_watched_prefix_is_emptied_into_the_matter(bucket: Any, alpha: Matter, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 100
    bucket.put_object(Key="2024/large.txt", Body=b"x" * 101)
    bucket.put_object(Key="2024/received/a.txt", Body=b"of an earlier day")
    out = watch("s3://staging/2024")
    assert (
        "RECEIVED  a.txt" in out and "RECEIVED  c.txt" in out and "REFUSED   large.txt: large.txt is too large" in out
    )
    assert set(Contract.objects.values_list("file_name", flat=True)) == {"a.txt", "b.txt", "c.txt"}
    assert keys_of(bucket) == [
        "2024/.DS_Store",
        "2024/deep/",
        "2024/received/a (2).txt",
        "2024/received/a.txt",
        "2024/received/b.txt",
        "2024/received/deep/c.txt",
        "2024/refused/large.txt",
        "2024b.txt",
        "2025/d.txt",
    ]
    assert bucket.Object("2024/received/a (2).txt").get()["Body"].read() == b"2024/a.txt"
    assert watch("s3://staging/2024") == ""


def test_a_whole_bucket_can_be_watched(bucket: Any, alpha: Matter) -> None:
    watch("s3://staging")
    assert Contract.objects.count() == 5
    assert [key for key in keys_of(bucket) if not key.startswith("received/")] == ["2024/.DS_Store", "2024/deep/"]


def test_an_object_that_is_written_anew_meanwhile_is_taken_at_a_later_look(
    bucket: Any, alpha: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: bucket.put_object(Key="2025/d.txt", Body=b"a second edition"))
    assert watch("s3://staging/2025") == ""
    assert not Contract.objects.exists() and "2025/d.txt" in keys_of(bucket)


def test_an_object_that_was_written_anew_since_it_was_read_is_not_put_away(bucket: Any) -> None:
    place = watched_place("s3://staging/2025")
    (file,) = place.look()
    bucket.put_object(Key="2025/d.txt", Body=b"a second edition")
    with pytest.raises(OSError, match="PreconditionFailed"):
        place.read(file)
    with pytest.raises(OSError, match="412"):
        place.put_away(file, "received")
    assert bucket.Object("2025/d.txt").get()["Body"].read() == b"a second edition"


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("s3:///2024", "names no bucket"),
        ("s3://elsewhere/2024", "Check the name of the bucket"),
    ],
)
def test_a_wrong_place_ends_the_watching_at_once(bucket: Any, alpha: Matter, address: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        watch(address)


def test_an_outage_of_the_store_is_waited_for(bucket: Any, alpha: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    said, looks = StringIO(), iter(range(4))
    look, failing = type(watched_place("s3://staging/2025")).look, iter([False, True, False, False])

    def sleep(seconds: float) -> None:
        if next(looks) == 3:
            raise KeyboardInterrupt

    def look_or_fail(place: Any) -> Any:
        if next(failing):
            raise OSError("s3://staging/2025 could not be reached.")
        return look(place)

    monkeypatch.setattr("contracts.watched.WatchedPrefix.look", look_or_fail)
    monkeypatch.setattr("time.sleep", sleep)
    call_command("watch", "s3://staging/2025", matter="Alpha", every=0, stdout=StringIO(), stderr=said)
    assert "could not be reached. It is looked at again." in said.getvalue()
    assert Contract.objects.get().file_name == "d.txt"
