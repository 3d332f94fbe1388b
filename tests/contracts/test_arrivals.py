"""Many files at once: ZIPs with metadata.csv, and the watched folder."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.arrivals import Arrival, receive_upload, receive_waiting
from contracts.audit.models import AuditEvent
from contracts.models import Contract, Correction, Duplicate, ExternalId, Matter
from contracts.upload import ManyFilesField


def archive(metadata: str | None = None, relationships: str | None = None, **files: bytes) -> bytes:
    """``a_txt`` is the file a.txt; metadata.csv and relationships.csv when given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            packed.writestr(name.replace("_", "."), content)
        packed.writestr("__MACOSX/._a.txt", b"rubbish")
        packed.writestr("folder/.DS_Store", b"rubbish")
        if metadata is not None:
            packed.writestr("metadata.csv", metadata)
        if relationships is not None:
            packed.writestr("relationships.csv", relationships)
    return buffer.getvalue()


def arrive(matter: Matter, content: bytes, user: User | None = None) -> list[Arrival]:
    return list(receive_upload(matter, "batch.zip", content, user))


def test_the_upload_pages_offer_every_ending_that_is_read_and_zips() -> None:
    offered = ManyFilesField().widget.attrs["accept"].split(",")
    assert {".docx", ".md", ".markdown", ".msg", ".zip"} < set(offered) and ".doc" not in offered


def test_each_file_of_a_zip_is_received_for_itself(alpha: Matter) -> None:
    arrivals = arrive(alpha, archive(a_txt=b"a", b_txt=b"b", c_txt=b"a"))
    assert [(one.name, one.outcome) for one in arrivals] == [
        ("a.txt", "received"),
        ("b.txt", "received"),
        ("c.txt", "duplicate"),
    ]
    assert Contract.objects.count() == 2 and Duplicate.objects.get().file_name == "c.txt"


def test_what_the_sender_knows_is_kept_like_a_correction(alpha: Matter, alice: User) -> None:
    metadata = "file,title,governing_law,source,external_id\na.txt,Supply, Ohio ,dms,42\nb.txt,,,,\n"
    arrive(alpha, archive(metadata, a_txt=b"a", b_txt=b"b"), alice)
    given = Correction.objects.values_list("contract__file_name", "field", "new_value", "made_by__username")
    assert sorted(given) == [("a.txt", "governing_law", "Ohio", "alice"), ("a.txt", "title", "Supply", "alice")]
    assert Contract.objects.get(file_name="a.txt").title == "Supply"
    assert ExternalId.objects.get().identifier == "42"
    assert ProcrastinateJob.objects.count() == 2  # what is given waits with the file, not for a reading of its own


def test_the_same_zip_twice_changes_nothing(alpha: Matter, alice: User) -> None:
    content = archive("file,title\na.txt,Supply\n", a_txt=b"a")
    arrive(alpha, content, alice)
    assert [one.outcome for one in arrive(alpha, content, alice)] == ["duplicate"]
    assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (archive("file,titel\na.txt,x\n", a_txt=b"a"), "does not know the column titel"),
        (archive("title\nx\n", a_txt=b"a"), "needs the column file"),
        (archive("file\nz.txt\n", a_txt=b"a"), "names z.txt, which it does not hold"),
        (archive("file,source\na.txt,dms\n", a_txt=b"a"), "line 2 of metadata.csv has one of source and external_id"),
        (archive("file,title\na.txt," + "x" * 301 + "\n", a_txt=b"a"), "title is longer than the 300"),
        (archive("file,contract_type\na.txt,milk\n", a_txt=b"a"), "line 2 of metadata.csv: “milk” is no type"),
        (archive(relationships="file,parent\na.txt,b.txt\n", a_txt=b"a"), "needs the column relation"),
        (archive(relationships="file,relation,parent,by\n", a_txt=b"a"), "does not know the column by"),
        (archive("file,title\na.txt,x\x00\n", a_txt=b"a"), "metadata.csv is no CSV in UTF-8 (a NUL byte)"),
        (archive(relationships="file,relation,parent\n"), "holds no files"),
        (archive("file\n\xff", a_txt=b"a").replace(b"\xc3\xbf", b"\xff\xff"), "is a damaged ZIP"),  # a wrong checksum
        (archive(), "holds no files"),
    ],
)  # fmt: skip
def test_a_wrong_zip_is_refused_with_the_reason(alpha: Matter, content: bytes, reason: str) -> None:
    (arrival,) = arrive(alpha, content)
    assert arrival.outcome == "refused" and reason in arrival.reason
    assert not Contract.objects.exists()


RELATIONSHIPS = """file,relation,parent
a.txt,Amendment,m.txt
deep/s.txt,schedule,a.txt
b.txt,order,dms/7
b.txt,exhibit,m.txt
m.txt,annex,dms/7
m.txt,amendment,deep/s.txt
z.txt,order,m.txt
c.txt,order,
"""


