from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from django.contrib.auth.models import User
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter, Passage
from contracts.queue import FOLLOWING
from search.absence import reading as absence_reading
from search.absence.check import (
    VerifierReplaced,
    cancel_absence_check,
    continue_absence_check,
    delete_absence_check,
    start_absence_check,
)
from search.absence.coverage import coverage_of, finding
from search.absence.reading import NEAREST, run_absence_check
from search.export.absence import with_coverage
from search.export.report import report_of
from search.filters import Filters
from search.models import AbsenceCheck, ClauseList, Search
from search.present import present_search
from search.query import QueryError
from tests.fakes import FakeVerifier
from tests.search import conftest

STATEMENT = "Tenant must insure the premises"
INSURES = "The Tenant shall insure the premises. [supported .9]"
SWAPPED = "The Landlord shall insure the premises. [party_swapped .8]"
OTHER = "Rent is due each month."


def add_contract(matter: Matter, texts: Sequence[str], **fields: Any) -> Contract:
    """A lease with a clause per text; no passage has a vector that recall could find it by."""
    fields.setdefault("parties", (("Elm Estates Ltd", "Landlord"), ("Ash Retail plc", "Tenant")))
    return conftest.add_contract(matter, [[text] for text in texts], np.zeros((len(texts), 384), np.float32), **fields)


