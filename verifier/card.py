"""What a folder of weights says of itself, without loading them: its model card, and the hash that names them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from verifier.types import Share, VerifierUnavailable

SHIPPED = Path(__file__).parent / "weights"
WEIGHTS, DIFFERENCES, CARD = "model.safetensors", "differences.safetensors", "card.json"
TEMPERATURES = ("temperature", "close_temperature")


@dataclass(frozen=True)
class Card:
    folder: Path
    said: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.said["name"])

    @property
    def reliability(self) -> tuple[Share, ...]:
        """Bands by probability, lowest first; () where it was not measured."""
        return tuple(Share(**band) for band in self.said.get("reliability", ()))

    @property
    def support(self) -> Share | None:
        """Of what is called supported with its least probability or more; None: not measured."""
        return self._share("support_threshold")

    @property
    def support_in_searches(self) -> Share | None:
        """The same of results of searches, which are mostly about something near; None: not measured."""
        return self._share("support_in_searches")

    @property
    def supported_kept(self) -> Share | None:
        """Of held-out queries that are supported, those called so; None: not measured."""
        return self._share("supported_kept")

    @cached_property
    def sha256(self) -> str:
        """Of what verdicts follow from: both files and the temperatures. Raises VerifierUnavailable."""
        with named_if_unreadable(self.folder):
            scaled = json.dumps([self.said[name] for name in TEMPERATURES]).encode()
            files = ((self.folder / name).read_bytes() for name in (WEIGHTS, DIFFERENCES))
            return hashlib.sha256(b"".join([*files, scaled])).hexdigest()

    def _share(self, name: str) -> Share | None:
        share = self.said.get(name)
        return Share(**share) if share else None


def read_card(folder: Path) -> Card:
    """Read once, and again when a file was replaced. Raises VerifierUnavailable with the remedy."""
    with named_if_unreadable(folder):
        return _read(folder, *((folder / name).stat().st_mtime_ns for name in (CARD, WEIGHTS, DIFFERENCES)))


@lru_cache(maxsize=4)
def _read(folder: Path, *changed: int) -> Card:
    return Card(folder, json.loads((folder / CARD).read_text()))


@contextmanager
def named_if_unreadable(folder: Path, *kinds: type[Exception]) -> Iterator[None]:
    """``kinds``: what reading may raise beside what files and JSON do."""
    unreadable: tuple[type[Exception], ...] = (OSError, ValueError, KeyError, TypeError, *kinds)
    try:
        yield
    except unreadable as error:
        raise VerifierUnavailable(
            f"The verifier's weights in {folder} cannot be read ({error}). Restore that folder from the repository, "
            "or set VERIFIER_PATH to a folder written by verifier.train and then by verifier.compress."
        ) from error
