"""Choosing e-mail, and the way out of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import Client

from contracts.models import Matter
from search.models import SavedSearch
from search.query import QueryError
from search.read_state import read_state
from search.saved.alerts import choose_alerts
from search.saved.saving import save_search
from tests.search.alerts.conftest import QUERY, SUPPORTED, SWAPPED, comes_in, save, send


def links(body: str) -> list[str]:
    addresses = (word for word in body.split() if word.startswith("https://"))
    return [word.removeprefix("https://proviso.firm.example") for word in addresses if "/stop/" in word]


def test_the_way_out_needs_no_login(matter: Matter, lawyer: User) -> None:
    kept, stopped = save(lawyer), save(lawyer, "weekly", address=QUERY + "&mode=opposite", name="Reversed")
    comes_in(matter, SUPPORTED, SWAPPED)
    [message] = send(lawyer, datetime.now(UTC) + timedelta(days=8))
    _, one, everything = links(message.body)
    header = message.extra_headers["List-Unsubscribe"]
    assert header == f"<https://proviso.firm.example{everything}>"
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    mail_program = Client(enforce_csrf_checks=True)

    def chosen() -> list[str]:
        return [SavedSearch.objects.get(pk=saved.pk).alerts for saved in (kept, stopped)]

    asked = mail_program.get(one)
    assert asked.status_code == 200 and "Reversed" not in asked.content.decode()
    assert chosen() == ["at_once", "weekly"]  # to look at it stops nothing
    assert mail_program.post(one).status_code == 200 and chosen() == ["at_once", "none"]
    choose_alerts(stopped, "daily")
    assert mail_program.post(everything, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert chosen() == ["none", "none"]
    assert mail_program.post(everything[:-3] + "x/").status_code == 404


def test_where_no_mail_can_be_sent_none_is_promised(lawyer: User, settings: Any) -> None:
    plain = save_search(lawyer, "Plain", read_state(QueryDict("q=indemnify&mode=words")))
    with pytest.raises(QueryError, match="state nothing that could be verified"):
        choose_alerts(plain, "daily")
    saved = save(lawyer, "none")
    with pytest.raises(QueryError, match="no choice of e-mail"):
        choose_alerts(saved, "hourly")
    lawyer.email = ""
    with pytest.raises(QueryError, match="no e-mail address"):
        choose_alerts(saved, "daily")
    settings.ALERTS_BY_MAIL = False
    with pytest.raises(QueryError, match="sends no e-mail"):
        choose_alerts(saved, "daily")
    choose_alerts(saved, "none")


def test_over_http(client: Client, lawyer: User) -> None:
    client.force_login(lawyer)
    body = {"name": "Indemnities", "query": "Supplier indemnifies Customer", "alerts": "weekly"}
    made = client.post("/api/v1/saved-searches", body, content_type="application/json")
    assert made.json()["alerts"] == "weekly"
    path = made["Location"]
    assert client.patch(path, {"alerts": "daily"}, content_type="application/json").json()["alerts"] == "daily"
    assert client.patch(path, {"alerts": "hourly"}, content_type="application/json").status_code == 400
    User.objects.update(email="")
    refused = client.post("/api/v1/saved-searches", body | {"name": "Other"}, content_type="application/json")
    assert refused.status_code == 400 and "alerts" in str(refused.json())
    assert SavedSearch.objects.count() == 1
