"""What a page asks of the database does not grow with the clauses on it."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contracts.models import Contract
from search.absence.check import start_absence_check
from search.lists.listing import new_list, put_in
from search.models import Hit, Search
from tests.web.agreement import store_agreement
from tests.web.test_page_size import DUTIES_AGREEMENT
from tests.web.test_search_page import QUESTION

FEW = 3


def queries_of(client: Client, addresses: dict[str, str]) -> dict[str, int]:
    counts = {}
    for name, address in addresses.items():
        client.get(address)  # what is read once and kept, as the kinds of things on the audit record
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts[name] = len(asked)
    return counts


def test_no_page_asks_a_query_per_clause(lena: Client, oak: Contract) -> None:
    duties = store_agreement(oak.matter, DUTIES_AGREEMENT, "duties.txt")
    user = User.objects.get(username="lena")
    lena.get("/search/", {"q": QUESTION})
    search = Search.objects.get()
    check = start_absence_check("The Supplier delivers the goods", user)
    collected = new_list(user, "Duties")
    put_in(collected, search.hits.all())
    addresses = {
        "answer": reverse("search-result", args=[search.pk]),
        "document": reverse("search-document", args=[search.pk, duties.pk]),
        "list": reverse("list", args=[collected.pk]),
        "absence": reverse("absence-check", args=[check.pk]),
        "compare": reverse("hit-compare", args=[search.pk, 1]),
        "history": reverse("history"),
    }
    many = queries_of(lena, addresses)
    assert Hit.objects.filter(search=search).count() > 10 * FEW and collected.clauses.count() > 10 * FEW
    for answered in Search.objects.all():
        there = answered.hits.filter(contract=duties).order_by("rank").values_list("pk", flat=True)[:FEW]
        answered.hits.exclude(pk__in=list(there)).exclude(rank=1).delete()
    assert queries_of(lena, addresses) == many
