"""Pictures of the main pages at three widths, from a running site with the sample agreements, for the documentation.

python -m tests.e2e.screenshots --site http://127.0.0.1:8000 --user lawyer --password ...

The user has made an absence check and a playbook check; the latest of each is shown.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.e2e.browser import launch, sign_in

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZES = ((1440, 1000), (768, 1000), (320, 720))
COLOURS = 48  # of the palette: letters stay sharp, files small
PATIENCE = 600_000  # milliseconds: the first search loads the models
QUESTION = "The Supplier indemnifies the Customer against third-party intellectual property claims"
OWN_WORDING = (
    "The Supplier shall indemnify the Customer against direct losses awarded by a court as a result of any claim by a "
    "third party that the receipt of the Services infringes its Intellectual Property Rights."
)


def ask(page: Page, site: str) -> str:
    """The address of the stored answer."""
    page.goto(f"{site}/search/")
    page.get_by_label("What must the clause say?").fill(QUESTION)
    page.get_by_role("button", name="Search", exact=True).click()
    return f"{site}{page.locator('.provenance a').first.get_attribute('href')}"


def addresses(page: Page, site: str) -> dict[str, str]:
    answer = ask(page, site)
    page.goto(answer)
    card = page.locator(".group-supported article").first
    found = {
        "search": answer,
        "why": answer,
        "document": f"{site}{card.locator('h3 a').get_attribute('href')}",
        "compare": f"{site}{card.locator('.action-compare').get_attribute('href')}",
    }
    for name, path, link in (("playbook", "playbooks", "#own-checks + ul a"), ("absence", "absence", ".examples a")):
        page.goto(f"{site}/search/{path}/")
        found[name] = f"{site}{page.locator(link).first.get_attribute('href')}"
    return found


def open_why(page: Page) -> None:
    card = page.locator(".group-supported article").first
    card.locator(".action-why").click()
    card.locator(".why").wait_for()
    card.evaluate("(card) => card.scrollIntoView()")


def compare_own(page: Page) -> None:
    page.get_by_label("Your own wording").fill(OWN_WORDING)
    page.get_by_role("button", name="Compare with my wording").click()
    page.locator(".comparison").wait_for()


PREPARE: dict[str, Callable[[Page], None]] = {"why": open_why, "compare": compare_own}


def take(page: Page, pages: dict[str, str]) -> None:
    for name, address in pages.items():
        page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})
        page.goto(address)
        PREPARE.get(name, lambda page: None)(page)
        page.evaluate("document.activeElement.blur()")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            if name == "why":
                page.locator(".why").evaluate("(why) => why.closest('article').scrollIntoView()")
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
            small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(FOLDER / f"{name}-{width}.png", optimize=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--site", default="http://127.0.0.1:8000")
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        sign_in(page, options.site, options.user, options.password)
        page.get_by_label("What must the clause say?").wait_for()
        take(page, addresses(page, options.site))
        browser.close()


if __name__ == "__main__":
    main()
