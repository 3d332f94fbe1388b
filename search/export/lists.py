"""What an export of a list says: each clause in its order, with the question it was found for and its note."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from contracts.audit.record import record
from search.export.remarks import in_words, remarks_on
from search.export.report import VERIFIER_LIMITS, Report, ReportGroup, facts_of_file
from search.export.views import file_response, site_of
from search.lists.listing import visible_clauses
from search.models import ClauseList
from search.present import present_hit

LIMITS = (
    "The clauses were chosen by hand. Each verdict is that of the search in which its clause was found, and answers "
    "the question named beside it.",
    *VERIFIER_LIMITS,
)


def list_file(request: HttpRequest | Request, one: ClauseList, extension: str) -> HttpResponse:
    record(request, "exported", "list", one.pk)
    report = list_report(one, cast(User, request.user), site_of(request))
    return file_response(report, "list", one.created_at, extension)


def list_report(one: ClauseList, user: User, site: str = "") -> Report:
    """As its user may see it now."""
    clauses = list(visible_clauses(one, user))
    hits = tuple(
        replace(present_hit(clause.hit), rank=rank, under=None) for rank, clause in enumerate(clauses, start=1)
    )
    facts: tuple[tuple[str, str], ...] = (
        ("List", one.name),
        ("Made by", user.get_username()),
        ("Made at", in_words(one.created_at)),
        ("Clauses", str(len(clauses))),
    )
    remarks = remarks_on(user, {rank: clause.hit for rank, clause in enumerate(clauses, start=1)}, site)
    notes = {
        rank: f"Asked: “{clause.hit.search.query}”. {clause.note}".strip()
        for rank, clause in enumerate(clauses, start=1)
    }
    said = (*facts, *facts_of_file(user, remarks))
    groups = (ReportGroup(one.name, "", hits),)
    return Report("List of clauses", one.name, said, LIMITS, groups, notes=notes, remarks=remarks)
