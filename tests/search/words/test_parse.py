from __future__ import annotations

import pytest

from search.words.describe import describe, statement_in
from search.words.parse import MAX_DEPTH, MAX_WORDS, parse_words
from search.words.tokens import WordsError
from search.words.tree import AllOf, AnyOf, Near, Node, Phrase, Within, Word


def phrase(written: str) -> Phrase:
    """Without endings."""
    return Phrase(tuple(Word(word.lower()) for word in written.split()), written)


A, B, C, D = (phrase(letter) for letter in ("aa", "bb", "cc", "dd"))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("aa", A),
        ("shall not assign", phrase("shall not assign")),
        ('"shall not assign"', phrase("shall not assign")),
        ("“shall not assign”", phrase("shall not assign")),
        ("and or not w", phrase("and or not w")),
        ('"aa AND bb"', Phrase((Word("aa"), Word("and"), Word("bb")), "aa AND bb")),
        ("assign*", Phrase((Word("assign", "*"),), "assign*")),
        ("Indemnif! Customer's", Phrase((Word("indemnif", "!"), Word("customer")), "Indemnif! Customer's")),
        ("non-exclusive", Phrase((Word("non"), Word("exclusive")), "non-exclusive")),
        ("and/or", Phrase((Word("and"), Word("or")), "and/or")),
        ("§ 9.1, – aa", Phrase((Word("9"), Word("1"), Word("aa")), "9.1, aa")),
        ("aa AND bb", AllOf((A, B))),
        ("aa AND bb AND cc", AllOf((A, B, C))),
        ("aa OR bb OR cc", AnyOf((A, B, C))),
        ("aa NOT bb", AllOf((A,), (B,))),
        ("aa AND NOT bb AND cc", AllOf((A, C), (B,))),
        ("(aa OR bb) AND cc", AllOf((AnyOf((A, B)), C))),
        ("aa OR (bb AND cc)", AnyOf((A, AllOf((B, C))))),
        ("((aa))", A),
        ("aa W/5 bb", Near(A, B, 5, ordered=False)),
        ("aa w/5 bb", Near(A, B, 5, ordered=False)),
        ("aa /5 bb", Near(A, B, 5, ordered=False)),
        ("aa +5 bb", Near(A, B, 5, ordered=True)),
        ("aa /s bb", Within(A, B, "sentence", ordered=False)),
        ("aa W/S bb", Within(A, B, "sentence", ordered=False)),
        ("aa +s bb", Within(A, B, "sentence", ordered=True)),
        ("aa /p bb", Within(A, B, "paragraph", ordered=False)),
        ("aa +P bb", Within(A, B, "paragraph", ordered=True)),
        ("aa W/3 bb W/5 cc", Near(Near(A, B, 3, ordered=False), C, 5, ordered=False)),
        ("aa /s bb W/5 cc", Within(A, Near(B, C, 5, ordered=False), "sentence", ordered=False)),
        ("aa /p bb /s cc", Within(A, Within(B, C, "sentence", ordered=False), "paragraph", ordered=False)),
        ("aa AND bb /p cc", AllOf((A, Within(B, C, "paragraph", ordered=False)))),
        ("aa W/2 (bb OR cc) NOT dd", AllOf((Near(A, AnyOf((B, C)), 2, ordered=False),), (D,))),
    ],
)  # fmt: skip
def test_a_query_becomes_a_tree(query: str, tree: Node) -> None:
    assert parse_words(query) == tree


