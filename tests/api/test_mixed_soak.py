"""The mixed soak's accounting: growth is told from noise and from a warm-up, and no wrong answer goes unnoticed."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import httpx2
import pytest
from django.db import connection

from contracts.models import Contract, Matter
from contracts.receive import receive_file
from contracts.text.parse import parse_file
from contracts.webhooks.models import Delivery, Endpoint
from search.models import SearchJob
from tests.soak.files import SAMPLES, marked
from tests.soak.growth import Growth, Sample, growths, least_slope, theil_sen, too_little
from tests.soak.mixed import said_wrong
from tests.soak.processes import children_of, held_by
from tests.soak.settled import unsettled
from tests.soak.visitor import Unexpected, Visitor, Visits, spread

SAMPLES_TAKEN = 120  # every 15 seconds for half an hour
REQUESTS = 2000


def seen(figure: str, value: Callable[[int], float], noise: float = 0) -> Growth:
    """What is made of a figure that has ``value`` after so many requests."""
    chance = random.Random(1)
    samples = []
    for place in range(SAMPLES_TAKEN):
        requests = place * REQUESTS // SAMPLES_TAKEN
        rest = place % 11 == 10
        busy = 0.0 if rest or not figure.endswith("MB") else chance.uniform(0, 700)  # while answers are made
        figures = {figure: value(requests) + busy + chance.gauss(0, noise)}
        samples.append(Sample(place / 4, requests, figures, rest))
    (growth,) = growths(samples)
    return growth


@pytest.mark.parametrize(
    ("figure", "value", "noise"),
    [
        ("web MB", lambda requests: 900, 15),
        ("web MB", lambda requests: 900 + 0.001 * requests, 5),  # 1 kB a request
        ("web MB", lambda requests: 900 + 200 * (1 - math.exp(-requests / 200)), 10),  # a warm-up
        ("web MB", lambda requests: 900 + 100 * (requests > 900), 10),  # once more, and then no more
        ("web MB", lambda requests: 1200 - 0.1 * requests, 10),
        ("web files", lambda requests: 60 + 8 * (requests % 500 < 60), 0),  # uploads now and then
        ("all connections", lambda requests: 20, 1),
    ],
)
def test_what_only_warms_up_or_goes_to_and_fro_did_not_grow(
    figure: str, value: Callable[[int], float], noise: float
) -> None:
    assert not seen(figure, value, noise).grew


@pytest.mark.parametrize(
    ("figure", "value", "noise"),
    [
        ("web MB", lambda requests: 900 + 0.02 * requests, 5),  # 20 kB a request
        ("worker MB", lambda requests: 900 + 5 * (requests // 100), 5),  # a file of 5 MB now and then
        ("web MB", lambda requests: 900 + 200 * (1 - math.exp(-requests / 300)) + 0.05 * requests, 10),
        ("web files", lambda requests: 60 + requests // 200, 0),
        ("worker threads", lambda requests: 30 + requests // 200, 0),
        ("all connections", lambda requests: 12 + requests // 200, 1),
        ("waiting jobs", lambda requests: requests // 50, 2),
    ],
)
def test_what_is_kept_at_each_request_or_at_some_of_them_grew(
    figure: str, value: Callable[[int], float], noise: float
) -> None:
    growth = seen(figure, value, noise)
    assert growth.grew
    assert str(growth).startswith(f"{figure} grew: +")


def test_a_third_of_the_samples_may_lie_anywhere() -> None:
    line = [(float(x), 3.0 * x) for x in range(30)]
    wild = [(x, 1e6 if x % 4 == 0 else y) for x, y in line]
    assert theil_sen(wild) == pytest.approx(3.0, rel=0.2)
    assert theil_sen([(1.0, 5.0), (1.0, 9.0)]) == 0.0  # nothing was asked meanwhile


def test_a_figure_that_begins_late_is_left_out_until_the_warm_up_has_it() -> None:
    samples = [
        Sample(n, 10 * n, {"web MB": 900.0} | ({"reading MB": 300.0} if n > 15 else {}), rest=True) for n in range(30)
    ]
    assert [one.figure for one in growths(samples)] == ["web MB"]
    assert [one.figure for one in growths(samples[15:])] == ["web MB", "reading MB"]


@pytest.mark.parametrize(
    ("samples", "requests", "rest_every", "enough"),
    [(120, 2000, 11, True), (9, 2000, 1, False), (120, 150, 11, False), (120, 2000, 30, False)],
)
def test_too_little_to_tell_is_said(samples: int, requests: int, rest_every: int, enough: bool) -> None:
    taken = [Sample(n, n * requests // samples, {}, rest=n % rest_every == rest_every - 1) for n in range(samples)]
    assert (not list(too_little(taken))) is enough
    assert list(too_little([]))


def test_the_least_slope_is_that_of_the_table() -> None:
    """Of six points Kendall's S has a spread of 5.32, 8.76 at 95 %: (15 - 8.76) / 2 = 3.1, the third of 15 slopes."""
    points = [(0.0, 0.0), (1.0, 2.0), (2.0, 1.0), (3.0, 4.0), (4.0, 3.0), (5.0, 6.0)]
    slopes = sorted((y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2))
    assert least_slope(points) == slopes[2]
    assert least_slope(points[:3]) == -math.inf  # of three none is sure


