"""Pages travel compressed, and a full page of results comes quickly over a slow line."""

from __future__ import annotations

import gzip
from typing import Any

from django.test import Client

from contracts.models import Contract
from search.models import Search
from tests.web.agreement import store_agreement
from tests.web.test_search_page import QUESTION

GZIP = {"Accept-Encoding": "gzip"}
FIRST_PAINT = 60_000  # bytes of the page and its style sheet; scripts come after

DUTIES = ("deliver", "insure", "inspect", "repair", "store", "label", "pack", "ship", "test", "replace")
THINGS = ("goods", "premises", "records", "software", "equipment")
LONG = "\n\n".join(
    f"2.{1 + 5 * i + j} The Supplier shall {duty} the {thing} of the Customer numbered {i}{j}, at its own cost and "
    f"within {30 + 7 * i + j} days after a notice that names the {thing} and gives reasons, unless clause {i + 3}.{j} "
    f"applies or the Customer has failed to pay {i * 1000 + j * 50} pounds that were due before [supported .9{j}]."
    for i, duty in enumerate(DUTIES)
    for j, thing in enumerate(THINGS)
)
AGREEMENT = f"""MASTER SERVICES AGREEMENT

It is made between Northgate Analytics Ltd ("Supplier") and Harbour Retail plc ("Customer").

2. Duties

{LONG}
"""


def test_a_page_of_fifty_results_and_its_style_sheet_are_small(lena: Client, oak: Contract, settings: Any) -> None:
    settings.READ_ON_LIMIT = 0
    store_agreement(oak.matter, AGREEMENT, "duties.txt")
    page = lena.get("/search/", {"q": QUESTION}, headers=GZIP)
    assert Search.objects.get().recalled == 50 and page["Content-Encoding"] == "gzip"
    assert gzip.decompress(page.content).count(b"<article") > 45
    styles: Any = lena.get("/static/proviso.css", headers=GZIP)
    assert styles["Content-Encoding"] == "gzip"
    assert len(page.content) + len(styles.getvalue()) < FIRST_PAINT


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
