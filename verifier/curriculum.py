"""What a reader is taught when: the lessons, when each ends, and the batches of which they are made."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tokenizers import Tokenizer

from verifier.data.augment import render
from verifier.data.batches import Batch, batch_groups
from verifier.data.generate import first_lesson_groups, generated_groups
from verifier.data.items import Group
from verifier.data.lessons import Lessons
from verifier.parties import Side


@dataclass(frozen=True, slots=True)
class Lesson:
    shares: dict[str, float]  # of each kind of batch
    judged_by: str
    mastered: float  # mean loss below which the next lesson begins
    until: float  # share of the training time after which it begins in any case


class Curriculum:
    """First who does what to whom, then how lawyers write it; a lesson ends when it is mastered, or has had its time.

    Role binding is a parity of query and clause: mixed with the rest from the start it is not learnt at all.
    """

    LESSONS: tuple[Lesson, ...] = (
        Lesson({"first_lesson": 1.0}, "first_lesson", mastered=0.3, until=0.2),
        Lesson({"first_lesson": 0.1, "generated": 0.8, "hand_written": 0.1}, "generated", mastered=0.7, until=0.35),
        Lesson(
            {"generated": 0.03, "hand_written": 0.46, "searched": 0.40, "general": 0.03, "contract_inference": 0.08},
            "hand_written",
            mastered=0.0,
            until=1.0,
        ),
    )
    LAST = len(LESSONS) - 1
    BATCHES = 10  # whose mean loss tells mastery

    def __init__(self, lesson: int = 0) -> None:
        self.lesson = lesson
        self._losses: list[float] = []

    def shares(self) -> dict[str, float]:
        return self.LESSONS[self.lesson].shares

    def learn(self, kind: str, loss: float, progress: float) -> None:
        """After each batch; progress is the share of the training time that is spent."""
        lesson = self.LESSONS[self.lesson]
        if kind == lesson.judged_by:
            self._losses = [*self._losses[1 - self.BATCHES :], loss]
        mastered = len(self._losses) == self.BATCHES and sum(self._losses) / self.BATCHES < lesson.mastered
        if self.lesson + 1 < len(self.LESSONS) and (mastered or progress > lesson.until):
            self.lesson += 1
            self._losses = []


def mixed_batches(
    lessons: Lessons,
    tokenizer: Tokenizer,
    rng: random.Random,
    curriculum: Curriculum,
    first: Side = "query",
) -> Iterator[tuple[str, Batch]]:
    ours = {
        "hand_written": endless(lessons.hand_written, rng, size=8, pool=8),
        "searched": endless(lessons.searched, rng, size=32, pool=320),  # one question a clause
    }
    others = {
        "general": endless(lessons.general, rng, size=48, pool=2400),
        "contract_inference": endless(lessons.contract_inference, rng, size=24, pool=480),
    }
    missing = {kind for kind in ("searched", *others) if not getattr(lessons, kind)}  # a data folder may lack them
    made = {"first_lesson": first_lesson_groups(rng), "generated": generated_groups(rng)}
    while True:
        of_kind = {kind: share for kind, share in curriculum.shares().items() if kind not in missing}
        kind = rng.choices(list(of_kind), list(of_kind.values()))[0]
        if kind in ours:
            groups = [named for group in next(ours[kind]) for named in render(group, rng, first=first)]
        elif kind in made:
            groups = [
                named
                for group in islice(made[kind], 14)
                for named in render(group, rng, first=first, exchange_share=0.0)
            ]
        else:
            groups = next(others[kind])
        yield kind, batch_groups(groups, tokenizer)


def endless(groups: Sequence[Group], rng: random.Random, size: int, pool: int) -> Iterator[list[Group]]:
    """Shuffled epochs; within each pool, batches of similar length, so that little is spent on padding.

    Twins are of like length and stay together: the same query with another answer shows that the clause decides.
    """
    twins: dict[object, list[Group]] = {}
    for number, group in enumerate(groups):
        twins.setdefault(group.pair or number, []).append(group)
    while True:
        order = [group for together in rng.sample(list(twins.values()), len(twins)) for group in together]
        for start in range(0, len(order), pool):
            part = sorted(order[start : start + pool], key=lambda group: len(group.clause))
            batches = [part[i : i + size] for i in range(0, len(part), size)]
            rng.shuffle(batches)
            yield from batches
