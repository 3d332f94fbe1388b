"""What an absence check may say, to whom, and today: "nowhere said" only where all was read and all of it is open."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from contracts.models import Matter
from search.models import AbsenceCheck, Hit


@dataclass(frozen=True, slots=True)
class Coverage:
    contracts: int  # of the scope, as it was asked
    read: int
    closed: int  # of those read: that the user may not see now, or that were deleted for good

    @property
    def left_out(self) -> int:
        """Closed or deleted when they were to be read."""
        return self.contracts - self.read

    @property
    def gaps(self) -> tuple[str, ...]:
        """A sentence for each kind of contract that the answer says nothing of."""
        said = []
        if self.closed:
            said.append(
                f"{self.closed} of the {self.read} contracts that were read {_are(self.closed)} closed to you now, or "
                f"deleted for good; what was found there is not shown."
            )
        if self.left_out:
            said.append(
                f"{_contracts(self.left_out)} of the scope {_were(self.left_out)} left out: closed to you or deleted "
                "when the reading came there."
            )
        return tuple(said)


def coverage_of(check: AbsenceCheck, user: AbstractBaseUser | AnonymousUser) -> Coverage:
    """Of a check that is done. A contract in the trash is open: what was found in it is still shown."""
    matters = Matter.objects.visible_to(user)
    parts = check.parts.all()
    # A contract may have gone to another matter since; what was found in it stays with the one it was found in.
    hidden = Hit.objects.filter(search=check.search_id, contract__isnull=False).exclude(matter__in=matters)
    open_now = parts.filter(contract__matter__in=matters).exclude(contract__in=hidden.values("contract"))
    read = parts.count()
    return Coverage(len(check.contracts), read, read - open_now.count())


def finding(supported: int, not_verified: int, coverage: Coverage) -> str:
    """The one sentence of the check. ``supported`` and ``not_verified``: clauses that its user may see now."""
    if supported:
        return f"{supported} clause{' says' if supported == 1 else 's say'} it."
    if coverage.closed:
        return "Part of the scope is closed to you now, so this page cannot say whether a clause says it."
    missing = []
    if not_verified:
        missing.append(f"{not_verified} clause{'' if not_verified == 1 else 's'} could not be read")
    if coverage.left_out:
        missing.append(f"{_contracts(coverage.left_out)} {_were(coverage.left_out)} left out")
    but = f", but {' and '.join(missing)}" if missing else ""
    return f"No clause was found that says it{but}."


def not_covered(unread: int) -> str:
    """Contracts of the scope that were not read into clauses when it was asked."""
    return (
        f"{unread} more in this scope {_were(unread)} not read into clauses then and {_are(unread)} not covered."
        if unread
        else ""
    )


def _contracts(number: int) -> str:
    return f"{number} contract{'' if number == 1 else 's'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
