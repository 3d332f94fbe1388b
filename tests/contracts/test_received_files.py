"""Every file that came is in one table with what became of it, and every contract has a log."""

from __future__ import annotations

import io
import re
import zipfile

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts.arrivals import receive_upload
from contracts.attachments import receive_attachments
from contracts.audit.record import record
from contracts.console import counts_by_outcome
from contracts.corrections import correct_fact, undo
from contracts.models import Contract, Duplicate, Matter, ReceivedFile, Refusal
from contracts.receive import receive_file
from contracts.settle import contract_settled
from contracts.storage import store_reading
from contracts.text.parse import parse_file
from contracts.text.types import Attachment, Mail, Reading
from contracts.trash import move_to_trash

LIST = "/admin/contracts/contract/"
FILES = "/admin/contracts/receivedfile/"


def packed(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return buffer.getvalue()


def locked() -> bytes:
    """A ZIP whose entry is marked as encrypted."""
    content = bytearray(packed(a_txt=b"a"))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def settled(contract: Contract, state: str, **error: str) -> None:
    Contract.objects.filter(pk=contract.pk).update(state=state, started_at=contract.received_at, **error)
    contract_settled(Contract.objects.get(pk=contract.pk))


def some_of_each(matter: Matter, user: User) -> None:
    for state in ("ready", "failed", "reading"):
        found = receive_file(matter, f"{state}.txt", state.encode(), user).contract
        error = {"error_message": "It is empty.", "error_remedy": "Resend."} if state == "failed" else {}
        Contract.objects.filter(pk=found.pk).update(state=state, **error)
    list(receive_upload(matter, "batch.zip", packed(**{"deep/a_txt": b"a", "b_txt": b"ready"}), user))
    list(receive_upload(matter, "locked.zip", locked(), user))
    gone = receive_file(matter, "gone.txt", b"gone", user).contract
    receive_file(matter, "gone again.txt", b"gone", user)
    move_to_trash(gone, user)


def rows(page: str) -> list[list[str]]:
    """The cells of the list, without markup."""
    body = page.split('id="result_list"', 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in body.split("<tr>")[1:]]
    plain = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]
    return [["" if cell == "-" else cell for cell in row] for row in plain]


def test_received_leads_to_a_table_of_as_many_files(admin: Client, bobs: Matter, bob: User) -> None:
    some_of_each(bobs, bob)
    top = admin.get(LIST).content.decode()
    links = dict(re.findall(r'<a href="([^"]+)"><strong>(\d+)</strong>', top))
    assert links == {
        f"{FILES}?outcome=received": "5",
        f"{LIST}?state__exact=ready": "1",
        f"{FILES}?outcome=duplicate": "1",
        f"{LIST}?state__exact=failed": "1",
        f"{FILES}?outcome=waiting": "2",
        f"{FILES}?outcome=refused": "1",
    }
    for address, number in links.items():
        assert admin.get(address).context["cl"].result_count == int(number)
    assert [(row[1], row[2], row[5]) for row in rows(admin.get(FILES).content.decode())] == [
        ("gone again.txt", "", "– In the trash"),
        ("gone.txt", "", "– In the trash"),
        ("locked.zip", "", "⊘ Refused"),
        ("b.txt", "batch.zip", "= Duplicate"),
        ("a.txt", "batch.zip/deep", "○ Waiting"),
        ("reading.txt", "", "○ Waiting"),
        ("failed.txt", "", "✕ Failed"),
        ("ready.txt", "", "✓ Ready"),
    ]


def test_a_duplicate_tells_of_which_contract_by_whom_and_a_refusal_why(admin: Client, bobs: Matter, bob: User) -> None:
    some_of_each(bobs, bob)
    (duplicate,) = rows(admin.get(f"{FILES}?outcome=duplicate").content.decode())
    assert duplicate[1:] == ["b.txt", "batch.zip", "Bobs", "bob", "= Duplicate", "ready.txt", ""]
    (refused,) = rows(admin.get(f"{FILES}?outcome=refused").content.decode())
    assert refused[-1] == "locked.zip is protected by a password. Pack it again without one."
    (failed,) = rows(admin.get(f"{FILES}?outcome=failed&q=failed").content.decode())
    assert failed[-1] == "It is empty. Resend."


def test_files_of_other_matters_are_in_no_table_and_no_log(admin: Client, bobs: Matter, alpha: Matter) -> None:
    hidden = receive_file(alpha, "secret.txt", b"secret").contract
    receive_file(alpha, "secret again.txt", b"secret")
    list(receive_upload(alpha, "secret.zip", locked()))
    assert ReceivedFile.objects.count() == 3
    assert "secret" not in admin.get(FILES).content.decode()
    assert "secret" not in admin.get(LIST).content.decode()
    assert admin.get(f"{LIST}{hidden.pk}/log/").status_code == 404


def test_who_may_see_no_contracts_sees_no_files(client: Client, alpha: Matter, alice: User) -> None:
    alice.is_staff = True
    alice.save()
    receive_file(alpha, "a.txt", b"a")
    client.force_login(alice)
    assert client.get(FILES).status_code == 403
    alice.user_permissions.add(Permission.objects.get(codename="view_contract"))
    assert "a.txt" in client.get(FILES).content.decode()


