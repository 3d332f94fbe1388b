"""Signing in again after one was signed out on a page leads back to that page."""

from __future__ import annotations

import pytest
from django.test import Client

HTMX = {"HX-Request": "true"}
PAGE = "/search/?q=The%20Supplier%20pays&bearer=Supplier"
WAY_BACK = "/login/?next=/search/%3Fq%3DThe%2520Supplier%2520pays%26bearer%3DSupplier"
SOME = "0b0f3b0c-9f7e-4d8e-8a54-2f1a64bb7f5a"
HIT = f"/search/{SOME}/hits/1"
FRAGMENTS = [
    ("get", f"{HIT}/why/"),
    ("post", f"{HIT}/decision/"),
    ("get", f"/search/verifying/{SOME}/"),
    ("get", "/search/build/"),
    ("get", f"/search/absence/{SOME}/"),
    ("get", f"/search/playbooks/checks/{SOME}/"),
]


@pytest.mark.parametrize(("method", "path"), FRAGMENTS)
def test_a_fragment_takes_the_whole_page_to_sign_in(client: Client, db: None, method: str, path: str) -> None:
    headers = HTMX | {"HX-Current-URL": f"http://testserver{PAGE}"}
    answer = getattr(client, method)(path, headers=headers)
    assert (answer.status_code, answer["HX-Redirect"], answer.content) == (200, WAY_BACK, b"")


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/search/", "javascript:alert(1)", "//elsewhere.example", ""]
)
def test_the_way_back_is_a_page_of_this_site(client: Client, db: None, elsewhere: str) -> None:
    answer = client.get(f"{HIT}/why/", headers=HTMX | {"HX-Current-URL": elsewhere})
    assert answer["HX-Redirect"] == "/login/"


def test_without_javascript_what_was_sent_leads_back_to_its_page(client: Client, db: None) -> None:
    answer = client.post(f"{HIT}/decision/", {"decision": "relevant"}, headers={"Referer": f"http://testserver{PAGE}"})
    assert (answer.status_code, answer["Location"]) == (302, WAY_BACK)
    assert "what you pressed last was not done" in client.get(WAY_BACK).content.decode()
    assert client.post(f"{HIT}/decision/")["Location"] == "/login/"


def test_a_page_is_its_own_way_back(client: Client, db: None) -> None:
    assert client.get("/contracts/")["Location"] == "/login/?next=/contracts/"


def test_signing_out_is_left_as_it_is(lena: Client) -> None:
    answer = lena.post("/logout/", headers={"Referer": f"http://testserver{PAGE}"})
    assert (answer.status_code, answer["Location"]) == (302, "/login/")
