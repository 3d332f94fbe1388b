"""What is loaded into and killed: a Postgres of its own that waits for its disk, a web server, a worker."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

from psycopg.conninfo import make_conninfo

from config.demo import check_port_is_free, web_command, worker_command
from config.embedded.cluster import PORT
from config.embedded.server import EmbeddedPostgres

ROOT = Path(__file__).resolve().parents[2]
STOP_SECONDS = 600


class Machines:
    def __init__(self, folder: Path, port: int) -> None:
        check_port_is_free(port)
        self.server = f"http://127.0.0.1:{port}"
        self.kills: Counter[str] = Counter()
        self.ended_by_themselves: list[str] = []
        self._commands = {"worker": worker_command(), "web": web_command(port)}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._logs = folder / "logs"
        self._logs.mkdir(parents=True, exist_ok=True)
        self._postgres = EmbeddedPostgres(folder / "postgres")
        self.start_database()
        settings = self._postgres.connection_settings()
        # As a Postgres of somebody else: nothing but this program starts it again.
        self.environment = {
            "DATABASE_URL": f"postgres://{settings['USER']}:{settings['PASSWORD']}@/{self._postgres.database}",
            "PGHOST": settings["HOST"],
            "PGPORT": str(PORT),
            "PROVISO_HOME": str(folder / "home"),
            "WEBHOOK_NETWORKS": "127.0.0.0/8",
        }
        self.dsn = make_conninfo(
            host=settings["HOST"],
            port=PORT,
            user=settings["USER"],
            password=settings["PASSWORD"],
            dbname=self._postgres.database,
        )

    def start_database(self) -> None:
        self._postgres.ensure()

    def start(self, name: str) -> None:
        with (self._logs / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                self._commands[name],
                cwd=ROOT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def pid(self, name: str) -> int:
        """Of the worker, of gunicorn's master ("web") or of the postmaster ("database")."""
        if name == "database":
            return int((self._postgres.layout.data / "postmaster.pid").read_text().split()[0])
        return self._processes[name].pid

    def log(self, name: str) -> str:
        return (self._logs / f"{name}.log").read_text(errors="replace")

    def kill(self, name: str, seconds_down: float) -> None:
        """SIGKILL, and up again after a while."""
        self.kills[name] += 1
        if name == "database":
            os.kill(self.pid(name), signal.SIGKILL)
            time.sleep(seconds_down)
            self.start_database()
        else:
            self._kill_process(name)
            time.sleep(seconds_down)
            self.start(name)

    def look_after(self) -> None:
        """Nothing may end but by being killed; what did is started again, and counted against the product."""
        for name, process in self._processes.items():
            if process.poll() is not None:
                self.ended_by_themselves.append(f"{name}: exit status {process.returncode}")
                self.start(name)

    def stop(self, name: str) -> int:
        """SIGTERM; the exit status."""
        process = self._processes.pop(name)
        process.terminate()
        return process.wait(STOP_SECONDS)

    def kill_all(self) -> None:
        for name in list(self._processes):
            self._kill_process(name)
        self._postgres.leave()

    def _kill_process(self, name: str) -> None:
        process = self._processes.pop(name)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
