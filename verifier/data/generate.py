"""Made-up clauses that bind duties and rights to two parties, with queries labelled by how they were made.

A first lesson, before and beside the hand-written items: in these, nothing but who does what to whom, and whether,
tells the labels apart. A reader trained on them alone would learn this grammar, not contracts (see docs/verifier.md).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from verifier.data.frames import DUTIES, RIGHTS, Frame
from verifier.data.items import Binding, Group, Question
from verifier.parties import NEUTRAL_NAMES
from verifier.types import LABELS, Party

# Each says of a subject {s} and a phrase {p} "it must / need not / may / may not".
BEARER_FORMS: dict[str, tuple[str, ...]] = {
    "duty": ("{s} shall {p}", "{s} must {p}", "{s} agrees to {p}", "{s} undertakes to {p}", "{s} is obliged to {p}",
             "it is for {s} to {p}", "{s} is required to {p}", "{s} will {p}", "{s} is bound to {p}"),
    "no_duty": ("{s} is not obliged to {p}", "{s} has no obligation to {p}", "{s} need not {p}",
                "nothing in this Agreement requires {s} to {p}", "{s} shall not be required to {p}",
                "in no event must {s} {p}"),
    "right": ("{s} may {p}", "{s} is entitled to {p}", "{s} has the right to {p}", "{s} is free to {p}",
              "nothing prevents {s} from choosing to {p}", "{s} may at its option {p}", "{s} can {p}"),
    "ban": ("{s} shall not {p}", "{s} may not {p}", "{s} must not {p}", "{s} is prohibited from seeking to {p}",
            "in no event may {s} {p}", "{s} is not permitted to {p}", "{s} cannot {p}", "{s} agrees not to {p}"),
}  # fmt: skip
COUNTERPARTY_FORMS: dict[str, tuple[str, ...]] = {
    "duty": ("{s} shall {p}", "{s} is entitled to {p}", "{s} has the right to {p}", "{s} must {p}", "{s} will {p}"),
    "no_duty": (
        "{s} is not entitled to {p}",
        "{s} has no right to {p}",
        "{s} need not {p}",
        "{s} cannot expect to {p}",
    ),
    "right": ("{s} may {p}", "{s} accepts that it may {p}", "{s} can {p}"),
    "ban": ("{s} shall not {p}", "{s} may not {p}", "{s} must never {p}", "{s} cannot {p}"),
}  # fmt: skip
LEADS = {"duty": "{s} shall", "no_duty": "{s} need not", "right": "{s} may", "ban": "{s} shall not"}
QUESTION_FORMS = {"duty": "must {s} {p}?", "right": "may {s} {p}?"}
MUTUAL_FORMS = {"duty": "each party shall {p}", "right": "either party may {p}", "ban": "neither party may {p}"}
OPPOSITE = {"duty": "no_duty", "no_duty": "duty", "right": "ban", "ban": "right"}

OPENINGS = ("", "", "", "", "during the Term, ", "subject to Section 7, ", "notwithstanding anything to the contrary, ",
            "upon request, ", "within thirty days after the end of each quarter, ", "for the avoidance of doubt, ",
            "except as set out in Schedule 2, ", "following the Effective Date, ")  # fmt: skip
CLOSINGS = ("", "", "", "", " in accordance with Exhibit B", " at all times", " to the extent permitted by law",
            " without undue delay", " as further set out in Section 4.2", " in each calendar year")  # fmt: skip
FILLERS = ("This Section survives termination.", "Headings are for convenience only.",
           "The parties are independent contractors.", "Time is of the essence.",
           "Capitalised terms have the meaning given in Article 1.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    frame: Frame
    kind: str  # duty, no_duty, right, ban
    bearer: str
    counterparty: str
    thing: str
    mutual: bool = False

    def fill(self, phrase: str, *, exchanged: bool = False) -> str:
        x, y = (self.counterparty, self.bearer) if exchanged else (self.bearer, self.counterparty)
        return phrase.format(x=x, y=y, o=self.thing)


def generated_groups(rng: random.Random) -> Iterator[Group]:
    """Without end."""
    while True:
        yield generate_group(rng)


def first_lesson_groups(rng: random.Random) -> Iterator[Group]:
    """One duty a clause, asked as it is and exchanged. Without end.

    Who-owes-whom depends on query and clause together and on neither alone; drowned among easier labels it was not
    learnt in 20,000 queries, alone in 5,000.
    """
    while True:
        bearer, counterparty = names = rng.sample(NEUTRAL_NAMES, 2)
        frame = rng.choice(DUTIES)
        statement = Statement(frame, "duty", bearer, counterparty, rng.choice(frame.things))
        questions = tuple(
            _question(statement, label, _ask(statement, rng, exchanged=exchanged), exchanged=exchanged)
            for exchanged, label in 2 * ((False, "supported"), (True, "party_swapped"))
        )
        clause = _sentence_case(_tell(statement, rng)) + "."
        yield Group(clause, tuple(Party(name, "") for name in names), questions, "generated")


def generate_group(rng: random.Random) -> Group:
    names = rng.sample(NEUTRAL_NAMES, 2)
    frames = rng.sample(DUTIES + RIGHTS, 5)
    told = [_statement(frame, names, rng) for frame in frames[: rng.choice((1, 1, 1, 2, 2, 3))]]
    questions = [question for statement in told for question in _questions(statement, rng)]
    asked = rng.sample(questions, min(len(questions), 6))
    asked.append(Question(_ask(_statement(frames[-1], names, rng), rng), (LABELS.index("unrelated"),), weight=0.5))
    parties = tuple(Party(name, "") for name in names)
    return Group(_clause(told, rng), parties, tuple(asked), "generated")


def _statement(frame: Frame, names: list[str], rng: random.Random) -> Statement:
    kind = rng.choice(("duty", "duty", "no_duty") if frame in DUTIES else ("right", "ban"))
    bearer, counterparty = rng.sample(names, 2)
    mutual = kind in MUTUAL_FORMS and rng.random() < 0.12
    return Statement(frame, kind, bearer, counterparty, rng.choice(frame.things), mutual)


def _clause(told: list[Statement], rng: random.Random) -> str:
    first = told[0]
    same = [s for s in told if (s.bearer, s.kind, s.mutual) == (first.bearer, first.kind, False)]
    if len(same) > 1 and len(same) == len(told) and rng.random() < 0.6:
        items = [s.fill(rng.choice(s.frame.bearer)) for s in same]
        lead = _sentence_case(rng.choice(OPENINGS) + LEADS[first.kind].format(s=first.bearer))
        listed = "; ".join(f"({letter}) {item}" for letter, item in zip("abc", items, strict=False))
        return f"{lead}: {listed}."
    sentences = [_sentence_case(rng.choice(OPENINGS) + _tell(s, rng) + rng.choice(CLOSINGS)) + "." for s in told]
    if len(sentences) == 2 and rng.random() < 0.3:
        link = rng.choice((", and ", "; ", ", whereas ", ", provided that "))
        sentences = [_sentence_case(_tell(told[0], rng)) + link + _tell(told[1], rng) + "."]
    if rng.random() < 0.3:
        sentences.insert(rng.randrange(len(sentences) + 1), rng.choice(FILLERS))
    return " ".join(sentences)


def _tell(statement: Statement, rng: random.Random) -> str:
    if statement.mutual:
        form = MUTUAL_FORMS[statement.kind]
        phrase = rng.choice(statement.frame.bearer).replace("{y}", "the other party")
        return form.format(p=phrase.format(o=statement.thing))
    return _say(statement, statement.kind, rng, exchanged=False)


def _say(statement: Statement, kind: str, rng: random.Random, *, exchanged: bool) -> str:
    if rng.random() < 0.62:
        form, phrase, subject = rng.choice(BEARER_FORMS[kind]), rng.choice(statement.frame.bearer), "{x}"
    else:
        form, phrase, subject = rng.choice(COUNTERPARTY_FORMS[kind]), rng.choice(statement.frame.counterparty), "{y}"
    return statement.fill(form.format(s=subject, p=phrase), exchanged=exchanged)


def _ask(statement: Statement, rng: random.Random, kind: str | None = None, *, exchanged: bool = False) -> str:
    kind = kind or statement.kind
    if kind in QUESTION_FORMS and rng.random() < 0.35:
        if rng.random() < 0.5:
            return statement.fill(rng.choice(statement.frame.noun), exchanged=exchanged)
        question = QUESTION_FORMS[kind].format(s="{x}", p=rng.choice(statement.frame.bearer))
        return statement.fill(question, exchanged=exchanged)
    return _say(statement, kind, rng, exchanged=exchanged)


def _questions(statement: Statement, rng: random.Random) -> list[Question]:
    exchanged = "supported" if statement.mutual else "party_swapped"
    opposite = OPPOSITE[statement.kind]
    questions = [
        _question(statement, "supported", _ask(statement, rng)),
        _question(statement, "supported", _ask(statement, rng)),
        _question(statement, exchanged, _ask(statement, rng, exchanged=True), exchanged=True),
        _question(statement, exchanged, _ask(statement, rng, exchanged=True), exchanged=True),
        _question(statement, "negated", _ask(statement, rng, opposite), opposite),
    ]
    if statement.kind == "right":
        must = statement.fill(rng.choice(BEARER_FORMS["duty"]).format(s="{x}", p=rng.choice(statement.frame.bearer)))
        questions.append(_question(statement, "modality", must, "duty"))
    return questions


def _question(
    statement: Statement, label: str, text: str, kind: str | None = None, *, exchanged: bool = False
) -> Question:
    """The question with what each side says, which a reader has to know before it can compare them."""
    places = sorted((text.find(name), name == statement.bearer) for name in (statement.bearer, statement.counterparty))
    mentioned = [is_bearer for place, is_bearer in places if place >= 0]
    bearer_first = mentioned[0] if mentioned else None
    asked_first = bearer_first if not exchanged or bearer_first is None else not bearer_first
    return Question(
        text,
        (LABELS.index(label),),
        asked=Binding(kind or statement.kind, asked_first),
        found=Binding(statement.kind, None if statement.mutual else bearer_first),
    )


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
