"""The browser of the tests and of the screenshots: the system's Chromium."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, Playwright, expect

QUESTION = "The Supplier indemnifies the Customer against claims"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)


def sign_in(page: Page, site: str, user_name: str, password: str) -> None:
    page.goto(f"{site}/login/")
    page.get_by_label("User name").fill(user_name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def ask(page: Page, site: str) -> None:
    sign_in(page, site, "lena", "sign-in-lena")
    page.get_by_label("What must the clause say?").fill(QUESTION)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Supported 1")).to_be_visible()
    # Until htmx has settled a link of the answer is followed as if there were no JavaScript.
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
