from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver
from rest_framework.test import APIClient

from config.urls import urlpatterns
from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.rest.models import ApiToken
from tests.api.conftest import QUERY

NOWHERE = 999_999


@pytest.fixture
def by_password(lena: User) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Basic {b64encode(b'lena:sign-in-lena').decode()}")
    return client


def make(client: APIClient, **fields: Any) -> Any:
    return client.post("/api/v1/tokens", {"name": "DMS", "scopes": ["read"]} | fields, format="json")


def with_token(secret: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return client


def test_a_token_opens_until_it_is_revoked(by_password: APIClient, oak: Matter) -> None:
    made = make(by_password).json()
    client = with_token(made["token"])
    assert client.get("/api/v1/matters").json()["results"][0]["name"] == "Oak"
    assert made["token"] not in str(ApiToken.objects.values().get())  # only its hash is kept
    [listed] = by_password.get("/api/v1/tokens").json()["results"]
    assert listed == {name: made[name] for name in made if name != "token"}
    assert by_password.delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    assert client.get("/api/v1/matters").status_code == 401


@pytest.mark.parametrize("header", ["Bearer prv_unknown", "Bearer", "Bearer a b", "Bearer \xe9\xff", "Bearer a\0b"])
def test_no_token_or_a_wrong_one_is_a_problem(db: None, header: str) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=header)
    answer = client.get("/api/v1/matters")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_an_expired_token_and_that_of_an_inactive_user_open_nothing(
    client_with: Callable[..., APIClient], lena: User, oak: Matter
) -> None:
    assert client_with("read", days=-1).get("/api/v1/matters").status_code == 401
    client = client_with("read")
    lena.is_active = False
    lena.save()
    assert client.get("/api/v1/matters").status_code == 401


def test_each_scope_opens_its_own(client_with: Callable[..., APIClient], oak_contract: Contract) -> None:
    calls = {
        "read": lambda c: c.get(f"/api/v1/contracts/{oak_contract.pk}"),
        "search": lambda c: c.get("/api/v1/searches"),
        "upload": lambda c: c.put("/api/v1/contracts/by-external-id/dms/1"),
    }
    for held in calls:
        client = client_with(held)
        for needed, call in calls.items():
            answer = call(client)
            assert (answer.status_code == 403) == (held != needed), (held, needed)
            if held != needed:
                assert answer.json()["code"] == "scope" and needed in answer.json()["detail"]


def test_a_token_makes_and_revokes_no_tokens(client: APIClient) -> None:
    token = ApiToken.objects.get()
    assert make(client).status_code == 403
    assert client.delete(f"/api/v1/tokens/{token.public_id}").status_code == 403
    assert client.get("/api/v1/tokens").json()["code"] == "no_token"


def test_a_token_of_another_user_is_not_there(by_password: APIClient, db: None) -> None:
    sam = User.objects.create_user("sam")
    theirs, _ = ApiToken.objects.create(user=sam, name="Sam's", scopes=["read"])
    assert by_password.get("/api/v1/tokens").json()["results"] == []
    assert by_password.delete(f"/api/v1/tokens/{theirs.public_id}").status_code == 404


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"scopes": []}, "/scopes"),
        ({"scopes": ["admin"]}, "/scopes"),
        ({"scopes": ["matters"]}, "/scopes"),
        ({"scopes": ["act_for"]}, "/scopes"),
        ({"days": 10_000}, "/days"),
        ({"matters": ["Elsewhere"]}, "/matters/0"),
        ({"matters": []}, "/matters"),
        ({"matter": "Oak"}, "/matter"),
    ],
)
def test_a_wrong_field_is_named(by_password: APIClient, oak: Matter, fields: dict[str, Any], pointer: str) -> None:
    answer = make(by_password, **fields)
    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert not ApiToken.objects.exists()


