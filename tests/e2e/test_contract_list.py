"""The list of contracts while files are read, in a browser."""

from __future__ import annotations

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
    expect(row).to_contain_text(Contract.State.READY.label, timeout=20_000)  # it asks every three seconds
    expect(page.locator("#progress")).not_to_contain_text(oak.file_name)
    expect(page.locator("#progress[hx-get]")).to_have_count(0)
