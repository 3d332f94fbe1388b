"""Where the programs and the data may lie, and as whom the server runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from config.embedded import server as server_module
from config.embedded.account import server_account
from config.embedded.binaries import PACKAGES, Binaries, installed_binaries, reachable_bin
from config.embedded.errors import EmbeddedPostgresError
from config.embedded.layout import choose_root
from config.embedded.server import EmbeddedPostgres
from tests.config.conftest import connect, postmaster_pid

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="about dropping the rights of root")


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: str(package[0]))
def test_both_packages_bring_a_server_with_pgvector(
    home: Path, monkeypatch: pytest.MonkeyPatch, package: tuple[str, str, str]
) -> None:
    try:
        binaries = installed_binaries((package,))
    except EmbeddedPostgresError:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"{package[0]} is not installed")
    monkeypatch.setattr(server_module, "installed_binaries", lambda: binaries)
    server = EmbeddedPostgres(home / "pg")
    server.ensure()
    with connect(server) as connection:
        connection.execute("CREATE EXTENSION vector")
        assert connection.execute("SELECT '[1,0]'::halfvec(2) <=> '[0,1]'").fetchone() == (1.0,)
    server.leave()


def test_without_a_package_the_error_names_it() -> None:
    with pytest.raises(EmbeddedPostgresError, match="pip install no-such-postgres"):
        installed_binaries((("no-such-postgres", "no_such_postgres", "bin"),))


@as_root
def test_as_root_the_server_is_unprivileged(server: EmbeddedPostgres) -> None:
    server.ensure()
    assert os.stat(f"/proc/{postmaster_pid(server)}").st_uid == server_account(server.layout.data).uid != 0


@as_root
def test_a_private_folder_above_is_named_not_opened(home: Path) -> None:
    home.chmod(0o700)
    server = EmbeddedPostgres(home / "pg")
    with pytest.raises(EmbeddedPostgresError, match="EMBEDDED_POSTGRES_DIR"):
        server.ensure()
    assert home.stat().st_mode & 0o777 == 0o700


@as_root
def test_data_moves_out_of_a_private_checkout(home: Path) -> None:
    assert choose_root(home / "checkout") == home / "checkout" / "postgres"
    home.chmod(0o700)
    chosen = choose_root(home / "checkout")
    assert chosen.parent == Path("/var/lib")
    assert chosen != choose_root(home / "another checkout")


@as_root
def test_unreachable_programs_are_copied(home: Path) -> None:
    installed = installed_binaries()
    private = home / "private"
    private.mkdir(mode=0o700)
    package = private / installed.package.name
    shutil.copytree(installed.package, package, symlinks=True)
    libraries = f"{package.name}.libs"
    shutil.copytree(installed.package.with_name(libraries), private / libraries)
    binaries = Binaries(installed.distribution, installed.version, package, installed.subfolder)
    account = server_account(home / "no data yet")

    bin_folder = reachable_bin(binaries, account, copies=home / "copies")

    assert bin_folder.is_relative_to(home / "copies")
    account.run([bin_folder / "initdb", "--version"])
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    server = EmbeddedPostgres(home / ("deep" * 30) / "pg")
    server.ensure()
    with connect(server) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.leave()
    server.layout.socket.rmdir()
