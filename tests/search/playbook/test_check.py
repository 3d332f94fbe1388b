from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from search.absence.check import start_absence_check
from search.absence.reading import run_absence_check
from search.export.playbook import playbook_report
from search.filters import Filters
from search.models import AbsenceCheck, Hit, Playbook, PlaybookCheck
from search.playbook.cells import grid_of
from search.playbook.check import (
    NEAREST_IN_CELL,
    cancel_playbook_check,
    continue_playbook_check,
    progress_of,
    start_playbook_check,
)
from search.playbook.positions import PositionText, new_playbook
from search.query import QueryError
from search.reviewing import decide
from tests.fakes import FakeVerifier
from tests.search.test_absence import INSURES, OTHER, SWAPPED, add_contract
from tests.search.test_turns_of_checks import work_off

POSITIONS = [PositionText("Tenant must insure the premises", "Insurance", "Ask for it."), PositionText("Rent is due")]


@pytest.fixture
def playbook(lawyer: User, fake_verifier: FakeVerifier) -> Playbook:
    return new_playbook(lawyer, "Leases", POSITIONS)


@pytest.fixture
def leases(matter: Matter) -> list[Contract]:
    """One that says it, one that binds the other party, one silent, one that cannot be read."""
    texts = ([INSURES], [SWAPPED], [OTHER] * 9, [OTHER, "A clause [crash]"])
    return [add_contract(matter, text, title=f"Lease {number}") for number, text in enumerate(texts)]


def standings(check: PlaybookCheck, user: User, place: int) -> list[str]:
    return [row.cells[place - 1].key for row in grid_of(check, user).rows]


def test_each_contract_stands_to_each_position(leases: list[Contract], playbook: Playbook, lawyer: User) -> None:
    check = start_playbook_check(playbook, lawyer, Filters())
    assert standings(check, lawyer, 1) == ["supported", "contradicted", "absent", "unclear"]
    grid = grid_of(check, lawyer)
    assert [column.topic for column in grid.columns] == ["Insurance", "Rent is due"]
    assert grid.columns[0].counts == (("Supported", 1), ("Contradicted", 1), ("Absent", 1), ("Unclear", 1))
    assert [cell.citation for cell in (row.cells[0] for row in grid.rows)][:3] == [
        "Lease 0 (1 May 2024), s 1.1, p. 1", "Lease 1 (1 May 2024), s 1.1, p. 1", ""
    ]  # fmt: skip
    progress = progress_of(check)
    assert (progress.state, progress.read, progress.passages, progress.positions_read) == ("done", 26, 26, 2)
    assert progress.unread == 2
    search = AbsenceCheck.objects.filter(position__check_of=check)[0].search
    assert search is not None and search.hits.filter(contract=leases[2]).count() == NEAREST_IN_CELL
    told = {"title": "Amendment", "parent": leases[0], "relation": "amendment", "read_at": timezone.now()}
    add_contract(leases[0].matter, ["Clause 1.1 of the Lease is deleted."], **told)
    cell = grid_of(check, lawyer).rows[0].cells[0]
    assert cell.told == "A clause says it. Deleted by Amendment, s 1.1."
    table = playbook_report(check, lawyer).table
    assert table[1][1] == "Supported: Lease 0 (1 May 2024), s 1.1, p. 1 (Deleted by Amendment, s 1.1)"


def test_a_contract_of_others_is_not_said_to_say_it(matter: Matter, playbook: Playbook, lawyer: User) -> None:
    parties = (("Northgate Analytics Ltd", "Supplier"), ("Harbour Retail plc", "Customer"))
    add_contract(matter, ["The Supplier shall insure the premises. [supported .9]"], parties=parties)
    check = start_playbook_check(playbook, lawyer, Filters())
    assert standings(check, lawyer, 1) == ["unclear"]
    [row] = grid_of(check, lawyer).rows
    assert "a notice stands beside it" in row.cells[0].reason


def test_its_readings_are_jobs_that_go_on_where_they_stopped(
    leases: list[Contract], playbook: Playbook, lawyer: User, fake_verifier: FakeVerifier, queued: None, client: Client
) -> None:
    check = start_playbook_check(playbook, lawyer, Filters(contracts=(leases[0].pk, leases[1].pk)))
    first, second = ProcrastinateJob.objects.filter(task_name="check_absence").order_by("id")
    assert progress_of(check).state == "waiting" and fake_verifier.read == []
    run_absence_check(AbsenceCheck.objects.get(pk=first.args["check_id"]))
    progress = progress_of(check)
    assert (progress.state, progress.read, progress.passages, progress.positions_read) == ("reading", 2, 4, 1)
    assert standings(check, lawyer, 1) == ["supported", "contradicted"]
    assert standings(check, lawyer, 2) == ["reading", "reading"]
    AbsenceCheck.objects.filter(state="waiting").update(state="failed", error="The disk is full. Make room.")
    assert (progress_of(check).state, progress_of(check).errors) == ("failed", ("The disk is full. Make room.",))
    client.force_login(lawyer)
    client.post(f"/search/playbooks/checks/{check.pk}/")
    run_absence_check(AbsenceCheck.objects.get(pk=second.args["check_id"]))
    assert progress_of(check).state == "done" and len(fake_verifier.read) == 4


