"""What is learnt from, and what is held out to see how well."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verifier.data.hand_written import hand_written_groups, searched_groups, subject_groups
from verifier.data.items import Group, contract_inference_groups, general_groups

VALIDATION_PERCENT = 8
HELD_OUT_QUESTIONS_PERCENT = 20  # of those searched with


@dataclass(frozen=True, slots=True)
class Lessons:
    hand_written: Sequence[Group]
    validation: Sequence[Group]
    searched: Sequence[Group]
    searched_validation: Sequence[Group]
    general: Sequence[Group]
    contract_inference: Sequence[Group]


def read_lessons(data: Path) -> Lessons:
    hand_written, validation = split_by_source(hand_written_groups(data))
    searched, searched_validation = split_searched(searched_groups(data))
    near, _ = split_searched(subject_groups(data))  # what no search ranked is no measure of searches
    results = searched + near
    return Lessons(
        hand_written, validation, results, searched_validation, general_groups(data), contract_inference_groups(data)
    )


def split_searched(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """By question: training, without the contracts that validation holds out, and what is held out of them."""
    sides: tuple[list[Group], list[Group]] = ([], [])
    for group in groups:
        sides[_bucket(group.questions[0].text) < HELD_OUT_QUESTIONS_PERCENT].append(group)
    return split_by_source(sides[0])[0], sides[1]


def split_by_source(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Training and validation; the side is a function of the source's name, so it is the same in every run."""
    sides: tuple[list[Group], list[Group]] = ([], [])
    for group in groups:
        sides[_bucket(group.source) < VALIDATION_PERCENT].append(group)
    return sides


def _bucket(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 100
