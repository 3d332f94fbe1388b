"""Where nothing is sent to, whatever a name means at what moment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from contracts.models import Contract, Matter
from contracts.settle import contract_settled
from contracts.webhooks import address, send
from contracts.webhooks.deliver import deliver
from contracts.webhooks.models import Delivery, Endpoint
from tests.api.receiver import Receiver


@pytest.fixture
def hooks(client_with: Callable[..., APIClient]) -> APIClient:
    return client_with("webhooks")


def port_of(receiver: Receiver) -> int:
    return int(receiver.url.rpartition(":")[2].partition("/")[0])


def add(client: APIClient, url: str) -> Any:
    return client.post("/api/v1/webhooks", {"url": url, "events": ["contract.ready"]}, format="json")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("https://127.0.0.1/x", "private network"),
        ("https://localhost/x", "private network"),
        ("https://[::1]/x", "private network"),
        ("https://[::ffff:127.0.0.1]/x", "private network"),
        ("https://[64:ff9b::7f00:1]/x", "private network"),
        ("https://[2002:7f00:1::]/x", "private network"),
        ("https://10.1.2.3/", "private network"),
        ("https://169.254.169.254/latest/meta-data", "private network"),
        ("https://100.64.0.1/", "private network"),
        ("https://0.0.0.0/", "private network"),
        ("https://2130706433/", "private network"),  # 127.0.0.1 in one number
        ("https://224.0.0.1/", "private network"),
        ("http://93.184.216.34/", "https://"),
        ("https://no-such-host.invalid/", "no address"),
        ("ftp://93.184.216.34/", "https://"),
        ("https://user:word@93.184.216.34/", "user name"),
        ("https://93.184.216.34:99999/", "no address"),
        ("dms.example.com", "https://"),
    ],
)
def test_addresses_that_are_refused(hooks: APIClient, oak: Matter, url: str, why: str) -> None:
    answer = add(hooks, url)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["pointer"] == "/url" and why in error["detail"]
    assert not Endpoint.objects.exists()


def test_an_address_that_moves_inside_later_is_refused_when_it_is_sent_to(
    hooks: APIClient, oak_contract: Contract, receiver: Receiver, settings: Any
) -> None:
    add(hooks, receiver.url)
    settings.WEBHOOK_NETWORKS = []
    contract_settled(oak_contract)
    delivery = Delivery.objects.get()
    deliver(str(delivery.pk))
    assert "private network" in delivery.attempts.get().error and receiver.told == []


def test_the_connection_goes_to_the_address_that_was_looked_at(
    receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked for once: a second answer, inside the network, would never be used."""
    asked: list[str] = []
    port = port_of(receiver)

    def look_up(host: str, *args: Any, **kwargs: Any) -> Any:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(address.socket, "getaddrinfo", look_up)
    assert send.post(f"http://dms.example.com:{port}/x", b"{}", {}) == 204
    assert asked.count("dms.example.com") == 1
    assert receiver.told[0].headers["host"] == f"dms.example.com:{port}"


def test_where_one_address_of_a_host_does_not_answer_the_next_is_tried(
    receiver: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8", "::1/128"]
    port = port_of(receiver)  # of 127.0.0.1 alone
    found: list[Any] = [(10, 1, 6, "", ("::1", port, 0, 0)), (2, 1, 6, "", ("127.0.0.1", port))]

    def look_up(host: str, *args: Any, **kwargs: Any) -> Any:  # also of what is an address already
        return [row for row in found if row[4][0] == host] or found

    monkeypatch.setattr(address.socket, "getaddrinfo", look_up)
    assert send.post(f"http://dms.example.com:{port}/x", b"{}", {}) == 204
    found.pop()
    with pytest.raises(send.NotDelivered, match="No answer"):
        send.post(f"http://dms.example.com:{port}/x", b"{}", {})
