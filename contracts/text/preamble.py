"""The names in a preamble: where one opens and ends, and which names in it are parties."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.text.firms import FORMED_BY, TO_BE_FORMED, firm_of
from contracts.text.legal_forms import has_suffix
from contracts.text.names import name_end, without_branch
from contracts.text.party_groups import UNNAMED
from contracts.text.party_terms import other_name
from contracts.text.public_bodies import acts, is_public_body
from contracts.text.roles import role_of

_LABEL = r"(?:\(\s*[\dA-Za-z]{1,3}\s*\)|(?<![\w(])\d\s*[.)]|Party\s+(?:[A-F]|\d|I{1,3}|One|Two|Three)\s*[:(]\s*)\s*"
# Where a party may start, after the first one.
_JOINT = re.compile(
    rf"(?:(?<=[\s,;.)])(?:and|AND|And|&)[\s:]+(?:\|\s+)?(?:[-–]\s+)?(?:between\s+|among\s+|by\s+)?(?:{_LABEL})?)|{_LABEL}"
    r"|\benters?\s+into\s+this\s+Agreement\s+with\s+(?=[A-Z])"
    r"|\b(?:in\s+favou?r|for\s+the\s+benefit|comprised|consisting|composed)\s+of[\s:]+|\b(?:agent\s+(?:for|of)|on\s+behalf\s+of|f/s/o|for\s+(?:the\s+)?services\s+of)\s+(?:(?:the|its)\s+)?|[,;]\s+|\n\s*|(?<=\s)/\s+|(?<=[\"”]\))\s+(?=[A-Z])"
)
# "A. TARN LTD ..." on a line, "B. MOOR LTD ..." on another; "A. Stone" alone is a person
_LETTERED = re.compile(r"(?P<first>A[.)]\s+)(?=[A-Z])[^\n]{3,800}\n(?:[^\n]*\n){0,8}?\s*B[.)]\s+[A-Z]")
_LETTER = re.compile(r"(?<=\n)[B-H][.)]\s+(?=[A-Z])")
_ARTICLE = re.compile(
    r"(?:its\s+(?:[\w-]+\s+)?(?:subsidiary|affiliate|parent),?\s+)?(?:(?:the|each of|both|"
    r"that)\s+(?:(?:company|firm|party)\s+)?)?(?:[a-z]{3,15}(?:\s+name)?(?::|[ \t]\|)\s+)?(?=\S)",
    re.I,
)
_TERM_BEFORE = r"(?:(?i:as)\s+(?:the\s+)?[\"“][A-Z][^\"“”\n]{2,30}[\"”],?\s+)"  # "as “Landlord”, Tarn Mills, Inc."
_FILLED_IN = re.compile(rf"{_TERM_BEFORE}?(?:[_\[*]{{1,40}}\s?(?=[A-Z]))?")  # what a form printed before the name
_DESCRIBED = re.compile(
    r"\s*(?:[,(]\s*)?(?:"
    r"(?-i:as\s+(?:the\s+|an?\s+)?(?:initial\s+|sole\s+)?[A-Z])|"
    r"as\s+(?:the\s+|an?\s+)?(?:(?:[a-z]+-)?[a-z]+\s+){0,3}(?:agent|arranger|lender|trustee)\b|"  # in small letters
    r"\((?=[^)]{0,200}[\"“”'‘’])|\(the\s+[A-Z]|\(?(?:the\s+)?[\"“‘]|(?:\(\s*)?(?:hereinafter|hereafter|herein)\b|"
    r"(?:an?|with|having|whose|located|organi[sz]ed|incorporated|residing|existing|acting|registered|duly|"
    r"established|formed|domiciled|through\s+its|company\s+(?:number|no)|(?:for|on\s+behalf\s+of)\s+itself|together\s+with|"
    r"not\s+(?:individually|in\s+its)|solely|individuals?|(?-i:corporation|company)\s|and\s+(?:its|all|their)\s+\w+|"
    r"to\s+be\s+(?:formed|incorporated|organi[sz]ed)|of\s+(?:\d|(?:Suite|Unit|Level|P\.?O\.?)\s)|husband|wife|married|who\s+resides)(?:\b|(?<=\d)))",
    re.I,
)
_ADDRESSED = re.compile(r"(?:M(?:r|s|rs)\.?|M(?:R|S|RS)\.|Miss)\s+(?=[A-Z])")  # no part of the name of a person
# A name after these words belongs to the description of a party, or is no party at all.
_NOT_A_PARTY_AFTER = re.compile(
    r"(?:\b(?:(?<!favor )(?<!favour )(?<!benefit )(?<!comprised )(?<!consisting )(?<!composed )"
    r"(?<!each )(?<!both )(?<!all )of|(?<!into this agreement )with|division|subsidiary|affiliate|parent|"
    r"behalf\s+of|partner|manager|through|under|in|at|as|"
    r"known|laws?|formerly|d/b/a|f/k/a|dba|by\s+its|trading\s+as|called|to|from|for|on|attn:?|attention:?|source:)"
    r"\s+(?:the\s+)?|\b(?:a|an)\s+)$",
    re.I,
)
# "and its subsidiary Acme Ltd ("Acme")" is a party all the same, and so is "its agent for Ada Stone ("Talent")".
_ACTED_FOR = re.compile(
    r"\b(?:agent\s+(?:for|of)|on\s+behalf\s+of|f/s/o|for\s+(?:the\s+)?services\s+of)\s+(?:(?:the|its)\s+)?$", re.I
)
# "acting through its general partner, Fell GP, LLC": who acts for a party.
_ACTS_FOR_IT = re.compile(
    r"\b(?:by|through)\s+(?:and\s+through\s+)?its\s+(?:[a-z]+\s+){0,2}(?:partner|member|manager|trustee|agent|attorney)\s*,?\s+"
    r"(?:the\s+)?$"
    r"|\brepresented\s+(?:\w+\s+){0,2}by\s+(?:its\s+[\w\s]{3,40},\s+)?(?:M(?:r|s|rs)\.?\s+)?$",
    re.I,
)
_ITS_PART = re.compile(r"\bits\s+$")  # "on behalf of its School of Medicine"
_RELATED = re.compile(r"\b(?:subsidiary|affiliate|parent|partner|with)\s+$", re.I)
_TERM_DIRECTLY = re.compile(r"\s*\(\s*(?:the\s+)?[\"“]")
_TERM_LATER = re.compile(
    r"[^;()\"“]{0,200}(?:\([^()\"“]{0,60}\)[^;()\"“]{0,100})?\((?:the\s+|hereinafter[^()\"“']{0,60})?[\"“'](?!Agreement\b)"
)
# Two or more people who share a term: "Ada Stone, Ben Hale and Cy Orr ("Sellers")"
_PERSON = r"(?:M(?:r|s|rs)\.?\s+)?[A-Z][\w.'’-]+(?:\s+[A-Z][\w.'’-]*){1,3}"
_SHARES_TERM = re.compile(
    rf"(?:,\s+{_PERSON}){{0,6}},?\s+and\s+{_PERSON}\s*,?\s*\((?:hereinafter\s[^()\"“]{{0,40}}|together,?\s+|collectively,?\s+)?"
    r"(?:the\s+)?[\"“]"
)
_PLACES = re.compile(r"\b(?:of|in|at)\s+(?:[A-Z]\w+\s+){1,3}and\s+$")  # "the laws of England and Wales"
# "TX 75069 and"; "Ohio 44101" on the line above
_END_OF_ADDRESS = re.compile(
    r"(?:[A-Z][\w.]*\s+){0,3}[A-Z]*\d[\w-]*,?\s+(?:(?i:U\.?S\.?A\.?|Canada|England|Germany|Israel|China),?\s+)?(?:and|AND)\s+(?:[Tt]he\s+)?|(?:[A-Z]\w+\s){1,2}\d{5}(?:-\d{4})?\s+(?=[A-Z])"
)
_COUNTRY_AND = re.compile(
    r"(?:United\s+States(?:\s+of\s+America)?|U\.?S\.?A\.?|United\s+Kingdom|Canada)\s+(?:and|AND)\s+(?:[Tt]he\s+)?(?=[A-Z])"
)
_ADDRESS_BEFORE = re.compile(r"(?:\d|\b(?:of|at|in)\s[^;()\"“”]{3,50}),\s+$")
_CALLED_SO = re.compile(r"the\s\S+$")  # "Tarn and the Sender": what somebody is called, no name
_PLACE_NAME = re.compile(r"(?:Republic|Kingdom|State|Commonwealth|Province|City|Town|County)\s+of\b", re.I)
# "Tarn S.A., Rail Division", "Tarn S.A., Département Rail": a part of that company
_UNIT = re.compile(r"(?:d[eé]parte?ment|division)\b(?!\s+of\b)|(?:[\w&-]+\s){1,4}(?:department|division)$", re.I)
_AFTER_A_FORM = re.compile(
    r"\b(?:Inc|Corp|Corporation|Company|Co|Ltd|Limited|LLC|L\.P|S\.?A|AG|GmbH|N\.?V|B\.?V)\.?,\s+$", re.I
)
_PLACE_AND = re.compile(
    r"(?:[A-Z][a-z]+|United\s+States(?:\s+of\s+America)?|United\s+Kingdom|Hong\s+Kong|(?:New|North|South|West)\s+[A-Z][a-z]+)"
    r"\s+(?:and|AND)\s+(?:[Tt]he\s+)?(?=[A-Z])"
)
_STATE = (
    r"(?:delaware|california|nevada|texas|new york|pennsylvania|florida|ohio|illinois|"
    r"massachusetts|new jersey|united states)"
)
_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
# No company starts like this; one with a legal form may ("State Automobile Mutual Insurance Company").
_NO_NAME_STARTS = re.compile(
    r"(?:the |this |such )?(?:state|source|services?|page|president|witness|effective|company|you|we|"
    r"exhibits?|schedules?|attachments?|annex(?:es)?|appendi(?:x|ces)|confidential treatment)\b",
    re.I,
)
_NOT_A_NAME = re.compile(
    rf"(?:the |this |such )?(?:part(?:y|ies)|agreement|amendment|(?:sub)?sections?|article|suite|"
    rf"{_STATE}(?: corporation| limited.*)?$|(?:company|corporation|partnership|state|service)(?: of [a-z]+)?$|"
    r"(?:association|bank|trust|fund)$|"
    r"exhibit|dear|via|you and|ceo|board of(?! (?:trustees|regents|governors|directors) of )|"
    r"chief|co-chief|(?:(?:senior|executive|assistant) )*vice president|president and|"
    r"(?:construction|project) manager$|using|by-laws|director of|committee of|licensor|licensee|"
    r"undersigned|each|executed|accepted|agreed|acknowledged|attest|[a-z]+ \d{5}|"
    r"(?:national|savings) association$|(?:general|limited) partnership$|"
    r"(?:various|certain|several|other)\s.*(?:institutions|lenders|banks)|(?:lenders|banks|holders) and|"
    r"(?:[a-z]+ ){1,3}\d{5,6}$|"  # "New York 10022"
    r"inc\.?|llc|ltd\.?|n\.a\. and|d/b/a|f/k/a|a/k/a|dba|[adf]\.[kb]\.a)\b|[\W\d_]+$|"
    r"(?:[\w-]+\s){0,3}(?:administrative|syndication|documentation|collateral|escrow|paying|lead|joint|sole|managing|issuing|"
    r"swing[ -]?line|fronting|remarketing|selling|placement|transfer)\s"
    r"(?:[\w-]+\s)*?(?:agents?|arrangers?|book ?runners?|managers?|banks?|lenders?)$|"
    r"(?:\d+|one|two|three)\s.*\b(?:road|street|avenue|boulevard|drive|plaza|floor)\b(?!.*\b(?:inc|l\.?l\.?c|ltd|l\.?p|corp)\b).*|"
    r".*\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}$|"
    r".*\b(?:listed|named|identified|party (?:here)?to|parties (?:here)?to|signatory|from time to time)\b|"
    r"[a-z]\. the\b|.*\b(?:legal|law|tax|accounting|purchasing|contracts) department\b|"
    rf"(?:{_MONTHS})[a-z]*\.? \d{{1,2}}$|.*\b(?:name|dollars)$"
    r"|.*\bstock (?:exchange|market)\b|(?:.*\s)?(?:AIA|AGC|EJCDC) document\b|"
    r".*\b(?:agreement|contract|act|statements?|regulations?|reports?|"
    r"certificates?|documents?|addendum|amendment|release(?: of .*)?|claims|\S+ date|responsibilities|"
    r"commission|exchange|terms|order form|"
    r"information|opportunities|laws|benefits|employment|committee of.*|conditions|securities|"
    r"representations|warranties.*|licen[cs]es?|stock|prospectus|(?-i:as)|plan|branch(?:es)?|officer|"
    r"(?:\S+ )+(?:of )?the (?:company|corporation|association|employee|executive|borrower|lender)\.?)$",
    re.I,
)
# "Manufacturers and Traders Trust Company"
_TRADESMENS_BANK = re.compile(r"\w+s\s+and\s+\w+s?\s+(?:[\w']+\s+)*(?:bank|trust|savings|insurance|life)\b", re.I)
# "TARN BANK CREDIT AGREEMENT" is a heading, "Tarn, Inc.'s subsidiary" speaks of another.
_NO_NAME_BEFORE = re.compile(
    r"[ \t]+(?:AGREEMENT|CONTRACT|AMENDMENT|LEASE|ADDENDUM|Agreement|Contract|Amendment)\b|['’]s\s|"
    r"[ \t]+(?:identified|listed|named|set\s+forth)\s+(?:on|in)\s"  # "Voting Participants listed on ..."
)
_JOINED_BEFORE = re.compile(
    r"(?:\b(?:and|in\s+favou?r\s+of|for\s+the\s+benefit\s+of|by|between|among)\b[\s:|(\dA-Za-z).]*"
    r"(?:\b(?:Company|Name)[ \t]\|[ \t]+)?(?:[\"“][^\"“”\n]{2,30}[\"”],\s+(?:the\s+)?)?|"
    r"\bParty\s+\w{1,5}\s*[:(]\s*|\(\d\)\s*|"
    r"[;,:]\s*\(\w{1,4}\)\s*|\s/\s+)$",
    re.I,
)
# After the term of another party, and called a company: "(“Tarn”), Moor City Southern, a Delaware corporation (“Moor”)"
_AFTER_A_TERM = re.compile(r"[\"”]\s*\)\s*[,;]\s+(?:and\s+)?(?:the\s+)?$", re.I)
_IS_COMPANY = re.compile(
    r"\s*,\s+an?\s+(?:[\w.-]+\s+){0,4}?(?:corporation|company|partnership|bank|association|joint\s+venture)\b"
)
# Between one party and the next: its description, term, capacity, those not named ("the Lenders party hereto")
_BETWEEN_NAMES = re.compile(
    r"[\s,;]*(?:an?\s[^,;()\"“”]{3,80}?\b(?:corporation|company|partnership|bank|association|trust)[\s,;]*)?"
    r"(?:\([^()]{0,160}\)[\s,;]*)?(?:as\s+(?:the\s+|a\s+)?(?:[\w-]+\s+){0,3}[\w-]+\s*[,(;]\s*)?(?:[^()]{0,160}\)[\s,;]*)?"
    r"(?:\band\b\s*)?"
    rf"(?:{UNNAMED}[^;()\"“”]{{0,200}}?(?:\([^()]{{0,160}}\)[^;()\"“”]{{0,60}}?)?,\s*){{0,3}}"
    r"(?:\band\b\s*)?(?:the\s+)?(?:\(\w{1,3}\)\s*)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    strength: int = 0  # 2 = named as a company and described, 1 = one of the two
    described_from: int = 0  # where its description starts, after any other name
    other_name: str = ""


def mentions_in(text: str, start: int, end: int) -> list[Mention]:
    found: list[Mention] = []
    label = re.compile(_LABEL).match(text, start)
    starts = [label.end() if label else start] + [joint.end() for joint in _JOINT.finditer(text, start, end)]
    if lettered := _LETTERED.match(text, start, end):
        letters = {each.start(): each.end() for each in _LETTER.finditer(text, start, end)}
        starts = [lettered.end("first"), *(letters.get(each, each) for each in starts[1:])]
    offset = start
    for position, candidate in enumerate(starts):
        if candidate < offset or (position and _inside_parenthesis(text, start, candidate)):
            continue
        first = not found and candidate - start < 80
        mention = _mention_at(text, candidate, found[-1].described_from if found else start, first=first)
        if mention and mention.end <= end and not _ends_a_name(text, mention, found):
            found.append(mention)
            offset = mention.described_from
    return _separated(text, found)


def _ends_a_name(text: str, mention: Mention, found: Sequence[Mention]) -> bool:
    """Whether it is the end of a longer name, said again: "Foods, Inc." in the next "Tarn and Moor Foods, Inc."."""
    longer = (text[one.start : one.end] for one in found if one.end - one.start > mention.end - mention.start)
    return any(text.startswith(name, mention.end - len(name)) for name in longer)


def _separated(text: str, mentions: list[Mention]) -> list[Mention]:
    """ "between Foo Inc and Bar" read as one name, when nobody else is named, is two."""
    if len(mentions) != 1:
        return mentions
    name = mentions[0]
    joint = re.search(r"\s+and\s+", text[name.start : name.end], re.I)
    if not joint:
        return mentions
    middle, after = name.start + joint.start(), name.start + joint.end()
    if _CALLED_SO.match(text, after, name.end):
        return [Mention(name.start, middle, 0, middle)]
    return [Mention(name.start, middle, 0, middle), Mention(after, name.end, name.strength, name.described_from)]


def _mention_at(text: str, candidate: int, previous: int, *, first: bool) -> Mention | None:
    begins = _name_start(text, candidate)
    ends = name_end(text, begins)
    before_name = _END_OF_ADDRESS.match(text, begins, ends)
    if not before_name and not first and _NOT_A_PARTY_AFTER.search(text, max(0, begins - 60), begins):
        before_name = _PLACE_AND.match(text, begins, ends)  # "of Sandton and LAKE DAIRIES LIMITED"
    if not before_name and not first and _ADDRESS_BEFORE.search(text, max(0, begins - 60), begins):
        before_name = _COUNTRY_AND.match(text, begins, ends)  # "63105, United States of America and Tarn Ltd"
    if before_name:
        begins = before_name.end()
    name = text[begins:ends]
    before = text[max(0, begins - 60) : begins]
    joined = first or _JOINED_BEFORE.search(before[-24:]) is not None
    public = joined and is_public_body(name) and acts(text, ends)
    if (
        len(name) < 2
        or not (public or is_name(name))
        or _NO_NAME_BEFORE.match(text, ends)
        or _ACTS_FOR_IT.search(before)
        or FORMED_BY.search(text, max(previous, begins - 160), begins)
    ):
        return None
    if _PLACE_NAME.match(name) and _ADDRESS_BEFORE.search(before):
        return None  # "Seoul 02587, Republic of Korea (“Tarn”)"
    if _UNIT.match(name) and not has_suffix(name) and _AFTER_A_FORM.search(before):
        return None
    acted_for = (
        len(name.split()) > 1 and _ACTED_FOR.search(before) and (has_suffix(name) or not _ITS_PART.search(before))
    )
    formed = TO_BE_FORMED.match(text, begins - 2) or TO_BE_FORMED.match(text, begins - 3)
    related = acted_for or (has_suffix(name) and _RELATED.search(before))
    direct = formed or (related and _TERM_DIRECTLY.match(text, ends))
    if (
        not first
        and not direct
        and (_NOT_A_PARTY_AFTER.search(before) or (not has_suffix(name) and _PLACES.search(text, previous, begins)))
    ):
        return None
    if firm := firm_of(text, ends):
        begins, ends = firm
        name = text[begins:ends]
    known_as, after = other_name(text, ends)
    company = _AFTER_A_TERM.search(before) is not None and _IS_COMPANY.match(text, after) is not None
    organised = company or has_suffix(name) or without_branch(name) != name
    named, described = public or organised or bool(direct), _DESCRIBED.match(text, after) is not None
    named_later = _TERM_LATER.match(text, after) is not None
    listed = (
        _BETWEEN_NAMES.fullmatch(text, min(previous, begins), begins) is not None
        or "\n" in before[-2:]
        or before[-2:-1] == ";"
    )
    several_words = len(name.split()) > 1
    shares = several_words and _SHARES_TERM.match(text, ends) is not None
    if (
        (named and described)
        or shares
        or (joined and (named or described or several_words))
        or (listed and (named or (described and several_words)))
    ):
        return Mention(
            begins, ends, named + (described or shares or (joined and several_words and named_later)), after, known_as
        )
    return None


def _name_start(text: str, candidate: int) -> int:
    if text[candidate : candidate + 4] in ("The ", "THE "):
        return candidate
    candidate = _FILLED_IN.match(text, candidate).end()  # type: ignore[union-attr]
    formed = TO_BE_FORMED.match(text, candidate)
    candidate = formed.end() if formed else candidate
    article = _ARTICLE.match(text, candidate)
    candidate = article.end() if article else candidate
    addressed = _ADDRESSED.match(text, candidate)
    return addressed.end() if addressed and not has_suffix(text[candidate : name_end(text, candidate)]) else candidate


def is_name(words: str) -> bool:
    """Neither a word of the trade ("Section", "Delaware Corporation") nor a role, alone or among others."""
    plain = without_branch(" ".join(words.split()))
    parts = re.split(r"\s+and\s+(?:the\s+)?", plain, flags=re.I)
    if _NOT_A_NAME.match(plain) or (_NO_NAME_STARTS.match(plain) and not has_suffix(plain)):
        return False
    if len(parts) > 1 and parts[-1].lower() in ("company", "co", "co."):
        parts.pop()  # "Stone and Company"
    return not any(role_of(part.rstrip(".")) for part in parts) or _TRADESMENS_BANK.match(plain) is not None


def _inside_parenthesis(text: str, start: int, offset: int) -> bool:
    before = re.sub(_LABEL, "", text[start:offset])
    return before.count("(") > before.count(")")
