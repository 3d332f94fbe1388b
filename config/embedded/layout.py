"""Where the embedded Postgres keeps its things."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.embedded.account import Account, server_account
from config.embedded.errors import EmbeddedPostgresError

# sun_path holds 108 bytes on Linux and 104 elsewhere, and Postgres appends "/.s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 84


@dataclass(frozen=True, slots=True)
class Layout:
    """``root`` is ours; ``data``, ``run`` (socket, log) and ``password`` belong to the server's account."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def log(self) -> Path:
        return self.run / "server.log"

    @property
    def socket(self) -> Path:
        if len(os.fsencode(self.run)) <= LONGEST_SOCKET_FOLDER:
            return self.run
        return Path(tempfile.gettempdir(), f"proviso-{_short_hash(self.root)}")

    @property
    def configuration(self) -> Path:
        return self.root / "proviso.conf"

    @property
    def password(self) -> Path:
        return self.root / "password"

    @property
    def clients_lock(self) -> Path:
        """Held shared by every client process as long as it lives."""
        return self.root / "clients.lock"

    @property
    def start_lock(self) -> Path:
        """Held exclusively while a client joins or leaves."""
        return self.root / "start.lock"


def choose_root(home: Path) -> Path:
    """``home``/postgres; for root, /var/lib/proviso-HASH when the server's account cannot enter ``home``."""
    default, system = home / "postgres", Path(f"/var/lib/proviso-{_short_hash(home)}")
    for root in (default, system):
        if (root / "data" / "PG_VERSION").exists():
            return root
    home.mkdir(parents=True, exist_ok=True)
    return default if server_account(default / "data").can("-x", home) else system


def make_folders(layout: Layout, account: Account) -> None:
    """Make our folders private. No folder above ``layout.root`` is ever changed."""
    layout.root.parent.mkdir(parents=True, exist_ok=True)
    # The server's account must pass through the root folder, but owns nothing in it that root would trust.
    _own_folder(layout.root, os.geteuid(), os.getegid(), 0o711 if account.switched else 0o700)
    _own_folder(layout.run, account.uid, account.gid, 0o700)
    if layout.socket != layout.run:
        _own_folder(layout.socket, account.uid, account.gid, 0o700)
    if not account.can("-x", layout.run):
        raise EmbeddedPostgresError(
            f"The server's account (uid {account.uid}) cannot enter {layout.root}: a folder above it is private. "
            "Set EMBEDDED_POSTGRES_DIR to a folder it can reach, for example /var/lib/proviso."
        )


def _own_folder(folder: Path, uid: int, gid: int, mode: int) -> None:
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (uid, os.geteuid()):
            raise EmbeddedPostgresError(
                f"{folder} belongs to another user (uid {found.st_uid}). Run Proviso as that user, "
                "remove the folder, or set EMBEDDED_POSTGRES_DIR to another one."
            )
        if (found.st_uid, found.st_gid) != (uid, gid):
            os.chown(folder, uid, gid)
        os.chmod(folder, mode)
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"No permission for {error.filename}. Was Proviso run by another user before (sudo)? Run it as that user, "
            "or set EMBEDDED_POSTGRES_DIR to a folder of your own."
        ) from error


def _short_hash(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
