"""The grammar of Words mode, read by recursive descent.

    query   = chain
    chain   = operand (operator operand)*
    operand = word+ | "quoted words" | ( chain )
    operator = AND | OR | NOT | W/n | /n | +n | /s | +s | /p | +p

Words side by side are a phrase: ``shall not assign`` is found only side by side, as with quotation marks. Only
capitals make AND, OR and NOT operators, since "and", "or" and "not" are words that a contract turns on. Distances bind
first, the shorter before the longer (W/n, then /s, then /p), then AND and NOT. Other products disagree whether OR binds
before or after these, so a chain that mixes it with others is refused until parentheses say what is meant.
"""

from __future__ import annotations

from typing import cast

from search.words.tokens import Token, WordsError, split_tokens
from search.words.tree import AllOf, AnyOf, Near, Node, Phrase, Place, Within

OPERATORS = ("AND", "OR", "NOT", "near", "sentence", "paragraph")
DISTANCES = ("near", "sentence", "paragraph")  # in the order in which they bind
MAX_WORDS = 60
MAX_DEPTH = 12  # of parentheses


def parse_words(query: str) -> Node:
    """Raises WordsError, which names the place and the remedy."""
    tokens = split_tokens(query)
    words = sum(len(token.words) for token in tokens)
    if not words:
        raise WordsError("The query has no word.", "Type the words that the clause must contain.")
    if words > MAX_WORDS:
        raise WordsError(f"The query has {words} words; at most {MAX_WORDS} are read.", "Search for a shorter phrase.")
    return _Parser(tokens).read()


class _Parser:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.next = 0
        self.opened: list[Token] = []  # parentheses not yet closed

    def read(self) -> Node:
        node = self.chain()
        if self.ahead.kind == ")":
            raise WordsError(f"Nothing was opened before “)” at character {self.ahead.at}.", "Remove it, or add “(”.")
        return node

    @property
    def ahead(self) -> Token:
        return self.tokens[self.next]

    def take(self) -> Token:
        token = self.ahead
        self.next += 1
        return token

    def chain(self) -> Node:
        operands, operators = [self.operand(None)], []
        while self.ahead.kind not in (")", "end"):
            operators.append(self.operator())
            operands.append(self.operand(operators[-1]))
        return _fold(operands, operators)

    def operator(self) -> Token:
        token = self.take()
        if token.kind not in OPERATORS:
            raise WordsError(
                f"Nothing says how {token} belongs to what stands before it.",
                "Put AND, OR, NOT or a distance such as W/5 between them, or one pair of quotation marks around both.",
            )
        if token.kind == "AND" and self.ahead.kind == "NOT":
            return self.take()
        return token

    def operand(self, operator: Token | None) -> Node:
        token = self.take()
        if token.kind == "(":
            return self.parenthesis(token)
        if token.kind == "quoted":
            return Phrase(token.words, token.written)
        if token.kind == "words":
            return self.phrase(token)
        if token.kind == "NOT" and operator is None:
            raise WordsError(
                f"Nothing stands before {token}, and it alone would find almost every clause.",
                "Say first what the clause must contain: assign NOT consent",
            )
        if token.kind == "NOT":
            raise WordsError(
                f"{token} cannot follow {operator}.", "NOT stands between what a clause contains and what it does not."
            )
        if operator is not None:
            raise WordsError(f"No word follows {operator}.", "Add one, or remove the operator.")
        if token.kind == ")":
            raise WordsError(f"No word stands before “)” at character {token.at}.", "Add one, or remove it.")
        raise WordsError(f"No word stands before {token}.", "Add one, or remove the operator.")

    def phrase(self, first: Token) -> Phrase:
        tokens = [first]
        while self.ahead.kind == "words":
            tokens.append(self.take())
        words = tuple(word for token in tokens for word in token.words)
        return Phrase(words, " ".join(token.written for token in tokens))

    def parenthesis(self, opening: Token) -> Node:
        self.opened.append(opening)
        if len(self.opened) > MAX_DEPTH:
            raise WordsError(
                f"More than {MAX_DEPTH} parentheses are open at character {opening.at}.", "Split it into two queries."
            )
        if self.ahead.kind == "end":
            raise _not_closed(opening)
        node = self.chain()
        if self.take().kind != ")":
            raise _not_closed(opening)
        self.opened.pop()
        return node


def _not_closed(opening: Token) -> WordsError:
    return WordsError(f"The parenthesis at character {opening.at} is not closed.", "Add “)” where it ends.")


def _fold(operands: list[Node], operators: list[Token]) -> Node:
    """One node of a chain: ``operators[i]`` stands between ``operands[i]`` and ``operands[i + 1]``."""
    if not operators:
        return operands[0]
    other = next((operator for operator in operators if (operator.kind == "OR") != (operators[0].kind == "OR")), None)
    if other is not None:
        raise WordsError(
            f"{operators[0]} and {other} can be read in two ways.",
            "Put parentheses around what belongs together: (assign OR transfer) AND consent",
        )
    if operators[0].kind == "OR":
        return AnyOf(tuple(operands))
    for kind in DISTANCES:
        operands, operators = _fold_distances(operands, operators, kind)
    if not operators:
        return operands[0]
    pairs = list(zip(operators, operands[1:], strict=True))
    parts = (operands[0], *(operand for operator, operand in pairs if operator.kind == "AND"))
    return AllOf(parts, tuple(operand for operator, operand in pairs if operator.kind == "NOT"))


def _fold_distances(operands: list[Node], operators: list[Token], kind: str) -> tuple[list[Node], list[Token]]:
    folded, left = operands[:1], []
    for operator, operand in zip(operators, operands[1:], strict=True):
        if operator.kind == kind:
            folded[-1] = _distance(folded[-1], operator, operand)
        else:
            folded.append(operand)
            left.append(operator)
    return folded, left


def _distance(left: Node, operator: Token, right: Node) -> Node:
    for node in (left, right):
        if not _is_place(node):
            raise WordsError(
                f"AND or NOT in parentheses cannot stand beside {operator}: it has no one place to measure from.",
                "Use words, phrases, OR or another distance there.",
            )
    left, right = cast(Place, left), cast(Place, right)
    if operator.kind == "near":
        return Near(left, right, operator.distance, operator.ordered)
    return Within(left, right, "sentence" if operator.kind == "sentence" else "paragraph", operator.ordered)


def _is_place(node: Node) -> bool:
    return all(map(_is_place, node.parts)) if isinstance(node, AnyOf) else not isinstance(node, AllOf)
