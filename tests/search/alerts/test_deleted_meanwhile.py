"""What is deleted while a worker asks it of a contract that came in: seen in a soak, where it ended the whole job."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User

from contracts.models import Contract, Matter
from search.models import Arrival, SavedSearch, Search
from search.saved import arrivals
from tests.search.alerts.conftest import SUPPORTED, comes_in, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("deleted", [SavedSearch, Contract])
def test_what_is_deleted_while_it_is_asked_has_no_news(
    matter: Matter, lawyer: User, monkeypatch: pytest.MonkeyPatch, deleted: Any
) -> None:
    save(lawyer, name="First")
    second = save(lawyer, name="Second")
    ask = arrivals.search_clauses

    def deleted_by_another(*asked: Any, **how: Any) -> Search:
        answer = ask(*asked, **how)
        if deleted is Contract or SavedSearch.objects.count() == 2:
            deleted.objects.filter(pk=deleted.objects.earliest("pk").pk).delete()
        return answer

    monkeypatch.setattr(arrivals, "search_clauses", deleted_by_another)
    comes_in(matter, SUPPORTED)
    told = list(Arrival.objects.values_list("saved", flat=True))
    assert told == ([second.pk] if deleted is SavedSearch else [])
