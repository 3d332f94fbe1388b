"""Recall finds a clause whatever its contract calls the two sides."""

from __future__ import annotations

import numpy as np
import pytest

from contracts.models import Contract, Matter
from search.encode import Vectors, encode_texts
from search.role_words import whatever_the_roles_are_called
from tests.search.conftest import add_contract


def contract_between(matter: Matter, *terms: str) -> Contract:
    vectors = np.full((1, 384), 384**-0.5, dtype=np.float32)
    return add_contract(matter, [["1"]], vectors, parties=[(f"Party {term}", term) for term in terms])


def compared(query: str, contracts: list[Contract]) -> Vectors:
    scope = Contract.objects.filter(pk__in=[contract.pk for contract in contracts])
    return whatever_the_roles_are_called(encode_texts([query])[0], query, scope)


@pytest.mark.parametrize(
    ("query", "says_it", "same_words"),
    [
        (
            "customer indemnifies supplier",
            "Subscriber shall defend, indemnify and hold harmless Provider from any third-party claim.",
            "The Customer shall notify the Supplier promptly of any such claim.",
        ),
        (
            "The supplier must carry insurance",
            "Provider shall maintain commercial general liability insurance.",
            "The Supplier shall carry out the Services with care.",
        ),
        (
            "May customers audit their suppliers?",
            "Subscriber may inspect the records of Provider once a year.",
            "The Customer shall pay all undisputed invoices of the Supplier.",
        ),
    ],
)
def test_a_clause_in_other_role_words_is_nearer_than_another_in_the_same(
    matter: Matter, query: str, says_it: str, same_words: str
) -> None:
    contracts = [contract_between(matter, *terms) for terms in (("Provider", "Subscriber"), ("Supplier", "Customer"))]
    passages = encode_texts([says_it, same_words])
    plain, over_roles = passages @ encode_texts([query])[0], passages @ compared(query, contracts)
    assert plain[0] < plain[1] and over_roles[0] > over_roles[1]


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("Invoices must be paid within 60 days", ("Provider", "Subscriber")),
        ("Customer indemnifies Supplier", ("Supplier", "Customer")),
        ("Customer indemnifies Supplier", ("Lessor", "Lessee")),
        ("Customer indemnifies Supplier", ()),
    ],
)
def test_where_no_side_has_another_word_the_question_is_compared_as_it_is(
    matter: Matter, query: str, terms: tuple[str, ...]
) -> None:
    np.testing.assert_array_equal(compared(query, [contract_between(matter, *terms)]), encode_texts([query])[0])


def test_only_words_of_contracts_in_scope_count(matter: Matter) -> None:
    own, other = contract_between(matter, "Supplier", "Customer"), contract_between(matter, "Provider", "Subscriber")
    query = "Customer indemnifies Supplier"
    changed = compared(query, [own, other])
    assert np.linalg.norm(changed) == pytest.approx(1)
    assert np.abs(changed - encode_texts([query])[0]).max() > 0.01
    np.testing.assert_array_equal(compared(query, [own]), encode_texts([query])[0])
