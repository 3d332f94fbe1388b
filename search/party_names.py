"""The parties of contracts, each under one spelling however the contracts write it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User

from contracts.models import Contract, Party
from contracts.text.legal_forms import plain_name


def party_names(contracts: Iterable[int], user: User, chosen: Iterable[str] = ()) -> Mapping[int, tuple[str, ...]]:
    """By contract that the user may see: a company as it is spelled in ``chosen``, else as most contracts spell it."""
    visible = Contract.objects.visible_to(user).filter(pk__in=list(contracts)).order_by()
    rows = Party.objects.filter(contract__in=visible).order_by("contract", "position")
    named = list(rows.values_list("contract", "name"))
    spelled = Counter(name for _, name in named)
    by_number = sorted(spelled, key=lambda name: (spelled[name], name))
    spelling = {company_key(name): name for name in (*by_number, *chosen)}  # the last one stays
    found: dict[int, dict[str, None]] = {}
    for contract, name in named:
        found.setdefault(contract, {})[spelling[company_key(name)]] = None
    return {contract: tuple(names) for contract, names in found.items()}


def contracts_with(names: Iterable[str], contracts: Iterable[int], user: User) -> list[int]:
    """Those of ``contracts`` to which one of the companies is a party, however it is spelled."""
    names = set(names)
    return [pk for pk, parties in party_names(contracts, user, names).items() if names.intersection(parties)]


def company_key(name: str) -> str:
    """The legal form counts, as "Acme Ltd" and "Acme GmbH" are two companies."""
    return plain_name(name.replace("&", " and ")).removeprefix("the ")
