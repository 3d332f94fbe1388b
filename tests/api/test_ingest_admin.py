"""Bulk loads in the administration: what was announced and never came is found, and cancelled by whoever may see it."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.ingests.models import Ingest
from contracts.ingests.parts import Announced, begin_ingest, commit_ingest, receive_part
from contracts.models import Matter

LOADS, ITEMS = "/admin/ingests/ingest/", "/admin/ingests/ingestitem/"


@pytest.fixture
def office(client: object, oak: Matter) -> Client:
    """An administrator who is a member of Oak."""
    root = User.objects.create(username="root", is_staff=True, is_superuser=True)
    oak.members.add(root)
    browser = Client()
    browser.force_login(root)
    return browser


def load(matter: Matter, user: User, *keys: str, sent: int = 1) -> Ingest:
    ingest = begin_ingest(matter, [Announced(key, f"{key}.txt") for key in keys], user)
    for item in list(ingest.items.all())[:sent]:
        receive_part(item, item.key.encode(), user)
    return ingest


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_what_never_came_is_listed_also_once_its_sender_is_gone(
    office: Client, oak: Matter, elm: Matter, lena: User
) -> None:
    left_open, closed = load(oak, lena, "a", "missing"), load(oak, lena, "b", "never")
    commit_ingest(closed)
    load(elm, lena, "secret", "secret too")
    lena.delete()
    loads = office.get(LOADS).content.decode()
    assert "2 ingests" in loads and "Elm" not in loads and loads.count("somebody who was deleted") == 2
    assert "Open: more may be sent" in loads and "Committed: being read" in loads
    assert f'href="{ITEMS}?ingest={closed.pk}&amp;outcome=failed"' in loads
    failed = text_of(office.get(f"{ITEMS}?ingest={closed.pk}&outcome=failed").content.decode())
    assert (
        "never.txt" in failed and "it was not sent before the ingest was committed" in failed and "b.txt" not in failed
    )
    assert "secret" not in office.get(ITEMS).content.decode()
    only_open = office.get(f"{LOADS}?state=open").content.decode()
    assert str(left_open.pk) in only_open and str(closed.pk) not in only_open


def test_a_load_is_cancelled_after_its_counts_were_shown(office: Client, oak: Matter, lena: User) -> None:
    ingest = load(oak, lena, "a", "b", "c")
    chosen = {"action": "cancel", "_selected_action": [str(ingest.pk)]}
    asked = text_of(office.post(LOADS, chosen).content.decode())
    assert "3 files of 1 load wait, 2 of them to be sent." in asked
    told = office.post(LOADS, chosen | {"confirmed": "yes"}, follow=True).content.decode()
    assert "1 load is cancelled." in told
    ingest.refresh_from_db()
    assert ingest.done_at is not None
    assert "done already" in office.post(LOADS, chosen).content.decode()


def test_queries_do_not_grow_with_loads_and_items(office: Client, oak: Matter, lena: User) -> None:
    def queries(where: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert office.get(where).status_code == 200
        return len(captured)

    load(oak, lena, "a", "b")
    few = [queries(where) for where in (LOADS, ITEMS)]
    for number in range(3):
        load(oak, lena, *(f"{number}-{key}" for key in "abc"), sent=3)
    assert [queries(where) for where in (LOADS, ITEMS)] == few
