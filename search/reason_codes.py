"""The reasons of verdicts for programs: one code for each kind of sentence that ``search/explain.py`` gives."""

from __future__ import annotations

from django.db import models

from search.labels import NOT_VERIFIED


class ReasonCode(models.TextChoices):
    """A closed set: a sentence of a new kind gets a new code, and a code never changes what it means."""

    SAYS_IT = "says_it", "The clause says what was asked, in words that the reason quotes"
    BEARER_NOT_SHOWN = "bearer_not_shown", "It is read as saying so, but who is bound could not be shown in its words"
    WORDS_AGAINST = "words_against", "It is read as saying so, but its words speak against it: check by hand"
    PARTIES_EXCHANGED = "parties_exchanged", "Each of the two parties stands where the other was asked for"
    OTHER_PARTY = "other_party", "It binds, or favours, another party than was asked for"
    NEGATED = "negated", "It has the opposite effect"
    OTHER_MODALITY = "other_modality", "It permits, gives an option or promises efforts, where a duty was asked for"
    DIFFERENT_VALUE = "different_value", "The same rule with another number, period or amount"
    EXCEPTION = "exception", "It holds only under a condition, cap or exception that was not asked for"
    RELATED_ONLY = "related_only", "It shares the subject or its words, and does not settle the question"
    NOT_READ = "not_read", "The verifier could not read it, or not in time"
    NO_WORDS = "no_words", "There was nothing to read: a heading, or empty"


CODES = {  # by label
    "supported": ReasonCode.SAYS_IT,
    "party_swapped": ReasonCode.OTHER_PARTY,
    "negated": ReasonCode.NEGATED,
    "modality": ReasonCode.OTHER_MODALITY,
    "value": ReasonCode.DIFFERENT_VALUE,
    "qualified": ReasonCode.EXCEPTION,
    "unrelated": ReasonCode.RELATED_ONLY,
    NOT_VERIFIED: ReasonCode.NOT_READ,
}
UNSHOWN = {"supported": ReasonCode.BEARER_NOT_SHOWN}  # where the sentence names no statement of the clause
