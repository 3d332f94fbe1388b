"""Pages travel compressed, and a full page of results comes quickly over a slow line."""

from __future__ import annotations

import gzip
import random
from typing import Any

from django.test import Client

from contracts.models import Contract
from search.models import Hit, Search
from search.query import MAX_LIMIT
from tests.web.agreement import store_agreement
from tests.web.test_search_page import QUESTION

GZIP = {"Accept-Encoding": "gzip"}
# Bytes of the page and its style sheet, scripts come after: of as many passages as a search reads first, reads on to by
# itself (READ_ON_LIMIT), and reads at most.
SMALL = {50: 30_000, 200: 65_000, MAX_LIMIT: 140_000}

DUTIES = ("deliver", "insure", "inspect", "repair", "store", "label", "pack", "ship", "test", "replace")
THINGS = ("goods", "premises", "records", "software", "equipment")
LONG = "\n\n".join(
    f"2.{1 + 5 * i + j} The Supplier shall {duty} the {thing} of the Customer numbered {i}{j}, at its own cost and "
    f"within {30 + 7 * i + j} days after a notice that names the {thing} and gives reasons, unless clause {i + 3}.{j} "
    f"applies or the Customer has failed to pay {i * 1000 + j * 50} pounds that were due before [supported .9{j}]."
    for i, duty in enumerate(DUTIES)
    for j, thing in enumerate(THINGS)
)
DUTIES_AGREEMENT = f"""MASTER SERVICES AGREEMENT

It is made between Northgate Analytics Ltd ("Supplier") and Harbour Retail plc ("Customer").

2. Duties

{LONG}
"""


def test_a_page_of_results_and_its_style_sheet_are_small(lena: Client, oak: Contract, settings: Any) -> None:
    settings.READ_ON_LIMIT = 0
    store_agreement(oak.matter, DUTIES_AGREEMENT, "duties.txt")
    page = lena.get("/search/", {"q": QUESTION}, headers=GZIP)
    search = Search.objects.get()
    assert search.recalled == 50 and page["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content).count(b"<article") > 45
    styles: Any = lena.get("/static/proviso.css", headers=GZIP)
    assert styles["Content-Encoding"] == "gzip"
    style_sheet = len(styles.getvalue())
    sizes = {50: len(page.content) + style_sheet}
    for read in (200, MAX_LIMIT):
        read_on(search, read)
        longer = lena.get(f"/search/{search.pk}/", headers=GZIP)
        assert gzip.decompress(longer.content).count(b"<article") > 0.9 * read
        sizes[read] = len(longer.content) + style_sheet
    assert {read: size for read, size in sizes.items() if size >= SMALL[read]} == {}


def read_on(search: Search, read: int) -> None:
    """As when so many were read, the further ones of the same words in an order of their own."""
    hits, there = list(search.hits.order_by("rank")[:45]), search.hits.count()
    further = []
    for rank in range(there + 1, read + 1):
        hit = hits[rank % len(hits)]
        copied = {field.attname: getattr(hit, field.attname) for field in Hit._meta.concrete_fields}
        words = hit.text.split(" ")
        random.Random(rank).shuffle(words)
        further.append(Hit(**copied | {"id": None, "rank": rank, "text": " ".join(words)}))
    Hit.objects.bulk_create(further)


def test_a_style_sheet_that_the_browser_has_is_not_sent_again(lena: Client) -> None:
    tag = lena.get("/static/proviso.css", headers=GZIP)["ETag"]
    assert tag.startswith("W/")
    assert lena.get("/static/proviso.css", headers=GZIP | {"If-None-Match": tag}).status_code == 304


def test_the_same_page_never_tells_by_its_length(lena: Client) -> None:
    """Random bytes hide how well a guess in the address compresses with the words of the page."""
    assert len({len(lena.get("/search/", headers=GZIP).content) for _ in range(20)}) > 1


def test_what_is_compressed_already_and_the_api_are_left_alone(lena: Client) -> None:
    for path in ("/api/v1/matters", "/api/schema/"):
        assert "Content-Encoding" not in lena.get(path, headers=GZIP)
    assert "Content-Encoding" not in lena.get("/search/")
