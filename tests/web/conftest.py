from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contracts.models import Contract
from tests.web.agreement import project_oak, store_agreement


@pytest.fixture
def oak(db: None, kept_encodings: None, settings: Any) -> Contract:
    """The one contract of Project Oak; searches are verified by the fake that reads its marks."""
    settings.VERIFIER_LOADER = "tests.fakes.load_fake"
    settings.VERIFIER_CARD = "tests.fakes.read_fake_card"
    return store_agreement(project_oak())


@pytest.fixture
def lena(client: Client, oak: Contract) -> Client:
    """Signed in as a member of Project Oak."""
    client.force_login(User.objects.get(username="lena"))
    return client


@pytest.fixture
def stranger(oak: Contract) -> Client:
    """Signed in as a member of nothing."""
    client = Client()
    client.force_login(User.objects.create_user("sam"))
    return client
