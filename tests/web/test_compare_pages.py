"""A clause beside a clause of another answer or of a list, and two that are ticked."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from contracts.models import Contract
from search.citation import cite_hit
from search.encode import EncoderUnavailable, count_tokens
from search.lists.listing import new_list, put_in
from search.models import ClauseList, Hit, Search
from search.query import MAX_TOKENS
from tests.fakes import FAKE
from tests.web.agreement import AGREEMENT, store_agreement
from tests.web.test_search_page import QUESTION, text_of

OTHER = "Notices are given in writing"


def ask(client: Client, question: str = QUESTION) -> Search:
    client.get("/search/", {"q": question})
    return Search.objects.get(query=question)


def url_of(hit: Hit) -> str:
    return reverse("hit-compare", args=[hit.search_id, hit.rank])


def supported(search: Search) -> Hit:
    return search.hits.filter(label="supported").get()


def test_another_answer_offers_its_clauses_and_one_is_compared(lena: Client) -> None:
    first, other = supported(ask(lena)), ask(lena, OTHER)
    notice = other.hits.filter(number="3.1").get()
    key = f"{other.pk}.{notice.rank}"
    assert f'value="{key}"' not in lena.get(url_of(first)).content.decode()
    page = lena.get(url_of(first), {"from": str(other.pk)}).content.decode()
    assert f'<optgroup label="Answer to “{OTHER}”"><option value="' in page and f'value="{key}"' in page
    compared = text_of(lena.get(url_of(first), {"with": key}))
    assert f"s 3.1, found for “{OTHER}”." in compared and "Words" in compared


def test_clauses_of_lists_are_offered(lena: Client) -> None:
    first, other = supported(ask(lena)), ask(lena, OTHER)
    put_in(new_list(User.objects.get(username="lena"), "Cover"), other.hits.all()[:2])
    page = lena.get(url_of(first)).content.decode()
    offered = page[page.index('<optgroup label="List “Cover”">') :]
    assert offered[: offered.index("</optgroup>")].count("<option") == 2


def test_two_ticked_clauses_of_an_answer_are_compared(lena: Client) -> None:
    search = ask(lena)
    url = reverse("compare-ticked", args=[search.pk])
    assert f'formaction="{url}"' in lena.get(f"/search/{search.pk}/").content.decode()
    response = lena.post(url, {"hit": ["2", "1"], "name": "", "list": ""}, follow=True)
    assert response.redirect_chain[-1][0] == f"/search/{search.pk}/hits/1/compare/?with={search.pk}.2"
    for number, said in ((0, "No clause is ticked"), (1, "1 clause is ticked"), (3, "3 clauses are ticked")):
        refused = lena.post(url, {"hit": ["1", "2", "3"][:number]})
        assert refused.status_code == 422 and said in text_of(refused)


def test_two_ticked_clauses_of_a_list_are_compared_in_its_order(lena: Client) -> None:
    first, other = supported(ask(lena)), ask(lena, OTHER)
    one = new_list(User.objects.get(username="lena"), "Cover")
    put_in(one, [other.hits.all()[0], first])
    url = reverse("compare-listed", args=[one.pk])
    assert "Compare the two ticked" in text_of(lena.get(reverse("list", args=[one.pk])))
    response = lena.post(url, {"clause": list(one.clauses.values_list("pk", flat=True))[::-1]}, follow=True)
    assert response.redirect_chain[-1][0] == f"/search/{other.pk}/hits/1/compare/?with={first.search_id}.{first.rank}"
    assert lena.post(url, {"clause": ["99999", "x"]}).status_code == 422


def test_what_is_not_ones_own_or_walled_off_is_not_there(lena: Client, stranger: Client, oak: Contract) -> None:
    first, other = supported(ask(lena)), ask(lena, OTHER)
    one = new_list(User.objects.get(username="lena"), "Cover")
    put_in(one, first.search.hits.all()[:2])
    Search.objects.filter(pk=other.pk).update(user=User.objects.get(username="sam"))
    gone = "The other clause is not there, or not yours to see any more."
    for key in (f"{other.pk}.1", f"{first.search_id}.99", "x.1", "1.", str(first.rank)):
        page = text_of(lena.get(url_of(first), {"with": key, "from": str(other.pk)}))
        assert gone in page and OTHER not in page
    assert stranger.post(reverse("compare-ticked", args=[first.search_id]), {"hit": ["1", "2"]}).status_code == 404
    assert stranger.post(reverse("compare-listed", args=[one.pk])).status_code == 404
    oak.matter.walled.add(User.objects.get(username="lena"))
    ticked = list(ClauseList.objects.get().clauses.values_list("pk", flat=True))
    refused = lena.post(reverse("compare-listed", args=[one.pk]), {"clause": ticked})
    assert "No clause is ticked that can be opened." in text_of(refused)


def test_other_words_for_the_same_side_are_no_doubt(lena: Client, oak: Contract) -> None:
    other = AGREEMENT.replace("Supplier", "Provider").replace("Customer", "Subscriber")
    store_agreement(oak.matter, other, "other.txt")
    first, second = ask(lena).hits.filter(label="supported").order_by("contract_id")
    page = text_of(lena.get(url_of(first), {"with": f"{second.search_id}.{second.rank}"}))
    assert "No change of meaning found" in page and "put the duty on" not in page
    swapped = second.search.hits.get(label="party_swapped", contract=second.contract)
    Hit.objects.filter(pk=swapped.pk).update(text=swapped.text.replace("[party_swapped .88]", "[supported .9]"))
    page = text_of(lena.get(url_of(first), {"with": f"{swapped.search_id}.{swapped.rank}"}))
    assert "The words put the duty on Supplier in the first and on Subscriber in the second" in page


def test_own_wording_is_compared_sentence_by_sentence_within_what_the_verifier_reads(
    lena: Client, oak: Contract
) -> None:
    hit = supported(ask(lena))
    long = "The Supplier shall " + ", ".join(f"pay fee number {number} of the schedule" for number in range(60))
    own = f"The Supplier shall indemnify the Customer [supported .9]. It may insure that [modality .8]. {long}."
    FAKE.read.clear()
    page = text_of(lena.post(url_of(hit), {"own": own}))
    asked = {pair.query for pair in FAKE.read}
    assert max(map(count_tokens, asked)) <= MAX_TOKENS and len(asked) > 4
    assert f"Compared: 1 sentence of the first with {len(asked) - 1} of the second." in page
    assert "“Your wording”: 1 sentence of more than 120 word pieces, compared in parts; all but the first" in page
    assert f"{len(asked) - 1} of {len(asked) - 1} sentences." in page and "No change of meaning found" in page
    unread = text_of(lena.post(url_of(hit), {"own": "It may insure that [modality .8]. It is [crash] so."}))
    assert (
        "The first says all that the second says; whether the second says all that the first says could not" in unread
    )
    assert f"Whether “Your wording” says 1 of the 1 sentences of “{cite_hit(hit)}” was not read" in unread
    assert "fills the 4,000 characters" in text_of(lena.post(url_of(hit), {"own": own * 3}))


def test_all_sentences_of_the_clause_are_compared_where_that_is_asked(lena: Client, oak: Contract) -> None:
    text = AGREEMENT.replace("third parties [supported .95].", "third parties [supported .97]. It pays them in time.")
    store_agreement(oak.matter, text, "other.txt")
    hit = ask(lena).hits.filter(label="supported").order_by("rank")[0]
    own = {"own": "The Supplier shall indemnify the Customer [supported .9]."}
    one, whole = (text_of(lena.post(url_of(hit), own | more)) for more in ({}, {"whole": "1"}))
    assert "1 sentence of the first with 1 of the second. First: One of 2 sentences and items of s 2.1." in one
    assert "Compared: 2 sentences of the first with 1 of the second." in whole and "It pays them in time." in whole


def test_without_the_encoder_s_tokens_it_says_so(lena: Client, oak: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    hit = supported(ask(lena))

    def away(*_: object) -> int:
        raise EncoderUnavailable("No model is there. Install the requirements.")

    monkeypatch.setattr("search.wordings.count_tokens", away)
    answer = lena.post(url_of(hit), {"own": "The Supplier shall indemnify the Customer"})
    assert answer.status_code == 503 and "Install the requirements." in text_of(answer)
