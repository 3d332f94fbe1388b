from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User

from contracts.models import Contract, Matter
from search.filters import Filters
from tests.search.conftest import add_contract

CONTRACTS = {
    "english": {
        "governing_law": "England and Wales",
        "contract_type": "supply",
        "agreement_date": "1 May 2024",
        "expires_on": date(2027, 5, 1),
        "renewal": "automatic",
    },
    "new york": {"governing_law": "New York", "agreement_date": "", "effective_date": "June 3, 2020"},
    "amendment": {"governing_law": "", "kind": "amendment", "agreement_date": "a day to be agreed"},
}


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(), {"english", "new york", "amendment"}),
        (Filters(laws=("England and Wales", "New York")), {"english", "new york"}),
        (Filters(laws=("English law",)), {"english"}),  # by any of its names
        (Filters(laws=("Ruritania",)), set()),
        (Filters(laws=("",)), {"amendment"}),
        (Filters(not_laws=("New York",)), {"english", "amendment"}),
        (Filters(kinds=("main",), not_laws=("New York",)), {"english"}),
        (Filters(not_kinds=("main",)), {"amendment"}),
        (Filters(types=("supply", "lease")), {"english"}),
        (Filters(types=("",)), {"new york", "amendment"}),
        (Filters(not_types=("supply",)), {"new york", "amendment"}),
        (Filters(dated_from=date(2020, 6, 3)), {"english", "new york"}),
        (Filters(dated_until=date(2020, 6, 3)), {"new york"}),
        (Filters(dated_from=date(2024, 5, 2)), set()),
        (Filters(ends_from=date(2027, 5, 1)), {"english"}),
        (Filters(ends_until=date(2027, 4, 30)), set()),
        (Filters(ends_from=date(2027, 1, 1), ends_until=date(2027, 12, 31)), {"english"}),
        (Filters(renewals=("automatic",)), {"english"}),
        (Filters(renewals=("",)), {"new york", "amendment"}),
        (Filters(not_renewals=("automatic", "option")), {"new york", "amendment"}),
        (Filters(matters=(999_999,)), set()),
    ],
)
def test_filters_narrow_and_leave_out(matter: Matter, lawyer: User, filters: Filters, titles: set[str]) -> None:
    for title, facts in CONTRACTS.items():
        add_contract(matter, [["Fees are due."]], title=title, **facts)
    narrowed = filters.narrow(Contract.objects.visible_to(lawyer))
    assert {contract.title for contract in narrowed} == titles


def test_stored_as_json() -> None:
    filters = Filters(matters=(3,), not_laws=("",), dated_from=date(2020, 1, 2), ends_until=date(2027, 5, 1))
    stored = {"matters": [3], "not_laws": [""], "dated_from": "2020-01-02", "ends_until": "2027-05-01"}
    assert filters.stored() == stored
    assert Filters.restored(stored) == filters
