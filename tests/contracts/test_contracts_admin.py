from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.models import Clause, Contract, Matter
from contracts.receive import receive_file, receive_version

LIST = "/admin/contracts/contract/"
UPLOAD = "/admin/contracts/contract/upload/"


def counts(page: str) -> str:
    """The line at the top, without its markup."""
    line = page.split('<p class="counts">', 1)[1].split("·", 1)[0]
    return " ".join(re.sub(r"<[^>]+>", "", line).split())


def test_plurals_are_english() -> None:
    """They head the console's lists and stand in what a purge reports."""
    plurals = [str(model._meta.verbose_name_plural) for model in apps.get_models()]
    assert "deliveries" in plurals
    assert [plural for plural in plurals if re.search("([^aeiou]y|s|x|ch|sh)s$", plural)] == []


def upload(admin: Client, matter: Matter, **files: bytes) -> str:
    data = [SimpleUploadedFile(f"{name}.txt", content) for name, content in files.items()]
    return admin.post(UPLOAD, {"matter": matter.pk, "files": data}, follow=True).content.decode()


def test_an_administrator_sees_no_contract_of_other_matters(admin: Client, bobs: Matter, alpha: Matter) -> None:
    hidden = receive_file(alpha, "hidden.txt", b"a").contract
    receive_file(bobs, "shown.txt", b"a")
    page = admin.get(LIST).content.decode()
    assert "shown.txt" in page and "hidden.txt" not in page and "Alpha" not in page
    assert counts(page) == "1 received = 0 ready + 0 duplicate + 0 failed + 1 waiting"
    assert admin.get(f"{LIST}{hidden.pk}/change/", follow=True).redirect_chain == [("/admin/", 302)]


def test_several_files_are_received_at_once(admin: Client, bobs: Matter) -> None:
    page = upload(admin, bobs, one=b"1", two=b"2", empty=b"")
    assert counts(page) == "3 received = 0 ready + 0 duplicate + 0 failed + 3 waiting"
    assert Contract.objects.filter(matter=bobs, received_by__username="bob").count() == 3


def test_a_duplicate_is_named_not_received_twice(admin: Client, bobs: Matter) -> None:
    upload(admin, bobs, one=b"1")
    page = upload(admin, bobs, copy=b"1")
    assert "Already here: copy.txt is “one.txt”" in page
    assert Contract.objects.count() == 1
    assert counts(page) == "2 received = 0 ready + 1 duplicate + 0 failed + 1 waiting"


def test_of_many_files_only_what_needs_a_look_is_told_one_by_one(admin: Client, bobs: Matter, settings) -> None:
    settings.MAX_FILE_BYTES = 4
    many = {f"f{number}": str(number).encode() for number in range(6)}
    page = upload(admin, bobs, **many, big=b"12345")
    assert "6 files are received and waiting to be read." in page and "Received: f1.txt" not in page
    assert "Not received: big.txt is too large" in page
    assert "6 files were here already" in upload(admin, bobs, **many)


def test_a_file_over_the_limit_does_not_stop_the_others(admin: Client, bobs: Matter, settings) -> None:
    settings.MAX_FILE_BYTES = 4
    page = upload(admin, bobs, big=b"12345", small=b"1")
    assert "Not received: big.txt is too large" in page and "Received: small.txt" in page


def test_nothing_is_uploaded_to_a_matter_of_others(admin: Client, bobs: Matter, alpha: Matter) -> None:
    assert "Select a valid choice" in upload(admin, alpha, one=b"1")
    assert not Contract.objects.exists()


def test_without_a_matter_the_upload_page_says_what_to_do(admin: Client) -> None:
    assert "You are a member of no matter" in admin.get(UPLOAD).content.decode()


def test_a_failure_is_shown_with_its_remedy_and_can_be_read_again(admin: Client, bobs: Matter) -> None:
    contract = receive_file(bobs, "bad.txt", b"a").contract
    Contract.objects.update(state="failed", error_code="empty", error_message="It is empty.", error_remedy="Resend.")
    page = admin.get(LIST).content.decode()
    assert "✕ Failed" in page and "It is empty. Resend." in page
    admin.post(LIST, {"action": "read_files_again", "_selected_action": [contract.pk], "confirmed": "yes"})
    contract.refresh_from_db()
    assert contract.state == Contract.State.RECEIVED
    assert ProcrastinateJob.objects.filter(args={"contract_id": contract.pk}).count() == 2


def test_a_contract_can_be_looked_at_but_not_changed(admin: Client, bobs: Matter) -> None:
    contract = receive_file(bobs, "a.txt", b"a").contract
    page = admin.get(f"{LIST}{contract.pk}/change/")
    assert page.status_code == 200
    assert b'name="title"' not in page.content
    assert admin.post(f"{LIST}{contract.pk}/delete/", {"post": "yes"}).status_code == 403


def test_whoever_adds_a_matter_is_offered_as_its_member(admin: Client, bob: User) -> None:
    page = admin.get("/admin/contracts/matter/add/")
    assert page.context["adminform"].form.initial["members"] == [bob.pk]


def test_versions_are_told_filtered_and_found_by_external_id(admin: Client, bobs: Matter) -> None:
    first = receive_version(bobs, "dms", "4711", "draft.txt", b"1").contract
    second = receive_version(bobs, "dms", "4711", "signed.txt", b"2").contract
    Contract.objects.filter(pk=first.pk).update(current=False)
    clause = {"heading_path": [], "level": 0, "kind": "clause", "start": 0, "end": 1}
    for position in range(2):
        Clause.objects.create(contract=second, position=position, **clause)
    page = admin.get(LIST).content.decode()
    assert re.findall(r'field-version_told">([^<]+)<', page) == ["2", "1, superseded"]
    assert re.findall(r'field-external">([^<]+)<', page)[0] == "dms/4711"
    found = {
        asked: re.findall(r">(\w+\.txt)</a></th>", admin.get(f"{LIST}?{asked}").content.decode())
        for asked in ("current=1", "current=0", "q=4711")
    }
    assert found == {"current=1": ["signed.txt"], "current=0": ["draft.txt"], "q=4711": ["signed.txt"]}
    assert 'field-clause_count">2<' in admin.get(f"{LIST}?q=4711").content.decode()


@pytest.mark.parametrize("address", ["/contracts/upload/", UPLOAD, "/api/v1/contracts"])
def test_more_files_than_fit_are_told_the_limit_and_the_way(
    admin: Client, bobs: Matter, settings, address: str
) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = [SimpleUploadedFile(f"{number}.txt", b"1") for number in range(3)]
    answer = admin.post(address, {"matter": bobs.pk, "files": files})
    page = answer.content.decode()
    assert answer.status_code == 400 and not Contract.objects.exists()
    assert ("More than 2 files" in page and "/api/v1/ingests" in page) or (
        "At most 2 files" in page and "manage.py ingest" in page and "ZIP" in page
    )
