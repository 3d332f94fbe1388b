"""The family that a contract's own words name is proposed; a person accepts or refuses it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest

from contracts.audit.record import record
from contracts.families import NotRelated, relate
from contracts.models import Contract, NamedParent
from contracts.text.legal_forms import without_suffix
from contracts.text.parent_match import Candidate, best_parent

_MOST = 500  # contracts of one matter that are looked at for one proposal


def propose_families(contract: Contract) -> None:
    """A parent for the contract, and the contract as parent of those of its matter that still wait for theirs.

    Call it once the reading is committed: of two that are read at once, the later one then sees the other.
    """
    open_ones = NamedParent.objects.filter(
        contract__matter=contract.matter_id, contract__parent=None, contract__deleted_at=None, contract__current=True
    )
    open_ones = open_ones.select_related("contract").defer("contract__text", "contract__original_text")
    for named in open_ones.filter(contract=contract):
        _propose(named)
    own = [_candidate(contract)] if contract.kind == Contract.Kind.MAIN else []
    waiting = open_ones.filter(proposed=None).exclude(contract=contract).prefetch_related("contract__parties")
    for named in waiting.order_by("-contract")[: _MOST if own else 0]:
        if best_parent(named.title, named.date, _parties(named.contract), own):
            _propose(named)


def with_proposals() -> Prefetch[str]:
    """To be prefetched with contracts; then ``named_parent.is_open`` of each asks no query."""
    named = NamedParent.objects.select_related("proposed").defer("proposed__text", "proposed__original_text")
    return Prefetch("named_parent", named)


def to_decide(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Those for which a parent is proposed; as NamedParent.is_open."""
    proposed = {"named_parent__proposed__isnull": False, "named_parent__proposed__deleted_at": None}
    return contracts.filter(parent=None, **proposed)


def proposal_of(contract: Contract) -> NamedParent | None:
    """What there is to accept or refuse."""
    prefetch_related_objects([contract], with_proposals())
    named: NamedParent | None = getattr(contract, "named_parent", None)  # few contracts have one
    return named if named is not None and named.is_open else None


def accept_proposal(contract: Contract, parent: str, by: HttpRequest | User) -> None:
    """``parent``: the number of the contract that was shown. Raises NotRelated."""
    named = _shown(contract, parent)
    assert named.proposed is not None
    relate(contract, named.proposed, named.relation, by)


def refuse_proposal(contract: Contract, parent: str, by: HttpRequest | User) -> None:
    """Another one that fits may be proposed then, this one never again. Raises NotRelated."""
    with transaction.atomic():
        named = _shown(contract, parent)
        assert named.proposed is not None
        named.refused.add(named.proposed)
        record(by, "related", "contract", contract.pk, contract.matter_id, "proposed > refused")
        _propose(named)


def _shown(contract: Contract, parent: str) -> NamedParent:
    named = proposal_of(contract)
    if named is None or str(named.proposed_id) != parent:
        raise NotRelated("This is no longer what is proposed. Look at the page again, and decide then.")
    return named


def _propose(named: NamedParent) -> None:
    parties = _parties(named.contract)
    candidates = _candidates(named, parties) if parties else []
    NamedParent.objects.filter(pk=named.pk).update(
        proposed=best_parent(named.title, named.date, parties, map(_candidate, candidates))
    )


def _candidates(named: NamedParent, parties: list[str]) -> QuerySet[Contract]:
    shared = Q()
    for name in parties:
        shared |= Q(parties__name__istartswith=" ".join(without_suffix(name).split()[:2]))
    ready = Contract.objects.filter(
        matter=named.contract.matter_id,
        kind=Contract.Kind.MAIN,
        state=Contract.State.READY,
        current=True,
        deleted_at=None,
    )
    others = ready.exclude(pk=named.pk).exclude(pk__in=named.refused.all()).exclude(parent=named.pk)
    fitting = others.filter(pk__in=others.filter(shared).values("pk")).prefetch_related("parties")
    return fitting.only("title", "agreement_date", "effective_date")[:_MOST]


def _candidate(contract: Contract) -> Candidate:
    dates = (contract.agreement_date, contract.effective_date)
    return Candidate(contract.pk, contract.title, dates, _parties(contract))


def _parties(contract: Contract) -> list[str]:
    return [party.name for party in contract.parties.all()]
