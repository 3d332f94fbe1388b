"""The trash in the administration: what is in it, back out of it, and gone for good with a report."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contracts.models import Contract, Matter
from contracts.receive import receive_file
from contracts.trash import move_to_trash
from tests.contracts.test_console import hidden_fields

LIST = "/admin/contracts/contract/"
TRASH = "/admin/contracts/trashedcontract/"


def act(client: Client, where: str, action: str, *contracts: Contract, **data: str) -> str:
    chosen: dict[str, Any] = {"action": action, "_selected_action": [one.pk for one in contracts]}
    return client.post(where, chosen | data, follow=True).content.decode()


def test_from_the_console_to_the_trash_and_back(admin: Client, bobs: Matter, alpha: Matter, bob: User) -> None:
    nda = receive_file(bobs, "nda.txt", b"nda").contract
    hidden = receive_file(alpha, "hidden.txt", b"hidden").contract
    move_to_trash(hidden, bob)
    asked = act(admin, LIST, "delete_files", nda, hidden)
    assert "Move to the trash?" in asked and "<strong>1</strong> contract," in asked
    assert "nda.txt" in admin.get(LIST).content.decode()
    assert "1 contract is in the trash" in admin.post(LIST, hidden_fields(asked), follow=True).content.decode()
    assert "nda.txt" not in admin.get(LIST).content.decode()
    page = admin.get(TRASH).content.decode()
    assert "nda.txt" in page and "bob" in page and "hidden.txt" not in page
    assert TRASH in admin.get(LIST).content.decode()
    assert "1 contract is restored" in act(admin, TRASH, "restore_selected", nda, hidden)
    assert "nda.txt" in admin.get(LIST).content.decode()
    hidden.refresh_from_db()
    assert hidden.deleted_at is not None


def test_a_purge_says_first_what_it_will_delete_and_then_what_it_deleted(
    admin: Client, bobs: Matter, bob: User
) -> None:
    nda, other = (receive_file(bobs, f"{name}.txt", name.encode()).contract for name in ("nda", "other"))
    receive_file(bobs, "again.txt", b"nda")
    for contract in (nda, other):
        move_to_trash(contract, bob)
    asked = act(admin, TRASH, "purge_selected", nda)
    assert (
        "<strong>1</strong> contract, <strong>0</strong> pages" in asked and "0</strong> clauses as last read" in asked
    )
    assert ">Trash</a> &rsaquo; Delete for good?" in asked
    assert "cannot be undone" in asked and "nda.txt" in asked and "other.txt" not in asked
    rows = re.findall(r"<tr><td>([^<]+)</td><td>(\d+)</td></tr>", asked)
    assert dict(rows) == {"contracts": "1", "contract files": "1", "duplicates": "1"}
    assert Contract.objects.filter(pk=nda.pk).exists()
    done = act(admin, TRASH, "purge_selected", nda, confirmed="yes")
    assert re.findall(r"<tr><td>([^<]+)</td><td>(\d+)</td></tr>", done) == rows
    assert "deleted for good" in done and nda.sha256 in done
    assert list(Contract.objects.values_list("pk", flat=True)) == [other.pk]


def test_what_was_restored_meanwhile_is_not_purged(admin: Client, bobs: Matter, bob: User) -> None:
    nda = receive_file(bobs, "nda.txt", b"nda").contract
    move_to_trash(nda, bob)
    act(admin, TRASH, "purge_selected", nda)
    receive_file(bobs, "nda.txt", b"nda")
    act(admin, TRASH, "purge_selected", nda, confirmed="yes")
    assert Contract.objects.get() == nda


def many_in_the_trash(matter: Matter, number: int) -> None:
    deleted = timezone.now()
    Contract.objects.bulk_create(
        Contract(matter=matter, file_name=f"{one}.txt", sha256=f"{one:064}", size=1, deleted_at=deleted)
        for one in range(number)
    )


def across(where: str, client: Client, action: str, **data: str | list[str]) -> str:
    """All that the list's filters show, of which the form names one."""
    ticked = str(Contract.objects.earliest("pk").pk)
    chosen = {"action": action, "_selected_action": ticked, "select_across": "1"}
    return client.post(where, chosen | data, follow=True).content.decode()


def test_any_number_is_restored_or_purged_at_once(admin: Client, bobs: Matter, bob: User, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20
    number = 30
    many_in_the_trash(bobs, number)
    other = receive_file(bobs, "other.doc", b"other").contract
    move_to_trash(other, bob)
    filtered = f"{TRASH}?q=.txt"
    assert f"{number} contracts are restored" in across(filtered, admin, "restore_selected")
    asked = across(f"{LIST}?q=.txt", admin, "delete_files")
    assert f"<strong>{number}</strong> contracts, " in asked
    told = admin.post(f"{LIST}?q=.txt", hidden_fields(asked), follow=True).content.decode()
    assert f"{number} contracts are in the trash" in told
    asked = across(filtered, admin, "purge_selected")
    assert f"<strong>{number}</strong> contracts, " in asked and "29.txt" in asked and "other.doc" not in asked
    assert f'action="{filtered}"' in asked
    assert Contract.objects.count() == number + 1
    done = admin.post(filtered, hidden_fields(asked)).content.decode()
    assert "Deleted from the database" in done and f"<tr><td>contracts</td><td>{number}</td></tr>" in done
    assert Contract.objects.get() == other


def test_all_are_purged_only_as_they_were_counted(admin: Client, bobs: Matter, bob: User) -> None:
    many_in_the_trash(bobs, 2)
    asked = across(TRASH, admin, "purge_selected")
    late = receive_file(bobs, "late.txt", b"late").contract
    move_to_trash(late, bob)
    again = admin.post(TRASH, hidden_fields(asked)).content.decode()
    assert "has changed since it was counted, so nothing was deleted" in again and "late.txt" in again
    assert Contract.objects.count() == 3
    admin.post(TRASH, hidden_fields(again))
    assert not Contract.objects.exists()


def test_each_step_wants_its_permission(client: Client, bobs: Matter, bob: User, alice: User) -> None:
    nda = receive_file(bobs, "nda.txt", b"nda").contract
    bobs.members.add(alice)
    alice.is_staff = True
    alice.save()
    views = Permission.objects.filter(codename__in=["view_contract", "view_trashedcontract"])
    alice.user_permissions.set(views)
    client.force_login(alice)
    act(client, LIST, "delete_files", nda, confirmed="yes")
    nda.refresh_from_db()
    assert nda.deleted_at is None
    move_to_trash(nda, bob)
    assert "nda.txt" in client.get(TRASH).content.decode()
    for action in ("restore_selected", "purge_selected"):
        act(client, TRASH, action, nda, confirmed="yes")
    nda.refresh_from_db()
    assert nda.deleted_at is not None


def test_the_trash_takes_as_many_queries_for_many_as_for_one(
    admin: Client, bobs: Matter, bob: User, django_assert_num_queries: Any
) -> None:
    move_to_trash(receive_file(bobs, "0.txt", b"0").contract, bob)
    admin.get(TRASH)
    with CaptureQueriesContext(connection) as one:
        admin.get(TRASH)
    for number in range(1, 5):
        move_to_trash(receive_file(bobs, f"{number}.txt", str(number).encode()).contract, bob)
    with django_assert_num_queries(len(one)):
        admin.get(TRASH)
