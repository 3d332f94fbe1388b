"""A lawyer at a browser: pages, and the fragments that a page asks for by itself."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import Any
from urllib.parse import urlencode

import httpx2

from tests.soak.files import Files
from tests.soak.questions import question, words
from tests.soak.visitor import Visitor

FRAGMENT = {"HX-Request": "true"}
POLL = 3.0  # seconds, as the pages do
PATIENCE = 900.0
SAVED = 3  # searches of one lawyer; the oldest gives way
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+)"')
UUID = "[0-9a-f-]{36}"


class Lawyer:
    def __init__(
        self, visitor: Visitor, login: tuple[str, str], matter: int, contracts: Sequence[int], files: Files, seed: int
    ) -> None:
        self.visitor, self.login, self.matter, self.contracts, self.files = visitor, login, matter, contracts, files
        self.chance = random.Random(seed)
        self.tasks: list[tuple[int, Callable[[], None]]] = [
            (8, self.ask_in_steps),
            (2, self.ask_without_scripts),
            (3, self.look_for_words),
            (4, self.read_a_contract),
            (1, self.check_absence),
            (2, self.save_a_search),
            (1, self.keep_a_list),
            (1, self.send_files),
            (1, self.sign_in_again),
        ]

    def sign_in(self) -> None:
        page = self.visitor.ask("GET", "/login/?next=/search/").text
        for address in dict.fromkeys(STATIC.findall(page)):
            self.visitor.ask("GET", address)
        name, password = self.login
        page = self._submit("/login/", {"username": name, "password": password, "next": "/search/"}).text
        self.visitor.check("Sign out" in page, "the page after signing in offers no signing out")
        for address in dict.fromkeys(STATIC.findall(page)):
            self.visitor.ask("GET", address)

    def sign_in_again(self) -> None:
        self._submit("/logout/", {})
        self.visitor.ask("GET", "/contracts/", expect=(302,))
        self.sign_in()

    def ask_in_steps(self) -> None:
        """As the page does: a shell at once, then verdicts until the answer is whole."""
        address = f"/search/?{urlencode({'q': question(self.chance)})}"
        with self.visitor.timed("a question, until its answer is whole"):
            page = self._fragment(address)
            while following := re.search(r'id="verifying"[^>]*hx-get="([^"]+)"', page):
                page = self._fragment(unescape(following[1]))
        self._use(page)

    def ask_without_scripts(self) -> None:
        narrowed = {"q": question(self.chance), "matter": str(self.matter)}
        self._use(self.visitor.ask("GET", f"/search/?{urlencode(narrowed)}").text)

    def look_for_words(self) -> None:
        self._use(self.visitor.ask("GET", f"/search/?{urlencode({'q': words(self.chance), 'mode': 'words'})}").text)

    def read_a_contract(self) -> None:
        self.visitor.ask("GET", "/contracts/")
        contract = self.chance.choice(self.contracts)
        self.visitor.ask("GET", f"/contracts/{contract}/")
        self.visitor.ask("GET", f"/contracts/{contract}/{self.chance.choice(['obligations', 'file'])}/")
        self.visitor.ask("GET", "/contracts/999999999/", expect=(404,))

    def check_absence(self) -> None:
        """Of one contract; what takes long is read by the worker."""
        self.visitor.ask("GET", "/search/absence/")
        asked = {"q": question(self.chance), "contracts": str(self.chance.choice(self.contracts))}
        with self.visitor.timed("an absence check, until it is read"):
            page = self._submit("/search/absence/", asked)
            check = page.url.path
            if 'id="absence-progress"' in page.text:
                self._wait(lambda: 'id="absence-progress"' not in self._fragment(check))
        shown = self.visitor.ask("GET", check).text
        answer = re.search(rf"/search/({UUID})/export\.docx", shown)
        self.visitor.check(answer, f"{check} ended without an answer")
        if answer:
            self._export(answer[1])
        self._submit(f"{check}delete/", {})

    def save_a_search(self) -> None:
        asked = question(self.chance)
        listed = self._submit("/search/saved/", {"address": urlencode({"q": asked}), "name": asked}).text
        saved = sorted({int(pk) for pk in re.findall(r"/search/saved/(\d+)/", listed)})
        self.visitor.ask("GET", f"/search/saved/{self.chance.choice(saved)}/")
        self._submit(f"/search/saved/{saved[-1]}/seen/", {})
        if len(saved) > SAVED:
            self._submit(f"/search/saved/{saved[0]}/delete/", {})

    def keep_a_list(self) -> None:
        asked = self.visitor.ask("GET", f"/search/?{urlencode({'q': question(self.chance)})}").text
        search = self._search_of(asked)
        if search is None or not (ranks := re.findall(r'name="hit" value="(\d+)"', asked)):
            return
        made = self._submit(f"/search/{search}/collect/", {"hit": ranks[:3], "name": f"List of {ranks[0]}"})
        address = made.url.path
        self.visitor.ask("GET", f"{address}export.{self.chance.choice(['docx', 'xlsx'])}")
        self._submit(f"{address}delete/", {})

    def send_files(self) -> None:
        """New ones, one of them twice, a broken one or a ZIP; then wait as the page does."""
        new, other = self.files.new(), self.chance.choice([self.files.broken, self.files.archive])()
        uploads = [("files", (one.name, one.content)) for one in (new, new, other)]
        self.visitor.ask("GET", "/contracts/upload/")
        page = self._submit("/contracts/upload/", {"matter": str(self.matter)}, files=uploads).text
        self.visitor.check("is already in" in page, "a file that was sent twice was not said to be there already")
        with self.visitor.timed("files sent on the page, until they are read"):
            self._wait(lambda: f">{escape(new.name)}<" not in self._fragment("/contracts/progress/?settled=0"))

    def _use(self, page: str) -> None:
        """What is done with an answer."""
        search = self._search_of(page)
        self.visitor.check(search, "a page of results names no stored answer")
        ranks = re.findall(r'id="clause-(\d+)"', page)
        if not ranks:
            return
        hit = f"/search/{search}/hits/{self.chance.choice(ranks)}"
        gone = (200, 404)  # its contract may be deleted meanwhile
        match self.chance.randrange(6):
            case 0:
                opened = re.search(rf'href="(/search/{search}/contracts/\d+/[^"#]*)', page)
                self.visitor.check(opened, "no result leads to its contract")
                self.visitor.ask("GET", unescape(opened[1]) if opened else "", expect=gone)
            case 1:
                self.visitor.ask("GET", f"{hit}/why/", expect=gone, headers=FRAGMENT)
            case 2:
                self._post(f"{hit}/compare/", {"own": question(self.chance)}, expect=gone)
            case 3:
                decision = {"decision": self.chance.choice(["relevant", "not_relevant", "unsure"])}
                self._post(f"{hit}/decision/", decision, expect=gone, headers=FRAGMENT)
            case 4:
                self._export(str(search))
            case 5:
                self.visitor.ask("GET", f"/search/{search}/")

    def _export(self, search: str) -> None:
        file = self.visitor.ask("GET", f"/search/{search}/export.{self.chance.choice(['docx', 'xlsx'])}")
        self.visitor.check(file.content.startswith(b"PK"), "an export is no Office file")

    def _search_of(self, page: str) -> str | None:
        found = re.search(rf'href="/search/({UUID})/"', page)
        return found[1] if found else None

    def _fragment(self, address: str) -> str:
        return self.visitor.ask("GET", address, headers=FRAGMENT).text

    def _wait(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + PATIENCE
        while not done():
            self.visitor.check(time.monotonic() < until, f"not done after {PATIENCE:.0f} s")
            time.sleep(POLL)

    def _submit(self, address: str, fields: dict[str, Any], **sent: Any) -> httpx2.Response:
        """A form; then the page that it leads to."""
        answer = self._post(address, fields, expect=(302,), **sent)
        return self.visitor.ask("GET", answer.headers["Location"], expect=(200, 302))

    def _post(self, address: str, fields: dict[str, Any], **sent: Any) -> httpx2.Response:
        token = {"X-CSRFToken": self.visitor.http.cookies.get("csrftoken", "")}
        sent["headers"] = token | sent.get("headers", {})
        return self.visitor.ask("POST", address, data=fields, **sent)
