"""Who the parties are: names from the preamble, a letter or the signatures, with their terms and short forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from contracts.text.defined_later import with_later_terms
from contracts.text.furniture import without_furniture
from contracts.text.label_blocks import under_labels
from contracts.text.label_terms import with_label_terms
from contracts.text.labelled_parties import between_labels, heading, labelled
from contracts.text.letters import SEARCHED, acts_for, addressed_companies, addressee, named_with_terms
from contracts.text.listed_parties import listed
from contracts.text.named_again import called_by_name, is_cover, of_others, with_cover
from contracts.text.names import has_suffix, plain_name, without_suffix
from contracts.text.personal_letters import companies_writing, end_of_term, person_addressed
from contracts.text.preamble import Mention, is_name, mentions_in
from contracts.text.preamble_places import preambles
from contracts.text.roles import role_of
from contracts.text.short_forms import short_forms
from contracts.text.signatures import (
    signing_companies,
    signing_on_behalf,
    signing_people,
    signing_with_office,
    stands_alone,
)
from contracts.text.types import PartySpan
from contracts.text.unnamed_parties import filled_in, left_open
from contracts.text.we_and_you import with_pronouns

_CERTAIN, _LIKELY = 4, 3
_ADDRESS = 400  # characters below the name of whom a letter is sent to
_DEAR = re.compile(r"\n[ \t]*Dear\s")
_FIRST = 3_000  # characters in which bare names may be those of the parties
# The preamble leaves the names to the pages at the end: "the Funds listed on Schedule A", a joint filing.
_LISTED = re.compile(
    r"\b(?:each|several|those|the|certain)\b[^.;]{0,80}?\b(?:listed|named|identified|set\s+forth|appearing|signatory|"
    r"whose\s+names\s+(?:are|appear))\b[^.;]{0,30}?\b(?:on|in|to)\s+(?:the\s+)?(?:attached\s+)?"
    r"(?:Schedule|Exhibit|Annex|Appendix|signature\s+pages?)|\bjoint\s+filing\b",
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
    text = without_furniture(text)
    parties = with_later_terms(text, _joined(_named(text), _once(text, listed(text, SEARCHED))))
    parties = with_label_terms(text, parties)
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
    if _SIGNATORIES.search(text, 0, SEARCHED) and len(signing := _signing(text)) > 1:
        return signing
    lettered = {party.term: party for party in reversed(_labelled(text)) if party.term.startswith("Party ")}
    if len(lettered) > 1:
        return tuple(reversed(lettered.values()))
    by_role = {party.term: party for party in _labelled(text)} if between_labels(text) else {}
    if len(by_role) > 1:
        return tuple(sorted(by_role.values(), key=lambda party: party.start))
    if labels := under_labels(text):
        return tuple(_party(text, mention, (label,)) for mention, label in labels)
    parties, defined = _from_preamble(text), _defined(text)
    if person_addressed(text) and not (_are_apart(parties) or _are_apart(defined)) and (writing := _writing(text)):
        return _whom_they_represent(text, _joined(_addressee(text), writing), _signing(text))
    if max(_points(parties), _points(defined)) < _CERTAIN and (heads := heading(text)):
        return _after_labels(text, heads)[::-1]
    if _better(defined, parties):
        parties = _joined(defined, _once(text, addressed_companies(text, defined[0].start)))
    elif (_points(parties) < _LIKELY and not any(party.term for party in parties)) or len(parties) < 2:
        parties = _joined(parties, defined)
    if len(parties) == 1:
        parties = _with_unnamed(text, parties[0])
    if len(parties) == 1 and len(signing := _signing(text)) > 1 and len(_joined(parties, signing)) > len(signing):
        parties = signing  # a name of the body that signs nothing
    for others in (_labelled, _confirmed, _addressee, _writing, _signing, _bare):
        if len(parties) < 2:
            parties = _joined(parties, others(text))
    if _points(parties) == _CERTAIN and not _LISTED.search(text, 0, SEARCHED):
        return parties
    signing = _signing(text)
    parties = _whom_they_represent(text, parties, signing)
    if _points(parties) < _CERTAIN and len(signing) > 1 and not _same(parties, signing):
        return signing  # who signs is a party; who is named in a sentence "between A and B" need not be
    return _joined(parties, signing) if _LISTED.search(text, 0, SEARCHED) else parties


def _are_apart(parties: Sequence[PartySpan]) -> bool:
    """Whether two companies are named with a term each: then a letter to a person is one between these two."""
    known = [party for party in parties if role_of(party.term) or party.term.lower() in party.name.lower()]
    return _points(known) == _CERTAIN and len({party.term for party in known}) > 1


def _better(defined: Sequence[PartySpan], parties: Sequence[PartySpan]) -> bool:
    """A letter may name its parties before it speaks of another agreement and of who made that."""
    apart = not any(_overlap(one, other) for one in defined for other in parties)
    earlier = bool(defined and parties) and apart and defined[0].start < parties[0].start
    if _points(defined) < _CERTAIN:
        return _points(defined) > max(_points(parties), _LIKELY - 1) > _points(parties)
    return earlier or _points(parties) < _LIKELY - 1


def _points(parties: Sequence[PartySpan]) -> int:
    """How sure it is that these are the parties: one for each legal form and each term of the first two.

    Where someone without either comes first ("Ada Stone and Ben Stone, husband and wife"), of the surest two.
    """
    points = [bool(party.term) + has_suffix(party.name) for party in parties]
    return sum(points[:2] if any(points[:1]) else sorted(points)[-2:])


def _from_preamble(text: str) -> tuple[PartySpan, ...]:
    """The parties of the surest preamble; far down only where all is said, or more of those that a cover names."""
    best: tuple[PartySpan, ...] = ()
    cover: tuple[PartySpan, ...] = ()
    most = 0
    for start, end in preambles(text):
        parties = _with_terms(text, mentions_in(text, start, end), end)
        points = _points(parties)
        again = most + points > _CERTAIN and len(parties) >= len(best) and _same(parties, best)
        if of_others(parties, cover):
            continue
        below = best is cover and points == most == _CERTAIN
        if below or (points > most and (points == _CERTAIN or start < SEARCHED or again)):
            best, most = parties, points
            if not cover and len(parties) > 1 and is_cover(text, start, end):
                cover = best
        if best is not cover and (points == _CERTAIN or (points == _LIKELY and all(each.term for each in parties[:2]))):
            break  # two companies, or a company and a person, each with a term
    told, besides = with_cover(best, cover if best is not cover and _shared(best, cover) > 1 else ())
    return _joined(told, besides)


def _with_terms(text: str, mentions: Sequence[Mention], end: int) -> tuple[PartySpan, ...]:
    # Two names without any description are the ends of a bare list; a weak one after a full party is not a party,
    # but what stands right after "between" is.
    # Of one name the mention that describes it: a cover names the parties before the preamble defines their terms.
    once: dict[str, Mention] = {}
    for mention in mentions:
        name = plain_name(text[mention.start : mention.end])
        if name not in once or mention.strength > once[name].strength:
            once[name] = mention
    opens = mentions[0].start if mentions else 0
    strong = sorted(
        (mention for mention in once.values() if mention.strength or mention.start == opens),
        key=lambda each: each.start,
    )
    kept = strong if len(strong) > 1 else sorted(once.values(), key=lambda each: each.start)[:2]
    called = called_by_name(text, mentions, [plain_name(text[each.start : each.end]) for each in kept], end)
    parties = _without_pairs(
        [_party(text, mention, each.own, each.shared) for mention, each in zip(kept, called, strict=True)]
    )
    taken = {party.term for party in parties} - {term for each in called for term in each.shared}
    return tuple(
        PartySpan(p.name, p.term, tuple(a for a in p.aliases if a not in taken), p.start, p.end) for p in parties
    )


def _without_pairs(parties: Sequence[PartySpan]) -> list[PartySpan]:
    """ "ACME AND BETA LTD" on the title page is no third party beside Beta Ltd, nor "the Supplier" beside Acme Ltd."""
    ends = tuple(f" and {plain_name(party.name)}" for party in parties)
    kept: list[PartySpan] = []
    for party in parties:
        name = plain_name(party.name)
        called = name in {plain_name(one.term) for one in kept}
        # "Tarn Bank (“Bank”)" beside "Tarn Bank, Inc. (“Tarn”)" is a party, whatever the short forms
        called = called or (not party.term and name in {plain_name(alias) for one in kept for alias in one.aliases})
        tail = not party.term and any(_overlap(party, one) for one in kept)
        if not (name.endswith(ends) or called or tail):
            kept.append(party)
    return kept


def _overlap(party: PartySpan, other: PartySpan) -> bool:
    """Whether one name is the end of the other: "MIDWEST, INC." of "TARN MIDWEST, INC."."""
    names = sorted((plain_name(party.name), plain_name(other.name)), key=len)
    return f" {names[1]}".endswith(f" {names[0]}")


def _party(text: str, mention: Mention, terms: Sequence[str], shared: Sequence[str] = ()) -> PartySpan:
    name = " ".join(text[mention.start : mention.end].split())
    term = next((term for term in terms if role_of(term)), terms[0] if terms else "")
    others = [mention.other_name] if mention.other_name else []
    aliases = dict.fromkeys([*terms, *shared, *others, *short_forms(text, name)])
    return PartySpan(
        name, term, tuple(alias for alias in aliases if alias not in (name, term)), mention.start, mention.end
    )


def _defined(text: str) -> tuple[PartySpan, ...]:
    """Those that have a term, whoever acts for the first of them, and the members of a list between two of them."""
    found = _with_terms(text, named_with_terms(text), SEARCHED)
    termed = [position for position, party in enumerate(found) if party.term]
    if termed and termed[0] and acts_for(text, found[termed[0] - 1].end, found[termed[0]].start):
        termed.insert(0, termed[0] - 1)
    return tuple(
        party for position, party in enumerate(found) if termed and (party.term or termed[0] <= position < termed[-1])
    )


def _labelled(text: str) -> tuple[PartySpan, ...]:
    return _after_labels(text, [*labelled(text)])


def _after_labels(text: str, found: Sequence[tuple[Mention, tuple[str, ...]]]) -> tuple[PartySpan, ...]:
    once = {plain_name(text[mention.start : mention.end]): (mention, terms) for mention, terms in reversed(found)}
    return tuple(_called(_party(text, mention, terms[1:]), terms[0]) for mention, terms in once.values())


def _called(party: PartySpan, term: str) -> PartySpan:
    aliases = dict.fromkeys(alias for alias in (party.term, *party.aliases) if alias and alias != term)
    return replace(party, term=term, aliases=tuple(aliases))


def _with_unnamed(text: str, party: PartySpan) -> tuple[PartySpan, ...]:
    """The party, and the one that the preamble leaves open after it, whose term is none of the first one's."""
    offset, term = left_open(text, SEARCHED) or (0, "")
    if offset < party.end:
        return (party,)
    others = (_party(text, mention, (term,)) for mention in filled_in(text, offset, term))
    other = [one for one in others if not _overlap(one, party)][:1]
    own = [each for each in (party.term, *party.aliases) if each.lower() != term.lower()]
    term = own.pop(0) if party.term and own else ""
    return replace(party, term=term, aliases=tuple(own)), *other


