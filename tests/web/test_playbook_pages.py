from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from contracts.audit.models import AuditEvent
from contracts.models import Contract
from search.absence import check as absence_check
from search.absence.reading import run_absence_check
from search.models import AbsenceCheck, Playbook, PlaybookCheck, Search
from tests.web.test_search_page import HTMX, text_of

STATEMENT = "the Supplier indemnifies the Customer"
CSV = f"topic,statement,guidance\nIndemnity,{STATEMENT},Ask for it\nRent,Rent is due,\n".encode()


def lines(*statements: str) -> dict[str, Any]:
    fields = {"name": "Supply", "positions-TOTAL_FORMS": len(statements), "positions-INITIAL_FORMS": 0}
    for number, statement in enumerate(statements):
        fields |= {f"positions-{number}-statement": statement, f"positions-{number}-place": 9 - number}
    return fields


def imported(client: Client) -> Playbook:
    client.post("/search/playbooks/", {"file": SimpleUploadedFile("supply.csv", CSV)})
    return Playbook.objects.get()


def test_a_playbook_is_written_line_by_line(lena: Client) -> None:
    response = lena.post("/search/playbooks/", {"name": "Supply"}, follow=True)
    page = response.redirect_chain[-1][0]
    saved = lena.post(page, lines("Supplier pays", STATEMENT, ""), follow=True)
    assert "Saved." in text_of(saved)
    assert [one.statement for one in Playbook.objects.get().positions.all()] == [STATEMENT, "Supplier pays"]
    lena.post(page, lines("", STATEMENT))
    assert Playbook.objects.get().positions.count() == 1
    refused = lena.post(page, lines("x") | {"positions-0-statement": "", "positions-0-topic": "Exit"})
    assert refused.status_code == 422 and "State what the contract should say." in text_of(refused)
    assert Playbook.objects.get().positions.count() == 1


def test_a_playbook_comes_from_a_file_and_goes_as_one(lena: Client) -> None:
    playbook = imported(lena)
    assert (playbook.name, playbook.positions.count()) == ("supply", 2)
    exported = lena.get(f"/search/playbooks/{playbook.pk}/playbook.csv").content
    assert exported.replace(b"\r\n", b"\n") == CSV
    assert lena.get(f"/search/playbooks/{playbook.pk}/playbook.json").json()["name"] == "supply"
    refused = lena.post("/search/playbooks/", {"file": SimpleUploadedFile("supply.pdf", b"%PDF")})
    assert refused.status_code == 422 and "neither CSV nor JSON" in text_of(refused)
    empty = lena.post("/search/playbooks/", {})
    assert empty.status_code == 422 and "Give the playbook a name" in text_of(empty)


def test_a_cell_opens_its_evidence(lena: Client, oak: Contract) -> None:
    playbook = imported(lena)
    start = f"/search/playbooks/{playbook.pk}/check/"
    response = lena.post(start, {"matter": oak.matter_id, "kind": "main"}, follow=True)
    assert "Every passage of 1 contract was read against 2 positions" in text_of(response)
    check = PlaybookCheck.objects.get()
    cell = f"/search/playbooks/checks/{check.pk}/1/{oak.pk}/"
    assert f'href="{cell}"' in response.content.decode()
    assert '<span class="cited">s 2.1</span>' in response.content.decode()  # the contract heads its row
    page = lena.get(cell)
    passages = oak.passages.exclude(kind="heading").count()
    assert f"A clause says it. Read {passages} of {passages} passages." in text_of(page)
    assert "/hits/1/why/" in page.content.decode() and "Ask for it" in text_of(page)
    nothing = lena.post(start, {"kind": "exhibit"})
    assert nothing.status_code == 422 and "no contract to read" in text_of(nothing)


