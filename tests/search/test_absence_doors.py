"""Absence checks over REST, and by the command."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from contracts.models import Matter
from search.absence import check as absence_check
from search.absence.reading import run_absence_check
from search.models import AbsenceCheck
from tests.fakes import FakeVerifier
from tests.search.test_absence import INSURES, STATEMENT, SWAPPED, add_contract


def test_over_http(matter: Matter, ask: Any, client: Any, fake_verifier: FakeVerifier, monkeypatch: Any) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    add_contract(matter, [INSURES])
    answer = client.post(
        "/api/v1/absence-checks", {"query": STATEMENT, "matters": [matter.pk]}, content_type="application/json"
    )
    body = answer.json()
    assert (answer.status_code, body["state"], body["found"], body["passages_read"]) == (202, "waiting", None, 0)
    run_absence_check(AbsenceCheck.objects.get())
    body = client.get(answer["Location"]).json()
    assert (body["state"], body["found"], body["passages_read"], body["not_verified"]) == ("done", 1, 1, 0)
    assert client.get(f"/api/v1/searches/{body['search']}/hits").json()["results"][0]["label"] == "supported"
    client.force_login(User.objects.create_user("sam"))
    assert client.get(answer["Location"]).status_code == 404
    refused = client.post("/api/v1/absence-checks", {"query": "x", "limit": 5}, content_type="application/json")
    assert refused.status_code == 400


def test_command(matter: Matter, lawyer: User, fake_verifier: FakeVerifier, capsys: Any) -> None:
    add_contract(matter, [SWAPPED])
    call_command("check_absence", STATEMENT, "--matter", "Project Oak")
    assert "No clause was found that says it. Read 1 of 1 passages in 1 contracts" in capsys.readouterr().out
    add_contract(matter, [INSURES])
    with pytest.raises(SystemExit):
        call_command("check_absence", STATEMENT)
    assert "1 clause says it." in capsys.readouterr().out
    with pytest.raises(CommandError, match="member of no matter named Elm"):
        call_command("check_absence", STATEMENT, "--matter", "Elm")
