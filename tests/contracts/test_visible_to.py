from __future__ import annotations

from django.contrib.auth.models import AnonymousUser, User

from contracts.models import Contract, Matter
from contracts.receive import receive_file


def test_members_see_their_matter_only(alice: User, alpha: Matter) -> None:
    mine = receive_file(alpha, "a.txt", b"a").contract
    receive_file(Matter.objects.create(name="Other"), "a.txt", b"a")
    assert list(Contract.objects.visible_to(alice)) == [mine]
    assert list(Matter.objects.visible_to(alice)) == [alpha]


def test_a_wall_denies_a_member(alice: User, alpha: Matter) -> None:
    receive_file(alpha, "a.txt", b"a")
    alpha.walled.add(alice)
    assert not Contract.objects.visible_to(alice).exists()
    assert not Matter.objects.visible_to(alice).exists()


def test_a_wall_of_another_matter_or_user_denies_nothing(alice: User, bob: User, alpha: Matter) -> None:
    receive_file(alpha, "a.txt", b"a")
    alpha.walled.add(bob)
    other = Matter.objects.create(name="Other")
    other.walled.add(alice)
    assert Contract.objects.visible_to(alice).count() == 1


def test_being_an_administrator_opens_nothing(bob: User, alpha: Matter) -> None:
    receive_file(alpha, "a.txt", b"a")
    assert not Contract.objects.visible_to(bob).exists()


def test_inactive_and_anonymous_users_see_nothing(alice: User, alpha: Matter) -> None:
    receive_file(alpha, "a.txt", b"a")
    alice.is_active = False
    assert not Contract.objects.visible_to(alice).exists()
    assert not Contract.objects.visible_to(AnonymousUser()).exists()
