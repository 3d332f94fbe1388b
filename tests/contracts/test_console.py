"""The console: every file accounted for, live while files wait, each retry one button."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone

from contracts.corrections import correct_fact
from contracts.models import Contract, Correction, Duplicate, Matter
from contracts.receive import receive_file
from tests.contracts.test_contracts_admin import counts

LIST = "/admin/contracts/contract/"


def one_of_each(matter: Matter) -> dict[str, Contract]:
    found = {state: receive_file(matter, f"{state}.txt", state.encode()).contract for state in Contract.State.values}
    for state, contract in found.items():
        Contract.objects.filter(pk=contract.pk).update(state=state)
    receive_file(matter, "again.txt", b"ready")
    return found


def test_every_file_received_is_accounted_for(admin: Client, bobs: Matter, alpha: Matter) -> None:
    one_of_each(bobs)
    receive_file(alpha, "hidden.txt", b"hidden")
    receive_file(alpha, "hidden again.txt", b"hidden")
    assert Duplicate.objects.count() == 2
    page = admin.get(LIST).content.decode()
    assert counts(page) == "5 received = 1 ready + 1 duplicate + 1 failed + 2 waiting"
    assert "hidden.txt" not in page


def test_what_is_being_read_is_shown_with_its_stage_and_progress(admin: Client, bobs: Matter) -> None:
    reading = one_of_each(bobs)["reading"]
    Contract.objects.filter(pk=reading.pk).update(stage="embedding", progress=62, started_at=timezone.now())
    fragment = admin.get(f"{LIST}live/").content.decode()
    assert "<html" not in fragment
    assert 'hx-trigger="every 3s"' in fragment
    assert "Embedding" in fragment and 'value="62"' in fragment and "62 %" in fragment
    assert fragment.index("reading.txt") < fragment.index("received.txt")
    assert "ready.txt" not in fragment and "failed.txt" not in fragment


def test_asking_ends_when_nothing_waits(admin: Client, bobs: Matter) -> None:
    one_of_each(bobs)
    Contract.objects.update(state="ready")
    assert "hx-get" not in admin.get(f"{LIST}live/").content.decode()


def last_sign_of_life(*seconds_ago: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_workers")
        for seconds in seconds_ago:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) "
                "VALUES (clock_timestamp() - %s * interval '1 second')",
                [seconds],
            )


def test_a_missing_worker_is_said_everywhere_with_the_remedy(admin: Client, bobs: Matter) -> None:
    one_of_each(bobs)
    last_sign_of_life()
    asked = (LIST, f"{LIST}live/", "/contracts/", "/contracts/progress/", "/readyz")
    for page in asked:
        told = admin.get(page).content.decode()
        assert "No worker runs." in told and "python manage.py worker" in told
    last_sign_of_life(400)
    for page in asked:
        assert re.search(r"No worker has been seen for 4\d\d seconds", admin.get(page).content.decode())
    last_sign_of_life(400, 5)
    for page in asked:
        assert "No worker" not in admin.get(page).content.decode()


def test_one_file_is_read_again_by_its_button(admin: Client, bobs: Matter) -> None:
    failed = one_of_each(bobs)["failed"]
    assert f'formaction="{LIST}{failed.pk}/retry/"' in admin.get(LIST).content.decode()
    admin.post(f"{LIST}{failed.pk}/retry/")
    failed.refresh_from_db()
    assert failed.state == Contract.State.RECEIVED


def test_all_failed_files_are_read_again_and_no_others(admin: Client, bobs: Matter, alpha: Matter) -> None:
    found = one_of_each(bobs)
    hidden = receive_file(alpha, "hidden.txt", b"hidden").contract
    Contract.objects.filter(pk=hidden.pk).update(state="failed")
    asked = admin.post(f"{LIST}retry-failed/").content.decode()
    assert "<strong>1</strong> contract," in asked
    assert Contract.objects.get(pk=found["failed"].pk).state == "failed"
    page = admin.post(f"{LIST}retry-failed/", hidden_fields(asked), follow=True).content.decode()
    assert "1 file is queued to be read again." in page
    assert {state: Contract.objects.get(pk=one.pk).state for state, one in found.items()} == {
        "received": "received",
        "reading": "reading",
        "ready": "ready",
        "failed": "received",
    }
    hidden.refresh_from_db()
    assert hidden.state == "failed"


def hidden_fields(page: str) -> dict[str, list[str]]:
    """What the button of the page sends, without any script."""
    form = page.split('<div class="submit-row">')[0].rsplit("<form", 1)[1]
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', form):
        sent.setdefault(name, []).append(value)
    return sent


@pytest.mark.parametrize("action", ["read_files_again", "embed_files_again"])
@pytest.mark.parametrize("across", [False, True])
def test_many_are_read_again_after_the_estimate_is_confirmed(
    admin: Client, bobs: Matter, action: str, across: bool
) -> None:
    found = one_of_each(bobs)
    Contract.objects.update(encoder_sha256="e", state="ready")
    Contract.objects.filter(pk=found["failed"].pk).update(page_count=3, read_seconds=240.0)
    chosen = [found["ready"].pk] if across else [found["ready"].pk, found["failed"].pk]
    address = f"{LIST}?state__exact=ready"
    data = {"action": action, "_selected_action": chosen, "select_across": int(across), "index": 0}
    asked = admin.post(address, data).content.decode()
    number = 4 if across else 2
    assert f"<strong>{number}</strong> contracts, <strong>3</strong> pages (in 1 of them" in asked
    assert "That is an estimate, from the measured seconds of 1 earlier reading;" in asked
    assert not Contract.objects.filter(state="received").exists()
    assert f'action="{address}"' in asked and ">Contracts</a> &rsaquo; Read again" in asked
    page = admin.post(address, hidden_fields(asked), follow=True).content.decode()
    assert f"{number} files are queued to be read again." in page
    assert Contract.objects.filter(state="received").count() == number
    anew = action == "embed_files_again"
    assert Contract.objects.filter(encoder_sha256="").count() == (number if anew else 0)


def test_reading_again_keeps_corrections(admin: Client, bobs: Matter, bob: User) -> None:
    contract = one_of_each(bobs)["ready"]
    correct_fact(contract, bob, "title", "Supply")
    admin.post(LIST, {"action": "read_files_again", "_selected_action": [contract.pk], "confirmed": "yes"})
    assert Correction.objects.active().get().new_value == "Supply"


@pytest.mark.parametrize("path", ["retry-failed/", "{}/retry/"])
def test_retries_are_posts_of_those_who_may(client: Client, alice: User, alpha: Matter, path: str) -> None:
    contract = receive_file(alpha, "a.txt", b"a").contract
    address = LIST + path.format(contract.pk)
    client.force_login(alice)  # a member, but no administrator
    assert client.post(address).status_code == 302
    contract.refresh_from_db()
    assert contract.state == "received"
    client.force_login(User.objects.create(username="root", is_staff=True, is_superuser=True))
    assert client.get(address).status_code == 403
    if "{}" in path:
        assert client.post(address).status_code == 404
