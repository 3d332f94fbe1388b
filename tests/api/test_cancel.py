"""What waits or runs is taken back: a defined end, every file still counted, and a way to go on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from rest_framework.test import APIClient

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.receive import read_again
from contracts.webhooks.models import Delivery
from search import indexing, later
from search.absence import check as absence_check
from search.absence.reading import run_absence_check
from search.indexing import index_contract
from search.later import answer_later
from search.models import AbsenceCheck, AbsencePart, Search, SearchJob
from tests.api.conftest import QUERY, read_all
from tests.api.receiver import Receiver
from tests.api.test_ingests import begin, counts, item, send, sha256
from tests.fakes import FAKE

CONTRACTS, JOBS = "/api/v1/contracts", "/api/v1/jobs"
WORDS = b"1. Fees. Customer shall pay the fees within 30 days.\n"


def upload(client: APIClient, content: bytes = WORDS) -> Any:
    return client.post(CONTRACTS, {"matter": "Oak", "file": SimpleUploadedFile("nda.txt", content)}).json()["id"]


def cancel(client: APIClient, path: str) -> Any:
    return client.post(f"{path}/cancel")


def test_a_file_that_waits_is_cancelled_told_of_and_tried_again(
    client_with: Callable[..., APIClient], oak: Matter, receiver: Receiver
) -> None:
    client = client_with("upload", "read", "webhooks")
    client.post("/api/v1/webhooks", {"url": receiver.url, "events": ["contract.failed"]}, format="json")
    contract = upload(client)
    path = f"{CONTRACTS}/{contract}"
    assert client.post(f"{path}/retry").json()["code"] == "not_stopped"
    cancelled = cancel(client, path)
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "failed")
    assert cancelled.json()["error"]["code"] == "cancelled" and cancelled["ETag"]
    index_contract(contract)  # its job comes too late
    assert client.get(path).json() == cancelled.json()
    assert (cancel(client, path).status_code, cancel(client, path).json()["code"]) == (409, "too_late")
    again = client.post(f"{path}/retry").json()
    assert (again["state"], again["error"]) == ("received", None)
    index_contract(contract)
    assert client.get(path).json()["state"] == "ready"
    assert client.post(f"{path}/retry").status_code == cancel(client, path).status_code == 409
    assert Delivery.objects.get().data == {"contract": contract, "matter": oak.pk}
    done = AuditEvent.objects.order_by("pk").values_list("action", "kind", "thing", "matter")
    about = ("contract", str(contract), oak.pk)
    assert list(done)[-2:] == [("cancelled", *about), ("read_again", *about)]


@pytest.mark.parametrize("stage", ["text", "embedding", "writing"])
def test_what_is_being_read_stops_at_its_next_step_and_writes_nothing(
    client: APIClient, oak: Matter, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    contract = upload(client)
    steps: list[str] = []
    report = indexing._report

    def cancelled_meanwhile(pk: int, at: str, done: float = 0.0) -> None:
        steps.append(at)
        report(pk, at, done)
        if at == stage:
            cancel(client, f"{CONTRACTS}/{pk}")

    with monkeypatch.context() as patch:
        patch.setattr(indexing, "_report", cancelled_meanwhile)
        index_contract(contract)
    shown = client.get(f"{CONTRACTS}/{contract}").json()
    assert (shown["state"], shown["error"]["code"], shown["passage_count"]) == ("failed", "cancelled", 0)
    assert steps[-2:-1] == [stage] or steps[-1] == stage  # one more step at most
    client.post(f"{CONTRACTS}/{contract}/retry")
    index_contract(contract)
    assert client.get(f"{CONTRACTS}/{contract}").json()["state"] == "ready"


def test_a_reading_that_is_there_outlives_the_cancelling_of_the_next(client: APIClient, oak: Matter) -> None:
    contract = upload(client)
    index_contract(contract)
    before = client.get(f"{CONTRACTS}/{contract}").json()
    read_again(Contract.objects.get())
    assert cancel(client, f"{CONTRACTS}/{contract}").json() == before
    assert before["passage_count"] > 0


def test_who_may_not_see_it_cancels_nothing(client_with: Callable[..., APIClient], oak: Matter, elm: Matter) -> None:
    contract = upload(client_with("upload"))
    narrow = client_with("upload", matters=[elm])
    for action in ("cancel", "retry"):
        hidden = narrow.post(f"{CONTRACTS}/{contract}/{action}")
        missing = narrow.post(f"{CONTRACTS}/999999/{action}")
        assert hidden.status_code == 404 and hidden.content == missing.content
        assert client_with("read").post(f"{CONTRACTS}/{contract}/{action}").json()["code"] == "scope"
    assert Contract.objects.get().state == "received"


def test_a_load_is_cancelled_and_every_item_has_its_outcome(client: APIClient, oak: Matter) -> None:
    here = upload(client, b"here before")
    ready, late = b"1. Term. Two years.\n", b"1. Late. Never read.\n"
    items = [item("here", sha256=sha256(b"here before")), item("ready"), item("late"), item("unsent")]
    ingest = begin(client, *items).json()["id"]
    send(client, ingest, "ready", ready)
    read_all()
    send(client, ingest, "late", late)
    assert cancel(client, f"/api/v1/ingests/{ingest}").json()["state"] == "done"
    assert counts(client, ingest) == {"items": 4, "ready": 1, "duplicate": 1, "failed": 2}
    failed = client.get(f"/api/v1/ingests/{ingest}/items?outcome=failed").json()["results"]
    assert [(one["key"], one["error"]["code"]) for one in failed] == [("late", "cancelled"), ("unsent", "cancelled")]
    assert Contract.objects.get(pk=here).state == "ready"
    assert cancel(client, f"/api/v1/ingests/{ingest}").json()["code"] == "too_late"
    assert AuditEvent.objects.filter(action="cancelled", kind="ingest", thing=ingest).count() == 1
    assert send(client, ingest, "unsent", b"more").status_code == 409
    assert send(client, ingest, "late", late).status_code == 200  # what was cancelled is read when it is sent again
    read_all()
    assert counts(client, ingest) == {"items": 4, "ready": 2, "duplicate": 1, "failed": 1}


def test_a_search_is_cancelled_while_it_is_answered(
    client: APIClient, oak_contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"query": QUERY, "limit": 200}
    job = client.post("/api/v1/searches", asked, format="json").json()["id"]
    search_clauses = later.search_clauses

    def cancelled_meanwhile(*args: Any) -> Any:
        answer = search_clauses(*args)
        assert cancel(client, f"{JOBS}/{job}").json()["state"] == "cancelled"
        return answer

    monkeypatch.setattr(later, "search_clauses", cancelled_meanwhile)
    answer_later(job)
    shown = client.get(f"{JOBS}/{job}").json()
    assert (shown["state"], shown["search"]) == ("cancelled", None) and not Search.objects.exists()
    assert cancel(client, f"{JOBS}/{job}").json()["code"] == "too_late"
    assert SearchJob.objects.get().finished_at is not None
    assert AuditEvent.objects.get(action="cancelled").kind == "search_job"


@pytest.fixture
def _queued(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)


def _absence(client: APIClient) -> Any:
    return client.post("/api/v1/absence-checks", {"query": QUERY}, format="json")


def _playbook(client: APIClient) -> Any:
    positions = [{"statement": QUERY}, {"statement": "Customer pays"}]
    playbook = client.post("/api/v1/playbooks", {"name": "Supply", "positions": positions}, format="json").json()["id"]
    return client.post("/api/v1/playbook-checks", {"playbook": playbook}, format="json")


@pytest.mark.usefixtures("_queued")
@pytest.mark.parametrize("start", [_absence, _playbook])
def test_a_check_is_cancelled_and_goes_on(
    client: APIClient, oak_contract: Contract, start: Callable[[APIClient], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = start(client)
    path = begun["Location"]
    assert (begun.status_code, client.post(f"{path}/continue").json()["code"]) == (202, "not_stopped")
    stopped = cancel(client, path)
    assert stopped.json()["state"] == "failed" and "You stopped it" in str(stopped.json())
    assert cancel(client, path).status_code == 409
    for check in AbsenceCheck.objects.all():
        run_absence_check(check)  # its job comes too late
    assert client.get(path).json()["passages_read"] == 0
    assert client.post(f"{path}/continue").json()["state"] in ("waiting", "reading")
    for check in AbsenceCheck.objects.all():
        run_absence_check(check)
    assert client.get(path).json()["state"] == "done"
    assert [cancel(client, path).status_code, client.post(f"{path}/continue").status_code] == [409, 409]
    AbsencePart.objects.update(verified=0)
    monkeypatch.setattr(FAKE, "sha256", "ba" * 32)
    refused = client.post(f"{path}/continue")
    assert (refused.status_code, refused.json()["code"]) == (409, "verifier_replaced")
    assert AuditEvent.objects.filter(action="cancelled").count() == 1
    stranger = APIClient()
    stranger.force_login(User.objects.create_user("sam"))
    assert cancel(stranger, path).status_code == stranger.post(f"{path}/continue").status_code == 404


def test_the_console_cancels_one_and_many(
    client: APIClient, admin_client: Client, admin_user: User, oak: Matter
) -> None:
    oak.members.add(admin_user)
    one, two, done = upload(client, b"1. One."), upload(client, b"1. Two."), upload(client, b"1. Done.")
    index_contract(done)
    console = "/admin/contracts/contract/"
    page = admin_client.get(console).content.decode()
    assert page.count(">Cancel</button>") == 2 and f"{console}{done}/retry/" in page
    assert "is cancelled" in admin_client.post(f"{console}{one}/cancel/", follow=True).content.decode()
    assert "read already" in admin_client.post(f"{console}{done}/cancel/", follow=True).content.decode()
    chosen = {"action": "cancel_readings", "_selected_action": [one, two, done]}
    asked = admin_client.post(console, chosen).content.decode()
    assert "Cancel the reading?" in asked and "<strong>1</strong> contract," in asked  # of three
    page = admin_client.post(console, chosen | {"confirmed": "yes"}, follow=True).content.decode()
    assert "1 reading is cancelled." in page
    counted = re.findall(r"<strong>(\d+)</strong> (received|ready|failed|waiting)", page)
    assert counted == [("3", "received"), ("1", "ready"), ("2", "failed"), ("0", "waiting")]
    assert admin_client.get(f"{console}{two}/cancel/").status_code == 403
