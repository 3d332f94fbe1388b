"""The clauses that may match a Words query, nominated by the index over every word of every passage.

Postgres' own English configuration drops "not", "no" and "only" as stop words; ``proviso_words`` keeps every word as it
is written. The index knows only which words a passage has. Order, distance and place are left to search/words/match.py,
so a nomination may be wrong, but no clause that matches goes without one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import F, Func, Q, QuerySet

from contracts.models import Clause, Contract, Passage
from search.words.match import Roots, beginnings
from search.words.tokens import LETTERS
from search.words.tree import AllOf, AnyOf, Node, Phrase, Word

# Exactly the expression that migration 0004 indexes. Words are cut apart first, by the same rule as in Python:
# Postgres' parser would keep "and/or" or "Supplier.The" as one.
WORDS_OF_READING = rf"to_tsvector('proviso_words', regexp_replace(%(expressions)s, '[^{LETTERS}]+', ' ', 'g'))"


def nominate_clauses(node: Node, roots: Roots, contracts: QuerySet[Contract]) -> QuerySet[Clause]:
    return Clause.objects.filter(_nominates(node, roots), contract__in=contracts.order_by())


def find_roots(node: Node) -> Roots:
    """The English root of each word that ends in "!", as Postgres' stemmer gives it without its stop words."""
    texts = sorted({word.text for word in _words(node) if word.ending == "!"})
    if not texts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, (ts_lexize('proviso_stem', word))[1] FROM unnest(%s::text[]) AS word", [texts])
        return {word: root or word for word, root in cursor.fetchall()}


def _words(node: Node) -> Iterator[Word]:
    if isinstance(node, Phrase):
        yield from node.words
        return
    if isinstance(node, AllOf):
        parts: tuple[Node, ...] = node.parts + node.without
    else:
        parts = node.parts if isinstance(node, AnyOf) else (node.left, node.right)
    for part in parts:
        yield from _words(part)


def _nominates(node: Node, roots: Roots) -> Q:
    """Each word in some passage of the clause: a phrase may run on from one passage into the next."""
    if isinstance(node, Phrase):
        return reduce(and_, (_has(word, roots) for word in dict.fromkeys(node.words)))
    if isinstance(node, AnyOf):
        return reduce(or_, (_nominates(part, roots) for part in node.parts))
    if isinstance(node, AllOf):
        # What must be missing may be there in another order, so it excludes nothing yet.
        return reduce(and_, (_nominates(part, roots) for part in node.parts))
    return _nominates(node.left, roots) & _nominates(node.right, roots)


def _has(word: Word, roots: Roots) -> Q:
    return Q(pk__in=passages_with(word, roots).order_by().values("clause"))


def passages_with(word: Word, roots: Roots) -> QuerySet[Passage]:
    """Passages that hold the word, by the index over passages' words."""
    query = " | ".join(f"{text}:*" for text in beginnings(word, roots)) if word.ending else word.text
    indexed = Func(F("reading"), template=WORDS_OF_READING, output_field=SearchVectorField())
    return Passage.objects.alias(words=indexed).filter(
        words=SearchQuery(query, config="proviso_words", search_type="raw")
    )
