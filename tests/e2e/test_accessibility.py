"""Every page in a browser: no violation of WCAG 2.2 AA or of axe-core's best practices, and nothing cut off."""

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
from search.models import Disagreement, Search
from search.page_state import PageState
from search.playbook.check import start_playbook_check
from search.playbook.positions import PositionText, new_playbook
from search.saved.arrivals import search_arrival
from search.saved.saving import save_search
from search.saved.stopping import stop_address
from search.search import search_clauses
from tests.e2e.browser import QUESTION, ask, sign_in

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WCAG = [tag for tag in TAGS if tag.startswith("wcag")]
ADMINISTRATION = (  # with how many numbers of a contract in the address
    ("index", 0),
    ("contracts_contract_changelist", 0),
    ("contracts_contract_folders", 0),
    ("contracts_contract_inspect", 1),
    ("contracts_contract_log", 1),
    ("contracts_receivedfile_changelist", 0),
    ("search_disagreement_changelist", 0),
)
USUAL = {"width": 1280, "height": 720}
pytestmark = pytest.mark.django_db(transaction=True)


def addresses(oak: Contract) -> list[str]:
    """One of every page of the site, with something on it."""
    lena = User.objects.get(username="lena")
    found = search_clauses(QUESTION, lena)
    found.hits.filter(label="party_swapped").update(under=found.hits.get(label="supported").rank)  # folded on its card
    oak.original_text = oak.text.replace("shall", "may")
    oak.save(update_fields=["original_text"])
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
        ("contract-original", [oak.pk]),
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
    return [reverse(name, args=arguments) for name, arguments in pages] + [
        words,
        compared,
        stop_address(saved=saved.pk),
        "/no-such-page/",
    ]


def violations(page: Page, only: dict[str, Any] | None = None) -> list[str]:
    asked = only or {"type": "tag", "values": TAGS}
    found = Axe().run(page, options={"runOnly": asked}).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}" for one in found for node in one["nodes"]
    ]


def problems_of(page: Page) -> list[str]:
    """With all that is folded unfolded: as it is, in dark colours, and on 320 pixels."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    found = violations(page)
    page.emulate_media(color_scheme="dark")
    if page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(20, 24, 29)":
        found.append("no dark colours")
    found += violations(page, {"type": "rule", "values": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
        found.append(f"{wide} pixels wide")
    page.set_viewport_size(USUAL)
    return found


def test_every_page_is_accessible_in_both_colours_and_on_320_pixels(page: Page, site: str, oak: Contract) -> None:
    page.set_viewport_size(USUAL)
    page.goto(f"{site}/login/")
    problems = {"/login/": problems_of(page)}
    sign_in(page, site, "lena", "sign-in-lena")
    for address in addresses(oak):
        page.goto(site + address)
        problems[address] = problems_of(page)
    assert {address: found for address, found in problems.items() if found} == {}
    assert len(problems) >= 25


def test_what_opens_or_refuses_on_an_answer_is_accessible_too(page: Page, site: str, oak: Contract) -> None:
    page.set_viewport_size(USUAL)
    ask(page, site)
    page.locator(".group-supported .action-why").click()
    page.locator(".group-supported .asked-found").wait_for()
    problems = {"why": problems_of(page)}
    page.keyboard.press("?")
    page.get_by_role("dialog").wait_for()
    problems["keys"] = problems_of(page)
    for name in ("Compare the two", "Put in the list"):
        page.goto(f"{site}{reverse('search-result', args=[Search.objects.get().pk])}")
        page.get_by_role("button", name=name).click()
        page.get_by_role("alert").wait_for()
        problems[name] = problems_of(page)
    assert {name: found for name, found in problems.items() if found} == {}


def test_the_administrator_s_pages_are_accessible(page: Page, site: str, oak: Contract, settings: Any) -> None:
    """Mostly drawn by Django itself, so what WCAG asks, not axe-core's best practices; in one size and colour."""
    User.objects.filter(username="lena").update(is_staff=True, is_superuser=True)
    Disagreement.objects.create(
        user=User.objects.get(username="lena"), contract=oak, query=QUESTION, text="Words", label="supported",
        should_be="negated", verifier_sha256="0",
    )  # fmt: skip
    Contract.objects.create(matter=oak.matter, file_name="new.txt", sha256="0" * 64, size=1)
    settings.STAGING_FOLDER = settings.WATCHED_FOLDER = str(settings.BASE_DIR / "fixtures" / "agreements")
    sign_in(page, site, "lena", "sign-in-lena")
    problems = {}
    addresses = [reverse(f"admin:{name}", args=[oak.pk] * arguments) for name, arguments in ADMINISTRATION]
    clause = oak.clauses.filter(obligations__isnull=False)[0]  # with its forms
    for address in (*addresses, f"{reverse('admin:contracts_contract_inspect', args=[oak.pk])}?clause={clause.pk}"):
        page.goto(site + address)
        problems[address] = violations(page, {"type": "tag", "values": WCAG})
    assert {address: found for address, found in problems.items() if found} == {}
