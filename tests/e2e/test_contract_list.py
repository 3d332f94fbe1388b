"""Contracts that are sent, listed and opened, in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contracts.models import Contract
from tests.e2e.browser import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_that_was_read_shows_in_the_table_without_a_reload(page: Page, site: str, oak: Contract) -> None:
    Contract.objects.filter(pk=oak.pk).update(state=Contract.State.READING)
    sign_in(page, site, "lena", "sign-in-lena")
    page.goto(f"{site}/contracts/")
    row = page.locator("#contracts tbody tr")
    expect(row).to_contain_text(Contract.State.READING.label)
    expect(page.locator("#progress")).to_contain_text(oak.file_name)
    Contract.objects.filter(pk=oak.pk).update(state=Contract.State.READY)
    expect(row).to_contain_text(Contract.State.READY.label)  # it asks every three seconds
    expect(page.locator("#progress")).not_to_contain_text(oak.file_name)
    expect(page.locator("#progress[hx-get]")).to_have_count(0)


def test_a_bad_upload_is_refused_with_the_reason(page: Page, site: str, settings: Any, tmp_path: Path) -> None:
    settings.MAX_FILE_BYTES = 1000
    big = tmp_path / "big.txt"
    big.write_bytes(b"x" * 2000)
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_role("link", name="Upload").click()
    page.get_by_label("Matter").select_option(label="Project Oak")
    page.get_by_label("Files").set_input_files(big)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("alert")).to_contain_text("big.txt is too large")


def test_the_explanation_of_a_term_closes_with_esc_and_opens_anew(page: Page, site: str, oak: Contract) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.goto(f"{site}/contracts/{oak.pk}/")
    term = page.locator(".term").first

    def explained() -> bool:
        return bool(term.evaluate("(one) => getComputedStyle(one, '::after').content !== 'none'"))

    assert not explained()
    for comes in (term.hover, term.focus):
        comes()
        assert explained()
        page.keyboard.press("Escape")
        assert not explained()
    expect(term).to_be_focused()  # closing it moves nothing
    page.mouse.move(0, 0)
    assert not explained()
    term.hover()
    assert explained()
