"""What the verifier has read once it need not read again: a saved search or a playbook reads only what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.utils import timezone

from search.kept import keep_rows
from search.models import VerifiedPair
from verifier.parties import neutralise_pair
from verifier.types import Evidence, Pair, Verdict

KEPT = timedelta(days=90)
FORM = 2  # of what is kept; verdicts kept in an earlier one lack something, and are read again


def known_verdicts(pairs: Sequence[Pair], weights_sha256: str) -> dict[Pair, Verdict]:
    """Of those pairs that these weights have read before."""
    pair_of = {_key(pair, weights_sha256): pair for pair in pairs}
    rows = VerifiedPair.objects.filter(pk__in=pair_of).values_list("key", "verdict")
    return {pair_of[key]: as_verdict(stored) for key, stored in rows}


def keep_verdicts(verdicts: Mapping[Pair, Verdict], weights_sha256: str) -> None:
    keep_rows(
        VerifiedPair,
        (VerifiedPair(key=_key(pair, weights_sha256), verdict=asdict(verdict)) for pair, verdict in verdicts.items()),
    )


def forget_old_verdicts() -> int:
    deleted, _ = VerifiedPair.objects.filter(read_at__lt=timezone.now() - KEPT).delete()
    return deleted


def as_verdict(stored: Mapping[str, Any]) -> Verdict:
    evidence = tuple(Evidence(**one) for one in stored["evidence"])
    return Verdict(stored["label"], stored["probabilities"], evidence, stored.get("windows", 1))


def _key(pair: Pair, weights_sha256: str) -> str:
    """Evidence points into the clause as it stands; the label follows from what the parties are called in reading."""
    query, clause = neutralise_pair(pair.query, pair.clause, pair.parties)
    read = [FORM, weights_sha256, " ".join(query.lower().split()), pair.clause, clause.text]
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()