def test_the_table_asks_as_often_for_many_files_as_for_one(admin: Client, bobs: Matter, bob: User) -> None:
    asked = []
    for number in (2, 20):
        for one in range(number):
            receive_file(bobs, f"{number}-{one}.txt", f"{number}-{one}".encode(), bob)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            admin.get(FILES)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_a_file_over_the_limit_is_on_record(admin: Client, bobs: Matter, settings) -> None:
    settings.MAX_FILE_BYTES = 4
    for address in (f"{LIST}upload/", "/contracts/upload/"):
        admin.post(address, {"matter": bobs.pk, "files": [SimpleUploadedFile("big.txt", b"12345")]})
    refused = Refusal.objects.values_list("file_name", "matter__name", "received_by__username")
    assert list(refused) == [("big.txt", "Bobs", "bob")] * 2
    assert "too large" in Refusal.objects.all()[0].reason


def test_the_documents_of_an_email_say_what_brought_them(bobs: Matter) -> None:
    mail = receive_file(bobs, "offer.eml", b"mail").contract
    receive_attachments(mail, Mail("", "", "", None, (Attachment("nda.txt", b"nda"),)))
    assert Contract.objects.get(file_name="nda.txt").came_in == "offer.eml"


def test_language_and_ocr_quality_are_columns_and_language_a_filter(
    admin: Client, bobs: Matter, supply_reading: Reading
) -> None:
    english, german = (receive_file(bobs, f"{name}.txt", name.encode()).contract for name in ("english", "german"))
    store_reading(english, supply_reading)
    Contract.objects.filter(pk=german.pk).update(language="German", ocr_quality=[[1, 0.9], [2, 0.41], [4, 0.7]])
    assert Contract.objects.get(pk=english.pk).language == "English"
    page = admin.get(f"{LIST}?language=German").content.decode()
    (row,) = rows(page)
    assert "German" in row and "67 % lowest 41 %, p. 2" in row
    assert "?language=English" in page


def test_a_foreign_text_is_kept_with_its_language() -> None:
    text = "Der Lieferant haftet nicht für Schäden, und die Zahlung ist binnen 30 Tagen auf das Konto zu leisten."
    assert parse_file(text.encode(), "a.txt").language == "German"
    assert parse_file(b"The Supplier shall pay the fees.", "a.txt").language == "English"


def test_the_log_tells_all_that_happened_latest_first(admin: Client, bobs: Matter, bob: User) -> None:
    contract = receive_file(bobs, "a.txt", b"a", bob, came_in="batch.zip").contract
    settled(contract, "failed", error_code="empty", error_message="It is empty.", error_remedy="Resend.")
    admin.post(f"{LIST}{contract.pk}/retry/")
    settled(contract, "ready", error_code="", error_message="", error_remedy="")
    receive_file(bobs, "b.txt", b"a", bob)
    made = correct_fact(Contract.objects.get(pk=contract.pk), bob, "title", "Supply")
    undo(made, bob)
    move_to_trash(contract, bob)
    record(bob, "opened", "contract", contract.pk, bobs.pk)
    page = admin.get(f"{LIST}{contract.pk}/log/").content.decode()
    told = re.findall(r"</time></td><td[^>]*>(.*?)</td><td>(.*?)</td><td>(.*?)</td>", page)
    assert [(what, by) for what, by, _ in told] == [
        ("Moved a contract to the trash", "bob"),
        ("Correction undone", "bob"),
        ("Corrected", "bob"),
        ("Received again", "bob"),
        ("Read", ""),
        ("Had a contract read again", "bob"),
        ("Reading failed", ""),
        ("Received", "bob"),
    ]
    details = [detail for _, _, detail in told]
    assert details[2] == "Title: nothing → Supply" and details[3].startswith("b.txt: the same bytes")
    assert details[6] == "It is empty. Resend." and details[7] == "a.txt, in batch.zip"


def test_what_only_the_audit_record_knows_is_for_who_may_read_it(client: Client, alpha: Matter, alice: User) -> None:
    contract = receive_file(alpha, "a.txt", b"a", alice).contract
    move_to_trash(contract, alice)
    alice.is_staff = True
    alice.save()
    alice.user_permissions.add(Permission.objects.get(codename="view_contract"))
    client.force_login(alice)
    page = client.get(f"{LIST}{contract.pk}/log/").content.decode()
    assert "Received" in page and "Moved a contract" not in page and "may view audit events" in page


def test_counts_are_one_query(rf, bobs: Matter, bob: User) -> None:
    some_of_each(bobs, bob)
    request = rf.get("/")
    request.user = bob
    with CaptureQueriesContext(connection) as queries:
        counts = counts_by_outcome(request)
    assert len(queries) == 1
    assert counts == {
        "received": 5, "ready": 1, "duplicate": 1, "failed": 1, "waiting": 2, "refused": 1, "trash": 2
    }  # fmt: skip
    assert Duplicate.objects.count() == 2