def test_relationships_are_taken_row_by_row_and_no_file_is_lost(alpha: Matter, alice: User) -> None:
    metadata = "file,source,external_id\nn.txt,dms,7\n"
    files = {"a_txt": b"a", "deep/s_txt": b"s", "b_txt": b"b", "c_txt": b"c", "m_txt": b"m", "n_txt": b"n"}
    arrivals = arrive(alpha, archive(metadata, RELATIONSHIPS, **files), alice)
    assert [one.outcome for one in arrivals] == ["received"] * 6 + ["related"] * 3 + ["unrelated"] * 5
    kept = Contract.objects.exclude(parent=None).values_list("file_name", "relation", "parent__file_name", "kind")
    assert sorted(kept) == [
        ("a.txt", "amendment", "m.txt", "amendment"),
        ("b.txt", "order", "n.txt", "exhibit"),
        ("s.txt", "schedule", "a.txt", "exhibit"),
    ]
    assert next(one.reason for one in arrivals if one.outcome == "related") == "amendment of m.txt"
    wrong = [one.reason for one in arrivals if one.outcome == "unrelated"]
    for reason, (line, what) in zip(
        wrong,
        [
            (5, "Line 4 says already what b.txt belongs to. Keep one of the two."),
            (6, "“annex” is no relation. Write one of amendment, exhibit, schedule, order, restatement."),
            (7, "“s.txt” is “m.txt” itself or hangs on it."),
            (8, "No contract of Alpha is called “z.txt”. Write its external id"),
            (9, "It has no parent. Fill in file, relation, parent."),
        ],
        strict=True,
    ):
        assert reason.startswith(f"batch.zip: line {line} of relationships.csv was not taken; the files were. ")
        assert what in reason


def test_one_damaged_file_costs_no_other(alpha: Matter) -> None:
    files = {"a_txt": b"aaaa", "b_txt": b"bbbb", "c_txt": b"cccc"}
    content = archive(relationships="file,relation,parent\nc.txt,order,a.txt\n", **files).replace(b"bbbb", b"bxbb")
    arrivals = arrive(alpha, content)
    assert [(one.name, one.outcome) for one in arrivals] == [
        ("a.txt", "received"),
        ("c.txt", "received"),
        ("c.txt", "related"),
        ("batch.zip", "refused"),
    ]
    assert "1 of 3 files are damaged and were left out: b.txt (Bad CRC-32 for file 'b.txt')." in arrivals[-1].reason


