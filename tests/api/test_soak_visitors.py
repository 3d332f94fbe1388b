"""What the mixed soak's visitors do goes through, on a small site with the fakes: each task once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from contracts.edgar import Agreement
from contracts.models import Contract, ContractFile, Matter
from tests.soak import lawyer, programs
from tests.soak.files import Files
from tests.soak.lawyer import Lawyer
from tests.soak.programs import Asker, DocumentSystem
from tests.soak.settled import unsettled
from tests.soak.visitor import Visitor, Visits

LOGIN = ("lena", "sign-in-lena")
AGREEMENTS = [
    Agreement(f"lease/{name}.txt", f"LEASE {name}\n\n1. Rent. Tenant shall pay {name}. [supported .9]\n".encode())
    for name in ("one", "two", "three")
]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("worker")]


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lawyer, "POLL", 0.1)
    monkeypatch.setattr(programs, "POLL", 0.1)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(AGREEMENTS, samples=tmp_path)


@pytest.fixture
def contract(oak_contract: Contract) -> Contract:
    ContractFile.objects.create(contract=oak_contract, content=b"as received")
    return oak_contract


@pytest.fixture
def program(live_server: Any, client_with: Callable[..., APIClient]) -> Visitor:
    token = client_with("read", "search", "upload", "delete", "webhooks")._credentials["HTTP_AUTHORIZATION"]
    return Visitor(live_server.url, Visits(), str(token))


def go_through(tasks: list[tuple[int, Callable[[], None]]], visits: Visits) -> None:
    for _, task in tasks:
        task()
    assert visits.wrong == []
    assert list(unsettled()) == []


def test_a_lawyer(live_server: Any, oak: Matter, contract: Contract, files: Files) -> None:
    visitor = Visitor(live_server.url, Visits())
    lena = Lawyer(visitor, LOGIN, oak.pk, [contract.pk], files, seed=1)
    lena.sign_in()
    go_through(lena.tasks, visitor.visits)
    told = visitor.visits.seconds()
    assert told["a question, until its answer is whole"]["number"] == 1
    assert told["files sent on the page, until they are read"]["number"] == 1


@pytest.mark.parametrize("use", range(6))
def test_each_use_of_an_answer(
    use: int, live_server: Any, oak: Matter, contract: Contract, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(live_server.url, Visits())
    lena = Lawyer(visitor, LOGIN, oak.pk, [contract.pk], files, seed=1)
    lena.sign_in()
    monkeypatch.setattr(lena.chance, "randrange", lambda first, last=None: use if last is None else first)
    go_through([(1, lena.ask_without_scripts)], visitor.visits)


def test_a_program_that_asks(program: Visitor, contract: Contract) -> None:
    go_through(Asker(program, LOGIN, [contract.pk], seed=1).tasks, program.visits)


def test_a_document_system(program: Visitor, oak: Matter, files: Files) -> None:
    system = DocumentSystem(program, oak.name, files, seed=1)
    go_through(system.tasks, program.visits)
    assert len(system.kept) == programs.KEPT
    assert Contract.objects.filter(deleted_at=None).count() == programs.KEPT
