"""An item of a list, wherever it is shown or taken along: words left out before it, and of what it is a part."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from contracts.models import Contract
from search.models import Hit
from search.present import LEFT_OUT_UNKNOWN
from tests.web.agreement import store_agreement
from tests.web.test_search_page import QUESTION, text_of

LIST = """SUPPLY AGREEMENT

It is made between Northgate Analytics Ltd ("Supplier") and Harbour Retail plc ("Customer").

1. Duties

1.1 The Supplier shall at its own cost: (a) deliver goods; (b) indemnify the Customer [supported .97]; and (c) report.
"""
READING = "The Supplier shall at its own cost: (b) indemnify the Customer [supported .97]; and"
QUOTE = "The Supplier shall at its own cost: … (b) indemnify the Customer [supported .97]; and"
PART = "One of 3 sentences and items of s 1.1."


@pytest.fixture
def item(lena: Client, oak: Contract) -> Hit:
    store_agreement(oak.matter, LIST, "supply.txt")
    lena.get("/search/", {"q": QUESTION})
    return Hit.objects.get(text=READING)


def page_of(lena: Client, name: str, hit: Hit) -> str:
    return text_of(lena.get(reverse(name, args=[hit.search_id, hit.rank]))).replace(" [words left out]", "")


def test_whoever_quotes_it_tells_what_is_left_out(lena: Client, item: Hit) -> None:
    answer = reverse("search-result", args=[item.search_id])
    card = text_of(lena.get(answer))
    assert "[binding words: shall] at its own cost: … [words left out] (b) indemnify" in card and PART in card
    for name in ("hit-why", "hit-compare"):
        assert PART in page_of(lena, name, item)
    files = {name: BytesIO(lena.get(f"{answer}export.{name}").content) for name in ("docx", "xlsx")}
    written = [paragraph.text for paragraph in Document(files["docx"]).paragraphs]
    assert QUOTE in written and PART in written
    rows = load_workbook(files["xlsx"])["Results"].iter_rows(values_only=True)
    assert [(row[8], row[9]) for row in rows if row[0] == item.rank] == [(QUOTE, PART)]
    hits = lena.get(f"/api/v1/searches/{item.search_id}/hits").json()["results"]
    [hit] = [one for one in hits if one["rank"] == item.rank]
    assert (hit["text"], hit["quote"], hit["part"]) == (READING, QUOTE, PART)
    assert [READING[place:][:3] for place in hit["left_out"]] == ["(b)"]
    assert "".join(segment["text"] for segment in hit["segments"]) == READING


def test_what_was_stored_before_says_that_it_is_not_known(lena: Client, item: Hit) -> None:
    Hit.objects.filter(pk=item.pk).update(left_out=None, of_clause=None)
    page = page_of(lena, "hit-why", item)
    assert LEFT_OUT_UNKNOWN in page and "shall] at its own cost: (b) indemnify" in page