def test_a_process_is_looked_at_until_it_ends(tmp_path: Path) -> None:
    before = held_by(os.getpid())
    assert before and before.resident >= before.private > 1 and before.threads >= 1
    with (tmp_path / "open").open("w"):
        now = held_by(os.getpid())
        assert now and now.files == before.files + 1
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    assert child.pid in children_of(os.getpid())
    child.communicate(b"\n")
    assert held_by(child.pid) is None


def visitor_of(answer: Callable[[httpx2.Request], httpx2.Response]) -> Visitor:
    visitor = Visitor("http://site", Visits())
    visitor.http = httpx2.Client(base_url="http://site", transport=httpx2.MockTransport(answer))
    return visitor


def test_an_answer_of_another_status_is_noted_with_its_words_and_without_its_question() -> None:
    visitor = visitor_of(lambda request: httpx2.Response(500, text="<h1>Something\nbroke</h1>"))
    with pytest.raises(Unexpected):
        visitor.ask("GET", "/search/b1946ac9-1234-4321-9999-0123456789ab/contracts/12/?q=secret")
    (wrong,) = visitor.visits.wrong
    assert wrong.endswith("GET /search/*/contracts/*/: 500, expected 200: Something broke")
    assert visitor.visits.statuses == {500: 1}


def test_no_answer_is_noted() -> None:
    def lose(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ReadTimeout("lost")

    visitor = visitor_of(lose)
    with pytest.raises(Unexpected):
        visitor.ask("GET", "/contracts/")
    assert "GET /contracts/: ReadTimeout" in visitor.visits.wrong[0]


def test_what_is_as_expected_is_counted_and_timed_by_its_address() -> None:
    visitor = visitor_of(lambda request: httpx2.Response(404 if "9" in request.url.path else 200))
    visitor.ask("GET", "/contracts/1/")
    visitor.ask("GET", "/contracts/22/", headers={"HX-Request": "true"})
    visitor.ask("GET", "/contracts/9/", expect=(404,))
    visits = visitor.visits
    assert (visits.wrong, visits.requests, visits.statuses) == ([], 3, {200: 2, 404: 1})
    assert {kind: told["number"] for kind, told in visits.seconds().items()} == {
        "GET /contracts/*/": 2, "GET /contracts/*/ fragment": 1,
    }  # fmt: skip


def test_half_and_nineteen_of_twenty_are_faster_than() -> None:
    assert spread([n / 100 for n in range(101)]) == {"number": 101, "p50": 0.5, "p95": 0.95, "most": 1.0}
    assert spread([2.0])["p95"] == 2.0


def test_lines_of_errors_are_taken_from_a_log_and_refusals_are_not() -> None:
    log = (
        "2026-01-01 10:00:00 WARNING django.request [a] Not Found: /contracts/9/\n"
        "2026-01-01 10:00:01 ERROR django.request [b] Internal Server Error: /search/\n"
        "Traceback (most recent call last):\n"
    )
    assert len(list(said_wrong("web", log))) == 2


@pytest.mark.parametrize("name", ["loan.txt", "reseller.html", "supply.pdf", "consulting.docx"])
def test_a_marked_file_has_bytes_of_its_own_and_can_be_read(name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    first, second = marked(name, content, 1), marked(name, content, 2)
    assert len({content, first, second}) == 3
    assert parse_file(first, name).text[:500] == parse_file(content, name).text[:500]


def a_contract_that_waits(matter: Matter) -> None:
    receive_file(matter, "waits.txt", b"1. Fees.")


def a_contract_that_failed(matter: Matter) -> None:
    Contract.objects.filter(pk=receive_file(matter, "a.txt", b"1. Fees.").contract.pk).update(state="failed")


def a_question_without_answer(matter: Matter) -> None:
    SearchJob.objects.create(user=matter.members.get(), query="Who pays?", state="failed")


def a_failed_job(matter: Matter) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) "
            "VALUES ('default', 'search_saved', 'failed')"
        )


def a_message_that_waits(matter: Matter) -> None:
    endpoint = Endpoint.objects.create(user=matter.members.get(), url="https://example.com/", events=[])
    Delivery.objects.create(endpoint=endpoint, event="contract.ready", data={}, matters=[])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left", "words"),
    [
        (a_contract_that_waits, "is received"),
        (a_contract_that_failed, "a.txt failed"),
        (a_question_without_answer, "are failed"),
        (a_failed_job, "1 jobs search_saved failed"),
        (a_message_that_waits, "a message is waiting"),
    ],
)
def test_what_has_not_come_to_its_end_is_named(oak: Matter, left: Callable[[Matter], None], words: str) -> None:
    assert list(unsettled()) == []
    left(oak)
    assert any(words in one for one in unsettled())
