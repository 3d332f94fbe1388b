"""The parts of `make demo`: logins that are kept, children that stop together."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.contrib.auth import authenticate, get_user_model
from gunicorn.config import Config

from config.demo import Children, DemoError, check_port_is_free, demo_logins, web_command
from search.query import LONGEST_TYPED

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def _signal_handlers_are_put_back() -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


@pytest.mark.django_db
def test_logins_work_and_stay_the_same(tmp_path: Path) -> None:
    first = demo_logins(tmp_path / "logins")
    assert demo_logins(tmp_path / "logins") == first
    for login in first:
        user = authenticate(username=login.username, password=login.password)
        assert user is not None
        assert user.is_superuser == (login.username == "admin")
    assert (tmp_path / "logins").stat().st_mode & 0o777 == 0o600


@pytest.mark.django_db
def test_an_existing_account_keeps_its_password(tmp_path: Path) -> None:
    get_user_model().objects.create_user(username="lawyer", password="chosen earlier")
    passwords = {login.username: login.password for login in demo_logins(tmp_path / "logins")}
    assert passwords["lawyer"] is None
    assert authenticate(username="lawyer", password="chosen earlier") is not None


def test_a_taken_port_is_an_error_with_a_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(DemoError, match="choose another: PORT="):
            check_port_is_free(taken.getsockname()[1])


def test_a_signal_ends_the_watch_and_every_child() -> None:
    with Children() as children:
        children.start("sleeper", SLEEPER, Path("/"), os.environ)
        children.start("second sleeper", SLEEPER, Path("/"), os.environ)
        threading.Timer(0.5, os.kill, [os.getpid(), signal.SIGTERM]).start()
        children.watch(seconds=30)
    assert [process.returncode for process in children.processes.values()] == [-signal.SIGTERM] * 2


def test_a_child_that_dies_is_named_and_takes_the_others_along() -> None:
    with Children() as children:
        children.start("worker", SLEEPER, Path("/"), os.environ)
        children.start("web server", [sys.executable, "-c", "raise SystemExit(3)"], Path("/"), os.environ)
        with pytest.raises(DemoError, match="web server ended by itself with exit status 3"):
            children.watch(seconds=30)
    assert children.processes["worker"].returncode == -signal.SIGTERM


def test_the_longest_question_fits_the_request_line() -> None:
    clause = "“Fees”, “Goods”, “Buyer’s Site” and “Term” have the meanings given in Schedule 1; "
    question = (clause * 40)[:LONGEST_TYPED]
    line = f"GET /search/?q={quote(question)}&mode=support&heading=&not-heading=&from=&until= HTTP/1.1"
    options = Config().parser().parse_args(web_command(8000)[3:])
    assert 4094 < len(line) < options.limit_request_line
