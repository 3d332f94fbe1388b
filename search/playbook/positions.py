"""The positions of a playbook: read from a form, a file or a request, checked, and stored in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from search.playbook.models import LONGEST_GUIDANCE, LONGEST_NAME, LONGEST_STATEMENT, Playbook, Position
from search.query import QueryError, read_query

MOST_POSITIONS = 50
TOPIC_WORDS = 6  # of the statement, where no topic is given


@dataclass(frozen=True, slots=True)
class PositionText:
    statement: str
    topic: str = ""
    guidance: str = ""


def checked_positions(positions: Iterable[PositionText]) -> list[PositionText]:
    """White space collapsed, a topic for each. Raises QueryError that names the position."""
    checked = []
    for number, one in enumerate(positions, start=1):
        try:
            statement = read_query(one.statement)
        except QueryError as error:
            raise QueryError(f"Position {number}: {error.message}", error.remedy) from error
        topic, guidance = " ".join(one.topic.split()) or shortened(statement), one.guidance.strip()
        for name, text, longest in (
            ("statement", statement, LONGEST_STATEMENT),
            ("topic", topic, LONGEST_NAME),
            ("guidance", guidance, LONGEST_GUIDANCE),
        ):
            if len(text) > longest or "\0" in text:
                raise QueryError(
                    f"Position {number}: the {name} has {len(text)} characters or one that is no text.",
                    f"At most {longest} are kept.",
                )
        checked.append(PositionText(statement, topic, guidance))
    if len(checked) > MOST_POSITIONS:
        raise QueryError(f"These are {len(checked)} positions.", f"Keep at most {MOST_POSITIONS} in a playbook.")
    return checked


def shortened(statement: str) -> str:
    words = statement.split()
    return (" ".join(words[:TOPIC_WORDS]) + " …" * (len(words) > TOPIC_WORDS))[:LONGEST_NAME]


def save_playbook(playbook: Playbook, positions: Sequence[PositionText]) -> Playbook:
    """The playbook with these positions instead of those it had. Raises QueryError; then nothing is changed."""
    checked = checked_positions(positions)
    playbook.name = " ".join(playbook.name.replace("\0", " ").split())[:LONGEST_NAME]
    if not playbook.name:
        raise QueryError("The playbook has no name.", "Give it one.")
    try:
        with transaction.atomic():
            playbook.save()
            playbook.positions.all().delete()
            Position.objects.bulk_create(
                Position(
                    playbook=playbook, place=place, topic=one.topic, statement=one.statement, guidance=one.guidance
                )
                for place, one in enumerate(checked, start=1)
            )
    except IntegrityError as error:
        raise QueryError(f"You have a playbook named “{playbook.name}” already.", "Choose another name.") from error
    return playbook


def new_playbook(user: User, name: str, positions: Sequence[PositionText]) -> Playbook:
    return save_playbook(Playbook(user=user, name=name), positions)
