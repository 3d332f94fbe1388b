"""An e-mail from its bytes to the contracts that came with it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contracts.attachments import receive_attachments
from contracts.models import Contract, Mail, Matter
from contracts.receive import receive_file
from contracts.storage import store_reading
from contracts.text.reading import read_contract
from tests.contracts.text.files import docx_of, paragraph
from tests.contracts.text.test_parse_mail import mail, written

SUPPLY = docx_of(paragraph("SUPPLY AGREEMENT"), paragraph("1. The Supplier shall deliver."))


def read(contract: Contract) -> None:
    """What the worker does, but for the vectors."""
    reading = read_contract(bytes(contract.file.content), contract.file_name, lambda text: len(text.split()))
    store_reading(contract, reading)
    receive_attachments(contract, reading.document.mail)


@pytest.fixture
def message(alpha: Matter, alice: User) -> Contract:
    contract = receive_file(alpha, "signed.eml", written(mail(supply_docx=SUPPLY)), alice).contract
    read(contract)
    return contract


def test_each_attachment_is_a_contract_of_the_matter(message: Contract, alpha: Matter, alice: User) -> None:
    envelope = Mail.objects.get(contract=message)
    attached = envelope.attachments.get()
    assert (attached.matter, attached.file_name, attached.received_by) == (alpha, "supply.docx", alice)
    assert bytes(attached.file.content) == SUPPLY
    assert attached.state == Contract.State.RECEIVED
    assert (message.kind, message.title, message.format) == ("mail", "Signed: Löwen supply", "eml")
    assert envelope.sender == "Ana Ruiz <ana@example.com>" and envelope.sent_at is not None


def test_reading_again_or_sending_the_same_file_again_adds_nothing(message: Contract, alpha: Matter) -> None:
    read(message)
    again = receive_file(alpha, "reply.eml", written(mail("Again.", supply_docx=SUPPLY))).contract
    read(again)
    assert Contract.objects.count() == 3
    attached = Contract.objects.get(file_name="supply.docx")
    assert set(attached.came_with.all()) == {message.mail, again.mail}


def test_the_page_of_a_contract_says_with_which_mail_it_came(message: Contract, alice: User, client: Client) -> None:
    client.force_login(alice)
    attached = message.mail.attachments.get()
    page = client.get(f"/contracts/{attached.pk}/").content.decode()
    assert "Received by e-mail" in page and "Ana Ruiz &lt;ana@example.com&gt;" in page and "4 March 2024" in page
    assert f'href="/contracts/{attached.pk}/"' in client.get(f"/contracts/{message.pk}/").content.decode()


def test_tracked_changes_are_shown_with_the_original_wording(alpha: Matter, alice: User, client: Client) -> None:
    xml = (
        "<w:p><w:r><w:t>Notice of </w:t></w:r><w:del w:id='1' w:author='x'><w:r><w:delText>thirty</w:delText></w:r>"
        "</w:del><w:ins w:id='2' w:author='x'><w:r><w:t>sixty</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> days"
        "</w:t></w:r></w:p>"
    )
    contract = receive_file(alpha, "a.docx", docx_of(xml)).contract
    read(contract)
    contract.refresh_from_db()
    assert (contract.text, contract.original_text) == ("Notice of sixty days", "Notice of thirty days")
    client.force_login(alice)
    page = client.get(f"/contracts/{contract.pk}/").content.decode()
    assert "Tracked changes are read as accepted" in page and f"/contracts/{contract.pk}/original/" in page
    changes = client.get(f"/contracts/{contract.pk}/original/").content.decode()
    assert "deleted: </span>thirty </del>" in changes and "inserted: </span>sixty </ins>" in changes


def test_without_tracked_changes_there_is_no_page_of_them(message: Contract, alice: User, client: Client) -> None:
    client.force_login(alice)
    assert client.get(f"/contracts/{message.pk}/original/").status_code == 404
