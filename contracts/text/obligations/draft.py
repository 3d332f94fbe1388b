"""What the words of a passage alone tell of its statements, and what of it must be parsed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.text.obligations.adjacent import goes_on, next_to
from contracts.text.obligations.mentions import Mention, Names
from contracts.text.obligations.modals import GRANTED, Modal, find_modals
from contracts.text.types import Span

PASSIVE = re.compile(
    r"(?:be|been)\s+(?:\w+ly\s+)?(?!bound|entitled|deemed|interested|located|valid|limited|subject|effective)"
    r"(?:\w+(?:ed|en)|paid|made|held|kept|given|sent|borne|done|sold|brought|sought|put|set|met|built|found|read)\b"
    r"|payable\b|be\s+(?!liable|responsible|able\b)\w+[ai]ble(?=\s+by\s)",
    re.I,
)
# "The Supplier is to deliver" binds it; "the purpose is to deliver" binds nobody.
_IS_TO_DO = re.compile(r"(?:is|are)\s+to\s+(?!be\s)", re.I)
BY = re.compile(r"\bby\s+$")
_LONGEST = 500  # characters before a modal that the parser is shown
_LOOKAHEAD = 70  # and after it: its verb, and the agent of a passive
_STOP = re.compile(r"[;.]\s+(?=[A-Z(]|and\b|or\b)|:\s+(?=[A-Z(])")


@dataclass(frozen=True, slots=True)
class Draft:
    """A passage with all that its words alone tell."""

    reading: str
    mentions: Sequence[Mention]
    modals: Sequence[Modal]
    certain: Sequence[tuple[Mention, ...]]  # for each modal, who governs it beyond doubt
    windows: Sequence[Span | None]  # for each modal, what must be parsed


def draft_of(reading: str, names: Names) -> Draft:
    modals = find_modals(reading)
    mentions = names.find(reading) if modals else []
    modals = [modal for modal in modals if not modal.bearer_follows or _has_bearer(reading, modal, mentions)]
    modals = [
        modal for modal in modals if not _IS_TO_DO.match(reading, modal.start) or next_to(reading, modal, mentions)
    ]
    certain: list[tuple[Mention, ...]] = []
    for modal in modals:
        group = next_to(reading, modal, mentions)
        certain.append(certain[-1] if not group and certain and goes_on(reading, modal) else group)
    windows = _merged([_window(reading, *one, mentions) for one in zip(modals, certain, strict=True)])
    return Draft(reading, mentions, modals, certain, windows)


def _window(reading: str, modal: Modal, certain: Sequence[Mention], mentions: Sequence[Mention]) -> Span | None:
    """What the parser must read; None when the words decide everything, or name nobody who could be meant."""
    stops = [match.end() for match in _STOP.finditer(reading, 0, modal.start)]
    begin = max([0, modal.start - _LONGEST, *stops])
    end = min(len(reading), modal.end + _LOOKAHEAD)
    agent = PASSIVE.match(reading[modal.end : end].lstrip()) and any(
        modal.end < mention.start < end and BY.search(reading, modal.end, mention.start) for mention in mentions
    )
    named = any(begin <= mention.start and mention.end <= modal.start for mention in mentions)
    doubtful = (named and not certain) or agent
    return (begin, end) if doubtful and not modal.bearer_follows else None


def _merged(windows: Sequence[Span | None]) -> list[Span | None]:
    """Windows that begin together are parsed as one."""
    ends: dict[int, int] = {}
    for window in filter(None, windows):
        ends[window[0]] = max(window[1], ends.get(window[0], 0))
    return [window and (window[0], ends[window[0]]) for window in windows]


def _has_bearer(reading: str, modal: Modal, mentions: Sequence[Mention]) -> bool:
    bearer = next((one for one in mentions if 0 <= one.start - modal.end <= 2), None)
    return bearer is not None and (modal.modality != "entitlement" or bool(GRANTED.match(reading, bearer.end)))
