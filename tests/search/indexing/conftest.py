from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from contracts.models import Contract, Matter
from contracts.receive import receive_file
from search import indexing
from search.encode import DIMENSIONS

AGREEMENT = b"""SUPPLY AGREEMENT

1. Delivery. Supplier shall deliver the Goods.

2. Payment. Buyer shall pay within 30 days.
"""


@pytest.fixture
def contract(db: None) -> Contract:
    return receive_file(Matter.objects.create(name="Alpha"), "supply.txt", AGREEMENT).contract


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors that say how long the passage is: these tests are about where vectors go, not what they mean."""

    def encode(texts: Sequence[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        vectors[:, 0] = [len(text) for text in texts]
        return vectors

    monkeypatch.setattr(indexing, "encode_texts", encode)
    monkeypatch.setattr(indexing, "count_tokens", lambda text: len(text.split()))


def failing(error: Exception):
    def read(*args: object) -> None:
        raise error

    return read
