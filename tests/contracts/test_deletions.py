"""What goes with a matter or a person is counted before it is deleted, and none of it is named."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from contracts.ingests.models import Ingest
from contracts.models import Contract, Matter, Refusal
from contracts.receive import receive_file
from contracts.trash import move_to_trash
from contracts.webhooks.models import Endpoint
from search.models import Disagreement, Search

MATTERS, PEOPLE = "/admin/contracts/matter/", "/admin/auth/user/"


@pytest.fixture
def admin(client: Client, bob: User, alpha: Matter) -> Client:
    """A member of the matter, and walled off from it."""
    alpha.members.add(bob)
    alpha.walled.add(bob)
    client.force_login(bob)
    return client


def asked(admin: Client, where: str, pk: int) -> list[str]:
    """The page of the one, and that of the list's action."""
    chosen = {"action": "delete_selected", "_selected_action": pk}
    return [admin.get(f"{where}{pk}/delete/").content.decode(), admin.post(where, chosen).content.decode()]


def test_a_matter_with_contracts_says_what_to_do_and_none_of_their_names(
    admin: Client, alpha: Matter, alice: User
) -> None:
    for name in ("hush one.txt", "hush two.txt"):
        receive_file(alpha, name, name.encode())
    Contract.objects.filter(file_name="hush two.txt").update(title="Hush, Deed of Silence")
    move_to_trash(Contract.objects.get(file_name="hush one.txt"), alice)
    for page in asked(admin, MATTERS, alpha.pk):
        assert "hush" not in page.lower() and "Yes, I’m sure" not in page
        assert "Alpha: 2 contracts, 1 of them in the trash. Purge them first" in page
    admin.post(f"{MATTERS}{alpha.pk}/delete/", {"post": "yes"})
    assert Matter.objects.filter(pk=alpha.pk).exists()


def test_a_matter_without_contracts_goes_with_what_is_counted(admin: Client, alpha: Matter) -> None:
    Refusal.objects.create(matter=alpha, file_name="hush.zip", reason="Damaged.")
    Ingest.objects.create(matter=alpha)  # its own administration deletes none
    for page in asked(admin, MATTERS, alpha.pk):
        assert "hush" not in page and "<li>Refusals: 1</li>" in page and "<li>Ingests: 1</li>" in page
    admin.post(f"{MATTERS}{alpha.pk}/delete/", {"post": "yes"})
    assert not Matter.objects.filter(pk=alpha.pk).exists()


def test_a_person_goes_with_webhooks_and_disagreements_or_is_deactivated(
    admin: Client, alpha: Matter, alice: User
) -> None:
    contract = receive_file(alpha, "a.txt", b"a", alice).contract
    Endpoint.objects.create(user=alice, url="https://hush.example", events=[])
    Disagreement.objects.create(user=alice, contract=contract, query="hush", text="t", label="negated", should_be="x")
    kept = Search.objects.create(user=alice, query="hush", eligible=0, recalled=0, verified=0)
    for page in asked(admin, PEOPLE, alice.pk):
        assert "hush" not in page and "take away “Active”" in page
        assert "<li>Endpoints: 1</li>" in page and "<li>Disagreements: 1</li>" in page
    admin.post(f"{PEOPLE}{alice.pk}/delete/", {"post": "yes"})
    assert not User.objects.filter(pk=alice.pk).exists() and not Endpoint.objects.exists()
    kept.refresh_from_db()
    assert kept.user is None
