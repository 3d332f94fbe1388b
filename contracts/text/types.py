"""The frozen values that pass between the steps of reading a contract.

Every ``start``/``end`` is a character offset into ``ParsedDocument.text``, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

ClauseKind = Literal["title", "preamble", "recital", "clause", "schedule", "signature"]
Modality = Literal["obligation", "permission", "prohibition", "no_obligation", "entitlement"]
Relation = Literal["amendment", "exhibit", "schedule", "order", "restatement"]
Span = tuple[int, int]


class ReadError(ValueError):
    """A file that cannot be read: a code for machines, a message that names what is wrong, what to do about it."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(f"{message} {remedy}")
        self.code = code
        self.message = message
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Page:
    number: int  # from 1
    start: int
    end: int
    ocr_quality: float | None = None  # mean certainty of its words, 0 to 1; None where the file has the text itself


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """The envelope of an e-mail and the documents it carried. Headers are "" where the mail has none."""

    subject: str
    sender: str
    recipients: str
    sent_at: datetime | None  # with its time zone
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    text: str
    format: Literal["docx", "pdf", "html", "rtf", "txt", "eml", "msg"]
    pages: tuple[Page, ...]  # empty when the format has no pages
    warnings: tuple[str, ...] = ()
    original: str = ""  # the text before its tracked changes; "" when there are none
    mail: Mail | None = None  # when the document is an e-mail
    language: str = "English"  # which it is unless its words say otherwise

    def page_at(self, offset: int) -> int | None:
        return next((page.number for page in self.pages if page.start <= offset < page.end), None)


@dataclass(frozen=True, slots=True)
class ClauseSpan:
    """One node of the clause tree. The span is the clause's own words, without its children."""

    start: int
    end: int
    number: str  # as a lawyer cites it within its parent chain: "12.3(b)", "Schedule 1", or "" when unnumbered
    heading: str
    heading_path: tuple[str, ...]  # headings (or numbers) of the ancestors and itself, outermost first
    level: int  # 0 for top level
    parent: int | None  # index into the tuple of clauses
    kind: ClauseKind


@dataclass(frozen=True, slots=True)
class PassageSpan:
    """A sentence or list item, with the lead-in it is read under ("The Supplier shall:")."""

    clause: int  # index into the tuple of clauses
    start: int
    end: int
    lead_in: tuple[tuple[int, int], ...] = ()  # spans read before the passage, outermost first
    kind: Literal["sentence", "item", "heading"] = "sentence"

    def reading(self, text: str) -> str:
        """What is encoded and verified: the lead-ins, then the passage, white space collapsed."""
        parts = [text[start:end] for start, end in self.lead_in] + [text[self.start : self.end]]
        return " ".join(" ".join(parts).split())

    def lead_in_length(self, text: str) -> int:
        """Characters of the reading that belong to the lead-ins."""
        return len(" ".join(" ".join(text[start:end] for start, end in self.lead_in).split()))


@dataclass(frozen=True, slots=True)
class PartySpan:
    name: str  # "Harrow & Lyle LLP", as in the preamble, white space collapsed
    term: str  # defined term without quotes or article: "Supplier"; "" when none is defined
    aliases: tuple[str, ...]
    start: int  # of the name
    end: int
    role: str = ""  # its class, of contracts.text.roles; "" where the contract does not say it for certain
    affiliates: bool = False  # the contract says that the party is itself and its affiliates


@dataclass(frozen=True, slots=True)
class DefinitionSpan:
    term: str
    start: int  # of the quoted term
    end: int
    definition_start: int  # of the words that define it
    definition_end: int


@dataclass(frozen=True, slots=True)
class ObligationSpan:
    """A deontic statement within one passage; offsets are relative to the passage reading given to the finder."""

    # A party's term, a relational role that no one party has for certain ("Receiving Party", "the other party"),
    # "each party", or "" when the words do not say (passive without agent).
    bearer: str
    counterparty: str
    modality: Modality
    action: str  # without the conditions and exceptions that follow it
    start: int  # of the modal words ("shall not", "is entitled to")
    end: int
    mutual: bool  # it binds each party, or either of them as the case may be
    action_start: int
    action_end: int
    bearer_start: int | None = None  # None when nobody is named
    bearer_end: int | None = None
    counterparty_start: int | None = None
    counterparty_end: int | None = None
    conditions: tuple[Span, ...] = ()
    exceptions: tuple[Span, ...] = ()
    passive: bool = False  # "shall be paid": the grammatical subject is not the bearer


FactField = Literal[  # each may be corrected by a person
    "title",
    "kind",
    "contract_type",
    "agreement_date",
    "effective_date",
    "expiry_date",
    "renewal",
    "renewal_term",
    "renewal_notice",
    "governing_law",
]


@dataclass(frozen=True, slots=True)
class FactSpan:
    kind: FactField
    value: str
    start: int
    end: int
    computed_from: str = ""  # the words and the day that the value was counted from; "" for what stands in the text


@dataclass(frozen=True, slots=True)
class AmountSpan:
    currency: str  # by ISO 4217; the sign where that is all that is written and several countries have it
    amount: Decimal
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ParentMention:
    """The agreement that a document says it belongs to; ``date`` is "" where its words, at the span, give none."""

    relation: Relation
    title: str
    date: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    document: ParsedDocument
    clauses: tuple[ClauseSpan, ...]
    passages: tuple[PassageSpan, ...]
    parties: tuple[PartySpan, ...]
    definitions: tuple[DefinitionSpan, ...]
    facts: tuple[FactSpan, ...]
    obligations: tuple[tuple[int, ObligationSpan], ...] = ()  # with the index into the passages
    parent: ParentMention | None = None
    amounts: tuple[AmountSpan, ...] = ()
    corrected: frozenset[int] = frozenset()  # ids of the corrections that were applied

    def clause_at(self, offset: int) -> int:
        """The index of the clause whose own words hold it."""
        return bisect_right(self.clauses, offset, key=lambda clause: clause.start) - 1