def test_outside_its_matters_nothing_exists_for_a_restricted_token(
    client_with: Callable[..., APIClient], oak: Matter, oak_contract: Contract, elm_contract: Contract
) -> None:
    client = client_with("read", "search", "upload", matters=[oak])
    assert [matter["name"] for matter in client.get("/api/v1/matters").json()["results"]] == ["Oak"]
    assert [found["id"] for found in client.get("/api/v1/contracts").json()["results"]] == [oak_contract.pk]
    clause = elm_contract.clauses.get()
    for hidden, missing in (
        (f"contracts/{elm_contract.pk}", f"contracts/{NOWHERE}"),
        (f"contracts/{elm_contract.pk}/clauses", f"contracts/{NOWHERE}/clauses"),
        (f"clauses/{clause.pk}", f"clauses/{NOWHERE}"),
    ):
        answers = [client.get(f"/api/v1/{path}") for path in (hidden, missing)]
        assert answers[0].status_code == 404 and answers[0].content == answers[1].content
    for name, hidden_id in (("contracts", elm_contract.pk), ("matters", elm_contract.matter_id)):
        answers = [
            client.post("/api/v1/searches", {"query": QUERY, name: [pk]}, format="json") for pk in (hidden_id, NOWHERE)
        ]
        assert answers[0].status_code == 400 and answers[0].content == answers[1].content
    answers = [
        client.post("/api/v1/verify", {"query": QUERY, "clauses": [pk]}, format="json") for pk in (clause.pk, NOWHERE)
    ]
    assert answers[0].status_code == 400 and answers[0].content == answers[1].content


def test_a_restricted_token_reads_only_searches_of_its_matters(
    client: APIClient,
    client_with: Callable[..., APIClient],
    oak: Matter,
    oak_contract: Contract,
    elm_contract: Contract,
) -> None:
    wide = client.post("/api/v1/searches", {"query": QUERY}, format="json").json()
    assert wide["eligible"] == 3
    restricted = client_with("search", matters=[oak])
    assert restricted.get(f"/api/v1/searches/{wide['id']}").status_code == 404
    assert restricted.get(f"/api/v1/searches/{wide['id']}/hits").status_code == 404
    own = restricted.post("/api/v1/searches", {"query": QUERY}, format="json").json()
    assert (own["eligible"], own["supported"], own["flagged"]) == (2, 1, 1)
    assert [found["id"] for found in restricted.get("/api/v1/searches").json()["results"]] == [own["id"]]
    assert len(restricted.get(f"/api/v1/searches/{own['id']}/hits").json()["results"]) == 2
    assert len(client.get("/api/v1/searches").json()["results"]) == 2


def test_a_restricted_token_checks_absence_in_its_matters_only(
    client: APIClient,
    client_with: Callable[..., APIClient],
    oak: Matter,
    oak_contract: Contract,
    elm_contract: Contract,
) -> None:
    wide = client.post("/api/v1/absence-checks", {"query": QUERY}, format="json").json()
    assert (wide["state"], wide["passages_read"], wide["found"]) == ("done", 3, 2)
    restricted = client_with("search", matters=[oak])
    assert restricted.get(f"/api/v1/absence-checks/{wide['id']}").status_code == 404
    assert restricted.get(f"/api/v1/searches/{wide['search']}").status_code == 404
    own = restricted.post("/api/v1/absence-checks", {"query": QUERY}, format="json")
    assert (own.status_code, own.json()["passages_read"], own.json()["found"]) == (201, 2, 1)
    assert restricted.get(own["Location"]).json() == own.json()
    assert restricted.get(f"/api/v1/searches/{own.json()['search']}").json()["recall_path"] == "every"


def test_a_restricted_token_finds_words_in_its_matters_only(
    client_with: Callable[..., APIClient], oak: Matter, oak_contract: Contract, elm_contract: Contract
) -> None:
    asked = {"query": "claims", "mode": "words"}
    answer = client_with("search", matters=[oak]).post("/api/v1/searches", asked, format="json").json()
    assert (answer["found"], answer["verified"], answer["verifier"]) == (2, 0, {"name": "", "sha256": ""})
    assert {hit["contract_id"] for hit in answer["hits"]} == {oak_contract.pk}


def test_a_token_whose_only_matter_is_deleted_opens_nothing(
    client_with: Callable[..., APIClient], oak: Matter, elm_contract: Contract
) -> None:
    client = client_with("read", matters=[oak])
    oak.delete()
    assert client.get("/api/v1/contracts").json()["results"] == []


def test_a_wall_is_above_every_token(
    client_with: Callable[..., APIClient], lena: User, oak: Matter, oak_contract: Contract
) -> None:
    client = client_with("read", matters=[oak])
    oak.walled.add(lena)
    assert client.get(f"/api/v1/contracts/{oak_contract.pk}").status_code == 404


