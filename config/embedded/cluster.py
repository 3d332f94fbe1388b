"""The files of a Postgres cluster: made once, configured before every start."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from config.embedded.account import Account
from config.embedded.layout import Layout

ROLE = "proviso"
PORT = 5432  # names the socket file only: the server does not listen on TCP
NO_PROCESS = 2**31 - 1

CONFIGURATION = """\
# Rewritten at every start. Use ALTER SYSTEM for settings of your own.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = '256MB'
work_mem = '16MB'
maintenance_work_mem = '256MB'
effective_cache_size = '1GB'
max_wal_size = '1GB'
# Clients' documents: durability is never traded for speed.
fsync = on
full_page_writes = on
synchronous_commit = on
lc_messages = 'C'
"""


def write_password(path: Path, account: Account) -> None:
    """A random password, readable for its owner only; kept if there is one."""
    if path.exists():
        return
    staged = path.with_suffix(".new")
    staged.unlink(missing_ok=True)
    with os.fdopen(os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32))
    os.chown(staged, account.uid, account.gid)  # initdb reads it
    staged.rename(path)


def create_cluster(layout: Layout, bin_folder: Path, account: Account) -> None:
    """initdb into a scratch folder, then rename: a killed initdb leaves no half-made data."""
    staged = layout.root / "data.new"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(mode=0o700)
    os.chown(staged, account.uid, account.gid)
    account.run(
        [
            *(bin_folder / "initdb", "--pgdata", staged),
            *("--username", ROLE, "--pwfile", layout.password, "--auth", "scram-sha-256"),
            *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"),
        ]
    )
    with (staged / "postgresql.conf").open("a") as file:
        file.write(f"\ninclude '../{layout.configuration.name}'\n")
    staged.rename(layout.data)


def write_configuration(layout: Layout) -> None:
    socket = str(layout.socket).replace("'", "''")
    layout.configuration.write_text(CONFIGURATION.format(port=PORT, socket=socket))
    layout.configuration.chmod(0o644)
    if layout.log.exists():
        layout.log.replace(layout.log.with_suffix(".previous.log"))


def forget_dead_postmaster(layout: Layout) -> None:
    """Let a start succeed when a lock file names a process that is not this cluster's postmaster.

    Postgres only asks whether the process exists, so a zombie (nobody reaps it in many containers) or an unrelated
    process that got the number after a reboot would block the start for ever. The file stays, with a number no
    process can have: its shared memory line still stops a start while old backends live.
    """
    for path in (layout.data / "postmaster.pid", layout.socket / f".s.PGSQL.{PORT}.lock"):
        if path.exists():
            first, _, rest = path.read_text().partition("\n")
            if first.strip().isdigit() and _is_other_process(int(first), layout.data):
                with path.open("r+") as file:  # in place, so that the owner stays
                    file.write(f"{NO_PROCESS}\n{rest}")
                    file.truncate()


def _is_other_process(pid: int, data: Path) -> bool:
    process = Path("/proc", str(pid))
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state == "Z" or not (process / "cwd").samefile(data)
    except (FileNotFoundError, PermissionError):
        return False  # gone, or not ours to look at: Postgres decides
