"""A site that sends mail, and a lawyer with an address."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from django.core import mail as outbox
from django.http import QueryDict
from django.utils import timezone

from contracts.models import Contract, Matter
from search.models import SavedSearch
from search.read_state import read_state
from search.saved.alerts import choose_alerts
from search.saved.arrivals import search_arrival
from search.saved.mailing import mail_alerts
from search.saved.saving import save_search
from tests.fakes import FakeVerifier
from tests.search import conftest

SUPPORTED = "Supplier shall indemnify <Customer> & Co. [supported .9]"
SWAPPED = "Customer shall indemnify Supplier. [party_swapped .8]"
QUERY = "q=Supplier+indemnifies+Customer"


@pytest.fixture(autouse=True)
def _site(monkeypatch: pytest.MonkeyPatch, fake_verifier: FakeVerifier, settings: Any, lawyer: User) -> None:
    monkeypatch.setattr("search.search.encode_texts", lambda texts: np.full((len(texts), 384), 0.05, np.float32))
    monkeypatch.setattr("search.query.count_tokens", lambda text: len(text.split()))
    settings.ALERTS_BY_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "Proviso <proviso@firm.example>"
    settings.SITE_URL = "https://proviso.firm.example"
    lawyer.email = "lena@firm.example"
    lawyer.save()


def save(user: User, alerts: str = "at_once", address: str = QUERY, name: str = "Indemnities") -> SavedSearch:
    saved = save_search(user, name, read_state(QueryDict(address)))
    choose_alerts(saved, alerts)
    return saved


def comes_in(matter: Matter, *texts: str) -> Contract:
    vectors = np.full((len(texts), 384), 0.05, np.float32)
    contract = conftest.add_contract(matter, [[text] for text in texts], vectors, read_at=timezone.now())
    search_arrival(contract.pk)
    return contract


def send(user: User, now: datetime | None = None) -> list[Any]:
    """What one run of the worker adds to the outbox."""
    before = len(outbox.outbox)
    mail_alerts(user.pk, now or timezone.now())
    return outbox.outbox[before:]
