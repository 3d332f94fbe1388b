from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.audit.models import AuditEvent
from contracts.models import Contract, Matter
from contracts.obligation_table import WITH_AFFILIATES
from contracts.outline import split_heading
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import QUESTION


def test_the_page_shows_every_clause_its_parties_and_definitions(lena: Client, oak: Contract) -> None:
    page = lena.get(reverse("contract", args=[oak.pk])).content.decode()
    for clause in oak.clauses.all():
        assert f'id="c-{clause.pk}"' in page
    assert "Northgate Analytics Ltd" in page and "Services" in page
    assert "&lt;b&gt;analysis&lt;/b&gt;" in page


def test_the_obligations_stand_under_their_bearers_and_lead_to_their_clauses(lena: Client, oak: Contract) -> None:
    url = reverse("contract-obligations", args=[oak.pk])
    assert f'href="{url}"' in lena.get(reverse("contract", args=[oak.pk])).content.decode()
    page = lena.get(url).content.decode()
    supplier, customer, nobody = (page.index(f'">{title}') for title in ("Supplier", "Customer", "Bearer not stated"))
    assert supplier < customer < nobody
    clause = oak.clauses.get(number="2.3")
    row = page[page.index(f'/contracts/{oak.pk}/#c-{clause.pk}"') :]
    assert ">May</td>" in row[: row.index("</tr>")] and "insure its indemnity" in row[: row.index("</tr>")]


def test_sides_and_affiliates_are_shown_where_the_words_say_them(lena: Client, oak: Contract) -> None:
    page = lena.get(reverse("contract", args=[oak.pk])).content.decode()
    assert 'Northgate Analytics Ltd<span class="muted"> · Provider</span>' in page
    text = AGREEMENT.replace("plc (", "plc and its affiliates (").replace(
        "The Supplier may", "The Supplier and its Affiliates may"
    )
    group = store_agreement(oak.matter, text, "group.txt")
    page = lena.get(reverse("contract", args=[group.pk])).content.decode()
    assert 'Harbour Retail plc<span class="muted"> · Recipient, with its affiliates</span>' in page
    rows = lena.get(reverse("contract-obligations", args=[group.pk])).content.decode().split("</tr>")
    told = [(WITH_AFFILIATES in row, "(with its affiliates)" in row) for row in rows if "indem" in row]
    assert told == [(True, False), (False, True), (False, True)]  # owed to the group; the Supplier's; the group itself


def test_a_contract_without_obligations_says_how_to_get_them(lena: Client, oak: Contract) -> None:
    oak.obligations.all().delete()
    page = lena.get(reverse("contract-obligations", args=[oak.pk])).content.decode()
    assert "has to be read again" in page


def test_the_question_leads_back_to_the_results(lena: Client, oak: Contract) -> None:
    page = lena.get(reverse("contract", args=[oak.pk]), {"q": "who pays & when"}).content.decode()
    assert 'href="/search/?q=who%20pays%20%26%20when"' in page


def test_a_made_up_search_id_does_not_break_the_page(lena: Client, oak: Contract) -> None:
    response = lena.get(reverse("contract", args=[oak.pk]), {"q": "x", "search": "../../admin"})
    assert response.status_code == 200
    assert 'href="/search/?q=x"' in response.content.decode()


