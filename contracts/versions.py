"""One version of a document takes the place of another."""

from __future__ import annotations

from contracts.models import Contract, NamedParent


def take_over(contract: Contract, earlier: Contract) -> None:
    """What amends a document, belongs to it, or is proposed to, does so to the version that is current."""
    Contract.objects.filter(pk=earlier.pk).update(current=False)
    Contract.objects.filter(parent=earlier).exclude(pk=contract.pk).update(parent=contract)
    NamedParent.objects.filter(proposed=earlier).exclude(contract=contract).update(proposed=contract)
