"""Whose a defined term is: the party's that is named before it, another's, or that of a thing."""

from __future__ import annotations

import re

_TERMS_APART = 160  # characters between two terms of one party, at most
# After a term: ", and the State of Texas, acting by ... (“TxDOT”)", "and tarnbank (the “Employer”)"
_NEXT_NAMED = re.compile(r"[\"”]?\s*\)\s*[,;]?\s*and\s+(?:(?:the\s+)?[A-Z]|[a-z]\w{2,20}\s\((?:the\s+)?$)")
# ", agrees to sell through Moor Research, LLC, acting as agent (the “Agent”)"
_COMPANY_BETWEEN = re.compile(
    r"(?<![\w.&])[A-Z][\w.&'’-]*,?\s(?:Inc|LLC|L\.L\.C|L\.P|LP|Ltd|Limited|Corp|Corporation|N\.A|GmbH)\b"
)
# Named right before a term, unless the party belongs to it: "Tarn Canada Ltd., a subsidiary of Tarn, Inc. (“Tarn”)"
_COMPANY_BEFORE = re.compile(
    r"(?<!subsidiary )(?<!division )(?<!affiliate )\bof\s+"
    r"(?P<name>(?:[A-Z&][\w.&'’-]*,?\s){1,7}?(?:Inc|LLC|L\.P|Ltd|Limited|Corp|Corporation)\b)\.?,?\s*\(\s*$"
)
# What agreements define besides their parties, as the last word of a term: "the Offered Shares"
_THING = re.compile(
    r"\b(?:notes|shares|stock|securities|bonds|debentures|warrants|units|loans?|offering|conversion|fees?|rights|services?|"
    r"products?|goods|commodit(?:y|ies)|equipment|materials|content|software|technology|patents?|(?:trade)?marks?|(?:web)?site|"
    r"property|properties|premises|documents?|customers)(?:\(s)?$",
    re.I,
)
# The sentence goes on from the name to what is agreed: what it defines there is no party
_SAYS_MORE = re.compile(
    r"\b(?:shall|will)\s+(?!(?:(?:also|each|both)\s+)?(?:be\b|herein|hereafter|sometimes|collectively|jointly|individually|mean))"
    r"|\bWHEREAS\b|\b(?:desires?|wish(?:es)?)\s+to\b"
)
_REFERRED_AS = re.compile(r"\b(?:called|known|referred\s+to)(?:\s+(?:herein|as|the))*\s+$")


def is_thing(term: str, name: str) -> bool:
    """Whether the term is that of what a party issues, sells or uses, unless the name has the word: "Air Products"."""
    thing = _THING.search(term)
    return thing is not None and thing[0].lower() not in name.lower()


def says_more(between: str) -> bool:
    """Whether the words from a name to a term go on to what is agreed."""
    return _SAYS_MORE.search(between) is not None and _REFERRED_AS.search(between) is None


def is_of_company_before(term: str, name: str, between: str) -> bool:
    """ "Tarn Ltd ... The undersigned holds shares of Moor Medical Supply, Inc. (“MMS”)": the initials of another."""
    company = _COMPANY_BEFORE.search(between)
    return company is not None and _fits(term, company["name"]) and not _fits(term, name)


def _fits(term: str, name: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]\w*", name))
    return len(term) > 1 and (initials.lower().startswith(term.lower()) or name.lower().startswith(term.lower()))


def is_of_others(between: str) -> bool:
    """Whether a term that follows these words after another one is one of the body, or of somebody named in them."""
    named = _NEXT_NAMED.match(between) or _COMPANY_BETWEEN.search(between)
    return "\n\n" in between or len(between) > _TERMS_APART or named is not None
