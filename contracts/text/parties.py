"""Who the parties are: names from the preamble, a letter or the signatures, with their terms and short forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from contracts.text.defined_later import with_later_terms
from contracts.text.furniture import without_furniture, without_stray_cells
from contracts.text.label_blocks import under_labels
from contracts.text.label_terms import with_label_terms
from contracts.text.labelled_parties import between_labels, heading
from contracts.text.letters import SEARCHED, addressed_companies
from contracts.text.listed_parties import WHO, listed
from contracts.text.named_again import first_word
from contracts.text.party_candidates import CERTAIN, LIKELY, joined, once_each, overlap, party_of, points, same
from contracts.text.party_sources import (
    after_labels,
    bare_names,
    confirmed,
    from_address,
    from_definitions,
    from_labels,
    from_preamble,
    from_signatures,
    from_writer,
    whom_they_represent,
    with_unnamed,
)
from contracts.text.personal_letters import employs, person_addressed
from contracts.text.roles import role_of
from contracts.text.types import PartySpan
from contracts.text.unnamed_parties import is_blank_after
from contracts.text.used_terms import with_used_terms
from contracts.text.we_and_you import with_pronouns

# The preamble leaves the names to the pages at the end: "the Funds listed on Schedule A", a joint filing.
_LISTED = re.compile(
    rf"\b(?:each|several|those|the|certain)\b[^.;]{{0,80}}?\b(?:{WHO}|banks?|institutions?)\b[^.;]{{0,80}}?\b(?:listed|named|identified|set\s+forth|appearing|signatory|"
    r"whose\s+names\s+(?:are|appear))\b[^.;]{0,30}?\b(?:on|in|to)\s+(?:the\s+)?(?:attached\s+)?"
    r"(?:Schedule|Exhibit|Annex|Appendix|signature\s+pages?)|\bjoint\s+filing\b|"
    r"\b(?:any|the)\s+other\s+(?:lenders?|banks?)\b[^.;]{0,60}?\bpart(?:y|ies)\s+(?:hereto|to\s+this)\b",
    re.I,
)
# The preamble names nobody: "between the Parties signatory hereto, which are identified in Schedule A".
_SIGNATORIES = re.compile(
    r"\b(?:between|among(?:st)?)\s+(?:all\s+)?(?:of\s+)?the\s+(?:undersigned\b|(?:several\s+)?parties\s+(?:signatory|signing|"
    r"executing|(?:who|which|that)\s+(?:sign|have\s+signed|execute|have\s+executed)|(?:listed|named|identified|set\s+forth)\s+(?:in|on))\b)",
    re.I,
)


def find_parties(text: str) -> tuple[PartySpan, ...]:
    """In the order of their names; empty when neither a preamble, nor a defined company, nor a signature names any."""
    text = without_stray_cells(without_furniture(text))
    parties = with_later_terms(text, joined(_named(text), once_each(text, listed(text, SEARCHED))))
    parties = with_used_terms(text, with_label_terms(text, parties))
    return with_pronouns(text, _told_apart(text, parties))


def _told_apart(text: str, parties: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    """Without the short forms that fit several: the "Gulf" of Gulf Mills Ltd and Gulf Oil Ltd, unless it is defined.

    "Gulf" stays with Gulf, Inc., of whose name it is the whole.
    """
    used = Counter(alias for party in parties for alias in party.aliases)
    whole = Counter(_whole(party) for party in parties)
    vague = {alias for alias, uses in used.items() if uses > 1 and not _is_quoted(text, alias)}
    return tuple(
        replace(
            party,
            aliases=tuple(
                alias for alias in party.aliases if alias not in vague or (alias == _whole(party) and whole[alias] == 1)
            ),
        )
        for party in parties
    )


def _whole(party: PartySpan) -> str:
    """The name without its form, where that is one word: "Gulf" of Gulf, Inc., not of Gulf Holdings, Inc."""
    return party.name.rsplit(" ", 1)[0].rstrip(",")


def _is_quoted(text: str, words: str) -> bool:
    return re.search(rf"[\"“”‘']\s*{re.escape(words)}\s*[,.]?[\"“”’']", text) is not None


def _named(text: str) -> tuple[PartySpan, ...]:
    if _SIGNATORIES.search(text, 0, SEARCHED) and len(signing := from_signatures(text)) > 1:
        return signing
    lettered = {party.term: party for party in from_labels(text) if party.term.startswith("Party ")}
    if len(lettered) > 1:
        return tuple(sorted(lettered.values(), key=lambda party: party.start))
    by_role = {party.term: party for party in from_labels(text)} if between_labels(text) else {}
    if len(by_role) > 1:
        return tuple(sorted(by_role.values(), key=lambda party: party.start))
    parties, defined = from_preamble(text), from_definitions(text)
    told = len(parties) > 1 and all(party.term for party in parties[:2])
    if not told and (labels := under_labels(text)):
        return tuple(party_of(text, mention, (label,)) for mention, label in labels)
    between_two = not employs(text) and (_are_apart(parties) or _are_apart(defined))
    if person_addressed(text) and not between_two and (writing := from_writer(text)):
        return whom_they_represent(text, joined(from_address(text), writing), from_signatures(text))
    if not told and max(points(parties), points(defined)) < CERTAIN and (heads := heading(text)):
        return after_labels(text, heads)[::-1]
    if len(parties) == 1 and points(parties) > 1 and is_blank_after(text, parties[0].end):
        signed = joined(parties, from_signatures(text))
        return signed if len(signed) == 2 else parties  # of a form, which may be filled in where it is signed
    if _better(defined, parties):
        parties = joined(defined, once_each(text, addressed_companies(text, defined[0].start)))
    elif (points(parties) < LIKELY and not any(party.term for party in parties)) or len(parties) < 2:
        parties = joined(parties, defined)
    if len(parties) == 1:
        parties = with_unnamed(text, parties[0])
    if len(parties) == 1 and len(signing := from_signatures(text)) > 1 and len(joined(parties, signing)) > len(signing):
        shorter = any(first_word(one) == first_word(parties[0]) for one in signing)  # it signs as "Tarn, Inc."
        parties = parties if shorter else signing  # a name of the body that signs nothing
    for others in (from_labels, confirmed, from_address, from_writer, from_signatures, bare_names):
        if len(parties) < 2:
            parties = joined(parties, others(text))
    if points(parties) == CERTAIN and not _LISTED.search(text, 0, SEARCHED):
        return parties
    signing = from_signatures(text)
    parties = whom_they_represent(text, parties, signing)
    if points(parties) < CERTAIN and len(signing) > 1 and not same(parties, signing):
        return signing  # who signs is a party; who is named in a sentence "between A and B" need not be
    return joined(parties, signing) if _LISTED.search(text, 0, SEARCHED) else parties


def _are_apart(parties: Sequence[PartySpan]) -> bool:
    """Whether two companies are named with a term each: then a letter to a person is one between these two."""
    known = [party for party in parties if role_of(party.term) or party.term.lower() in party.name.lower()]
    return points(known) == CERTAIN and len({party.term for party in known}) > 1


def _better(defined: Sequence[PartySpan], parties: Sequence[PartySpan]) -> bool:
    """A letter may name its parties before it speaks of another agreement and of who made that."""
    apart = not any(overlap(one, other) for one in defined for other in parties)
    earlier = bool(defined and parties) and apart and defined[0].start < parties[0].start
    if points(defined) < CERTAIN:
        return points(defined) > max(points(parties), LIKELY - 1) > points(parties)
    return earlier or points(parties) < LIKELY - 1
