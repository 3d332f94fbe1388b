from __future__ import annotations

import pytest

from search.words.match import ClauseWords, PassageText, find_words
from search.words.parse import parse_words

ROOTS = {"indemnif": "indemnif", "assigned": "assign", "party": "parti"}
TENANT = "The Tenant shall not assign this Lease, or part with it, without the Landlord's consent."


def found(query: str, *passages: str) -> str | None:
    """The words found, in order; a passage that begins with "+" opens a paragraph, one with "-" is a list item."""
    texts = [PassageText(text.lstrip("+-"), text.startswith("-"), text.startswith("+")) for text in passages]
    words = find_words(parse_words(query), ClauseWords(texts), ROOTS)
    return None if words is None else " ".join(texts[word.passage].reading[word.start : word.end] for word in words)


@pytest.mark.parametrize(
    ("query", "passage", "words"),
    [
        ("shall not assign", TENANT, "shall not assign"),
        ("shall not assign", "Tenant shall freely assign this Lease.", None),
        ("shall not assign", "Tenant shall assign this Lease.", None),
        ("shall not assign", "Tenant shall not freely assign this Lease.", None),
        ("shall assign", TENANT, None),
        ("landlord consent", TENANT, "Landlord's consent"),
        ("LEASE or part", TENANT, "Lease or part"),
        ("ass", TENANT, None),
        ("ass*", TENANT, "assign"),
        ("assigned!", "Assignment by an assignee, as assigned", "Assignment assignee assigned"),
        ("party!", "The parties and each Party, at a third place", "parties Party"),
        ("indemnif!", "Supplier indemnifies; its indemnity and indemnification", "indemnifies indemnification"),
        ("indemnif! W/5 Customer", "Supplier shall indemnify and hold the Customer harmless", "indemnify Customer"),
        ("indemnif! W/5 Customer", "Customer shall be indemnified", "Customer indemnified"),
        ("indemnif! W/2 Customer", "Customer shall be indemnified", None),
        ("indemnif! W/3 Customer", "Customer shall be indemnified", "Customer indemnified"),
        ("indemnif! +5 Customer", "Customer shall be indemnified", None),
        ("Customer +3 indemnif!", "Customer shall be indemnified", "Customer indemnified"),
        ("the W/9 the", "the lease", None),  # a word is not near itself
        ("the W/2 the", "the lease the", "the the"),
        ("Tenant W/4 (transfer OR assign)", TENANT, "Tenant assign"),
        ("Tenant W/2 (transfer OR assign)", TENANT, None),
        ('"shall not" W/3 lease W/3 part', TENANT, "shall not Lease part"),
        ('("shall not assign" OR "shall not part") W/9 it', TENANT, "shall not assign it"),
        ("assign W/1 lease", "assign (the) lease", None),
        ("assign W/2 lease", "assign (the) lease", "assign lease"),
        ("assign AND consent", TENANT, "assign consent"),
        ("assign AND sublet", TENANT, None),
        ("assign OR sublet", TENANT, "assign"),
        ("assign NOT sublet", TENANT, "assign"),
        ("assign NOT consent", TENANT, None),
        ('assign NOT "shall assign"', TENANT, "assign"),
        ("assign NOT (consent W/1 landlord)", TENANT, None),
        ("9.1", "Section 9.1 applies", "9 1"),
    ],
)
def test_one_passage(query: str, passage: str, words: str | None) -> None:
    assert found(query, passage) == words


@pytest.mark.parametrize(
    ("query", "passages", "words"),
    [
        # a clause is searched as a whole
        ("assign AND consent", ["No one may assign.", "Ask for consent."], "assign consent"),
        ("assign NOT consent", ["No one may assign.", "Ask for consent."], None),
        # a distance runs on over the end of a sentence, but never into a list item's lead-in
        ("assign W/3 consent", ["No one may assign.", "Ask for consent."], "assign consent"),
        ("assign W/2 consent", ["No one may assign.", "Ask for consent."], None),
        ("pay W/9 Supplier", ["-The Supplier shall: (a) pay", "-The Supplier shall: (b) report"], "Supplier pay"),
        ("report W/9 pay", ["-The Supplier shall: (a) pay", "-The Supplier shall: (b) report"], None),
        # a sentence
        ("assign /s consent", ["No one may assign.", "Ask for consent."], None),
        ("assign /s may", ["No one may assign.", "Ask for consent."], "may assign"),
        ("assign +s may", ["No one may assign.", "Ask for consent."], None),
        ("may +s assign", ["No one may assign.", "Ask for consent."], "may assign"),
        ('"assign ask" /s one', ["No one may assign.", "Ask for consent."], None),
        # cut, because it is very long
        ("assign /s consent", ["No one may assign,", "but with consent."], "assign consent"),
        ("assign but with", ["No one may assign,", "but with consent."], "assign but with"),
        # a paragraph
        ("assign /p consent", ["No one may assign.", "Ask for consent."], "assign consent"),
        ("assign /p consent", ["No one may assign.", "+Ask for consent."], None),
        ("consent +p assign", ["No one may assign.", "Ask for consent."], None),
        ("assign +p consent", ["No one may assign.", "Ask for consent."], "assign consent"),
    ],
)
def test_several_passages_of_a_clause(query: str, passages: list[str], words: str | None) -> None:
    assert found(query, *passages) == words