def test_an_administrator_makes_a_token_shown_once_and_revokes_it(
    admin_client: Any, admin_user: User, lena: User, oak: Matter
) -> None:
    robot = User.objects.create_user("robot")  # without a password: a service account
    oak.members.add(robot)
    form = {
        "user": robot.pk, "name": "DMS", "scopes": ["read"], "restricted": "on", "matters": [oak.pk],
        "expiry_0": "2099-01-01", "expiry_1": "00:00:00",
    }  # fmt: skip
    unticked = {name: value for name, value in form.items() if name != "restricted"}
    assert "opens all of them" in admin_client.post("/admin/api/apitoken/add/", unticked).content.decode()
    page = admin_client.post("/admin/api/apitoken/add/", form, follow=True).content.decode()
    secret = page.partition("shown only now: ")[2].partition("<")[0].strip()
    assert with_token(secret).get("/api/v1/matters").status_code == 200
    token = ApiToken.objects.get()
    assert secret not in admin_client.get(f"/admin/api/apitoken/{token.pk}/change/").content.decode()
    admin_client.post(f"/admin/api/apitoken/{token.pk}/delete/", {"post": "yes"})
    assert with_token(secret).get("/api/v1/matters").status_code == 401
    own = admin_client.post("/admin/api/apitoken/add/", form | {"user": admin_user.pk}, follow=True).content.decode()
    assert "shown only now: " in own
    mine = ApiToken.objects.get(user=admin_user)
    admin_client.post(
        "/admin/api/apitoken/", {"action": "delete_selected", "_selected_action": [mine.pk], "post": "yes"}
    )
    assert list(AuditEvent.objects.order_by("pk").values_list("username", "action", "kind", "thing")) == [
        ("admin", "token.made", "token", str(token.public_id)),
        ("admin", "token.made", "user", str(robot.pk)),
        ("admin", "token.revoked", "token", str(token.public_id)),
        ("admin", "token.made", "token", str(mine.public_id)),
        ("admin", "token.revoked", "token", str(mine.public_id)),
    ]


def test_an_administrator_makes_no_token_for_another_person(admin_client: Any, lena: User, db: None) -> None:
    form = {"user": lena.pk, "name": "DMS", "scopes": ["read"], "expiry_0": "2099-01-01", "expiry_1": "00:00:00"}
    answer = admin_client.post("/admin/api/apitoken/add/", form)
    assert "user" in answer.context["adminform"].form.errors
    assert ">lena<" not in admin_client.get("/admin/api/apitoken/add/").content.decode()
    assert not ApiToken.objects.exists()


def test_every_resource_says_which_scope_each_method_needs() -> None:
    """Tokens are refused where no scope is named; only one's own tokens are meant to be so."""
    closed = set()
    for pattern in _patterns(urlpatterns, ""):
        if pattern[0].startswith("api/v1/"):
            view = pattern[1].callback.view_class  # type: ignore[union-attr]
            methods = {name.upper() for name in ("get", "post", "put", "patch", "delete") if hasattr(view, name)}
            closed |= {f"{method} {pattern[0]}" for method in methods - set(view.scopes)}
    assert closed == {
        "GET api/v1/tokens", "POST api/v1/tokens", "DELETE api/v1/tokens/<uuid:public_id>"
    }  # fmt: skip


def _patterns(patterns: list[Any], prefix: str) -> list[tuple[str, URLPattern]]:
    found: list[tuple[str, URLPattern]] = []
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        found += _patterns(pattern.url_patterns, path) if isinstance(pattern, URLResolver) else [(path, pattern)]
    return found


def test_too_many_requests_are_told_when_to_go_on(
    client_with: Callable[..., APIClient], oak: Matter, settings: Any
) -> None:
    settings.API_RATES = {"read": "2/min", "search": "100/min"}
    client, other = client_with("read", "search"), client_with("read")
    answers = [client.get("/api/v1/matters") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 60
    assert answers[2].json()["code"] == "throttled"
    assert client.get("/api/v1/searches").status_code == 200  # each scope, and each token, counts for itself
    assert other.get("/api/v1/matters").status_code == 200
