"""The command from files to their outcome, with the real queue and the real reading."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Contract, Matter

AGREEMENT = """SERVICES AGREEMENT

This Agreement is made between Harrow Ltd ("Supplier") and Acme Inc. ("Customer").

1. Fees. Customer shall pay the fees within 30 days.

2. Liability. Supplier shall not be liable for indirect loss.
"""


def ingest(*paths: Path, **options: object) -> tuple[str, bool]:
    """What the command wrote, and whether it ended well."""
    out = StringIO()
    try:
        call_command("ingest", *map(str, paths), matter="Alpha", stdout=out, no_color=True, **options)
    except SystemExit as error:
        return out.getvalue(), error.code == 0
    return out.getvalue(), True


def zip_bytes() -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "no Word document")
    return buffer.getvalue()


def scanned_pdf() -> bytes:
    """A page without any text on it."""
    buffer = BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(buffer)
    return buffer.getvalue()


def write_bad_files(folder: Path) -> dict[str, str]:
    """Name to the error code that its reading must end with."""
    bad: dict[str, tuple[bytes, str]] = {
        "empty.txt": (b"", "empty"),
        "scan.pdf": (scanned_pdf(), "needs_ocr"),
        "archive.docx": (zip_bytes(), "unknown_kind"),
        "broken.pdf": (b"%PDF-1.7\nnothing follows", "corrupt"),
        "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "unknown_kind"),
        "huge.txt": (b"words and " * 6_000_000, "too_large"),
    }
    for name, (content, _) in bad.items():
        (folder / name).write_bytes(content)
    return {name: code for name, (_, code) in bad.items()}


@pytest.mark.django_db(transaction=True)
def test_every_file_is_accounted_for_and_bad_ones_stop_nothing(tmp_path: Path) -> None:
    codes = write_bad_files(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "good.txt").write_text(AGREEMENT)
    (tmp_path / "sub" / "zz copy.txt").write_text(AGREEMENT)
    (tmp_path / ".hidden").write_text("not a document")

    output, ended_well = ingest(tmp_path)

    assert not ended_well
    assert dict(Contract.objects.filter(state="failed").values_list("file_name", "error_code")) == codes
    assert list(Contract.objects.filter(state="ready").values_list("file_name", flat=True)) == ["good.txt"]
    assert "8 files for matter “Alpha”: 1 ready, 6 failed, 1 duplicate, 0 waiting." in output
    received = list(Contract.objects.values_list("pk", flat=True))
    assert not ProcrastinateJob.objects.filter(args__contract_id__in=received, status__in=["todo", "doing"]).exists()
    for contract in Contract.objects.filter(state="failed"):
        assert f"{contract.file_name}: {contract.error_message} {contract.error_remedy}" in output
        assert contract.error_message and contract.error_remedy


@pytest.mark.django_db(transaction=True)
def test_a_good_file_ends_well_for_its_members(tmp_path: Path) -> None:
    alice = User.objects.create(username="alice")
    (tmp_path / "good.txt").write_text(AGREEMENT)
    output, ended_well = ingest(tmp_path / "good.txt", member=["alice"])
    assert ended_well
    assert output.startswith("READY     good.txt")
    assert Contract.objects.visible_to(alice).get().passages.exists()


@pytest.mark.django_db
def test_no_wait_only_queues(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(AGREEMENT)
    output, ended_well = ingest(tmp_path, no_wait=True)
    assert ended_well
    assert Contract.objects.get().state == Contract.State.RECEIVED
    assert "0 duplicate, 1 waiting." in output


@pytest.mark.django_db
def test_a_folder_has_sheets_and_a_zip_is_unpacked(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("a")
    (tmp_path / "m.txt").write_text("m")
    (tmp_path / "metadata.csv").write_text("file,title\nsub/a.txt,Order form\n")
    (tmp_path / "relationships.csv").write_text("file,relation,parent\nsub/a.txt,order,m.txt\nz.txt,order,m.txt\n")
    with ZipFile(tmp_path / "more.zip", "w") as archive:
        archive.writestr("b.txt", "b")
    output, ended_well = ingest(tmp_path, no_wait=True)
    assert not ended_well and "UNRELATED z.txt: " in output and "line 3 of relationships.csv was not taken" in output
    assert set(Contract.objects.values_list("file_name", "title", "parent__file_name")) == {
        ("a.txt", "Order form", "m.txt"),
        ("m.txt", "", None),
        ("b.txt", "", None),
    }
    assert "3 files for matter “Alpha”: 0 ready, 0 failed, 0 duplicate, 3 waiting." in output


@pytest.mark.django_db
def test_a_folder_with_a_wrong_sheet_is_left_out_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "metadata.csv").write_text("file,titel\na.txt,x\n")
    output, ended_well = ingest(tmp_path, no_wait=True)
    assert not ended_well and "does not know the column titel" in output
    assert not Contract.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_still_waits_is_read_when_it_is_ingested_again(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(AGREEMENT)
    ingest(tmp_path, no_wait=True)
    output, ended_well = ingest(tmp_path)
    assert ended_well and "1 ready, 0 failed, 0 duplicate, 0 waiting." in output
    assert "1 duplicate" in ingest(tmp_path)[0]


@pytest.mark.django_db(transaction=True)
def test_a_lost_job_is_said_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # No job from whom it may be: the worker's own housekeeping, run at each full minute, would queue one and mend it.
    monkeypatch.setattr("contracts.queue.defer", lambda *queued, **arguments: None)
    (tmp_path / "services.txt").write_text(AGREEMENT)
    summary, ended_well = ingest(tmp_path)
    assert not ended_well and "1 waiting" in summary
    assert "No job reads 1 of the files" in capsys.readouterr().err


@pytest.mark.django_db
def test_nothing_is_created_for_a_wrong_path_or_member(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(AGREEMENT)
    with pytest.raises(CommandError, match="does not exist"):
        ingest(tmp_path / "missing")
    with pytest.raises(CommandError, match="There is no user nobody"):
        ingest(tmp_path, member=["nobody"])
    assert not Matter.objects.exists()


@pytest.mark.django_db
def test_a_file_over_the_limit_fails_without_being_received(tmp_path: Path, settings) -> None:
    settings.MAX_FILE_BYTES = 4
    (tmp_path / "big.txt").write_text("12345")
    output, ended_well = ingest(tmp_path)
    assert not ended_well
    assert "big.txt is too large" in output
    assert not Contract.objects.exists()
