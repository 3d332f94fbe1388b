"""Contracts chosen one by one in a form: told apart, and bounded with a page that says so."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract, Matter
from search.models import AbsenceCheck, ClauseList, Playbook, Search
from search.read_state import read_state
from search.scope_form import ScopeForm, read_initial, scope_address
from tests.web.agreement import AGREEMENT, project_oak, store_agreement
from tests.web.test_search_page import text_of

STATEMENT = "the Supplier indemnifies the Customer"


def test_contracts_of_one_title_are_told_apart(lena: Client, oak: Contract) -> None:
    with CaptureQueriesContext(connection) as before:
        lena.get("/search/absence/")
    store_agreement(oak.matter, AGREEMENT.replace("Harbour Retail plc", "Quay Stores plc"), "quay.txt")
    with CaptureQueriesContext(connection) as after:
        page = lena.get("/search/absence/").content.decode()
    options = re.findall(r"<span>(.* · .*)</span>", page)
    assert len(options) == len(set(options)) == 2
    assert "Quay Stores plc" in page and "1 May 2024" in options[0] and "quay.txt" in page
    assert len(after) == len(before)


def ticked(response: Any) -> list[int]:
    return [int(pk) for pk in re.findall(r'name="contracts" value="(\d+)" checked', response.content.decode())]


def test_contracts_are_found_and_ticked_without_a_script_and_nothing_is_read(lena: Client, oak: Contract) -> None:
    quay = store_agreement(oak.matter, AGREEMENT.replace("Harbour Retail plc", "Quay Stores plc"), "quay.txt")
    elm = store_agreement(oak.matter, AGREEMENT.replace("Harbour Retail plc", "Elm Stores plc"), "elm.txt")
    looked_for = {"q": STATEMENT, "contracts": [quay.pk], "find": "elm STORES", "show": "1", "law": "-"}
    page: Any = lena.post("/search/absence/", looked_for)
    assert page.status_code == 200 and ticked(page) == [quay.pk] and not AbsenceCheck.objects.exists()
    assert "1 ticked, 2 listed. Nothing is read yet." in text_of(page)
    assert STATEMENT in page.content.decode() and f'value="{elm.pk}"' in page.content.decode()
    assert f'value="{oak.pk}"' not in page.content.decode()
    book = Playbook.objects.create(user=User.objects.get(username="lena"), name="Ours")
    book.positions.create(place=1, topic="Indemnity", statement=STATEMENT)
    assert ticked(lena.post(reverse("playbook-start", args=[book.pk]), looked_for)) == [quay.pk]


def test_the_contracts_of_an_answer_or_a_list_are_chosen_at_once(lena: Client, stranger: Client, oak: Contract) -> None:
    lease = store_agreement(oak.matter, "LEASE\n\n1. Rent\n\n1.1 The rent is due each month.\n", "lease.txt")
    answer = lena.get("/search/", {"q": STATEMENT}).content.decode()
    address = re.search(r'href="(/search/absence/[^"]*those_of[^"]*)"', answer)
    assert address is not None
    form = lena.get(html.unescape(address[1]))
    assert ticked(form) == [oak.pk] and STATEMENT in form.content.decode()
    assert f'value="{lease.pk}"' in form.content.decode()  # others can be ticked as well
    lena_user = User.objects.get(username="lena")
    listed = ClauseList.objects.create(user=lena_user, name="Indemnities")
    listed.clauses.create(hit=Search.objects.get().hits.earliest("rank"), place=1)
    assert f"those_of=list-{listed.pk}" in lena.get(reverse("list", args=[listed.pk])).content.decode()
    posted: Any = lena.post("/search/absence/", {"q": STATEMENT, "those_of": f"list-{listed.pk}"})
    assert posted.status_code == 302 and AbsenceCheck.objects.get().contracts == [oak.pk]
    for source in (f"list-{listed.pk}", f"answer-{Search.objects.earliest('created_at').pk}"):
        assert ticked(stranger.get("/search/absence/", {"those_of": source})) == []
    listed.clauses.all().delete()
    refused = lena.post("/search/absence/", {"q": STATEMENT, "those_of": f"list-{listed.pk}"})
    assert refused.status_code == 422 and "has no contract that is open to you now" in text_of(refused)


def test_more_than_a_thousand_contracts_may_be_chosen(lena: Client, oak: Contract) -> None:
    response: Any = lena.post("/search/absence/", {"q": STATEMENT, "contracts": [oak.pk] * 1500})
    assert response.status_code == 302 and AbsenceCheck.objects.exists()


@pytest.mark.parametrize("page", ["absence", "playbook"])
def test_beyond_the_bound_a_page_says_what_to_do(lena: Client, oak: Contract, settings: Any, page: str) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    book = Playbook.objects.create(user=User.objects.get(username="lena"), name="Ours")
    path = reverse("absence") if page == "absence" else reverse("playbook-start", args=[book.pk])
    response = lena.post(path, {"q": STATEMENT, "contracts": [oak.pk] * 60})
    assert response.status_code == 400 and "A form may hold 50 choices" in text_of(response)
    assert "Nothing was read or changed." in text_of(response)
    assert not AbsenceCheck.objects.exists() and "default-src" in response["Content-Security-Policy"]


CONTRACTS: tuple[dict[str, Any], ...] = (
    {"governing_law": "England", "renewal": "automatic", "expires_on": "2030-01-31"},
    {"governing_law": "England", "current": False},
    {"governing_law": "New York", "kind": "amendment", "agreement_date": "1 May 2024"},
    {"governing_law": "France", "contract_type": "lease", "expires_on": "2027-01-31"},
    {"agreement_date": "1 May 2020"},
)


@pytest.mark.parametrize(
    ("scope", "fields"),
    [
        ("", True),
        ("law=England&renewal=automatic&ends-from=2029-01-01&ends-until=2031-01-01", True),
        ("law=none&from=2020-01-01&until=2021-01-01&bearer=Supplier&verdict=supported", True),
        ("renewal=none", True),
        ("law=England&law=New+York", False),
        ("not-law=France&kind=main", False),
        ("law=England&versions=all", False),
        ("not-renewal=automatic&not-type=lease", False),
    ],
)
def test_a_check_reads_the_contracts_of_the_search_that_leads_to_it(db: None, scope: str, fields: bool) -> None:
    matter = project_oak()
    for number, facts in enumerate(CONTRACTS):
        ready = {
            "file_name": f"{number}.txt",
            "sha256": str(number),
            "size": 1,
            "state": "ready",
            "read_at": "2024-01-01T00Z",
        }
        Contract.objects.create(matter=matter, **ready | facts)
    Contract.objects.create(matter=Matter.objects.create(name="Elm"), **ready | {"governing_law": "England"})
    lena = User.objects.get(username="lena")
    state = read_state(QueryDict(f"q=Rent&{scope}"))
    shown = ScopeForm(lena, None, read_initial(QueryDict(scope_address(state))))
    assert (shown.ticked == 0) == fields and shown.not_ticked == ""
    sent = ScopeForm(lena, {field.name: field.value() for field in shown if field.value() is not None})
    assert sent.is_valid(), sent.errors
    searched = set(state.filters.narrow(Contract.objects.visible_to(lena)))
    assert searched and set(sent.filters().narrow(Contract.objects.visible_to(lena))) == searched


def test_what_one_comes_from_and_is_not_ticked_is_said(db: None) -> None:
    matter = project_oak()
    lena = User.objects.get(username="lena")
    read = {"read_at": "2024-01-01T00Z", "governing_law": "England"}
    for number, state in enumerate(("ready", "reading")):
        name = f"{number}.txt"
        Contract.objects.create(matter=matter, file_name=name, sha256=name, size=1, state=state, **read)
    for law, said in (("England", "1 contract that you come from is not ticked"), ("France", "so none is ticked")):
        form = ScopeForm(lena, None, read_initial(QueryDict(f"those_of=scope-law%3D{law}%26law%3DPeru")))
        assert said in form.not_ticked
