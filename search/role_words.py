"""The question's vector without what sets words for the same side apart: a "customer" may be a "Subscriber" elsewhere.

Recall compares wordings, and what the parties are called weighs in them as much as what they must do. The verifier
knows which role words are the same side. How such a word of the question differs from those that contracts in scope use
says nothing of what is asked, so most of it is taken out of the vector.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import Lower

from contracts.models import Contract, Party
from search.encode import Vectors, encode_texts, encoder_path
from verifier.roles import ALL_ROLE_WORDS, same_role

SHARE = 0.8  # taken out. With all of it a few clauses in the question's own words fall behind.
SENTENCE = "The {} shall"  # roles are compared as parties of a duty, not as bare words
ROLE_WORD = re.compile(rf"\b({'|'.join(sorted(ALL_ROLE_WORDS, key=len, reverse=True))})s?\b", re.I)


def whatever_the_roles_are_called(vector: Vectors, query: str, contracts: QuerySet[Contract]) -> Vectors:
    """``vector`` (384,) of ``query`` as it is compared with passages of ``contracts``, again of length 1."""
    asked = {found[1].lower() for found in ROLE_WORD.finditer(query)}
    sides = list(_sides(asked, _terms_in(contracts))) if asked else []
    if not sides:
        return vector
    spread = np.concatenate([_spread(side) for side in sides])
    _, weights, axes = np.linalg.svd(spread, full_matrices=False)
    axes = axes[weights > 1e-4]  # each side's differences sum up to nothing, so one axis of it is empty
    left = vector - SHARE * axes.T @ (axes @ vector)
    unit: Vectors = (left / np.linalg.norm(left)).astype(np.float32)
    return unit


def _sides(asked: Iterable[str], used: Sequence[str]) -> Iterator[list[str]]:
    for word in sorted(asked):
        others = [other for other in used if other != word and same_role(word, other)]
        if others:
            yield [word, *others]


def _spread(words: Sequence[str]) -> Vectors:
    """How each of the words differs from what they have in common."""
    vectors = np.stack([_role_vectors(encoder_path())[word] for word in words])
    spread: Vectors = vectors - vectors.mean(axis=0)
    return spread


@cache
def _role_vectors(encoder: Path) -> dict[str, Vectors]:
    """Of all role words, encoded once."""
    words = sorted(ALL_ROLE_WORDS)
    return dict(zip(words, encode_texts([SENTENCE.format(word) for word in words]), strict=True))


def _terms_in(contracts: QuerySet[Contract]) -> list[str]:
    """Role words that their parties are called by, lower case."""
    terms = Party.objects.filter(contract__in=contracts.order_by()).annotate(word=Lower("term"))
    return sorted(terms.filter(word__in=ALL_ROLE_WORDS).order_by().values_list("word", flat=True).distinct())
