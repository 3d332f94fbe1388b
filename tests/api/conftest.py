from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.db import connections
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.rest.models import ApiToken
from contracts.worker import run_worker
from search.encode import DIMENSIONS, Vectors
from search.indexing import index_contract
from tests.api.receiver import Receiver, receiving
from tests.fakes import FAKE
from tests.search.conftest import add_contract

SUPPORTED = "Supplier shall indemnify Customer against all claims. [supported .9]"
SWAPPED = "Customer shall indemnify Supplier against all claims. [party_swapped .8]"
QUERY = "Supplier indemnifies Customer"


def same_vector(texts: Sequence[str]) -> Vectors:
    return np.full((len(texts), DIMENSIONS), DIMENSIONS**-0.5, dtype=np.float32)


@pytest.fixture(autouse=True)
def _no_models(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recall and verification have their own tests; without the models these take seconds."""
    settings.VERIFIER_LOADER = "tests.fakes.load_fake"
    settings.VERIFIER_CARD = "tests.fakes.read_fake_card"
    for module in ("search.search", "search.indexing"):
        monkeypatch.setattr(f"{module}.encode_texts", same_vector)
    for module in ("search.query", "search.indexing"):
        monkeypatch.setattr(f"{module}.count_tokens", lambda text: len(text.split()))
    monkeypatch.setattr("search.wordings.count_tokens", lambda text: len(text.split()))
    FAKE.read.clear()


@pytest.fixture
def lena(db: None) -> User:
    return User.objects.create_user("lena", password="sign-in-lena")


@pytest.fixture
def oak(lena: User) -> Matter:
    matter = Matter.objects.create(name="Oak")
    matter.members.add(lena)
    return matter


@pytest.fixture
def elm(lena: User) -> Matter:
    """Another matter of hers."""
    matter = Matter.objects.create(name="Elm")
    matter.members.add(lena)
    return matter


@pytest.fixture
def oak_contract(oak: Matter) -> Contract:
    return add_contract(oak, [[SUPPORTED], [SWAPPED]], same_vector([SUPPORTED, SWAPPED]))


@pytest.fixture
def elm_contract(elm: Matter) -> Contract:
    return add_contract(elm, [[SUPPORTED + " Elm"]], same_vector([SUPPORTED]))


@pytest.fixture
def client_with(lena: User) -> Callable[..., APIClient]:
    """A client with a token of Lena's: its scopes, and the matters it is restricted to."""

    def make(*scopes: str, matters: list[Matter] | None = None, days: int = 1) -> APIClient:
        token, secret = ApiToken.objects.create(
            user=lena, expiry=timedelta(days=days), name="test", scopes=list(scopes), restricted=matters is not None
        )
        token.matters.set(matters or [])
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return client

    return make


@pytest.fixture
def client(client_with: Callable[..., APIClient]) -> APIClient:
    return client_with("read", "search", "upload")


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """On this machine, where webhooks go only by this setting."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def worker(db: None) -> Iterator[None]:
    """A worker that works off the queue again and again, in a thread, so that it has the fakes."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.2):
            run_worker(wait=False)
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join()


def read_all() -> None:
    """What a worker would do with the contracts that wait."""
    for pk in Contract.objects.filter(state="received").order_by("pk").values_list("pk", flat=True):
        index_contract(pk)
