"""The original of a PDF, as the browser opens it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from contracts.models import Contract
from tests.e2e.browser import ask

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = "[document.querySelector('pdf-viewer')?.docLength_, document.querySelector('pdf-viewer')?.pageNo_]"


def test_a_citation_opens_the_pdf_at_its_page(page: Page, site: str, oak: Contract, settings: Any) -> None:
    pdf = settings.BASE_DIR / "fixtures" / "agreements" / "lease.pdf"
    type(oak.file).objects.update(content=pdf.read_bytes())
    Contract.objects.update(format="pdf", file_name=pdf.name)
    oak.clauses.update(page=2)
    ask(page, site)
    page.locator(".group-supported").get_by_role("link", name="p. 2 of the original").click()
    expect(page).to_have_url(re.compile(r"/contracts/\d+/file/#page=2$"))
    # The browser's own viewer runs beside the sandbox that the file is in, and knows its pages. It begins at the first.
    for _ in range(60):
        viewers = [frame for frame in page.frames if frame.url.startswith("chrome-extension://")]
        shown = [viewer.evaluate(PAGES) for viewer in viewers]
        if shown == [[6, 2]]:
            break
        page.wait_for_timeout(500)
    assert shown == [[6, 2]]
