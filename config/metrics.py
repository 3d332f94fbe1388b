"""/metrics in the text format of Prometheus, out of the database: the same whichever process is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_GET
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from contracts.models import Contract
from contracts.webhooks.models import Delivery
from contracts.worker_signs import MISSED_SECONDS
from search.models import Hit, Search

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
REFUSED = "Send METRICS_TOKEN as a bearer token, or sign in as staff.\n"
STEPS = f"SELECT key, sum(value::float), count(*) FROM {Search._meta.db_table}, jsonb_each_text(seconds) GROUP BY key"


@dataclass(frozen=True, slots=True)
class Metric:
    name: str
    kind: str  # gauge, where deleting makes it less; else counter or summary
    about: str
    values: Iterable[tuple[str, dict[str, Any], float]]  # suffix of the name, labels, value


@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    if not _allowed(request):
        return HttpResponse(REFUSED, status=403, content_type="text/plain")
    lines = [line for metric in _metrics() for line in _lines(metric)]
    return HttpResponse("\n".join(lines) + "\n", content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def _allowed(request: HttpRequest) -> bool:
    sent = request.headers.get("Authorization", "")
    if settings.METRICS_TOKEN and constant_time_compare(sent, f"Bearer {settings.METRICS_TOKEN}"):
        return True
    return request.user.is_active and request.user.is_staff


def _metrics() -> Iterator[Metric]:
    alive = timezone.now() - timedelta(seconds=MISSED_SECONDS)
    workers = ProcrastinateWorker.objects.filter(last_heartbeat__gt=alive).count()
    yield Metric("proviso_worker_hands", "gauge", "Parts of workers with a sign of life.", [("", {}, workers)])
    jobs = ProcrastinateJob.objects.values("task_name", "status").annotate(number=Count("pk"))
    yield Metric(
        "proviso_jobs",
        "gauge",
        "Jobs of the queue: todo, doing or failed.",
        [("", {"task": one["task_name"], "state": one["status"]}, one["number"]) for one in jobs],
    )
    yield _by("proviso_contracts", "Files by state, without those in the trash.", _live_contracts(), "state")
    read = _live_contracts().aggregate(sum=Sum("read_seconds", default=0.0), count=Count("read_seconds"))
    yield Metric(
        "proviso_contract_reading_seconds",
        "summary",
        "Last reading of each contract: parsing, embedding and storing.",
        [("_sum", {}, read["sum"]), ("_count", {}, read["count"])],
    )
    yield Metric("proviso_searches", "gauge", "Answers stored.", [("", {}, Search.objects.count())])
    yield Metric("proviso_search_seconds", "summary", "Answers stored, by step (recall, verify).", _steps())
    yield _by("proviso_verdicts", "Clauses of the answers stored, by label.", Hit.objects.all(), "label")
    yield _by("proviso_webhook_deliveries", "Messages of the last 30 days.", Delivery.objects.all(), "state")


def _live_contracts() -> Any:
    return Contract.objects.filter(deleted_at=None)


def _by(name: str, about: str, rows: Any, field: str) -> Metric:
    counted = rows.order_by().values_list(field).annotate(number=Count("pk"))
    return Metric(name, "gauge", about, [("", {field: value}, number) for value, number in counted])


def _steps() -> Iterator[tuple[str, dict[str, Any], float]]:
    with connection.cursor() as cursor:
        cursor.execute(STEPS)
        rows = cursor.fetchall()
    for suffix, column in (("_sum", 1), ("_count", 2)):
        yield from ((suffix, {"step": row[0]}, row[column]) for row in rows)


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.about}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for suffix, labels, value in metric.values:
        inside = ",".join(f'{key}="{_escaped(str(text))}"' for key, text in labels.items())
        yield f"{metric.name}{suffix}{{{inside}}} {value}" if inside else f"{metric.name}{suffix} {value}"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
