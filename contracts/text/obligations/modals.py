"""The modal words of contracts: where a deontic statement begins, and of which kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.text.types import Modality

_AUX = r"(?:shall|will|must|may|can|does|do)"
_ADVERB = (
    r"(?:,[^,.;:]{1,60},\s*|\s+(?:\w+ly|also|at\s+all\s+times|at\s+any\s+time|in\s+turn|each|hereby|thereafter)\b)*\s*"
)
_BE = rf"(?:is|are|be|{_AUX}{_ADVERB}\s*be)"
_WITH = r"with\s+(?:[\w'’]+\s+){1,4}?"
_COVENANT = r"(?:covenants|(?<=hereby\s)covenant|(?<=arties\s)covenant)"  # not the noun of "a covenant not to sue"
_HAVE = rf"(?:has|have|{_AUX}(?:\s+(?:also|each))?\s+have)"

# Read in this order at each place: the longer wording first, so that "shall not be required to" is no prohibition.
MODALS: tuple[tuple[Modality, str], ...] = (
    (
        "no_obligation",
        rf"(?:{_AUX}{_ADVERB}\s*not\s+be|{_AUX}\s+in\s+no\s+event\s+be|is\s+not|are\s+not|neither\s+is)\s+(?:\w+ly\s+(?:(?:or|and)\s+\w+ly\s+)?)?"
        r"(?:obliged|obligated|required|liable|responsible|bound|under\s+(?:any|an)\s+(?:obligation|duty))(?:\s+(?:to|for))?\b"
        rf"|(?:{_HAVE}|is\s+under|are\s+under|{_AUX}\s+be\s+under)\s+no\s+(?:further\s+)?"
        r"(?:obligation|duty|liability|responsibility)(?:\s+(?:whatsoever\s+)?(?:to|for))?\b"
        rf"|{_AUX}\s+not\s+have\s+(?:any|an)\s+(?:obligation|duty|liability|responsibility)(?:\s+(?:to|for))?\b"
        r"|need\s+not\b",
    ),
    (
        "prohibition",
        rf"(?:shall|will|must|may){_ADVERB}\s*(?:not|never)\b(?:\s+be\s+(?:entitled|permitted|allowed|authori[sz]ed)\s+to\b)?"
        r"|cannot\b|can\s+not\b"
        r"|(?:shall|will|may)\s+(?:in\s+no\s+event|under\s+no\s+circumstances|at\s+no\s+time|refrain\s+from)\b"
        rf"|(?:agrees?|undertakes?|{_COVENANT})\s+(?:\w+ly\s+)?(?:{_WITH})?(?:not\s+to|to\s+refrain\s+from|that\s+it\s+(?:shall|will)\s+not)\b"
        r"|(?:is|are)\s+not\s+(?:entitled|permitted|allowed|authori[sz]ed)\s+to\b|(?:is|are)\s+prohibited\s+from\b"
        rf"|{_HAVE}\s+no\s+(?:right|authority|power|claim|recourse)(?:\s+to)?\b",
    ),
    (
        "entitlement",
        rf"{_BE}\s+(?:\w+ly\s+|hereby\s+)?entitled(?:\s+to)?\b"
        rf"|(?:{_HAVE}|reserves?|{_AUX}\s+retain|retains?)\s+(?:the|a|an)\s+"
        r"(?:(?:sole|exclusive|absolute|unilateral|non-exclusive|further|same|immediate)\s+(?:and\s+\w+\s+)?)?"
        r"(?:right|option)(?:\s+(?:to|of))?\b",
    ),
    (
        "permission",
        rf"{_BE}\s+(?:\w+ly\s+|hereby\s+)?(?:permitted|allowed|authori[sz]ed|free)(?:\s+to)?\b"
        rf"|{_HAVE}\s+(?:\w+\s+){{0,3}}discretion(?:\s+to)?\b"
        r"|may\b(?!\s+(?:have|be\s+(?:amended\s+from|in\s+effect)))",
    ),
    (
        "obligation",
        rf"{_BE}\s+(?:\w+ly\s+|hereby\s+)?(?:obliged|obligated|required|responsible|liable|bound)(?:\s+(?:to|for))?\b"
        rf"|{_HAVE}\s+(?:the|a|an)\s+(?:obligation|duty|responsibility)\s+to\b"
        rf"|(?:agrees?|undertakes?|{_COVENANT}|commits?|promises?)\s+(?:{_WITH})?(?:to\b|that\s+it\s+(?:shall|will)\b)"
        r"|(?:is|are)\s+to(?=\s+(?!(?:the|an?|this|that|such|its|their|any|all|each)\s)[a-z]+\s)|(?:is|are)(?=\s+payable\s+by\b)"
        r"|(?:shall|must|will)\b",
    ),
)  # fmt: skip
_MODAL = re.compile("|".join(f"(?P<{modality}>{pattern})" for modality, pattern in MODALS), re.I)
# "1 May 2024", "May 1, 2024", "the 3rd day of May": the month, in the capitals that also open a sentence.
_MONTH_OF_MAY = re.compile(
    r"(?:(?<=\d\s)|(?<=\d(?:st|nd|rd|th)\s)|(?<=day\sof\s)|(?<=month\sof\s))M(?:ay|AY)\b"
    r"|\bM(?:ay|AY)(?=\s*,?\s+(?:(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\b|(?:19|20)\d\d\b))"
)
# Every wording begins with one of these; looked for first, as trying all wordings at every letter is slow.
_FIRST_WORD = re.compile(
    r"\b(?:shall|will|must|may|can(?:not)?|does|do|is|are|be|has|have|need|neither|agrees?|undertakes?|covenants?|commits?"
    r"|promises?|reserves?|retains?)\b",
    re.I,
)

_AT_COST = r"(?:(?:cost|risk)s?\s+and\s+)?(?:costs?|expenses?|charges?|account)(?:\s+and\s+(?:risk|expense|account))?"
# What a party's own can be after "is", and after "is at" or "is for"; not its "expense report".
_OWNED = r"['’]s?\s+(?:own\s+|sole\s+)?(?:%s)(?=\s*(?:[.,;:)]|$)|\s+(?:and|or|if|unless|except|to|for|in|under)\b)"
_OWN_DUTY, _OWN_COST = _OWNED % "responsibility|duty|obligation", _OWNED % _AT_COST
OWN = re.compile(f"{_OWN_DUTY}|{_OWN_COST}", re.I)
_OWNER = r"(?:[\w&.-]+\s+){0,5}?[\w&.-]+"
# "Nothing herein obliges the Supplier to ...": the bearer stands right after these words.
_BEFORE_BEARER: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    (
        "no_obligation",
        re.compile(
            r"\bnothing\b[^.;]{0,80}?\b(?:obligates?|obliges?|requires?|obligating|obliging|requiring)(?=\s)", re.I
        ),
    ),
    (
        "obligation",
        re.compile(
            r"\b(?:(?:shall|will|must)\s+)?(?:be|is|are)\s+(?:the\s+(?:sole\s+)?(?:responsibility|duty|obligation)"
            rf"|(?:at|for)\s+the\s+(?:sole\s+)?{_AT_COST})\s+of(?=\s)",
            re.I,
        ),
    ),
    (
        "obligation",
        re.compile(
            rf"\b(?:(?:shall|will|must)\s+)?(?:be|is|are)"
            rf"(?:\s+(?:at|for)(?=\s+{_OWNER}{_OWN_COST})|(?=\s+{_OWNER}{_OWN_DUTY}))",
            re.I,
        ),
    ),
    ("entitlement", re.compile(r"\b(?:hereby\s+)?grants?(?:\s+to)?(?=\s)", re.I)),
)
GRANTED = re.compile(
    r"\s*(?:,[^,]{1,60},\s*)?(?:the|an?)\s+(?:[\w-]+,?\s+){0,8}?(?:right|licen[cs]e|option)s?\s+(?:to|of|in)\b", re.I
)
# "The term shall have the meaning ..." settles what is; nobody must do anything.
CONSTITUTIVE = re.compile(
    r"\s+(?:\w+ly\s+|also\s+|each\s+)?(?:have\s+the\s+(?:\w+\s+)?meanings?|mean|constitute|be\s+(?:governed|construed|interpreted|"
    r"defined|binding|effective)|become\s+effective|inure|enure|survive|terminate|expire|commence|include|result\s+in|"
    r"apply(?!\s+(?:principles|rules|the|any|such|its)\b)|"
    r"be\s+of\s+(?:no|full)\s+force|(?:remain|continue|be)\s+in\s+(?:full\s+)?(?:force|effect)|(?:together\s+)?be\s+executed\s+in)\b",
    re.I,
)
_OR = re.compile(r"[^,.;:]{1,80}\s(?:and|or)\s+(?:the\s+[\w'’]+\s+)?")
_AND_NOT_TO = re.compile(r"(?<=\band\s)not\s+to(?=\s\w)", re.I)  # goes on after "covenants to ..."
INVERTED = re.compile(r"\b(?:in\s+no\s+event|under\s+no\s+circumstances|at\s+no\s+time|nor)\s*$", re.I)
_NEITHER = re.compile(
    r"(?:\b(?:neither|no|none)\s+(?:of\s+the\s+|of\s+them\s+)?(?:part(?:y|ies)(?:\s+hereto)?)?"
    r"|(?:(?<=^)|(?<=[.;:,]\s)|(?<=\band\s)|(?<=\bthat\s))no\s+(?!later|earlier|less|more|fewer|longer)[\w\s]{1,50}?"
    r"|\bneither\s+[^.;:]{3,80}?\s+nor\s+[^.,;:]{3,60}?)\s*$",
    re.I,
)
_LIABLE = re.compile(r"[^.;]{0,60}?\b(?:be|is|are)\s+(?:liable|responsible|obliged|obligated|required)\b", re.I)
_THAT_CLAUSE = (
    r"(?:(?:agree|acknowledge|accept|confirm|understand|provide|stipulate|warrant|represent|ensure|procure|state|declare"
    r"|require|covenant|undertake|recogni[sz]e)(?:s|d|ing)?|understood|except|event|so|extent|condition)"
)
_RELATIVE = re.compile(
    r"(?P<before>[\w,)]+)\s+(?P<relative>that|which(?!\s+(?:case|event)\b)|whom|whose)\s*(?:[\w'’]+\s+){0,4}$", re.I
)
# "makes no guarantee that the Product will be safe"
_NOT_PROMISED = re.compile(
    r"\b(?:no\s+(?:[\w,]+\s+){0,4}?(?:guarantee|warrant(?:y|ie)|representation|assurance|promise)s?"
    r"|(?:not|nor)\s+(?:\w+\s+)?(?:warrant|guarantee|represent|promise)s?)\b[^.;:]{0,80}?\bthat\s+[^.;:,]{0,100}$",
    re.I,
)
_THAT = re.compile(r"\b(?:that|which|as)\s+$", re.I)
_AS = re.compile(
    r"\b[Aa]s\s+(?:(?:(?:the|it|they|he|she|either|each|any|such|an?|we|you)\b|[A-Z][\w'’]*)\s+(?:[\w'’]+\s+){0,3})?$"
)
_ASSUMED = re.compile(
    r"\b(?:if|unless|whether|when|until)\s+(?!(?:and|so|requested|required|necessary|asked|instructed)\b)"
    r"(?:[\w'’]+\s+){0,5}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Modal:
    modality: Modality
    start: int
    end: int
    bearer_follows: bool = False


def find_modals(reading: str) -> list[Modal]:
    """The modals that state something, in order. In "as the Customer may request" nothing is permitted."""
    special = [
        Modal(modality, *match.span(), True)
        for modality, pattern in _BEFORE_BEARER
        for match in pattern.finditer(reading)
        if not _is_supposed(reading, match.start())
    ]
    kept: list[Modal] = []
    supposed = 0  # where the last modal that binds nobody ends
    for match in _wordings(reading):
        if any(one.start < match.end() and match.start() < one.end for one in special):
            continue
        joined = supposed and _OR.fullmatch(reading, supposed, match.start())
        if joined or _supposes(reading, match):
            supposed = match.end()
        elif not (kept and _belongs_to(reading, kept[-1], match)):
            kept.append(Modal(_modality(reading, match), *match.span()))
    promised = next((modal.end for modal in kept if reading[: modal.end].endswith(" to")), len(reading))
    special += [Modal("prohibition", *match.span()) for match in _AND_NOT_TO.finditer(reading, promised)]
    return sorted([*kept, *special], key=lambda modal: modal.start)


def _is_supposed(reading: str, start: int) -> bool:
    """ "if the delay is the Customer's responsibility", "taxes that are the responsibility of the Customer"."""
    near = max(0, start - 70)
    return bool(_ASSUMED.search(reading, near, start) or _THAT.search(reading, near, start))


def _wordings(reading: str) -> Iterator[re.Match[str]]:
    end = 0
    for first in _FIRST_WORD.finditer(reading):
        passed = first.start() < end or _MONTH_OF_MAY.match(reading, first.start())
        match = None if passed else _MODAL.match(reading, first.start())
        if match:
            yield match
            end = match.end()


def _modality(reading: str, match: re.Match[str]) -> Modality:
    modality = next(kind for kind, _ in MODALS if match[kind])
    negative = INVERTED.search(reading, 0, match.start()) or _NEITHER.search(reading, 0, match.start())
    if not negative or modality in ("no_obligation", "prohibition"):
        return modality
    return "no_obligation" if _LIABLE.match(reading, match.start()) else "prohibition"


def _belongs_to(reading: str, previous: Modal, match: re.Match[str]) -> bool:
    """The second words are part of the first: "In no event shall the Supplier be liable", "agrees to be bound"."""
    if match.start() - previous.end <= 1:
        return True
    inverted = INVERTED.search(reading, 0, previous.start)
    return bool(inverted) and match.start() - previous.end < 60 and match[0].lower().startswith("be ")


def _supposes(reading: str, match: re.Match[str]) -> bool:
    """The words describe what may happen, or suppose that it does, and bind nobody."""
    words = match[0].lower()
    near = max(0, match.start() - 70)
    if words.startswith(("shall", "will", "is", "are")) and _ASSUMED.search(reading, near, match.start()):
        return True
    if words.startswith("be "):
        return reading[: match.start()].endswith("to ")  # "intending to be legally bound"
    if _NOT_PROMISED.search(reading, max(0, match.start() - 240), match.start()):
        return True
    if words not in ("may", "can", "will") and not words.startswith(("is ", "are ")):
        return False
    if _AS.search(reading, near, match.start()):
        return True
    relative = _RELATIVE.search(reading, near, match.start())
    if relative is None or relative["before"].endswith(","):
        return False
    that = relative["relative"].lower() == "that"
    return not (that and (words == "will" or re.fullmatch(_THAT_CLAUSE, relative["before"].lower())))
