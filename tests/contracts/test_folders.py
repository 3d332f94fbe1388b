"""The console's page of folders: what stands there, what became of it, and loading of what is ticked."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.arrivals import refuse
from contracts.models import Contract, Matter, ReceivedFile

FOLDERS = "/admin/contracts/contract/folders/"


@pytest.fixture
def staging(tmp_path: Path, settings: Any) -> Path:
    """Two files to load, and what must not be."""
    folder = tmp_path / "staging"
    (folder / "sub").mkdir(parents=True)
    for path in ("a.txt", "sub/b.txt", "metadata.csv", ".hidden", "../secret.txt"):
        (folder / path).write_text(f"What {path} says.")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    settings.STAGING_FOLDER = str(folder)
    return folder


def text_of(answer: Any) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split()))


def offered(admin: Client) -> list[str]:
    return re.findall(r'name="file" value="([^"]+)"', admin.get(FOLDERS).content.decode())


def load(admin: Client, matter: Matter, *paths: str) -> str:
    return text_of(admin.post(FOLDERS, {"matter": matter.pk, "file": paths}, follow=True))


def test_what_is_ticked_is_loaded_and_what_became_of_it_is_told(admin: Client, bobs: Matter, staging: Path) -> None:
    console = admin.get("/admin/contracts/contract/").content.decode()
    assert f'href="{FOLDERS}"' in console and 'href="/admin/contracts/contract/upload/"' in console
    assert offered(admin) == ["a.txt", "sub/b.txt"]
    page = load(admin, bobs, "sub/b.txt")
    contract = Contract.objects.get()
    assert (contract.file_name, contract.matter) == ("b.txt", bobs)
    assert "b.txt is waiting to be read" in page and re.search(r"sub/b\.txt Waiting · b\.txt", page)
    assert "Already here: b.txt" in load(admin, bobs, "sub/b.txt", "a.txt")
    assert (staging / "sub/b.txt").exists() and Contract.objects.count() == 2


def test_a_refused_file_says_why(admin: Client, bobs: Matter, staging: Path, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 10
    page = load(admin, bobs, "a.txt")
    assert re.search(r"a\.txt Refused .* a\.txt is too large .* Split the file", page) and not Contract.objects.exists()


@pytest.mark.parametrize(
    "path", ["../secret.txt", "link.txt", "/etc/hostname", "sub/../../secret.txt", "metadata.csv", ".hidden", "sub", ""]
)
def test_no_path_outside_the_folder_is_read(admin: Client, bobs: Matter, staging: Path, path: str) -> None:
    page = load(admin, bobs, "a.txt", path)
    assert f"{path} does not stand in the folder" in page
    assert not ReceivedFile.objects.exists()


def test_only_into_one_s_own_matter_and_only_with_the_permission(
    admin: Client, bobs: Matter, alpha: Matter, staging: Path, bob: User
) -> None:
    assert "Select a valid choice" in load(admin, alpha, "a.txt")
    assert "Tick at least one file." in load(admin, bobs)
    User.objects.filter(pk=bob.pk).update(is_superuser=False)
    assert admin.get(FOLDERS).status_code == admin.post(FOLDERS, {"file": "a.txt"}).status_code == 403
    assert not ReceivedFile.objects.exists()


def test_the_watched_folder_shows_what_waits_was_taken_and_was_refused(
    admin: Client, bobs: Matter, tmp_path: Path, settings: Any
) -> None:
    settings.WATCHED_FOLDER = str(tmp_path)
    for path in ("new.txt", "received/old.txt", "refused/bad.zip"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(path)
    refuse(bobs, "bad.zip", "bad.zip is encrypted. Pack it without a password.")
    page = text_of(admin.get(FOLDERS))
    for told in ("Waiting to be taken: 1 ", "Taken: 1 ", "Refused: 1 ", "Pack it without a password."):
        assert told in page
    (tmp_path / "received/old.txt").unlink()
    call_command("watch", matter="Bobs", every=0.0, once=True)
    page = text_of(admin.get(FOLDERS))
    assert "Waiting to be taken: 0" in page and re.search(r"Taken: 1 .* new\.txt Waiting · new\.txt", page)


def test_folders_that_are_not_set_or_not_there_are_said(admin: Client, bobs: Matter, settings: Any) -> None:
    page = text_of(admin.get(FOLDERS))
    assert "Set STAGING_FOLDER" in page and "set WATCHED_FOLDER" in page
    settings.STAGING_FOLDER = settings.WATCHED_FOLDER = "/nowhere/at/all"
    page = text_of(admin.get(FOLDERS))
    assert "/nowhere/at/all is no folder. Create it, or correct STAGING_FOLDER." in page
    assert "/nowhere/at/all is no folder. Create it, or check the spelling." in page
    settings.WATCHED_FOLDER = ""
    with pytest.raises(CommandError, match="WATCHED_FOLDER"):
        call_command("watch", matter="Bobs")


def test_more_files_cost_no_more_queries(admin: Client, bobs: Matter, staging: Path) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            admin.get(FOLDERS)
        return len(seen)

    load(admin, bobs, "a.txt")
    before = queries()
    for number in range(5):
        (staging / f"{number}.txt").write_text(str(number))
    load(admin, bobs, *(f"{number}.txt" for number in range(5)))
    assert queries() == before
