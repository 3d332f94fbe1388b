"""The demonstration: a loaded site with a worker, as child processes that stop together."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from django.contrib.auth import get_user_model

USERNAMES = ("lawyer", "admin")
GRACE_SECONDS = 20
READY_SECONDS = 60


class DemoError(RuntimeError):
    """The demonstration cannot run or go on. The message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Login:
    username: str
    password: str | None  # None when it was changed since, or set by somebody else


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise DemoError(
                f"Port {port} cannot be used: {error.strerror}. "
                "Stop the program that has it, or choose another: PORT=8001 make demo"
            ) from error


def demo_logins(path: Path) -> list[Login]:
    """Create the missing accounts, their random passwords kept in ``path``. An existing account is never changed."""
    known = dict(line.split(maxsplit=1) for line in path.read_text().splitlines()) if path.exists() else {}
    passwords = {name: known.get(name) or secrets.token_urlsafe(9) for name in USERNAMES}
    _write_private(path, "".join(f"{name} {password}\n" for name, password in passwords.items()))
    return [_login(name, password) for name, password in passwords.items()]


def one_file_per_agreement(folder: Path) -> list[Path]:
    """The first format of each agreement, by name."""
    files = sorted(path for path in folder.iterdir() if path.is_file())
    return list({path.stem: path for path in reversed(files)}.values())[::-1]


def _login(username: str, password: str) -> Login:
    users = get_user_model().objects
    user = users.filter(username=username).first()
    if user is None:
        create = users.create_superuser if username == "admin" else users.create_user
        create(username=username, password=password)
    elif not user.check_password(password):
        return Login(username, None)
    return Login(username, password)


def _write_private(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


class Children:
    """Named child processes. Ctrl-C and SIGTERM end ``watch``; leaving the ``with`` block stops all of them."""

    def __init__(self) -> None:
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def __enter__(self) -> Children:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(self, *error: object) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in self.processes.values():
            try:
                process.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start(self, name: str, command: list[str], folder: Path, environment: Mapping[str, str]) -> None:
        # In a session of its own, so that Ctrl-C reaches only us and we stop the children in order.
        self.processes[name] = subprocess.Popen(command, cwd=folder, env=environment, start_new_session=True)

    def watch(self, seconds: float | None = None) -> None:
        """Return when asked to stop, or after ``seconds``; DemoError when a child ends by itself."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while not self._stopping and (deadline is None or time.monotonic() < deadline):
            for name, process in self.processes.items():
                if process.poll() is not None:
                    raise DemoError(f"The {name} ended by itself with exit status {process.returncode}; see above.")
            time.sleep(0.1)

    def wait_for(self, url: str) -> bool:
        """Until the page answers; False when asked to stop meanwhile."""
        deadline = time.monotonic() + READY_SECONDS
        while not self._stopping:
            try:
                urllib.request.urlopen(url, timeout=5).close()
                return True
            except (urllib.error.URLError, TimeoutError) as error:
                if time.monotonic() > deadline:
                    raise DemoError(f"{url} did not answer within {READY_SECONDS} s: {error}") from error
            self.watch(0.2)
        return False

    def _ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self._stopping = True


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "worker"]


def web_command(port: int) -> list[str]:
    # One process and several threads: the models are loaded once.
    options = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8", "--timeout", "120"]
    # A question stands in the address; gunicorn's own limit of 4094 bytes cuts off a pasted clause.
    options += ["--limit-request-line", "8190", "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", "config.wsgi:application", *options]
