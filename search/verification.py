"""Every recalled passage, read by the verifier against the question, within a time budget."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from contracts.models import Contract, Passage
from search.clause_codes import CodesOf
from search.spare_memory import give_back
from search.verified_pairs import as_verdict, keep_verdicts, known_verdicts
from verifier.types import Pair, Party, Share, Stored, Verdict, VerifierUnavailable

# Small enough that the time budget is kept to about a second.
BATCH_PAIRS = 32
BATCH_CHARACTERS = 40_000
CLOSE_CALL = 0.7  # a verdict of a lower probability, where the verifier's card measures none

logger = logging.getLogger(__name__)
_loading = threading.Lock()


class Verifier(Protocol):
    name: str
    sha256: str  # of the weights

    def verify(self, pairs: Sequence[Pair], stored: Stored) -> list[Verdict]:
        """One verdict per pair, in order."""
        ...

    def read_clauses(self, clauses: Sequence[tuple[str, Sequence[Party]]], stored: Stored) -> None:
        """What can be read of clauses, with their parties, before a question."""
        ...


class ModelCard(Protocol):
    """What was measured of a verifier on held-out contracts."""

    sha256: str
    reliability: tuple[Share, ...]  # how often verdicts were right, by probability, lowest first
    support: Share | None  # how often what is called supported was, from the probability on that it is shown as sure
    support_in_searches: Share | None  # the same of results of searches, judged by hand
    supported_kept: Share | None  # of queries that are supported, those called so; None: not measured


def verifier_identity() -> str:
    """ "proviso-verifier 1f0c9a2b7d44". Raises VerifierUnavailable."""
    verifier = load_verifier()
    return f"{verifier.name} {verifier.sha256[:12]}"


def load_verifier() -> Verifier:
    """Raises VerifierUnavailable, again at each call until the model can be loaded; loaded once, it stays."""
    # functools.cache alone would let two threads load at once.
    with _loading:
        return _load(settings.VERIFIER_LOADER, settings.VERIFIER_PATH)


@cache
def _load(loader: str, path: object) -> Verifier:
    try:
        verifier: Verifier = import_string(loader)(path)
    except ImportError as error:
        raise VerifierUnavailable(
            f"The verifier's code cannot be loaded: {error}. Install the requirements."
        ) from error
    return verifier


def verifier_is_loaded() -> bool:
    """Whether asking it now loads nothing first, which takes seconds."""
    return bool(_load.cache_info().currsize)


def load_card() -> ModelCard:
    """What was measured of the verifier, without loading its weights. Raises VerifierUnavailable."""
    card: ModelCard = import_string(settings.VERIFIER_CARD)(settings.VERIFIER_PATH)
    return card


def track_record(probability: float) -> Share | None:
    """How often held-out verdicts about as sure as this were right; None where the weights do not say."""
    bands = [band for band in load_card().reliability if band.at_least <= probability]
    return bands[-1] if bands else None


def sure_support() -> Share | None:
    """From which probability "supported" is more than a close call, and how often it was right; None: not measured."""
    try:
        return load_card().support
    except VerifierUnavailable:  # stored answers are shown without it
        return None


def support_in_searches() -> Share | None:
    """As ``sure_support``, of results of searches, judged by hand."""
    try:
        return load_card().support_in_searches
    except VerifierUnavailable:
        return None


def is_close_call(label: str, probability: float) -> bool:
    """Of support where that was measured; of other labels, and where it was not, below a bound of our own."""
    measured = sure_support() if label == "supported" else None
    return probability < (measured.at_least if measured else CLOSE_CALL)


def verify_passages(query: str, passages: Sequence[Passage]) -> list[Verdict | None]:
    """One per passage, in order; None where time ran out or the verifier failed. Raises VerifierUnavailable."""
    pairs = [Pair(query, passage.reading, parties_of(passage)) for passage in passages]
    return verify_pairs(pairs, dict(zip(pairs, (passage.pk for passage in passages), strict=True)))


def verify_pairs(pairs: Sequence[Pair], passages: Mapping[Pair, int] | None = None) -> list[Verdict | None]:
    """As ``verify_passages``, for pairs of any words; ``passages``: the keys of those whose clause is a passage."""
    verifier = load_verifier()
    unique = list(dict.fromkeys(pairs))  # the same boilerplate between the same parties is read once
    known = known_verdicts(unique, verifier.sha256)
    read = _read([pair for pair in unique if pair not in known], passages or {}, verifier)
    keep_verdicts(read, verifier.sha256)
    give_back()
    verdicts = known | read
    return [verdicts.get(pair) for pair in pairs]


def _read(pairs: Sequence[Pair], passages: Mapping[Pair, int], verifier: Verifier) -> dict[Pair, Verdict]:
    """As many as the time budget allows."""
    verdicts: dict[Pair, Verdict] = {}
    seconds = settings.VERIFY_SECONDS
    deadline = time.monotonic() + seconds
    read = 0
    for batch in _batches(pairs):
        if time.monotonic() >= deadline:
            logger.error("Verification stopped after %s s: %s of %s pairs read", seconds, read, len(pairs))
            break
        verdicts.update(_verify_batch(verifier, batch, passages))
        read += len(batch)
    return verdicts


def _batches(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    batch: list[Pair] = []
    characters = 0
    for pair in pairs:
        if batch and (len(batch) == BATCH_PAIRS or characters + len(pair.clause) > BATCH_CHARACTERS):
            yield batch
            batch, characters = [], 0
        batch.append(pair)
        characters += len(pair.clause)
    if batch:
        yield batch


def _verify_batch(verifier: Verifier, batch: Sequence[Pair], passages: Mapping[Pair, int]) -> dict[Pair, Verdict]:
    """A batch that fails is read again pair by pair, so that one bad pair costs only itself its verdict."""
    stored = CodesOf([passages.get(pair) for pair in batch], verifier.sha256)
    try:
        return dict(zip(batch, verifier.verify(batch, stored), strict=True))
    except Exception as error:  # noqa: BLE001  (the model may raise anything, and quote the clause: only the kind is logged)
        logger.error("%s pairs could not be verified together: %s", len(batch), type(error).__name__)
    if len(batch) == 1:
        return {}
    return {pair: verdict for one in batch for pair, verdict in _verify_batch(verifier, [one], passages).items()}


def parties_of(passage: Passage) -> tuple[Party, ...]:
    return contract_parties(passage.contract)


def contract_parties(contract: Contract) -> tuple[Party, ...]:
    return tuple(Party(party.name, party.term, tuple(party.aliases)) for party in contract.parties.all())


def stored_verdict(verdict: Verdict | None) -> dict[str, Any] | None:
    """As JSON holds it, until the whole is read."""
    return asdict(verdict) if verdict else None


def restored_verdict(stored: dict[str, Any] | None) -> Verdict | None:
    return as_verdict(stored) if stored else None
