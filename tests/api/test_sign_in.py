"""Guessing passwords: by name and by address, whichever way is tried, and not for those who are in already."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from contracts.models import Matter
from contracts.rest.models import Rate
from contracts.rest.sign_in import address_of

RIGHT = "sign-in-lena"


@pytest.fixture(autouse=True)
def _few(settings: Any) -> None:
    settings.SIGN_IN_FAILURES = {"name": "3/hour", "address": "5/hour"}


def over_rest(name: str, password: str, address: str = "203.0.113.9") -> Any:
    header = f"Basic {b64encode(f'{name}:{password}'.encode()).decode()}"
    return APIClient().get("/api/v1/matters", headers={"Authorization": header}, REMOTE_ADDR=address)


def on_page(path: str, name: str, password: str, address: str = "203.0.113.9") -> Any:
    return Client().post(path, {"username": name, "password": password}, REMOTE_ADDR=address)


def test_after_some_failures_with_a_name_even_the_right_password_waits(lena: User, oak: Matter) -> None:
    addresses = [f"203.0.113.{number}" for number in range(3)]
    assert [over_rest("lena", "guess", address).status_code for address in addresses] == [401] * 3
    refused = over_rest("Lena", RIGHT, "203.0.113.77")
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_failures")
    assert refused["Content-Type"] == "application/problem+json"
    assert 1100 < int(refused["Retry-After"]) <= 1200  # one more each 20 minutes
    Rate.objects.update(free_at=F("free_at") - timedelta(seconds=1200))
    assert over_rest("lena", RIGHT).status_code == 200


def test_after_some_failures_from_an_address_all_names_wait_there(lena: User, oak: Matter) -> None:
    assert [over_rest(f"nobody-{number}", "guess").status_code for number in range(5)] == [401] * 5
    assert over_rest("lena", RIGHT).status_code == 429
    assert over_rest("lena", RIGHT, "198.51.100.1").status_code == 200


@pytest.mark.parametrize("path", ["/login/", "/admin/login/"])
def test_the_pages_say_so_and_count_with_the_api(lena: User, path: str) -> None:
    assert on_page(path, "lena", "guess").status_code == 200
    assert [over_rest("lena", "guess").status_code for _ in range(2)] == [401] * 2
    page = on_page(path, "lena", RIGHT)
    assert page.status_code == 429 and int(page["Retry-After"]) > 1000
    assert "Wait 20 minutes" in page.content.decode()


def test_signing_in_rightly_uses_nothing_up(lena: User, oak: Matter) -> None:
    assert {over_rest("lena", RIGHT).status_code for _ in range(8)} == {200}
    assert not Rate.objects.filter(key__startswith="sign-in-").exists()


def test_tokens_and_sessions_go_on_working(client_with: Callable[..., APIClient], lena: User, oak: Matter) -> None:
    session = Client()
    session.force_login(lena)
    for _ in range(6):
        over_rest("lena", "guess", "127.0.0.1")
    assert client_with("read").get("/api/v1/matters").status_code == 200
    assert session.get("/contracts/").status_code == 200


def test_a_name_is_not_kept_in_words(lena: User) -> None:
    over_rest("my-secret-password", "")
    assert not Rate.objects.filter(key__contains="my-secret").exists()


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "address"),
    [
        (0, "203.0.113.9", "", "203.0.113.9"),
        (0, "203.0.113.9", "198.51.100.1", "203.0.113.9"),  # anybody can write it
        (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "192.0.2.1, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1", "192.0.2.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "10.0.0.1"),  # went past one of the proxies
        (1, "10.0.0.1", "unknown", ""),
        (0, "", "", ""),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
    ],
)
def test_the_address_is_that_of_the_client(
    settings: Any, proxies: int, remote: str, forwarded: str, address: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == address
