"""What the verifier read of passages, in the database: read once when a contract arrives, not at every question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from search.kept import keep_rows
from search.models import ClauseCodes


class CodesOf:
    """Of these passages, in the order of what is verified; None where the words are no passage's and are not kept."""

    def __init__(self, passages: Sequence[int | None], weights_sha256: str) -> None:
        self._passages = passages
        self._weights_sha256 = weights_sha256

    def find(self, keys: Sequence[str]) -> Mapping[str, bytes]:
        found = ClauseCodes.objects.filter(pk__in=keys).values_list("key", "codes")
        return {key: bytes(codes) for key, codes in found}

    def keep(self, codes: Mapping[str, bytes], wanted_by: Mapping[str, int]) -> None:
        rows = [
            ClauseCodes(key=key, passage_id=passage, codes=one, weights_sha256=self._weights_sha256)
            for key, one in codes.items()
            if (passage := self._passages[wanted_by[key]]) is not None
        ]
        keep_rows(ClauseCodes, rows)


def forget_other_weights(weights_sha256: str) -> int:
    """Codes that only other weights can read."""
    deleted, _ = ClauseCodes.objects.exclude(weights_sha256=weights_sha256).delete()
    return deleted
