"""The embedded Postgres: started by the first client process, stopped by the last one to leave.

Each client process holds a shared lock on one file as long as it lives. Joining and leaving happen one at a time, under
a second lock. Whoever leaves and then gets the first lock alone was the last, and stops the server. The kernel frees
the locks of a killed process; if it was the last, the server stays up until the next client leaves.
"""

from __future__ import annotations

import atexit
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import FrameType

import psycopg
from psycopg import pq, sql

from config.embedded.account import Account, server_account
from config.embedded.binaries import installed_binaries, reachable_bin
from config.embedded.cluster import (
    PORT,
    ROLE,
    create_cluster,
    forget_dead_postmaster,
    write_configuration,
    write_password,
)
from config.embedded.errors import EmbeddedPostgresError
from config.embedded.layout import Layout, make_folders
from config.embedded.locks import exclusive, hold_shared

logger = logging.getLogger(__name__)

START_SECONDS = 600  # replaying the log after a crash can take minutes
STOP_SECONDS = 60
LEAVE_SECONDS = 10
PROGRESS_SECONDS = 5
# What Postgres says while processes of a killed postmaster are still ending.
ORPHANS = ("pre-existing shared memory block", "another postmaster")


class EmbeddedPostgres:
    """One per process and data folder; safe in threads and across forks."""

    def __init__(self, root: Path, database: str = ROLE) -> None:
        self.layout = Layout(root)
        self.database = database
        self._mutex = threading.RLock()
        self._client: int | None = None  # descriptor of the shared lock
        atexit.register(self.leave)
        # A fork shares its parent's lock, so it must drop it and join by itself.
        os.register_at_fork(after_in_child=self._after_fork)

    def ensure(self) -> None:
        """Join as a client, and start the server unless it answers. Cheap when nothing is to be done."""
        with self._mutex:
            if self._client is not None and self._ping() is pq.Ping.OK:
                return
            account = server_account(self.layout.data)
            make_folders(self.layout, account)
            with exclusive(self.layout.start_lock):
                if self._client is None:
                    self._client = hold_shared(self.layout.clients_lock)
                    _exit_on_sigterm()
                self._start(account)
                self._create_database()

    def leave(self) -> None:
        """Stop being a client; stop the server if no other client is left."""
        with self._mutex:
            if self._client is None:
                return
            os.close(self._client)
            self._client = None
            # If the lock stays taken, somebody is starting: then we are not the last.
            with (
                exclusive(self.layout.start_lock, LEAVE_SECONDS) as alone,
                exclusive(self.layout.clients_lock, 0) as last,
            ):
                if alone and last:
                    self._stop()

    def connection_settings(self) -> dict[str, str]:
        return {
            "HOST": str(self.layout.socket),
            "PORT": str(PORT),
            "USER": ROLE,
            "PASSWORD": self.layout.password.read_text(),
        }

    def _start(self, account: Account) -> None:
        begun = spoken = time.monotonic()
        starter: subprocess.Popen[bytes] | None = None
        while (answer := self._ping()) is not pq.Ping.OK:
            now = time.monotonic()
            if now - begun > START_SECONDS:
                raise EmbeddedPostgresError(
                    f"Postgres did not answer within {START_SECONDS} s. It may still be recovering: "
                    f"see {self.layout.log}, and try again."
                )
            if now - spoken > PROGRESS_SECONDS:
                logger.warning("Waiting for Postgres, which is starting or recovering: %.0f s so far.", now - begun)
                spoken = now
            if answer is not pq.Ping.REJECT:  # REJECT: a postmaster lives and is recovering
                starter = self._launch_again(starter, account)
            time.sleep(min(0.5, 0.03 + (now - begun) / 20))  # each question is a line in the log
        if starter is not None:
            starter.communicate()

    def _launch_again(
        self, starter: subprocess.Popen[bytes] | None, account: Account
    ) -> subprocess.Popen[bytes] | None:
        if starter is None:
            return self._launch(account)
        if starter.poll() is None:
            return starter
        starter.communicate()
        if starter.returncode == 0:
            return None  # done while we were asking: ask once more
        said = self.layout.log.read_text(errors="replace") if self.layout.log.exists() else ""
        if not any(sign in said for sign in ORPHANS):
            tail = "\n".join(said.splitlines()[-8:])
            raise EmbeddedPostgresError(f"Postgres did not start. Its log, {self.layout.log}, ends with:\n{tail}")
        time.sleep(0.3)
        return self._launch(account)

    def _launch(self, account: Account) -> subprocess.Popen[bytes]:
        bin_folder = reachable_bin(installed_binaries(), account)
        write_password(self.layout.password, account)
        if not self.layout.data.exists():
            create_cluster(self.layout, bin_folder, account)
        write_configuration(self.layout)
        forget_dead_postmaster(self.layout)
        # pg_ctl detaches the postmaster, so that Ctrl-C in our terminal does not reach it.
        return account.popen([*self._pg_ctl(bin_folder), "start", "-t", str(START_SECONDS), "-l", self.layout.log])

    def _stop(self) -> None:
        account = server_account(self.layout.data)
        if not (self.layout.data / "postmaster.pid").exists():
            return
        bin_folder = reachable_bin(installed_binaries(), account)
        try:
            account.run([*self._pg_ctl(bin_folder), "stop", "-m", "fast", "-t", str(STOP_SECONDS)])
        except EmbeddedPostgresError as error:
            logger.warning("The embedded Postgres was not stopped: %s", error)

    def _pg_ctl(self, bin_folder: Path) -> list[str | Path]:
        return [bin_folder / "pg_ctl", "--silent", "--wait", "--pgdata", self.layout.data]

    def _ping(self) -> pq.Ping:
        conninfo = psycopg.conninfo.make_conninfo(host=str(self.layout.socket), port=PORT, connect_timeout=5)
        return pq.Ping(pq.PGconn.ping(conninfo.encode()))

    def _create_database(self) -> None:
        settings = self.connection_settings()
        with psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"],
            user=settings["USER"],
            password=settings["PASSWORD"],
            dbname="postgres",
            autocommit=True,
        ) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(self.database)))

    def _after_fork(self) -> None:
        inherited, self._client = self._client, None
        self._mutex = threading.RLock()
        if inherited is not None:
            os.close(inherited)


def _exit_on_sigterm() -> None:
    """SIGTERM ends an ordinary process without atexit; make it an exit, unless the process handles it already."""
    if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _exit)


def _exit(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)
