"""Absence checks and playbooks while they are read, in a browser: what one opened or stands on stays as it is."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from contracts.models import Contract
from search.absence import check as absence_check
from search.absence.check import start_absence_check
from search.absence.reading import run_absence_check
from search.filters import Filters
from search.models import AbsenceCheck
from search.playbook.check import start_playbook_check
from search.playbook.positions import PositionText, new_playbook
from tests.e2e.browser import sign_in

STATEMENT = "The Supplier indemnifies the Customer"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lena(oak: Contract, monkeypatch: pytest.MonkeyPatch) -> User:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    return User.objects.get(username="lena")


def test_an_absence_check_ends_before_one_s_eyes(page: Page, site: str, lena: User) -> None:
    check = start_absence_check(STATEMENT, lena)
    sign_in(page, site, "lena", "sign-in-lena")
    page.goto(f"{site}/search/absence/{check.pk}/")
    page.get_by_text("Contracts in the scope").click()
    AbsenceCheck.objects.update(state="reading")
    expect(page.get_by_text("Reading: 0 of")).to_be_visible()
    expect(page.locator("#absence-said")).to_be_empty()
    expect(page.get_by_role("link", name="Master Services Agreement")).to_be_visible()
    run_absence_check(check)
    expect(page.locator("#absence-said")).to_have_text("1 clause says it.")
    expect(page.get_by_role("heading", name="Supported 1")).to_be_visible()
    expect(page.get_by_role("link", name="Master Services Agreement").last).to_be_visible()
    expect(page.locator("#absence-progress")).to_have_count(0)
    expect(page.get_by_label("Keys")).to_be_visible()
    for key in "jjkr":
        page.keyboard.press(key)
    expect(page.locator("#decide-not_relevant-1")).to_have_attribute("aria-pressed", "true")


def test_the_grid_fills_and_the_focus_stays(page: Page, site: str, oak: Contract, lena: User) -> None:
    playbook = new_playbook(lena, "Supply", [PositionText(STATEMENT, "Indemnity"), PositionText("Rent is due", "Rent")])
    start_playbook_check(playbook, lena, Filters())
    first, second = AbsenceCheck.objects.order_by("position__place")
    check = first.position.check_of
    sign_in(page, site, "lena", "sign-in-lena")
    page.goto(f"{site}/search/playbooks/checks/{check.pk}/")
    run_absence_check(first)
    cell = page.locator(f"#cell-1-{oak.pk}")
    cell.focus()
    run_absence_check(second)
    expect(page.locator("#playbook-said")).to_have_text("Every position is read.")
    expect(page.get_by_text("Every passage of 1 contract was read against 2 positions")).to_be_visible()
    expect(page.get_by_text("Not read yet")).to_have_count(0)
    expect(cell).to_be_focused()
    cell.click()
    expect(page.get_by_label("Keys")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.locator("#decide-relevant-1")).to_have_attribute("aria-pressed", "true")
