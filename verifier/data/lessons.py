"""What is learnt from, and what is held out to see how well."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from verifier.data.hand_written import hand_written_groups
from verifier.data.items import Group, contract_inference_groups, general_groups

VALIDATION_PERCENT = 8


@dataclass(frozen=True, slots=True)
class Lessons:
    hand_written: Sequence[Group]
    validation: Sequence[Group]
    general: Sequence[Group]
    contract_inference: Sequence[Group]


def read_lessons(data: Path) -> Lessons:
    hand_written, validation = split_by_source(hand_written_groups(data))
    return Lessons(hand_written, validation, general_groups(data), contract_inference_groups(data))


def split_by_source(groups: Sequence[Group]) -> tuple[list[Group], list[Group]]:
    """Training and validation; the side is a function of the source's name, so it is the same in every run."""
    sides: tuple[list[Group], list[Group]] = ([], [])
    for group in groups:
        bucket = int(hashlib.sha256(group.source.encode()).hexdigest(), 16) % 100
        sides[bucket < VALIDATION_PERCENT].append(group)
    return sides
