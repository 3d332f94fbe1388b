"""What an export of a playbook check says: the grid, then for each position the clauses that its cells rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from rest_framework.request import Request

from contracts.audit.record import record
from search.absence.coverage import not_covered
from search.export.remarks import in_words, remarks_on
from search.export.report import VERIFIER_LIMITS, Report, ReportGroup, facts_of_file, scope_in_words
from search.export.views import file_response, site_of
from search.models import Hit, PlaybookCheck, Search
from search.playbook.cells import DENIES, SURE, Cell, Grid, grid_of
from search.playbook.check import Progress, progress_of
from search.present import present_hit

LIMITS = (
    "Every passage of the contracts listed, but for headings and where a cell says otherwise, was read against every "
    "position. “Absent” says that none was found to say it, not that none does.",
    "Supported: a clause says it. Contradicted: a clause says the opposite or binds the other party, and none says it. "
    f"Unclear: both, a near miss, a verdict with a probability under {SURE} ({DENIES} where it denies), or passages "
    "that could not be read.",
    *VERIFIER_LIMITS,
)
UNFINISHED = "The reading had not ended when this file was written; cells that were not read say so."


def playbook_check_file(request: HttpRequest | Request, check: PlaybookCheck, extension: str) -> HttpResponse:
    record(request, "exported", "playbook_check", check.pk)
    report = playbook_report(check, cast(User, request.user), site_of(request))
    return file_response(report, "playbook", check.created_at, extension)


def playbook_report(check: PlaybookCheck, user: User, site: str = "") -> Report:
    """As its user may see it now."""
    grid, progress = grid_of(check, user), progress_of(check)
    hits: dict[int, Hit] = {}
    groups = tuple(_groups(check, grid, hits))
    remarks = remarks_on(user, hits, site)
    return Report(
        kind="Playbook check",
        title=check.name,
        facts=(*_facts(check, user, grid, progress), *facts_of_file(user, remarks)),
        limits=tuple(_limits(check, grid, progress)),
        groups=groups,
        table=(
            ("Contract", *(column.topic for column in grid.columns)),
            *((str(row.contract), *(_words(cell) for cell in row.cells)) for row in grid.rows),
        ),
        remarks=remarks,
    )


def _facts(check: PlaybookCheck, user: User, grid: Grid, progress: Progress) -> Iterable[tuple[str, str]]:
    yield "Playbook", check.name
    yield "Asked by", user.get_username()
    yield "Asked at", in_words(check.created_at)
    yield "Scope", scope_in_words(user, check.filters)
    yield "Contracts", str(len(grid.rows))
    yield "Positions read", f"{progress.positions_read} of {progress.positions}"
    yield "Passages read", f"{progress.read} of {progress.passages}, counted once for each position"
    yield "Verifier", "; ".join(f"{name}, sha256 {sha256}" for name, sha256 in progress.verifiers)
    for column in grid.columns:
        yield column.topic, "; ".join([column.statement, *(f"{text}: {number}" for text, number in column.counts)])
    yield "Check", str(check.pk)


def _limits(check: PlaybookCheck, grid: Grid, progress: Progress) -> Iterable[str]:
    if progress.positions_read < progress.positions:
        yield UNFINISHED
    yield from grid.gaps
    yield from filter(None, [not_covered(check.positions.select_related("reading")[0].reading.unread)])
    yield from LIMITS
    yield str(progress.missed)


def _words(cell: Cell) -> str:
    standing = f"{cell.standing.text} (close call)" if cell.close_call else cell.standing.text
    amended = "".join(f" ({one.said} {one.citation})" for one in cell.amended)
    return f"{standing}: {cell.citation}{amended}" if cell.citation else standing


def _groups(check: PlaybookCheck, grid: Grid, numbered: dict[int, Hit]) -> Iterable[ReportGroup]:
    """``numbered`` takes each hit under its rank in the file, where one goes on after another's."""
    searches = {
        one.place: one.reading.answer
        for one in check.positions.select_related("reading__search__user").order_by("place")
    }
    for column in grid.columns:
        search: Search | None = searches[column.place]
        found = list(search.visible_hits().select_related("search")) if search else []
        first = len(numbered) + 1
        numbered |= dict(enumerate(found, first))
        numbers = {hit.rank: rank for rank, hit in enumerate(found, first)}
        hits = tuple(
            replace(present_hit(hit), rank=numbers[hit.rank], under=numbers.get(hit.under or 0)) for hit in found
        )
        note = f"{column.statement}\n{column.guidance}".strip()
        yield ReportGroup(column.topic, note, hits)