def _addressee(text: str) -> tuple[PartySpan, ...]:
    mention = person_addressed(text) or addressee(text)
    return (_party(text, mention, ()),) if mention else ()


def _writing(text: str) -> tuple[PartySpan, ...]:
    writing = companies_writing(text)
    parties = _with_terms(text, writing, end_of_term(text, writing[-1].end)) if writing else ()
    return tuple(replace(party, term=parties[-1].term) for party in parties)  # several write as one "Company"


def _whom_they_represent(
    text: str, parties: Sequence[PartySpan], signing: Sequence[PartySpan]
) -> tuple[PartySpan, ...]:
    """The company below the name of the person to whom a letter is sent, where the company signs it."""
    told: list[PartySpan] = []
    for party in parties:
        address = text[party.end : party.end + _ADDRESS]
        for company in signing if not (party.term or has_suffix(party.name)) else ():
            place = re.search(rf"\n[ \t]*({_spaced(without_suffix(company.name))})\b", address, re.I)
            sender = any(has_suffix(one.name) and not _same([one], [company]) for one in (*parties, *signing))
            if sender and place and _DEAR.search(address, place.end()):
                party = company
                break
        told.append(party)
    return tuple(told)


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


def _signing(text: str) -> tuple[PartySpan, ...]:
    places = chain(signing_companies(text), signing_on_behalf(text), signing_people(text))
    signing = [Mention(start, end, 1, end) for start, end in places]
    return _once(text, [mention for mention in signing if is_name(text[mention.start : mention.end])])