@pytest.mark.parametrize(
    ("query", "message", "remedy"),
    [
        ("( )", "no word", "Type the words"),
        ("– ;", "no word", "Type the words"),
        ('aa "bb cc', "quotation mark at character 4 is not closed", 'Add "'),
        ('aa ""', "quotation marks at character 4 hold no word", "Write a word"),
        ("(aa AND bb", "parenthesis at character 1 is not closed", "Add “)”"),
        ("aa AND (", "parenthesis at character 8 is not closed", "Add “)”"),
        ("aa) AND bb", "Nothing was opened before “)” at character 3", "Remove it"),
        ("(AND aa)", "No word stands before “AND” at character 2", "Add one"),
        ("aa AND", "No word follows “AND” at character 4", "Add one"),
        ("aa AND OR bb", "No word follows “AND” at character 4", "Add one"),
        ("aa OR bb AND cc", "“OR” at character 4 and “AND” at character 10 can be read in two ways", "parentheses"),
        ("aa W/5 bb OR cc", "“W/5” at character 4 and “OR” at character 11 can be read in two ways", "parentheses"),
        ("NOT aa", "Nothing stands before “NOT” at character 1", "assign NOT consent"),
        ("aa OR NOT bb", "“NOT” at character 7 cannot follow “OR” at character 4", "NOT stands between"),
        ("aa W/5 NOT bb", "“NOT” at character 8 cannot follow “W/5”", "NOT stands between"),
        ('aa "bb cc"', "Nothing says how “bb cc” at character 4 belongs", "W/5"),
        ("aa (bb)", "Nothing says how “(” at character 4 belongs", "W/5"),
        ("(aa AND bb) W/5 cc", "cannot stand beside “W/5” at character 13", "Use words, phrases, OR"),
        ("aa /s (bb OR (cc NOT dd))", "cannot stand beside “/s” at character 4", "Use words, phrases, OR"),
        ("ass*gn", "“*” at character 4 stands inside a word", "at its end: assign*"),
        ("assign**", "“*” at character 7 stands inside a word", "at its end: assign*"),
        ("aa *", "“*” at character 4 has no word before it", "assign*"),
        ('"!aa"', "“!” at character 2 has no word before it", "assign!"),
        ("a*", "“a*” at character 1 would find almost every word", "at least 2 letters"),
        ("aa W/ bb", "“W/” at character 4 is not a distance", "W/5"),
        ("aa W/x bb", "“W/x” at character 4 is not a distance", "W/5"),
        ("aa PRE/3 bb", "“PRE/3” at character 4 is not a distance", "+5"),
        ("aa W/0 bb", "distance “W/0” at character 4 cannot be used", "1 to 255"),
        ("aa +256 bb", "distance “+256” at character 4 cannot be used", "1 to 255"),
        ("aa & bb", "“&” at character 4 is not an operator here", "Write AND"),
        ("aa | bb", "“|” at character 4 is not an operator here", "Write OR"),
        ("aa % bb", "“%” at character 4 is not an operator here", "Write NOT"),
        ("aa " * (MAX_WORDS + 1), f"{MAX_WORDS + 1} words; at most {MAX_WORDS}", "shorter"),
        ("(" * (MAX_DEPTH + 1) + "aa", f"More than {MAX_DEPTH} parentheses", "two queries"),
    ],
)  # fmt: skip
def test_an_error_names_the_place_and_the_remedy(query: str, message: str, remedy: str) -> None:
    with pytest.raises(WordsError) as raised:
        parse_words(query)
    assert message in raised.value.message
    assert remedy in raised.value.remedy


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("shall not assign", "“shall not assign”"),
        ("party!", "a word that begins with “party” or “parti”"),
        ("assign*", "a word that begins with “assign”"),
        ('"party! consent"', "“party! consent” where “party!” begins with “party” or “parti”"),
        ("aa AND (bb OR cc) NOT dd", "“aa” and (“bb” or “cc”), but not “dd”"),
        ("aa W/5 bb", "“aa” and “bb”, within 5 words"),
        ("aa +1 bb", "“aa” before “bb”, side by side"),
        ("aa /s bb AND cc", "(“aa” and “bb”, in the same sentence) and “cc”"),
    ],
)
def test_a_query_is_said_back(query: str, words: str) -> None:
    assert describe(parse_words(query), {"party": "parti"}) == words


@pytest.mark.parametrize(
    ("query", "statement"),
    [
        ("The Supplier shall indemnify the Customer", "The Supplier shall indemnify the Customer"),
        ('Tenant W/5 "shall not assign"', "Tenant shall not assign"),
        ("Supplier /s may /s terminate", "Supplier may terminate"),
        ("shall not assign", None),  # nobody is bound
        ("Supplier shall", None),  # nothing is to be done
        ("limitation of liability", None),
        ("Supplier /s indemnif! /s Customer", None),  # no one form of the word
        ("Supplier AND shall AND indemnify", None),
        ("(Supplier OR Vendor) +3 shall +3 indemnify", None),
    ],
)
def test_words_make_a_statement_when_they_say_who_must_do_what(query: str, statement: str | None) -> None:
    assert statement_in(parse_words(query)) == statement