def without_token(page: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", page)


def test_walled_answers_like_missing(lena: Client, oak: Contract) -> None:
    oak.matter.walled.set(oak.matter.members.all())
    for name in ("contract", "contract-obligations", "contract-file"):
        walled, missing = (lena.get(reverse(name, args=[pk])) for pk in (oak.pk, 999_999))
        assert walled.status_code == missing.status_code == 404
        assert without_token(walled.content) == without_token(missing.content)
    assert str(oak).encode() not in lena.get("/contracts/").content


def test_the_original_file_comes_back_byte_for_byte_and_never_as_a_page(lena: Client, oak: Contract) -> None:
    response = lena.get(reverse("contract-file", args=[oak.pk]))
    assert b"".join(response.streaming_content) == bytes(oak.file.content)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == 'attachment; filename="master-services.txt"'


def test_a_pdf_opens_at_its_pages_in_a_sandbox(lena: Client, oak: Contract) -> None:
    path = reverse("contract-file", args=[oak.pk])
    assert f"{path}#page" not in lena.get(reverse("contract", args=[oak.pk])).content.decode()
    Contract.objects.update(format="pdf", file_name="lease.pdf")
    oak.clauses.update(page=4)
    response = lena.get(path)
    assert b"".join(response.streaming_content) == bytes(oak.file.content)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="lease.pdf"'
    policy = response.headers["Content-Security-Policy"].split("; ")
    assert {"sandbox", "default-src 'none'", "frame-ancestors 'none'"} <= set(policy) and "allow" not in str(policy)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert AuditEvent.objects.filter(action="downloaded", thing=str(oak.pk)).count() == 1
    taken = lena.get(path, {"download": ""})
    assert taken.headers["Content-Type"] == "application/octet-stream"
    assert taken.headers["Content-Disposition"].startswith("attachment")
    page = lena.get(reverse("contract", args=[oak.pk])).content.decode()
    assert f'href="{path}#page=4"' in page and f'href="{path}?download"' in page
    card = lena.get("/search/", {"q": QUESTION}).content.decode()
    assert f'<a href="{path}#page=4">p. 4 of the original</a>' in card


def test_a_failed_contract_says_why_and_what_to_do(lena: Client, oak: Contract) -> None:
    Contract.objects.filter(pk=oak.pk).update(state="failed", error_message="It is locked.", error_remedy="Unlock it.")
    for url in ("/contracts/", reverse("contract", args=[oak.pk])):
        page = lena.get(url).content.decode()
        assert "It is locked." in page and "Unlock it." in page


def many_contracts(matter: Matter, number: int) -> None:
    Contract.objects.bulk_create(
        Contract(matter=matter, sha256=f"{index}", file_name=f"file{index:03}.txt", size=1, state="ready")
        for index in range(number)
    )


def test_the_list_comes_page_by_page_and_without_texts(lena: Client, oak: Contract) -> None:
    many_contracts(oak.matter, 120)
    with CaptureQueriesContext(connection) as asked:
        first = lena.get("/contracts/").content.decode()
    assert '"contracts_contract"."title"' in str(asked.captured_queries)
    assert '"contracts_contract"."text"' not in str(asked.captured_queries)
    pages = [first, *(lena.get("/contracts/", {"page": number}).content.decode() for number in (2, 3))]
    names = [re.findall(r"file\d{3}\.txt", page) for page in pages]
    assert [len(found) for found in names] == [50, 50, 20] and len({name for found in names for name in found}) == 120
    assert "<strong>121</strong> you may see" in first and "1 to 50 of 121" in first and 'href="?page=2"' in first


def test_only_counts_and_files_in_hand_are_asked_for_again(lena: Client, oak: Contract) -> None:
    many_contracts(oak.matter, 30)
    Contract.objects.filter(file_name="file007.txt").update(state="reading")
    page = lena.get("/contracts/").content.decode()
    (address,) = re.findall(r'hx-get="(/contracts/progress/[^"]*)"', page)
    asked = {"HX-Request": "true"}
    same = lena.get(address, headers=asked)
    assert re.findall(r"file\d{3}\.txt", same.content.decode()) == ["file007.txt"]
    assert "HX-Trigger" not in same
    Contract.objects.update(state="ready")
    settled = lena.get(address, headers=asked)
    assert settled["HX-Trigger"] == "contracts-settled" and "hx-get" not in settled.content.decode()
    table = lena.get("/contracts/", headers=asked).content.decode()
    assert "<html" not in table and "file007.txt" in table


def upload(client: Client, matter: Matter, *files: tuple[str, bytes]) -> Any:
    data = {"matter": matter.pk, "files": [SimpleUploadedFile(name, content) for name, content in files]}
    return client.post("/contracts/upload/", data)


def test_several_files_are_received_and_a_second_copy_is_named(lena: Client, oak: Contract) -> None:
    response = upload(lena, oak.matter, ("a.txt", b"one"), ("b.txt", b"two"), ("again.txt", b"one"))
    assert response.status_code == 302
    assert Contract.objects.filter(state="received").count() == 2
    page = lena.get("/contracts/").content.decode()
    assert "2 files received" in page and "again.txt is already in Project Oak" in page


def test_a_file_over_the_limit_is_refused_and_the_others_are_received(
    lena: Client, oak: Contract, settings: Any
) -> None:
    settings.MAX_FILE_BYTES = 3
    response = upload(lena, oak.matter, ("a.txt", b"one"), ("big.txt", b"four"))
    assert response.status_code == 422
    assert b"big.txt is too large" in response.content
    assert list(Contract.objects.filter(state="received").values_list("file_name", flat=True)) == ["a.txt"]


def test_nothing_can_be_put_into_a_matter_of_others(stranger: Client, oak: Contract) -> None:
    response = upload(stranger, oak.matter, ("a.txt", b"one"))
    assert response.status_code == 422
    assert Contract.objects.count() == 1


def test_no_file_chosen_is_said(lena: Client, oak: Contract) -> None:
    response = lena.post("/contracts/upload/", {"matter": oak.matter.pk})
    assert response.status_code == 422 and b"Nothing was uploaded." in response.content


def test_headings_are_split_only_where_a_number_stands_before_them() -> None:
    assert split_heading("12.3 Indemnity. The Supplier pays.", "Indemnity") == (
        "12.3 Indemnity.",
        " The Supplier pays.",
    )
    assert split_heading("(a) pay; and", "") == ("", "(a) pay; and")
    assert split_heading('"Forecast" means the estimate.', "Forecast") == ("", '"Forecast" means the estimate.')
    assert split_heading("1.2 “Forecast” means it.", "Forecast")[0] == ""
    assert split_heading('SCHEDULE 1 - "SERVICES"\nAll of it.', "SERVICES") == (
        'SCHEDULE 1 - "SERVICES"',
        "\nAll of it.",
    )
    assert split_heading("The parties agree that the Indemnity stays", "Indemnity")[0] == ""
