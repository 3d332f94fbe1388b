"""What the words around a modal make of it: some settle or suppose and bind nobody, some turn a duty into a right."""

from __future__ import annotations

import re

from contracts.text.obligations.modals import CONSTITUTIVE, Modal
from contracts.text.types import Modality

# "Section 4 shall be deleted" amends the agreement; broken parts that shall be replaced are somebody's duty.
_PART_OF_TEXT = re.compile(
    r"\b(?:sections?|clauses?|paragraphs?|articles?|exhibits?|schedules?|annex(?:es)?|appendix|sentences?|definitions?)\b"
    r"[^.;:]{0,80}$",
    re.I,
)
_AMENDS = re.compile(
    r"\s+be\s+(?:hereby\s+)?(?:inserted|added|deleted|replaced|amended|restated|renumbered|substituted)\b", re.I
)
_SETTLES = re.compile(
    r"\s+(?:be\s+(?:read\s+(?:together|and)\b|valid\b|subject\s+to\s+the\s+(?:following|provisions|terms)\b"
    r"|(?:final|conclusive)(?:,?\s+(?:and\s+)?(?:conclusive|binding))*\b)|(?:be|provide|read)\s+as\s+follows\b)",
    re.I,
)
_PERFECT = re.compile(r"\s+(?:not\s+)?have\s+(?:been|\w+ed|made|paid|given|sent|become|begun|done|taken|met)\b", re.I)
_SUPPOSED = re.compile(
    r"\b(?:if|until|unless|when|whenever|after|before|once|which|who|whether|where|event|extent)\b[^.;]*$", re.I
)
_AS = re.compile(r"\bas\s+(?:[^\s,.;:]+\s+){1,8}$", re.I)
_CHOOSES = re.compile(
    r"\s+(?:\w+ly\s+|from\s+time\s+to\s+time\s+)?(?:specify|designate|determine|direct|request|require|elect|prescribe)\b",
    re.I,
)
_RELATIVE_THAT = re.compile(r"\bthat\s+$", re.I)
_RECEIVES = re.compile(
    r"\s+(?:also\s+|\w+ly\s+|continue\s+to\s+)?(?:receive(?!\s*,|\s+and\b|\s+or\b)|be\s+eligible\s+(?:to|for)"
    r"|(?:retain|own|have)\s+(?:\w+\s+){0,3}(?:ownership|title|right,\s+title)"
    r"|become\s+(?:[\w%]+\s+){0,3}vested)\b",
    re.I,
)
# "Customer will have 15 days to review": time to do what is in its own interest
_HAS_TIME = re.compile(
    r"\s+have\s+(?:(?:up\s+to|at\s+least|an?|the|\w+|\([^)]*\))\s+){1,5}?(?:days?|weeks?|months?|hours?)\b[^.;]{0,80}?\bto\s+"
    r"(?:review|cure|accept|reject|test|inspect|evaluate|object|dispute|examine|approve|elect)\b",
    re.I,
)
_MAY_HAPPEN = re.compile(
    r"\s+(?:also\s+|\w+ly\s+)?(?:cause|result\s+in|give\s+rise\s+to|lead\s+to|arise|occur|vary|differ|contain|exist)\b",
    re.I,
)
_NOTHING_OF_IT = re.compile(r"\s+(?!be\b|have\b)[a-z]+\s+no\s+(?!later|less|more|fewer|longer|event)\w", re.I)


def settles(reading: str, modal: Modal) -> bool:
    """Whether the words say what a text means, where it applies or how it is amended. For modals without a bearer."""
    if CONSTITUTIVE.match(reading, modal.end) or _SETTLES.match(reading, modal.end):
        return True
    return bool(_AMENDS.match(reading, modal.end) and _PART_OF_TEXT.search(reading, 0, modal.start))


def supposes(reading: str, modal: Modal, named: bool) -> bool:
    """ "Until the Bank shall have received", "as the holder shall specify", "a breach may cause harm"."""
    if _PERFECT.match(reading, modal.end) and (not named or _SUPPOSED.search(reading, 0, modal.start)):
        return True
    if modal.modality == "permission" and not named and _MAY_HAPPEN.match(reading, modal.end):
        return True
    word = reading[modal.start : modal.end].lower()
    if word == "shall":
        return bool(_CHOOSES.match(reading, modal.end) and _AS.search(reading, 0, modal.start))
    return word == "will" and _RELATIVE_THAT.search(reading, 0, modal.start) is not None


def modality_of(reading: str, modal: Modal) -> Modality:
    """Who "shall receive" something has a right to it; who "may make no contributions" must not make any."""
    if modal.modality == "obligation" and (_RECEIVES.match(reading, modal.end) or _HAS_TIME.match(reading, modal.end)):
        return "entitlement"
    if modal.modality in ("obligation", "permission") and _NOTHING_OF_IT.match(reading, modal.end):
        return "prohibition"
    return modal.modality
