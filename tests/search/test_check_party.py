"""Clauses that say it, perhaps of others than those asked of, stand by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from search.absence.check import start_absence_check
from search.export.report import report_of
from search.models import Arrival
from search.read_state import read_state
from search.saved.arrivals import search_arrival
from search.saved.saving import save_search
from search.search import search_clauses
from tests.search.conftest import add_contract
from tests.web.test_search_page import text_of

QUESTION = "Landlord must insure"
LEASE = (("Elm Estates Ltd", "Landlord"), ("Ash Retail plc", "Tenant"))


@pytest.fixture
def services(matter: Matter) -> Contract:
    clauses = [["The Supplier shall insure. [supported .99]"], ["The Customer may insure. [modality .6]"]]
    return add_contract(matter, clauses, title="Services", read_at=timezone.now())


@pytest.fixture
def lease(matter: Matter) -> Contract:
    return add_contract(matter, [["The Landlord shall insure. [supported .8]"]], parties=LEASE, title="Lease")


@pytest.mark.django_db
@pytest.mark.usefixtures("services", "lease", "fake_verifier")
def test_they_come_after_what_is_supported_however_sure(lawyer: User, client: Client) -> None:
    search = search_clauses(QUESTION, lawyer)
    told = [(hit.contract_title, hit.label, hit.shown.group) for hit in search.hits.order_by("rank")]
    assert told == [
        ("Lease", "supported", "supported"),
        ("Services", "supported", "check_party"),
        ("Services", "modality", "flagged"),
    ]
    client.force_login(lawyer)
    response = client.get(f"/search/{search.pk}/")
    page = response.content.decode()
    groups = [page.index(f'id="group-{key}"') for key in ("supported", "check_party", "flagged")]
    assert groups == sorted(groups)
    assert "1 supported · 1 to check who is meant · 1 near miss" in text_of(response)
    assert page.count("Says it, check of whom") == 1
    assert [group.title for group in report_of(search).groups][:2] == ["Supported", "Check who is meant"]
    assert ("Check who is meant", "1") in report_of(search).facts


@pytest.mark.django_db
@pytest.mark.usefixtures("services", "lease", "fake_verifier")
def test_programs_can_tell_them(lawyer: User) -> None:
    search = search_clauses(QUESTION, lawyer)
    rest = APIClient()
    rest.force_authenticate(lawyer)
    counted = rest.get(f"/api/v1/searches/{search.pk}").json()
    assert [counted[key] for key in ("supported", "check_party", "flagged")] == [1, 1, 1]
    hits = f"/api/v1/searches/{search.pk}/hits"

    def ranks(asked: str) -> list[int]:
        return [hit["rank"] for hit in rest.get(f"{hits}?{asked}").json()["results"]]

    assert (ranks("group=supported"), ranks("group=check_party"), ranks("label=supported")) == ([1], [2], [1, 2])
    assert ranks("group=supported&group=check_party") == [1, 2]
    assert ranks("mode=opposite") == [3, 1, 2]
    text = {"text": "He insures. [supported .9]", "parties": [{"name": "Ada Stone"}]}
    [verdict] = rest.post("/api/v1/verify", {"query": QUESTION, "texts": [text]}, format="json").json()["verdicts"]
    assert (verdict["label"], verdict["group"]) == ("supported", "check_party")


@pytest.mark.django_db
@pytest.mark.usefixtures("services", "fake_verifier")
def test_they_are_no_news_but_are_shown(lawyer: User, services: Contract) -> None:
    saved = save_search(lawyer, "Insurance", read_state(QueryDict("q=Landlord+must+insure")))
    search_arrival(services.pk)
    arrival = Arrival.objects.get(saved=saved)
    assert (arrival.clauses, arrival.close_calls) == (0, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("services", "fake_verifier")
def test_a_contract_with_one_is_not_called_silent(lawyer: User, client: Client) -> None:
    check = start_absence_check(QUESTION, lawyer)
    client.force_login(lawyer)
    page = text_of(client.get(reverse("absence-check", args=[check.pk])))
    assert "1 clause says it." in page and "Of 1 it is not certain whom they bind." in page
    rest = APIClient()
    rest.force_authenticate(lawyer)
    told: dict[str, Any] = rest.get(f"/api/v1/absence-checks/{check.pk}").json()
    assert (told["found"], told["finding"]) == (1, "1 clause says it.")
