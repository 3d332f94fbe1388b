"""Starting, sharing, stopping and surviving, with real server processes."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import psycopg
import pytest

from config.embedded import server as server_module
from config.embedded.account import server_account
from config.embedded.binaries import installed_binaries
from config.embedded.errors import EmbeddedPostgresError
from config.embedded.server import EmbeddedPostgres
from tests.config.conftest import Client, connect, kill_postmaster, postmaster_pid


def ready(process: subprocess.Popen[str]) -> bool:
    assert process.stdout is not None
    return process.stdout.readline() == "ready\n"


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_first_start_is_private_durable_and_leaves_parents_alone(home: Path) -> None:
    parent = home / "a" / "b"
    parent.mkdir(parents=True)
    parent.chmod(0o711)
    parent.parent.chmod(0o751)
    above = (parent, parent.parent, home)
    before = [(folder.stat().st_mode, folder.stat().st_uid, folder.stat().st_gid) for folder in above]
    server = EmbeddedPostgres(parent / "pg")
    server.ensure()
    with connect(server) as connection:
        shown = {name: connection.execute(f"SHOW {name}").fetchone() for name in ("fsync", "listen_addresses")}
        assert shown == {"fsync": ("on",), "listen_addresses": ("",)}
        assert connection.execute("SELECT current_database()").fetchone() == ("proviso",)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(server, password="wrong")
    server.leave()
    layout = server.layout
    modes = [path.stat().st_mode & 0o777 for path in (layout.password, layout.socket, layout.data)]
    assert modes == [0o600, 0o700, 0o700]
    assert [(folder.stat().st_mode, folder.stat().st_uid, folder.stat().st_gid) for folder in above] == before


def test_data_outlives_the_server(server: EmbeddedPostgres) -> None:
    server.ensure()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'kept' AS words")
    server.leave()
    assert postmaster_pid(server) is None
    server.ensure()
    with connect(server) as connection:
        assert connection.execute("SELECT words FROM kept").fetchone() == ("kept",)


def test_several_starters_make_one_postmaster(server: EmbeddedPostgres, starter: Client) -> None:
    server.layout.log.unlink(missing_ok=True)
    server.layout.log.with_suffix(".previous.log").unlink(missing_ok=True)
    clients = [starter() for _ in range(5)]
    assert all(ready(process) for process in clients)
    assert server.layout.log.read_text().count("database system is ready to accept connections") == 1
    assert not server.layout.log.with_suffix(".previous.log").exists()


def test_the_last_client_stops_it(server: EmbeddedPostgres, starter: Client) -> None:
    first, second = starter(), starter()
    assert ready(first) and ready(second)
    leave(first)
    assert postmaster_pid(server) is not None
    leave(second)
    assert postmaster_pid(server) is None


def test_sigterm_counts_as_leaving(server: EmbeddedPostgres, starter: Client) -> None:
    process = starter()
    assert ready(process)
    process.terminate()
    assert process.wait(timeout=60) == 128 + signal.SIGTERM
    assert postmaster_pid(server) is None


def test_a_killed_client_is_not_waited_for(server: EmbeddedPostgres, starter: Client) -> None:
    server.ensure()
    process = starter()
    assert ready(process)
    process.kill()
    process.wait(timeout=60)
    with connect(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.leave()
    assert postmaster_pid(server) is None


def test_a_fork_neither_stops_it_nor_keeps_it(server: EmbeddedPostgres) -> None:
    server.ensure()
    child = os.fork()
    if child == 0:
        server.leave()  # never joined by itself: must not take the parent's place
        os._exit(0)
    os.waitpid(child, 0)
    with connect(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.leave()
    assert postmaster_pid(server) is None


def test_a_killed_postmaster_is_replaced_with_data_intact(server: EmbeddedPostgres) -> None:
    server.ensure()
    busy = connect(server)  # its backend is an orphan for a moment
    busy.execute("CREATE TABLE clause AS SELECT generate_series(1, 10000) AS position")
    before = postmaster_pid(server)
    kill_postmaster(server)
    server.ensure()
    with connect(server) as connection:
        assert connection.execute("SELECT count(*) FROM clause").fetchone() == (10000,)
    assert postmaster_pid(server) != before
    busy.close()


def test_a_number_taken_by_another_process_does_not_block_the_start(server: EmbeddedPostgres) -> None:
    """The dead postmaster is a zombie, or its number went to another process after a reboot."""
    server.ensure()
    kill_postmaster(server)
    zombie = subprocess.Popen(["true"])
    time.sleep(0.3)  # ended, and not waited for
    layout = server.layout
    for pid in (zombie.pid, os.getpid()):
        for path in (layout.data / "postmaster.pid", layout.socket / ".s.PGSQL.5432.lock"):
            path.write_text("\n".join([str(pid), *path.read_text().splitlines()[1:]]) + "\n")
        server.ensure()
        with connect(server) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        kill_postmaster(server)
    zombie.wait()


def hold_in_recovery(server: EmbeddedPostgres) -> None:
    """Stopped, and made to stay in recovery at the next start until it is promoted."""
    server.ensure()
    with connect(server) as connection:
        connection.execute("ALTER SYSTEM SET hot_standby = off")
    server.leave()
    account = server_account(server.layout.data)
    signal_file = server.layout.data / "standby.signal"
    signal_file.touch()
    os.chown(signal_file, account.uid, account.gid)


def promote(server: EmbeddedPostgres) -> None:
    command = [installed_binaries().bin / "pg_ctl", "promote", "--silent", "--pgdata", server.layout.data]
    server_account(server.layout.data).run(command)


def test_a_long_recovery_is_waited_for_and_told(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hold_in_recovery(server)
    monkeypatch.setattr(server_module, "PROGRESS_SECONDS", 0.5)
    threading.Timer(4, promote, [server]).start()
    begun = time.monotonic()
    with caplog.at_level(logging.WARNING, logger="config.embedded.server"):
        server.ensure()
    assert time.monotonic() - begun > 3
    assert "starting or recovering" in caplog.text
    with connect(server) as connection:
        assert connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)


def test_a_recovery_without_end_is_an_error_that_names_the_log(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_in_recovery(server)
    monkeypatch.setattr(server_module, "START_SECONDS", 2)
    with pytest.raises(EmbeddedPostgresError, match=r"server\.log"):
        server.ensure()
    server.leave()
    assert postmaster_pid(server) is None
    (server.layout.data / "standby.signal").unlink()


def test_a_start_that_fails_says_why(server: EmbeddedPostgres) -> None:
    server.ensure()
    server.leave()
    configuration = server.layout.data / "postgresql.conf"
    good = configuration.read_text()
    configuration.write_text(f"{good}\nshared_buffers = 'plenty'\n")
    with pytest.raises(EmbeddedPostgresError, match="plenty"):
        server.ensure()
    configuration.write_text(good)
