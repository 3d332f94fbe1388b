"""What an export of an absence check's answer says beyond what that of any search says."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.models import AnonymousUser

from search.absence.coverage import coverage_of, finding, not_covered
from search.absence.missed import missed_by
from search.export.report import Report
from search.models import AbsenceCheck, Search
from search.present import present_search

WITHOUT_CHECK = (
    "The check that this answer is of was deleted, was let go on, or has a newer answer. Which contracts it left out, "
    "and which are closed to you now, is not known, so it does not show that no clause says it."
)


def with_coverage(report: Report, search: Search) -> Report:
    """As its user may see it now."""
    check = AbsenceCheck.objects.filter(search=search, state=AbsenceCheck.State.DONE).first()
    if check is None:
        return replace(report, limits=(WITHOUT_CHECK, *report.limits))
    view = present_search(search)
    coverage = coverage_of(check, search.user or AnonymousUser())
    facts = (
        ("Finding", finding(view.supported, view.not_verified, coverage)),
        ("Contracts read", f"{coverage.read} of {coverage.contracts} in the scope"),
    )
    gaps = [*coverage.gaps, not_covered(check.unread)]
    missed = str(missed_by({check.verifier_sha256}))
    limits = (*filter(None, gaps), *report.limits, missed)
    return replace(report, facts=(*facts, *report.facts), limits=limits)
