"""axe-core over every page, in a browser: no violation of WCAG 2.2 AA, and none of its best practices."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page

from contracts.models import Contract
from search.absence.check import start_absence_check
from search.filters import Filters
from search.lists.listing import new_list, put_in
from search.page_state import PageState
from search.playbook.check import start_playbook_check
from search.playbook.positions import PositionText, new_playbook
from search.saved.arrivals import search_arrival
from search.saved.saving import save_search
from search.search import search_clauses
from tests.e2e.browser import QUESTION, sign_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.django_db(transaction=True)


def addresses(oak: Contract) -> list[str]:
    """One of every page of the site, with something on it."""
    lena = User.objects.get(username="lena")
    found = search_clauses(QUESTION, lena)
    saved = save_search(lena, "Cover", PageState(QUESTION))
    search_arrival(oak.pk)
    collected = new_list(lena, "Cover")
    put_in(collected, found.hits.all()[:3], "Renegotiate")
    playbook = new_playbook(lena, "Supply", [PositionText(QUESTION, "Indemnity", "Ask for it"), PositionText("Rent")])
    checked = start_playbook_check(playbook, lena, Filters())
    absence = start_absence_check(QUESTION, lena)
    pages: list[tuple[str, list[Any]]] = [
        ("search-result", [found.pk]),
        ("hit-why", [found.pk, 1]),
        ("hit-compare", [found.pk, 1]),
        ("hit-preview", [found.pk, 1]),
        ("history", []),
        ("search-document", [found.pk, oak.pk]),
        ("contract-list", []),
        ("contract", [oak.pk]),
        ("contract-obligations", [oak.pk]),
        ("contract-upload", []),
        ("absence", []),
        ("absence-check", [absence.pk]),
        ("playbooks", []),
        ("playbook", [playbook.pk]),
        ("playbook-check", [checked.pk]),
        ("playbook-cell", [checked.pk, 1, oak.pk]),
        ("saved-searches", []),
        ("saved-search", [saved.pk]),
        ("lists", []),
        ("list", [collected.pk]),
        ("search", []),
    ]
    words = "/search/?q=indemnify&mode=words"
    compared = reverse("hit-compare", args=[found.pk, 1]) + "?with=2"
    return [reverse(name, args=arguments) for name, arguments in pages] + [words, compared, "/no-such-page/"]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": TAGS}).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]
    ]


def test_no_page_has_an_accessibility_violation(page: Page, site: str, oak: Contract) -> None:
    page.goto(f"{site}/login/")
    problems = {"/login/": violations(page)}
    sign_in(page, site, "lena", "sign-in-lena")
    for address in addresses(oak):
        page.goto(site + address)
        for closed in page.locator("details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        problems[address] = violations(page)
    assert {address: found for address, found in problems.items() if found} == {}
    assert len(problems) >= 20


def test_dark_colours_are_legible_too(page: Page, site: str, oak: Contract) -> None:
    found = search_clauses(QUESTION, User.objects.get(username="lena"))
    page.emulate_media(color_scheme="dark")
    sign_in(page, site, "lena", "sign-in-lena")
    pages: dict[str, list[Any]] = {
        "search-result": [found.pk],
        "search-document": [found.pk, oak.pk],
        "hit-why": [found.pk, 1],
        "contract-list": [],
    }
    for name, arguments in pages.items():
        page.goto(site + reverse(name, args=arguments))
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)", name
        assert [one for one in violations(page) if one.startswith("color-contrast")] == [], name


def test_nothing_is_cut_off_at_320_pixels(page: Page, site: str, oak: Contract) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/search/?q=indemnify+claims", "/contracts/", "/contracts/upload/", f"/contracts/{oak.pk}/"):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
