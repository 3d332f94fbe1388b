"""The operating-system account that the server runs as: ours, or an unprivileged one when we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from config.embedded.errors import EmbeddedPostgresError

NAME = "proviso-pg"
FALLBACK_NAME = "nobody"


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int

    @property
    def switched(self) -> bool:
        return self.uid != os.geteuid()

    def popen(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Start a command as this account, without our working folder, output or PG* variables."""
        env = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
        silent = subprocess.DEVNULL
        if not self.switched:
            return subprocess.Popen(command, cwd="/", env=env, stdin=silent, stdout=silent, stderr=subprocess.PIPE)
        return subprocess.Popen(
            command,
            cwd="/",
            env=env | {"HOME": "/"},
            stdin=silent,
            stdout=silent,
            stderr=subprocess.PIPE,
            user=self.uid,
            group=self.gid,
            extra_groups=[],
        )

    def run(self, command: Sequence[str | Path], timeout: float | None = None) -> str:
        """Run to the end and return what it wrote to stderr; EmbeddedPostgresError if it failed."""
        with self.popen(command) as process:
            try:
                _, stderr = process.communicate(timeout=timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                raise EmbeddedPostgresError(f"{command[0]} did not finish within {timeout:.0f} s.") from None
        message = stderr.decode(errors="replace").strip()
        if process.returncode:
            raise EmbeddedPostgresError(f"{command[0]} failed: {message}")
        return message

    def can(self, flag: str, path: Path) -> bool:
        """Whether the account may enter or run (``-x``) or read (``-r``) the path, as the kernel sees it."""
        try:
            self.run(["/usr/bin/test" if Path("/usr/bin/test").exists() else "/bin/test", flag, path])
        except EmbeddedPostgresError:
            return False
        return True


def server_account(data: Path) -> Account:
    """The owner of existing data; else ourselves; else, for root, the system user ``proviso-pg`` (made if missing)."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    entry = _entry(NAME) or _create() or _entry(FALLBACK_NAME)
    if entry is None:
        raise EmbeddedPostgresError(
            f"Postgres does not run as root, and the system user {NAME} could not be made. "
            f"Make it with `useradd --system {NAME}`, run Proviso as an ordinary user, or set DATABASE_URL."
        )
    return Account(entry.pw_uid, entry.pw_gid)


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if useradd is None:
        return None
    options = [
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
        "--shell",
        "/usr/sbin/nologin",
    ]
    # A failure is not fatal: another checkout may have made the user in the same instant.
    subprocess.run([useradd, *options, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, check=False)
    return _entry(NAME)
