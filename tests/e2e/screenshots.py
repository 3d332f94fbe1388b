"""Pictures of a running site for the documentation.

python -m tests.e2e.screenshots --site http://127.0.0.1:8000 --user lawyer --password ...
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import launch, sign_in

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
PATIENCE = 600_000  # milliseconds: the first search loads the models
QUESTION = "The Supplier indemnifies the Customer against third-party intellectual property claims"


def take_screenshots(page: Page, site: str, user_name: str, password: str, question: str) -> None:
    sign_in(page, site, user_name, password)
    field = page.get_by_label("What must the clause say?")
    field.wait_for()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / "start.png")
    field.fill(question)
    page.get_by_role("button", name="Search").click()
    page.locator("#group-supported").wait_for()  # in the whole answer only, not while verdicts come in
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=FOLDER / "search.png")
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.locator("#results article h3 a").first.click()
    page.screenshot(path=FOLDER / "contract.png")
    page.goto(f"{site}/contracts/")
    page.screenshot(path=FOLDER / "contracts.png")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--question", default=QUESTION)
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page(viewport={"width": 1200, "height": 1300})
        page.set_default_timeout(PATIENCE)
        take_screenshots(page, options.site, options.user, options.password, options.question)
        browser.close()


if __name__ == "__main__":
    main()
