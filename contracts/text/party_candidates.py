"""Names that were found, made into parties: once each, with their terms and short forms, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contracts.text.legal_forms import has_suffix, plain_name, without_suffix
from contracts.text.named_again import called_by_name
from contracts.text.preamble import Mention
from contracts.text.roles import role_of
from contracts.text.short_forms import short_forms
from contracts.text.types import PartySpan

CERTAIN, LIKELY = 4, 3  # points


def points(parties: Sequence[PartySpan]) -> int:
    """How sure it is that these are the parties: one for each legal form and each term of the first two.

    Where someone without either comes first ("Ada Stone and Ben Stone, husband and wife"), of the surest two.
    """
    points = [bool(party.term) + has_suffix(party.name) for party in parties]
    return sum(points[:2] if any(points[:1]) else sorted(points)[-2:])


def with_terms(text: str, mentions: Sequence[Mention], end: int) -> tuple[PartySpan, ...]:
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
        [party_of(text, mention, each.own, each.shared) for mention, each in zip(kept, called, strict=True)]
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
        called = name.removeprefix("the ") in {plain_name(one.term) for one in kept}
        # "Tarn Bank (“Bank”)" beside "Tarn Bank, Inc. (“Tarn”)" is a party, whatever the short forms
        called = called or (not party.term and name in {plain_name(alias) for one in kept for alias in one.aliases})
        tail = not party.term and any(overlap(party, one) for one in kept)
        if not (name.endswith(ends) or called or tail):
            kept.append(party)
    return kept


def overlap(party: PartySpan, other: PartySpan) -> bool:
    """Whether one name is the end of the other: "MIDWEST, INC." of "TARN MIDWEST, INC.", with or without an "s"."""
    names = sorted((_singular(party.name), _singular(other.name)), key=len)
    return f" {names[1]}".endswith(f" {names[0]}")


def _singular(name: str) -> str:
    return " ".join(word.removesuffix("s") for word in plain_name(name).split())


def party_of(text: str, mention: Mention, terms: Sequence[str], shared: Sequence[str] = ()) -> PartySpan:
    name = " ".join(text[mention.start : mention.end].split())
    term = next((term for term in terms if role_of(term)), terms[0] if terms else "")
    others = [mention.other_name] if mention.other_name else []
    aliases = dict.fromkeys([*terms, *shared, *others, *short_forms(text, name)])
    return PartySpan(
        name, term, tuple(alias for alias in aliases if alias not in (name, term)), mention.start, mention.end
    )


def called(party: PartySpan, term: str) -> PartySpan:
    aliases = dict.fromkeys(alias for alias in (party.term, *party.aliases) if alias and alias != term)
    return replace(party, term=term, aliases=tuple(aliases))


def once_each(text: str, mentions: Sequence[Mention]) -> tuple[PartySpan, ...]:
    once = {plain_name(text[mention.start : mention.end]): mention for mention in reversed(mentions)}
    return tuple(party_of(text, mention, ()) for mention in sorted(once.values(), key=lambda each: each.start))


def joined(parties: Sequence[PartySpan], others: Sequence[PartySpan]) -> tuple[PartySpan, ...]:
    new = (
        other
        for other in others
        if not any(overlap(party, other) or party.start <= other.start < party.end for party in parties)
    )
    return tuple(sorted([*parties, *new], key=lambda party: party.start))


def same(parties: Sequence[PartySpan], others: Sequence[PartySpan]) -> bool:
    """Whether a party of the one is a party of the other, under its name without the form."""
    return shared_names(parties, others) > 0


def shared_names(parties: Sequence[PartySpan], others: Sequence[PartySpan]) -> int:
    cores = [{plain_name(without_suffix(party.name)).replace(" ", "") for party in each} for each in (parties, others)]
    return len(cores[0] & cores[1])