def test_a_playbook_stands_in_the_row_of_checks_once(
    leases: list[Contract], playbook: Playbook, lawyer: User, fake_verifier: FakeVerifier, queued: None
) -> None:
    scope = Filters(contracts=(leases[0].pk, leases[1].pk))
    check = start_playbook_check(playbook, lawyer, scope)
    alone = str(start_absence_check("Rent is paid", lawyer, scope).pk)
    first, second = (str(one.reading_id) for one in check.positions.all())
    assert work_off() == [first, alone, first, second, alone, second]
    continued = start_playbook_check(new_playbook(lawyer, "More", POSITIONS), lawyer, scope)
    assert cancel_playbook_check(continued) and continue_playbook_check(continued)
    assert work_off() == [str(one.reading_id) for one in continued.positions.all()]


def test_cells_fill_contract_by_contract(
    leases: list[Contract], playbook: Playbook, lawyer: User, queued: None, client: Client
) -> None:
    check = start_playbook_check(playbook, lawyer, Filters())
    first = AbsenceCheck.objects.get(position__place=1)
    for _ in range(2):
        assert not run_absence_check(first, lambda: True)
    assert standings(check, lawyer, 1) == ["supported", "contradicted", "reading", "reading"]
    assert [row.cells[0].cited_place for row in grid_of(check, lawyer).rows][:2] == ["s 1.1, p. 1"] * 2
    client.force_login(lawyer)
    page = client.get(f"/search/playbooks/checks/{check.pk}/1/{leases[0].pk}/").content.decode()
    assert "shall insure the premises" in page and "still being read against this position" in page
    run_absence_check(first)
    assert standings(check, lawyer, 1) == ["supported", "contradicted", "absent", "unclear"]


def test_what_is_walled_off_meanwhile_is_in_no_cell(
    leases: list[Contract], playbook: Playbook, lawyer: User, matter: Matter
) -> None:
    check = start_playbook_check(playbook, lawyer, Filters())
    matter.walled.add(lawyer)
    grid = grid_of(check, lawyer)
    assert (grid.rows, grid.closed) == ((), 4)
    assert "4 more of the scope are closed to you now" in playbook_report(check, lawyer).limits[0]


def test_a_contract_that_is_walled_off_while_it_is_read_is_left_out_of_the_rest(
    matter: Matter, leases: list[Contract], playbook: Playbook, lawyer: User, queued: None
) -> None:
    elm = Matter.objects.create(name="Project Elm")
    elm.members.add(lawyer)
    add_contract(elm, [OTHER], title="Lease 9")
    check = start_playbook_check(playbook, lawyer, Filters())
    first, second = AbsenceCheck.objects.order_by("position__place")
    run_absence_check(first)
    elm.walled.add(lawyer)
    run_absence_check(second)
    assert progress_of(check).state == "done" and grid_of(check, lawyer).closed == 1
    elm.walled.remove(lawyer)
    grid = grid_of(check, lawyer)
    before, after = grid.rows[-1].cells
    assert (before.key, after.key) == ("absent", "unclear") and "left out" in after.reason
    assert (grid.closed, grid.left_out, grid.whole) == (0, 1, 4)


def test_the_row_of_one_contract_is_that_of_the_grid(leases: list[Contract], playbook: Playbook, lawyer: User) -> None:
    check = start_playbook_check(playbook, lawyer, Filters())
    rows = {row.contract.pk: row for row in grid_of(check, lawyer).rows}
    assert [grid_of(check, lawyer, lease.pk).rows for lease in leases] == [(rows[lease.pk],) for lease in leases]


def test_a_playbook_without_positions_or_contracts_is_refused(lawyer: User, playbook: Playbook) -> None:
    with pytest.raises(QueryError, match="no contract to read"):
        start_playbook_check(playbook, lawyer, Filters())
    with pytest.raises(QueryError, match="has no position"):
        start_playbook_check(new_playbook(lawyer, "Empty", []), lawyer, Filters())
    assert not AbsenceCheck.objects.exists()