def test_sheets_count_within_the_one_folder_of_a_zip(alpha: Matter) -> None:
    """As "compress folder" makes it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("Deal/metadata.csv", "file,title\na.txt,Supply\nmore/b.txt,Order\n")
        packed.writestr("Deal/relationships.csv", "file,relation,parent\nmore/b.txt,order,a.txt\n")
        packed.writestr("Deal/a.txt", b"a")
        packed.writestr("Deal/more/b.txt", b"b")
        packed.writestr("__MACOSX/Deal/._a.txt", b"rubbish")
    assert [one.outcome for one in arrive(alpha, buffer.getvalue())] == ["received", "received", "related"]
    assert sorted(Contract.objects.values_list("file_name", "title")) == [("a.txt", "Supply"), ("b.txt", "Order")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_two_files(alpha: Matter) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("a.txt", b"first")
        packed.writestr("a.txt", b"second")
    assert [one.outcome for one in arrive(alpha, buffer.getvalue())] == ["received", "received"]
    kept = Contract.objects.values_list("file_name", "file__content")
    assert sorted((name, bytes(content)) for name, content in kept) == [("a.txt", b"first"), ("a.txt", b"second")]


def test_relationships_may_come_by_themselves_and_again(alpha: Matter) -> None:
    arrive(alpha, archive("file,source,external_id\na.txt,dms,1\nb.txt,dms,2\n", a_txt=b"a", b_txt=b"b"))
    for _ in range(2):
        assert [
            one.outcome for one in arrive(alpha, archive(relationships="file,relation,parent\ndms/1,order,b.txt\n"))
        ] == ["related"]
    assert Contract.objects.get(file_name="a.txt").parent == Contract.objects.get(file_name="b.txt")


def test_a_zip_that_unpacks_to_too_much_is_refused_unread(alpha: Matter, settings) -> None:
    settings.MAX_FILE_BYTES = 10_000
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.txt", b"0" * 1_000_000)
    (arrival,) = arrive(alpha, buffer.getvalue())
    assert arrival.outcome == "refused" and "bomb.txt" in arrival.reason


def test_a_word_file_is_no_archive(alpha: Matter) -> None:
    (arrival,) = receive_upload(alpha, "a.docx", archive(a_txt=b"a"))
    assert arrival.outcome == "received" and arrival.name == "a.docx"


@pytest.mark.parametrize("address", ["/admin/contracts/contract/upload/", "/contracts/upload/"])
def test_both_pages_take_a_zip(client: Client, bob: User, alpha: Matter, address: str) -> None:
    alpha.members.add(bob)
    client.force_login(bob)
    file = SimpleUploadedFile("batch.zip", archive(a_txt=b"a", b_txt=b"b"))
    client.post(address, {"matter": alpha.pk, "files": [file]})
    assert sorted(Contract.objects.values_list("file_name", flat=True)) == ["a.txt", "b.txt"]
    relationships = "file,relation,parent\na.txt,order,b.txt\na.txt,order,c.txt\n"
    file = SimpleUploadedFile("batch.zip", archive(relationships=relationships, a_txt=b"a"))
    page = client.post(address, {"matter": alpha.pk, "files": [file]}, follow=True).content.decode()
    assert "line 3 of relationships.csv was not taken" in page and "elat" in page
    assert Contract.objects.get(file_name="a.txt").relation == "order"
    wrong = SimpleUploadedFile("batch.zip", archive())
    assert (
        "batch.zip holds no files."
        in client.post(address, {"matter": alpha.pk, "files": [wrong]}, follow=True).content.decode()
    )


def watch(folder: Path, matter: str = "Alpha", **options: Any) -> str:
    out = StringIO()
    call_command("watch", str(folder), **{"matter": matter, "once": True, "every": 0, "stdout": out, **options})
    return out.getvalue()


def test_subfolders_are_taken_too(tmp_path: Path, alpha: Matter) -> None:
    for name in ("2024/deep/a.txt", "2025/a.txt", ".git/config", "received/old.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    watch(tmp_path)
    assert sorted(Contract.objects.values_list("file_name", flat=True)) == ["a.txt", "a.txt"]
    moved = sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "received").rglob("*.txt"))
    assert moved == ["received/2024/deep/a.txt", "received/2025/a.txt", "received/old.txt"]


def test_the_audit_record_says_for_whom_a_folder_is_watched(tmp_path: Path, alpha: Matter, alice: User) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(CommandError, match="nobody is no user who may see Alpha"):
        watch(tmp_path, user="nobody")
    alpha.members.add(alice)
    watch(tmp_path, user="alice")
    assert AuditEvent.objects.get(action="uploaded").username == "alice"
    assert Contract.objects.get().received_by == alice


def test_an_outage_of_the_database_is_waited_for(
    tmp_path: Path, alpha: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("a")
    said, looks, taken = StringIO(), iter(range(4)), []

    def receive(*args: Any) -> Iterator[Arrival]:
        taken.append(args)
        if len(taken) == 1:
            raise OperationalError("the connection is closed")
        return receive_waiting(*args)

    def sleep(seconds: float) -> None:
        if next(looks) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("contracts.management.commands.watch.receive_waiting", receive)
    monkeypatch.setattr("contracts.management.commands.watch.connections.close_all", lambda: None)
    monkeypatch.setattr("time.sleep", sleep)
    watch(tmp_path, once=False, stderr=said)
    assert "The database does not answer" in said.getvalue()
    assert Contract.objects.get().file_name == "a.txt" and (tmp_path / "received" / "a.txt").exists()


def test_a_watched_folder_is_emptied_into_the_matter(tmp_path: Path, alpha: Matter) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "batch.zip").write_bytes(archive(b_txt=b"b"))
    (tmp_path / "bad.zip").write_bytes(archive())
    (tmp_path / ".hidden").write_bytes(b"h")
    out = watch(tmp_path)
    assert "RECEIVED  a.txt" in out and "RECEIVED  b.txt" in out and "REFUSED   bad.zip: bad.zip holds no files" in out
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hidden", "received", "refused"]
    assert sorted(path.name for path in (tmp_path / "received").iterdir()) == ["a.txt", "batch.zip"]
    assert Contract.objects.count() == 2


def test_a_file_of_the_same_name_overwrites_none(tmp_path: Path, alpha: Matter) -> None:
    for content in (b"a", b"b"):
        (tmp_path / "a.txt").write_bytes(content)
        watch(tmp_path)
    assert sorted(path.name for path in (tmp_path / "received").iterdir()) == ["a (2).txt", "a.txt"]
    assert Contract.objects.count() == 2


def test_a_file_that_still_grows_is_left(tmp_path: Path, alpha: Matter, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = tmp_path / "a.txt"
    growing.write_bytes(b"a")
    monkeypatch.setattr("time.sleep", lambda seconds: growing.write_bytes(b"more of it"))
    watch(tmp_path)
    assert growing.exists() and not Contract.objects.exists()


def test_a_wrong_folder_or_matter_is_named(tmp_path: Path, alpha: Matter) -> None:
    with pytest.raises(CommandError, match="is no folder"):
        watch(tmp_path / "missing")
    with pytest.raises(CommandError, match="There is no matter Beta"):
        watch(tmp_path, "Beta")
