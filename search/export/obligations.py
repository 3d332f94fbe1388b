"""The table of who must do what under a contract, as a file."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET
from rest_framework.request import Request

from contracts.audit.record import record
from contracts.models import Contract
from contracts.obligation_table import UNREVIEWED, Section, sections_of
from contracts.text.said_date import said_date
from search.export.remarks import in_words
from search.export.report import QUOTED_LIMIT, Report
from search.export.views import FORMATS, file_response

COLUMNS = ("Bearer", "Clause", "Heading", "Modality", "Action", "Towards", "Only if", "Except")


@require_GET
@login_required
def export_obligations(request: HttpRequest, contract_id: int, extension: str) -> HttpResponse:
    if extension not in FORMATS:
        raise Http404
    return obligations_file(request, contract_id, extension)


def obligations_file(request: HttpRequest | Request, contract_id: int, extension: str) -> HttpResponse:
    """Http404 where the user may not see the contract."""
    contract = get_object_or_404(Contract.objects.visible_to(request.user).defer("text"), pk=contract_id)
    record(request, "exported", "obligations", contract.pk, contract.matter_id)
    report = obligations_report(contract, sections_of(contract), request.user.get_username())
    return file_response(report, f"obligations-{contract.pk}", timezone.now(), extension)


def obligations_report(contract: Contract, sections: Iterable[Section], user: str) -> Report:
    rows = tuple(_rows(sections))
    facts = (
        ("Contract", str(contract)),
        ("Dated", said_date(contract.agreement_date or contract.effective_date)),
        ("File", contract.file_name),
        ("Obligations", str(len(rows))),
        ("Read at", in_words(contract.read_at) if contract.read_at else ""),
        ("Exported by", user),
        ("Exported at", in_words(timezone.now())),
    )
    return Report(
        kind="Obligations",
        title=f"Obligations of {contract}",
        facts=tuple((name, value) for name, value in facts if value),
        limits=(UNREVIEWED, QUOTED_LIMIT),
        groups=(),
        table=(COLUMNS, *rows),
        table_title="Obligations",
    )


def _rows(sections: Iterable[Section]) -> Iterable[tuple[str, ...]]:
    for section in sections:
        bearer = f"{section.title} ({section.name})" if section.name else section.title
        for row in section.rows:
            yield (
                f"{bearer}, with its affiliates" if row.affiliates else bearer,
                row.number,
                row.heading,
                row.modality,
                row.action,
                row.counterparty,
                "; ".join(row.conditions),
                "; ".join(row.exceptions),
            )