def test_every_passage_is_read_and_none_says_it(matter: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    add_contract(matter, [SWAPPED, *(f"Clause {i} is of something else." for i in range(NEAREST + 5))])
    add_contract(matter, [OTHER])
    add_contract(matter, [], state="failed")
    check = start_absence_check(STATEMENT, lawyer)
    assert (check.state, check.passages, check.passages_read, check.unread) == ("done", NEAREST + 7, NEAREST + 7, 1)
    assert len(fake_verifier.read) == NEAREST + 7
    assert check.search is not None
    view = present_search(check.search)
    assert (view.recall_path, view.eligible, view.recalled, view.verified) == ("every", *[NEAREST + 7] * 3)
    assert [(group.key, len(group.hits)) for group in view.groups] == [("flagged", 1), ("related", NEAREST)]


def test_headings_are_neither_read_nor_counted(matter: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    heading, _ = add_contract(matter, ["Tenant's Insurance [supported .9]", OTHER]).passages.all()
    Passage.objects.filter(pk=heading.pk).update(kind="heading")
    check = start_absence_check(STATEMENT, lawyer)
    assert (check.state, check.passages, check.passages_read, len(fake_verifier.read)) == ("done", 1, 1, 1)
    assert check.search is not None
    view = present_search(check.search)
    assert (view.eligible, view.supported) == (1, 0)
    assert "1 in all, headings not among them" in report_of(check.search).limits[0]


def test_one_clause_that_says_it_is_found(matter: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    add_contract(matter, [OTHER] * 70 + [INSURES])
    check = start_absence_check(STATEMENT, lawyer)
    assert check.search is not None
    found = check.search.hits.get(label="supported")
    assert (found.number, found.rank) == ("71.1", 1)


def test_what_could_not_be_read_is_counted_and_listed(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    add_contract(matter, [OTHER, "A clause [crash]"])
    check = start_absence_check(STATEMENT, lawyer)
    assert check.search is not None
    assert (check.search.recalled, check.search.verified) == (2, 1)
    assert set(check.search.hits.values_list("label", flat=True)) == {"not_verified", "unrelated"}


def test_what_could_not_be_read_is_read_again_and_nothing_else(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, monkeypatch: Any
) -> None:
    add_contract(matter, [OTHER])
    torn = add_contract(matter, [SWAPPED, "A clause [crash]"])
    check = start_absence_check(STATEMENT, lawyer)
    first = check.search_id
    torn.passages.filter(reading__contains="[crash]").update(reading=INSURES)
    fake_verifier.read.clear()
    assert continue_absence_check(check) and not continue_absence_check(check)
    check.refresh_from_db()
    assert (check.state, check.search_id, check.passages_read) == ("waiting", first, 1)
    assert check.search is not None and check.answer is None
    assert "was let go on" in with_coverage(report_of(check.search), check.search).limits[0]
    monkeypatch.setattr(fake_verifier, "sha256", "ba" * 32)  # replaced: what was read stays, and so does the answer
    run_absence_check(check)
    assert (check.state, check.search_id, check.passages_read) == ("failed", first, 1) and "replaced" in check.error
    with pytest.raises(VerifierReplaced, match="start a new check"):
        continue_absence_check(check)
    monkeypatch.undo()
    assert continue_absence_check(check) and Search.objects.filter(pk=first).exists()
    run_absence_check(check)
    assert [pair.clause for pair in fake_verifier.read] == [INSURES]
    assert (
        check.search is not None and check.search.verified == 3 and check.search.hits.filter(label="supported").exists()
    )
    assert not Search.objects.filter(pk=first).exists()
    assert AuditEvent.objects.get(action="search.deleted").thing == str(first)
    assert not continue_absence_check(check)  # all is read


def test_the_scope_is_what_was_chosen_and_may_be_seen(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier
) -> None:
    chosen = add_contract(matter, [OTHER])
    add_contract(matter, [OTHER])
    walled = add_contract(Matter.objects.create(name="Project Elm"), [INSURES])
    check = start_absence_check(STATEMENT, lawyer, Filters(contracts=(chosen.pk, walled.pk)))
    assert (check.contracts, check.passages, check.unread) == ([chosen.pk], 1, 0)
    with pytest.raises(QueryError, match="no contract to read"):
        start_absence_check(STATEMENT, lawyer, Filters(matters=(walled.matter_id,)))
    with pytest.raises(QueryError, match="empty"):
        start_absence_check(" ", lawyer)


def test_a_job_goes_on_where_it_stopped(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None, monkeypatch: Any
) -> None:
    add_contract(matter, [OTHER])
    add_contract(matter, [INSURES])
    check = start_absence_check(STATEMENT, lawyer)
    job = ProcrastinateJob.objects.get(task_name="check_absence")
    assert (check.state, job.args, fake_verifier.read) == ("waiting", {"check_id": str(check.pk)}, [])
    assert job.priority == FOLLOWING  # files that wait to be read do not hold it up

    verify = fake_verifier.verify
    monkeypatch.setattr(fake_verifier, "verify", lambda *read: _killed() if fake_verifier.read else verify(*read))
    with pytest.raises(KeyboardInterrupt):
        run_absence_check(check)
    check.refresh_from_db()
    assert (check.state, check.passages_read, check.search) == ("reading", 1, None)

    monkeypatch.setattr(fake_verifier, "verify", verify)
    run_absence_check(check)
    check.refresh_from_db()
    assert (check.state, check.passages_read, len(fake_verifier.read)) == ("done", 2, 2)
    run_absence_check(check)  # a retry of a check that is done reads nothing
    assert len(fake_verifier.read) == 2 and Search.objects.count() == 1


def _killed() -> list[Any]:
    raise KeyboardInterrupt


def test_what_another_verifier_has_read_is_read_again(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None, monkeypatch: Any
) -> None:
    for _ in range(2):
        add_contract(matter, [OTHER])
    check = start_absence_check(STATEMENT, lawyer)
    monkeypatch.setattr(absence_reading, "_finish", _fails)
    run_absence_check(check)
    assert (check.state, check.passages_read) == ("failed", 2)
    monkeypatch.undo()
    monkeypatch.setattr(fake_verifier, "sha256", "ba" * 32)
    continue_absence_check(check)
    run_absence_check(check)
    check.refresh_from_db()
    assert (check.state, check.verifier_sha256, check.passages_read) == ("done", "ba" * 32, 2)
    assert check.search is not None and check.search.verifier_sha256 == "ba" * 32


def test_a_contract_walled_off_meanwhile_is_left_out(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None
) -> None:
    elm = Matter.objects.create(name="Project Elm")
    elm.members.add(lawyer)
    add_contract(matter, [OTHER])
    add_contract(elm, [INSURES])
    check = start_absence_check(STATEMENT, lawyer)
    elm.walled.add(lawyer)
    run_absence_check(check)
    assert (check.state, len(fake_verifier.read)) == ("done", 1)
    coverage = coverage_of(check, lawyer)
    assert (coverage.contracts, coverage.read, coverage.left_out, coverage.closed) == (2, 1, 1, 0)
    assert finding(0, 0, coverage) == "No clause was found that says it, but 1 contract was left out."


def test_a_check_without_a_contract_left_stops_and_goes_on_when_one_is_open_again(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None
) -> None:
    add_contract(matter, [INSURES])
    check = start_absence_check(STATEMENT, lawyer)
    matter.walled.add(lawyer)
    run_absence_check(check)
    assert check.state == "failed" and "No contract of the scope can be read" in check.error
    assert fake_verifier.read == []
    matter.walled.remove(lawyer)
    continue_absence_check(check)
    run_absence_check(check)
    assert check.state == "done"


@pytest.mark.parametrize("gone", ["read anew", "purged"])
def test_a_contract_that_changes_while_others_are_read_is_read_as_it_is(
    gone: str, matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None, monkeypatch: Any
) -> None:
    first = add_contract(matter, [INSURES])
    add_contract(matter, [OTHER])
    check = start_absence_check(STATEMENT, lawyer)
    monkeypatch.setattr(absence_reading, "_finish", _fails)
    run_absence_check(check)
    monkeypatch.undo()
    if gone == "purged":
        first.delete()
    else:
        clause = first.clauses.create(position=9, level=0, kind="clause", start=0, end=1)
        first.clauses.exclude(pk=clause.pk).delete()
        first.passages.create(clause=clause, position=0, kind="sentence", start=0, end=1, reading=SWAPPED)
    continue_absence_check(check)
    run_absence_check(check)
    assert check.state == "done" and check.search is not None
    labels = {"unrelated"} | ({"party_swapped"} if gone == "read anew" else set())
    assert set(check.search.hits.values_list("label", flat=True)) == labels
    assert coverage_of(check, lawyer).left_out == (gone == "purged")


def _fails(*arguments: Any) -> None:
    raise ZeroDivisionError("Tenant shall insure")


def test_an_error_that_nobody_foresaw_fails_the_check_with_its_kind(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, monkeypatch: Any, caplog: Any
) -> None:
    add_contract(matter, [OTHER])
    monkeypatch.setattr(absence_reading, "verify_passages", _fails)
    check = start_absence_check(STATEMENT, lawyer)
    check.refresh_from_db()
    assert check.state == "failed" and "internal error (ZeroDivisionError)" in check.error
    assert "ZeroDivisionError at " in caplog.text and "insure" not in caplog.text + check.error


def test_a_check_is_stopped_by_its_user_and_goes_on_or_is_deleted(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None, monkeypatch: Any
) -> None:
    for _ in range(2):
        add_contract(matter, [OTHER])
    check = start_absence_check(STATEMENT, lawyer)
    cancel_absence_check(check)
    run_absence_check(check)  # its job comes too late
    assert fake_verifier.read == []
    continue_absence_check(check)

    verify = fake_verifier.verify

    def stopped_meanwhile(*read: Any) -> Any:
        cancel_absence_check(check)
        return verify(*read)

    monkeypatch.setattr(fake_verifier, "verify", stopped_meanwhile)
    run_absence_check(check)
    check.refresh_from_db()
    assert (check.state, check.passages_read) == ("failed", 1) and "You stopped it" in check.error
    monkeypatch.undo()
    continue_absence_check(check)
    run_absence_check(check)
    cancel_absence_check(check)
    check.refresh_from_db()
    assert check.state == "done" and check.search is not None
    deleted = [("check.deleted", str(check.pk)), ("search.deleted", str(check.search.pk))]
    delete_absence_check(check)
    assert not AbsenceCheck.objects.exists() and not Search.objects.exists()
    events = AuditEvent.objects.filter(action__endswith=".deleted", user=lawyer.pk).order_by("pk")
    assert list(events.values_list("action", "thing")) == deleted


def test_a_check_deleted_while_it_is_read_leaves_nothing(
    matter: Matter, lawyer: User, fake_verifier: FakeVerifier, queued: None, monkeypatch: Any
) -> None:
    add_contract(matter, [OTHER])
    check = start_absence_check(STATEMENT, lawyer)
    read_all = absence_reading._read_all

    def deleted_meanwhile(one: AbsenceCheck, gives_way: Any) -> bool:
        read = read_all(one, gives_way)
        AbsenceCheck.objects.filter(pk=one.pk).delete()
        return read

    monkeypatch.setattr(absence_reading, "_read_all", deleted_meanwhile)
    run_absence_check(check)
    assert not AbsenceCheck.objects.exists() and not Search.objects.exists()


def test_a_deleted_check_leaves_what_is_in_a_list(matter: Matter, lawyer: User, fake_verifier: FakeVerifier) -> None:
    add_contract(matter, [INSURES])
    check = start_absence_check(STATEMENT, lawyer)
    assert check.search is not None
    ClauseList.objects.create(user=lawyer, name="Insurance").clauses.create(hit=check.search.hits.get(), place=1)
    delete_absence_check(check)
    assert Search.objects.count() == 1
    assert "does not show that no clause says it" in with_coverage(report_of(check.search), check.search).limits[0]
