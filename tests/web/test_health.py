"""What anybody may learn of the state of the site."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client


def test_readiness_names_no_host_or_user_to_whoever_asks(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Away:
        def cursor(self) -> None:
            raise OperationalError('connection to server at "db.firm.example" failed for user "proviso"')

    monkeypatch.setattr("config.health.connection", Away())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"status": "not ready", "reason": "The database does not answer; the log says why."}
    assert "db.firm.example" in caplog.text
