from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contracts.models import Matter
from contracts.text.types import (
    ClauseSpan,
    DefinitionSpan,
    FactSpan,
    ObligationSpan,
    Page,
    ParsedDocument,
    PartySpan,
    PassageSpan,
    Reading,
)


@pytest.fixture
def alice(db: None) -> User:
    """A member of matter Alpha."""
    return User.objects.create(username="alice")


@pytest.fixture
def bob(db: None) -> User:
    """An administrator who is a member of nothing."""
    return User.objects.create(username="bob", is_staff=True, is_superuser=True)


@pytest.fixture
def bobs(bob: User) -> Matter:
    matter = Matter.objects.create(name="Bobs")
    matter.members.add(bob)
    return matter


@pytest.fixture
def admin(client: Client, bob: User) -> Client:
    """Of bob."""
    client.force_login(bob)
    return client


@pytest.fixture
def alpha(alice: User) -> Matter:
    matter = Matter.objects.create(name="Alpha")
    matter.members.add(alice)
    return matter


@pytest.fixture
def supply_reading() -> Reading:
    """One clause with one list item, and a NUL as some PDF files yield it."""
    text = "1. Supply\nSupplier shall: (a) deliver.\x00\n"
    supply = ClauseSpan(0, 25, "1", "Supply", ("Supply",), 0, None, "clause")
    item = ClauseSpan(25, len(text), "1(a)", "", ("Supply", "(a)"), 1, 0, "clause")
    return Reading(
        document=ParsedDocument(text, "txt", (Page(1, 0, 25), Page(2, 25, len(text))), ("a\x00b",)),
        clauses=(supply, item),
        passages=(PassageSpan(0, 0, 9, kind="heading"), PassageSpan(1, 25, len(text), ((10, 25),), "item")),
        parties=(PartySpan("Harrow & Lyle LLP", "Supplier", ("Harrow",), 10, 18),),
        definitions=(DefinitionSpan("Goods", 0, 2, 3, 9),),
        facts=(FactSpan("title", "T" * 400, 0, 9), FactSpan("kind", "amendment", 0, 1)),
        obligations=(
            (
                1,
                ObligationSpan(
                    "Supplier", "", "obligation", "deliver", 9, 14, False, 20, 27, 0, 8, None, None, ((0, 8),)
                ),
            ),
        ),
    )