def _confirmed(text: str) -> tuple[PartySpan, ...]:
    """Two bare names of a preamble ("between Ada Stone and Tarn Foods") that stand by themselves where they sign."""
    for start, end in preambles(text):
        mentions = mentions_in(text, start, end)[:2]
        if len(mentions) == 2 and all(stands_alone(text, text[each.start : each.end], end) for each in mentions):
            return _once(text, mentions)
    return ()


def _bare(text: str) -> tuple[PartySpan, ...]:
    """Where nothing tells more: who signs through an officer, or two bare names of a preamble that are used again."""
    signing = [Mention(start, end, 0, end) for start, end in signing_with_office(text)]
    named = _once(text, [each for each in signing if is_name(text[each.start : each.end])])
    if len(named) > 1:
        return named
    start, end = next(preambles(text[:_FIRST]), (0, 0))
    mentions = mentions_in(text, start, end)[:2]
    again = (re.search(_spaced(text[each.start : each.end]), text[end:], re.I) for each in mentions)
    return _once(text, mentions) if len(mentions) == 2 and all(again) else ()


def _once(text: str, mentions: Sequence[Mention]) -> tuple[PartySpan, ...]:
    once = {plain_name(text[mention.start : mention.end]): mention for mention in reversed(mentions)}
    return tuple(_party(text, mention, ()) for mention in sorted(once.values(), key=lambda each: each.start))


def _joined(parties: Sequence[PartySpan], others: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    new = (
        other
        for other in others
        if not any(_overlap(party, other) or party.start <= other.start < party.end for party in parties)
    )
    return tuple(sorted([*parties, *new], key=lambda party: party.start))


def _same(parties: Sequence[PartySpan], others: Sequence[PartySpan]) -> bool:
    """Whether a party of the one is a party of the other, under its name without the form."""
    return _shared(parties, others) > 0


def _shared(parties: Sequence[PartySpan], others: Sequence[PartySpan]) -> int:
    cores = [{plain_name(without_suffix(party.name)) for party in each} for each in (parties, others)]
    return len(cores[0] & cores[1])
