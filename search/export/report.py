"""What an export of a stored search says: what was asked, over what, how, with which limits, and every hit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from contracts.models import Contract, Matter
from contracts.text.contract_types import CONTRACT_TYPES
from contracts.text.renewal import RENEWALS
from search.export.remarks import Remarks, in_words, remarks_on
from search.models import Search
from search.present import HitView, SearchView, present_search
from search.recall_path import RecallPath

# Neither file format can hold these.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

MODES = {
    RecallPath.WORDS: "Words: clauses that have the words",
    "every": "Verified absence: every passage in the scope read",
}
SCOPE = {  # by field of Filters
    "matters": "Matters",
    "contracts": "Contracts",
    "laws": "Governing law",
    "kinds": "Kind of document",
    "types": "Type of contract",
    "renewals": "Renewal",
    "not_matters": "Without the matters",
    "not_laws": "Without the governing law",
    "not_kinds": "Without the kind of document",
    "not_types": "Without the type of contract",
    "not_renewals": "Without the renewal",
    "dated_from": "Dated from",
    "dated_until": "Dated until",
    "ends_from": "Ends from",
    "ends_until": "Ends until",
    "versions": "Versions",
}
CALLED: dict[str, dict[str, str]] = {
    "kinds": dict(Contract.Kind.choices),
    "types": CONTRACT_TYPES,
    "renewals": RENEWALS,
}
UNSEEN = "none that the user may see"
METHOD_LIMITS = {
    RecallPath.EXACT: "The {recalled} passages nearest to the question, or like clauses found, of {eligible}, were "
    "read. Others were not.",
    RecallPath.HNSW: "{recalled} passages that an index gave as near to the question, of {eligible}, were read. "
    "Others were not.",
    RecallPath.WORDS: "Words are found only as they are written. {recalled} clauses have them; {shown} are listed "
    "here.",
    RecallPath.EVERY: "In the contracts that were read no passage was left out: {eligible} in all, headings not among "
    "them. Of the clauses that are only related the nearest are listed.",
}
QUOTED_LIMIT = (
    "“…” in the words of a clause: words of the contract are left out there, such as other items of the list between "
    "its first words and the item. A clause shown in part says so."
)
VERIFIER_LIMITS = (
    "The verifier reads one passage with its lead-in and the parties; definitions and cross-references elsewhere "
    "in the contract are not read.",
    "A verdict can be wrong. Its probability is the verifier's own; no clause should be relied on before it is read.",
    QUOTED_LIMIT,
)
PLAIN_LIMIT = "These are plain word hits: what the clauses say was not verified."
NOT_VERIFIED_LIMIT = "Clauses listed as not verified were not read in time; nothing is said about them."


@dataclass(frozen=True, slots=True)
class ReportGroup:
    title: str
    note: str
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class Report:
    kind: str  # "Search result"
    title: str
    facts: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    groups: tuple[ReportGroup, ...]
    table: tuple[tuple[str, ...], ...] = ()  # before the hits, or instead of them; its first row heads the columns
    table_title: str = "Overview"
    notes: Mapping[int, str] = field(default_factory=dict)  # by rank
    remarks: Mapping[int, Remarks] = field(default_factory=dict)  # by rank


def report_of(search: Search, site: str = "", ranks: Collection[int] | None = None) -> Report:
    """As its user may see it now, like the page of the stored search. ``site``: where links lead, if anywhere.

    ``ranks``: of the clauses to list, if not all; what was asked, how and with which limits is said all the same.
    """
    hits = list(search.visible_hits().select_related("search"))
    view = present_search(search, hits)
    taken = {hit.rank: hit for hit in hits if ranks is None or hit.rank in ranks}
    listed = ((group, tuple(hit for hit in group.hits if hit.rank in taken)) for group in view.groups)
    groups = tuple(ReportGroup(group.title, group.note, found) for group, found in listed if found)
    remarks = remarks_on(search.user, taken, site) if search.user else {}
    part = () if ranks is None else (("In this file", f"{len(taken)} of {len(hits)} clauses, those that were ticked"),)
    facts = (*_facts(search, view), *part, *facts_of_file(search.user, remarks))
    return Report("Search result", search.query, facts, tuple(_limits(view)), groups, remarks=remarks)


def facts_of_file(user: User | None, remarks: Mapping[int, Remarks]) -> tuple[tuple[str, str], ...]:
    """Who takes it along, when, and how far that user came in deciding."""
    name = user.get_username() if user else ""
    decided = sum(bool(one.decision) for one in remarks.values())
    return (
        ("Decided on", f"{decided} of {len(remarks)} clauses, by {name}; decisions of others are not in this file"),
        ("Exported by", name),
        ("Exported at", in_words(timezone.now())),
    )


def writable(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _facts(search: Search, view: SearchView) -> list[tuple[str, str]]:
    named = Counter({group.key: len(group.hits) for group in view.groups})
    model = f"{search.verifier_name}, sha256 {search.verifier_sha256}" if search.verifier_name else "none: not verified"
    facts = [
        ("Query", view.query),
        ("Read as", view.understood),
        ("Mode", MODES.get(view.recall_path, "What the clause must say")),
        ("Asked by", search.user.get_username() if search.user else ""),
        ("Asked at", in_words(view.created_at)),
        ("Scope", scope_in_words(search.user, search.filters)),
        ("Passages in scope", str(view.eligible)),
        ("Clauses with the words" if view.recall_path == RecallPath.WORDS else "Passages recalled", str(view.recalled)),
        ("Read by the verifier", str(view.verified)),
        ("Read beside near misses", str(view.beside) if view.beside else ""),
        ("Verifier", model),
        ("Supported", str(named["supported"])),
        ("Check who is meant", str(named["check_party"]) if named["check_party"] else ""),
        ("Near misses and contradictions", str(named["flagged"])),
        ("Related only", str(named["related"])),
        ("Not verified", str(named["not_verified"])),
        ("Plain word hits", str(named["found"])),
        ("Search", str(view.id)),
    ]
    return [(name, value) for name, value in facts if value]


def scope_in_words(user: User | None, filters: Mapping[str, Any]) -> str:
    """Names as far as the user may see them now."""
    if user is None or not filters:
        return "All contracts that the user may see"
    return ". ".join(f"{SCOPE[name]}: {_chosen(name, value, user)}" for name, value in filters.items())


def _chosen(name: str, value: Any, user: User) -> str:
    if name in ("matters", "not_matters"):
        names = Matter.objects.visible_to(user).filter(pk__in=value).values_list("name", flat=True)
        return "; ".join(names) or UNSEEN
    if name == "contracts":
        contracts = Contract.objects.visible_to(user).filter(pk__in=value).defer("text")
        return "; ".join(map(str, contracts)) or UNSEEN
    called = CALLED.get(name.removeprefix("not_"), {})
    return value if isinstance(value, str) else "; ".join(called.get(one, one) or "none stated" for one in value)


def _limits(view: SearchView) -> list[str]:
    method = METHOD_LIMITS[view.recall_path]
    limits = [notice.text for notice in view.notices]
    limits.append(method.format(recalled=view.recalled, eligible=view.eligible, shown=view.clause_count))
    limits += VERIFIER_LIMITS if view.verifier else [PLAIN_LIMIT, QUOTED_LIMIT]
    return [*limits, NOT_VERIFIED_LIMIT] if view.not_verified else limits
