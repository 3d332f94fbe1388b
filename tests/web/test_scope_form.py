"""Contracts chosen one by one in a form: told apart, and bounded with a page that says so."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract
from search.models import AbsenceCheck, Playbook
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import text_of

STATEMENT = "the Supplier indemnifies the Customer"


def test_contracts_of_one_title_are_told_apart(lena: Client, oak: Contract) -> None:
    with CaptureQueriesContext(connection) as before:
        lena.get("/search/absence/")
    store_agreement(oak.matter, AGREEMENT.replace("Harbour Retail plc", "Quay Stores plc"), "quay.txt")
    with CaptureQueriesContext(connection) as after:
        page = lena.get("/search/absence/").content.decode()
    options = re.findall(r'<option value="\d+">(.* · .*)</option>', page)
    assert len(options) == len(set(options)) == 2
    assert "Quay Stores plc" in page and "1 May 2024" in options[0] and "quay.txt" in page
    assert len(after) == len(before)


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
