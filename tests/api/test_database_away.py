"""What a client is told while the database is away."""

from __future__ import annotations

import pytest
from django.db import connection
from rest_framework.test import APIClient

from contracts.models import Matter
from tests.database import cut_the_connection


@pytest.mark.django_db(transaction=True)
def test_it_is_to_be_sent_again(client: APIClient, oak: Matter) -> None:
    cut_the_connection()
    refused = client.get("/api/v1/matters")
    assert (refused.status_code, refused.json()["code"]) == (503, "database_away")
    assert refused["Content-Type"] == "application/problem+json" and int(refused["Retry-After"]) > 0
    connection.close()
    assert client.get("/api/v1/matters").status_code == 200