def test_the_grid_comes_only_when_a_position_is_read(lena: Client, oak: Contract, monkeypatch: Any) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    lena.post(f"/search/playbooks/{imported(lena).pk}/check/", {})
    check = PlaybookCheck.objects.get()
    page = f"/search/playbooks/checks/{check.pk}/"
    first, second = AbsenceCheck.objects.order_by("position__place")
    assert f'hx-get="{page}?read=0"' in lena.get(page).content.decode()
    nothing_new = lena.get(f"{page}?read=0", headers=HTMX).content.decode()
    assert "0 of 2 positions" in nothing_new and not any(
        word in nothing_new for word in ("<table", "role=", "<button", "<a ")
    )
    run_absence_check(first)
    news = lena.get(f"{page}?read=0", headers=HTMX).content.decode()
    assert f'hx-get="{page}?read=1"' in news and '<table id="playbook-grid" class="grid" hx-swap-oob="true">' in news
    assert f'id="cell-1-{oak.pk}"' in news and "playbook-said" not in news
    assert "<table" not in lena.get(f"{page}?read=1", headers=HTMX).content.decode()
    run_absence_check(second)
    ended = lena.get(f"{page}?read=1", headers=HTMX).content.decode()
    assert "<table" in ended and "Every position is read." in ended and "it missed 15 %" in ended
    assert "hx-trigger" not in ended and 'id="playbook-said"' in lena.get(page).content.decode()


def test_a_check_is_stopped_and_deleted_in_its_page(
    lena: Client, stranger: Client, oak: Contract, monkeypatch: Any
) -> None:
    monkeypatch.setattr(absence_check, "AT_ONCE", 0)
    lena.post(f"/search/playbooks/{imported(lena).pk}/check/", {})
    page = f"/search/playbooks/checks/{PlaybookCheck.objects.get().pk}/"
    run_absence_check(AbsenceCheck.objects.order_by("position__place")[0])
    for action in ("stop", "delete"):
        assert f'action="{page}{action}/"' in lena.get(page).content.decode()
        assert stranger.post(f"{page}{action}/").status_code == 404
    assert "You stopped it." in text_of(lena.post(f"{page}stop/", follow=True))
    assert sorted(AbsenceCheck.objects.values_list("state", flat=True)) == ["done", "failed"]
    assert "is deleted." in text_of(lena.post(f"{page}delete/", follow=True))
    assert not PlaybookCheck.objects.exists() and not AbsenceCheck.objects.exists() and not Search.objects.exists()
    kinds = AuditEvent.objects.filter(action__endswith=".deleted", username="lena").values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["playbook_check", "search"]  # of its two answers one was there
    assert Playbook.objects.exists()


def test_playbooks_and_checks_are_for_their_own_user(lena: Client, stranger: Client, oak: Contract) -> None:
    playbook = imported(lena)
    lena.post(f"/search/playbooks/{playbook.pk}/check/", {})
    check = PlaybookCheck.objects.get()
    paths = [
        f"/search/playbooks/{playbook.pk}/",
        f"/search/playbooks/{playbook.pk}/playbook.csv",
        f"/search/playbooks/checks/{check.pk}/",
        f"/search/playbooks/checks/{check.pk}/1/{oak.pk}/",
        f"/search/playbooks/checks/{check.pk}/export.xlsx",
    ]
    assert [stranger.get(path).status_code for path in paths] == [404] * len(paths)
    assert [lena.get(path).status_code for path in paths] == [200] * len(paths)
    assert stranger.post(f"/search/playbooks/{playbook.pk}/delete/").status_code == 404
    lena.post(f"/search/playbooks/{playbook.pk}/delete/")
    assert not Playbook.objects.exists() and lena.get(paths[2]).status_code == 200


def test_without_the_verifier_nothing_is_started(lena: Client, settings: Any) -> None:
    playbook = imported(lena)
    settings.VERIFIER_LOADER = "tests.fakes.load_missing"
    response = lena.post(f"/search/playbooks/{playbook.pk}/check/", {})
    assert response.status_code == 503 and "Nothing was read." in text_of(response)
    assert not PlaybookCheck.objects.exists()
