from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from contracts.models import Contract
from tests.e2e.browser import launch
from tests.web.agreement import project_oak, store_agreement

# Playwright's synchronous API runs an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
PATIENCE = 30_000  # milliseconds; only a failure takes as long
expect.set_options(timeout=PATIENCE)


# Not for the whole session: while it lives, its event loop is the one of this thread, and no other can run there.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def oak(transactional_db: None, kept_encodings: None, settings: Any) -> Contract:
    """The one contract of Project Oak, whose member is lena; verified by the fake that reads its marks."""
    settings.VERIFIER_LOADER = "tests.fakes.load_fake"
    settings.VERIFIER_CARD = "tests.fakes.read_fake_card"
    return store_agreement(project_oak())


@pytest.fixture
def site(live_server: Any, oak: Contract) -> str:
    """The address of a running site."""
    return str(live_server.url)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A browser with JavaScript off."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
