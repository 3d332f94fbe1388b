"""What stands beside a clause in a file: decision, disagreements, amendments, the end of its contract, the original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.urls import reverse

from contracts.models import Contract
from search.amended_hits import amended, amendments_on
from search.labels import LABELS
from search.models import Disagreement, Hit
from search.reviewing import decisions_of, disagreements_of


@dataclass(frozen=True, slots=True)
class Remarks:
    """Decisions and disagreements are for the eyes of who made them, so a file holds those of who exports it."""

    decision: str = ""  # "Relevant"
    decided_by: str = ""
    decided_at: str = ""
    note: str = ""
    disagreements: tuple[str, ...] = ()
    amended: str = ""  # "Replaced by Amendment No. 1, s 2.1"
    ends: str = ""  # of the contract: "30 April 2027"
    renewal: str = ""  # "Automatic, one (1) year"
    original: str = ""  # address of the page in the original; "" where it does not open at pages


def remarks_on(user: User, hits: Mapping[int, Hit], site: str) -> dict[int, Remarks]:
    """By the keys of ``hits``; the number of queries does not grow with them. ``site``: "" where none is known."""
    decided, said = decisions_of(user, hits.values()), disagreements_of(user, hits.values())
    contracts = _contracts(user, hits.values())
    amendments = amendments_on(hits.values(), user)
    remarks = {}
    for key, hit in hits.items():
        review, contract = decided.get(hit.pk), contracts.get(hit.contract_id or 0)
        opens = contract is not None and contract.opens_at_pages and hit.page and site
        remarks[key] = Remarks(
            decision=review.get_decision_display() if review else "",
            decided_by=review.user.get_username() if review else "",
            decided_at=in_words(review.decided_at) if review else "",
            note=review.note if review else "",
            disagreements=tuple(_told(one) for one in said.get(hit.pk, ())),
            amended="\n".join(f"{one.said} {one.citation}" for one in amended(hit, amendments)),
            ends=contract.expiry_date if contract else "",
            renewal=_renewal(contract) if contract else "",
            original=_page_of(hit, site) if opens else "",
        )
    return remarks


def in_words(moment: datetime) -> str:
    return f"{moment:%d %B %Y, %H:%M} UTC"


def _told(one: Disagreement) -> str:
    verdicts = f"“{LABELS[one.label].text}” should be “{LABELS[one.should_be].text}”"
    because = f" Because: {one.reason}" if one.reason else ""
    by = f"{one.user.get_username()}, {in_words(one.said_at)}, of verifier {one.verifier_sha256[:12]}"
    return f"{verdicts}, said by {by}.{because}"


def _contracts(user: User, hits: Iterable[Hit]) -> dict[int, Contract]:
    seen = Contract.objects.visible_to(user).filter(pk__in={hit.contract_id for hit in hits if hit.contract_id})
    return seen.only("format", "expiry_date", "renewal", "renewal_term").in_bulk()


def _renewal(contract: Contract) -> str:
    return ", ".join(filter(None, (contract.get_renewal_display(), contract.renewal_term)))


def _page_of(hit: Hit, site: str) -> str:
    return f"{site}{reverse('contract-file', args=[hit.contract_id])}#page={hit.page}"