def test_queries_do_not_grow_with_contracts_and_positions(
    matter: Matter, leases: list[Contract], lawyer: User, playbook: Playbook, django_assert_num_queries: Any
) -> None:
    small = start_playbook_check(playbook, lawyer, Filters(contracts=(leases[0].pk,)))
    large = start_playbook_check(new_playbook(lawyer, "More", POSITIONS * 3), lawyer, Filters())
    for check in (small, large):
        with django_assert_num_queries(5):
            grid_of(check, lawyer)


def test_export(leases: list[Contract], playbook: Playbook, lawyer: User, client: Client) -> None:
    check = start_playbook_check(playbook, lawyer, Filters())
    says = Hit.objects.filter(label="supported", search__query=POSITIONS[0].statement).earliest("rank")
    decide(lawyer, says, "relevant", "Enough.")
    client.force_login(lawyer)
    address = f"/search/playbooks/checks/{check.pk}/export"
    book = load_workbook(BytesIO(client.get(f"{address}.xlsx").content))
    rows = list(book["Overview"].iter_rows(values_only=True))
    assert rows[0] == ("Contract", "Insurance", "Rent is due")
    assert rows[1][1] == "Supported: Lease 0 (1 May 2024), s 1.1, p. 1" and rows[3][1] == "Absent"
    evidence = list(book["Results"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in evidence] == list(range(1, len(evidence) + 1))
    decided = [row for row in evidence if "Relevant" in row]
    assert [row[4] for row in decided] == ["Lease 0"] and {"lena", "Enough."} <= set(decided[0])
    about = {row[0]: row[1] for row in book["About this search"].iter_rows(values_only=True)}
    assert about["Playbook"] == "Leases" and about["Positions read"] == "2 of 2"
    document = Document(BytesIO(client.get(f"{address}.docx").content))
    assert "Contradicted: Lease 1" in document.tables[1].rows[2].cells[1].text
    assert any("Ask for it." in paragraph.text for paragraph in document.paragraphs)
    done = AuditEvent.objects.filter(kind="playbook_check").order_by("pk").values_list("action", "thing")
    assert list(done) == [(action, str(check.pk)) for action in ("checked_playbook", "exported", "exported")]


def test_over_http(matter: Matter, leases: list[Contract], ask: Any, client: Any, fake_verifier: FakeVerifier) -> None:
    def send(method: str, path: str, body: Any = None, **more: Any) -> Any:
        return getattr(client, method)(f"/api/v1/{path}", body, content_type="application/json", **more)

    written = {"name": "Leases", "positions": [{"statement": "Tenant must insure the premises", "topic": "Insurance"}]}
    made = send("post", "playbooks", written)
    assert (made.status_code, made.json()["positions"][0]["topic"]) == (201, "Insurance")
    assert send("post", "playbooks", written).status_code == 400
    path = f"playbooks/{made.json()['id']}"
    seen = made["ETag"]
    assert client.get(f"/api/v1/{path}", headers={"If-None-Match": seen}).status_code == 304
    changed = send("put", path, written | {"name": "All leases"}, headers={"If-Match": seen})
    assert changed.json()["name"] == "All leases" and changed["ETag"] != seen
    assert send("put", path, written | {"name": "Lost"}, headers={"If-Match": seen}).status_code == 412
    assert client.delete(f"/api/v1/{path}", headers={"If-Match": seen}).status_code == 412
    assert client.get("/api/v1/playbooks").json()["results"][0]["name"] == "All leases"
    body = send("post", "playbook-checks", {"playbook": made.json()["id"], "contracts": [leases[0].pk]})
    assert (body.status_code, body.json()["state"], body.json()["passages_read"]) == (201, "done", 1)
    [cell] = body.json()["cells"]
    assert (cell["standing"], cell["contract_id"], cell["place"]) == ("supported", leases[0].pk, 1)
    hits = client.get(f"/api/v1/searches/{body.json()['positions'][0]['search']}/hits").json()["results"]
    assert hits[0]["label"] == "supported"
    book = load_workbook(BytesIO(client.get(f"{body['Location']}/export?format=xlsx").content))
    assert book["Overview"]["B2"].value.startswith("Supported: Lease 0")
    client.force_login(User.objects.create_user("sam"))
    assert client.get(f"{body['Location']}/export?format=docx").status_code == 404
    assert client.get(body["Location"]).status_code == client.get(f"/api/v1/{path}").status_code == 404
    assert send("post", "playbook-checks", {"playbook": made.json()["id"]}).status_code == 400
    client.force_login(User.objects.get(username="lena"))
    assert client.delete(f"/api/v1/{path}").status_code == 204
    assert client.get(body["Location"]).json()["playbook"] is None
