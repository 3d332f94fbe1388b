"""What anybody may learn of the state of the site."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client

from verifier.types import VerifierUnavailable


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


def test_the_process_lives_while_neither_database_nor_weights_can_be_had(client: Client) -> None:
    answer = client.get("/healthz")  # no database is allowed here
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_readiness_waits_for_weights_and_names_no_path(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get("/readyz").json()["status"] == "ready"

    def unreadable() -> str:
        raise VerifierUnavailable("The weights in /srv/proviso/weights cannot be read.")

    monkeypatch.setattr("config.health.verifier_identity", unreadable)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["reason"] == "The verifier's weights cannot be read; the log says why."
    assert "/srv/proviso/weights" in caplog.text
