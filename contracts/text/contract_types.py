"""What a contract is about: supply, licence, lease ... By its title, else by what its preamble calls itself.

A type that neither names stays unknown: a body of clauses has something of everything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from contracts.text.types import FactSpan

# Value, as people call it, and the words of a title that say so. Where two begin at one word the upper row decides.
_TYPES: tuple[tuple[str, str, str], ...] = (
    ("nda", "Confidentiality (NDA)", r"confidentiality|non-?\s?disclosure|NDA"),
    ("data", "Data protection", r"data\s+(?:processing|protection|transfer|sharing)|business\s+associate"),
    ("non_compete", "Non-competition", r"non-?\s?compet\w*|non-?\s?solicit\w*|restrictive\s+covenants?"),
    ("employment", "Employment", r"employment|employee\s+agreement|severance"),
    ("joint_venture", "Joint venture or partnership",
     r"joint\s+ventures?|partnership|limited\s+liability\s+company|LLC\s+agreement|consortium"),
    ("guarantee", "Guarantee, indemnity or security",
     r"guarant\w+|indemni\w+|pledge|suret\w+|security\s+(?:agreement|deed)|collateral|mortgage|capital\s+maintenance"),
    ("loan", "Loan or credit",
     r"loan(?!\s+(?:servic|purchase))|credit\s+(?:agreement|facilit\w+|line)|(?:revolving|term)\s+credit|credit$|"
     r"line\s+of\s+credit|(?:facility|facilities)\s+agreement|(?:promissory|convertible|secured|demand)\s+notes?|"
     r"note$|indenture|debenture|financing"),
    ("ip", "Assignment of intellectual property",
     r"intellectual\s+property(?!\s+(?:\w+\s+){0,2}licen[cs])|"
     r"(?:patent|trade\s?mark|copyright|invention|domain\s+name)s?\s+(?:\w+\s+){0,2}assignment|"
     r"assignment\s+of\s+(?:patent|trade\s?mark|copyright|invention|domain)\w*"),
    ("franchise", "Franchise", r"(?:area\s+)?franchis\w+(?:\s+development)?"),
    ("lease", "Lease", r"(?:sub-?)?leas(?:e|es|ing)|tenancy|rental"),
    ("agency", "Agency or brokerage",
     r"(?:sales\s+)?(?:agency|agents?|representatives?)|remarketing|broker\w*|referral|introducer|finders?"),
    ("distribution", "Distribution or resale", r"distribut\w+|re-?sell\w*|dealers?|dealership|wholesal\w+"),
    ("supply", "Supply or manufacture",
     r"suppl(?:y|ies)(?!\s+chain)|manufactur\w+|power\s+purchase|purchase\s+order|procurement|off-?take|tolling"),
    ("licence", "Licence", r"(?:sub-?)?licen[cs]\w+|EULA"),
    ("transport", "Transport or storage",
     r"transport\w*|freight|carriage|shipping|charter(?:\s?party)?|gathering|logistics|warehous\w+|storage"),
    ("construction", "Construction or engineering",
     r"construction|building\s+(?:contract|agreement)|engineering|EPC"),
    ("marketing", "Marketing, promotion or sponsorship",
     r"marketing|promotion\w*|advertis\w+|sponsor\w*|endorse(?:ment|r)\w*|co-?\s?brand\w*|affiliate\w*"),
    ("development", "Development or collaboration",
     r"(?:joint\s+|co-?)?development|collaborat\w+|co-?operation|research|(?:strategic\s+)?alliance|teaming|"
     r"clinical\s+trial"),
    ("shares", "Shares and shareholders",
     r"(?:share|stock|security|unit)\s?holders?\w*|investors?|registration\s+rights|(?:share|stock)\s+subscription|"
     r"(?:stock\s+|share\s+)?option|voting|warrants?|restricted\s+stock|joint\s+filing"),
    ("purchase", "Sale and purchase", r"purchases?|sales?|acquisition|merger|share\s+exchange"),
    ("settlement", "Settlement or release", r"settlement|release"),
    ("insurance", "Insurance", r"(?:re)?insurance"),
    ("services", "Services",
     r"consult\w+|maintenance|hosting|outsourc\w+|SaaS|advisory|engagement|statement\s+of\s+work|work\s+order|"
     r"(?P<generic>services?|servicing|management|support|administration)"),
)  # fmt: skip
CHOICES = [(value, called) for value, called, _ in _TYPES]
CONTRACT_TYPES: dict[str, str] = dict(CHOICES)

_NAMED = re.compile(rf"\b(?:{'|'.join(f'(?P<{value}>{words})' for value, _, words in _TYPES)})\b", re.I)
# "Supply and Licence Agreement" is first a supply agreement; "Licence Agreement for the Distribution of ..." a licence.
_PARTS = re.compile(
    r"[,/;]|\b(?:and|for|regarding|relating|concerning|with|between|among|on|by)\b|&|"
    r"(?:(?<=agreement)|(?<=contract)|(?<=lease)|(?<=licen[cs]e))\s+of\b",
    re.I,
)
_SEARCHED = 3_000
_FORM = r"(?:agreement|contract|lease|licen[cs]e|deed|note|indenture|charter|guarant(?:y|ee)|undertaking)"
_NOT_ALL = rf"(?!\s+(?:(?:[A-Z][\w&-]*|and|of|&)\s+){{0,3}}(?i:{_FORM})\b)"  # "Lease" in "Lease Guaranty"
# 'This Loan and Security Agreement', '(this "Lease")', '(the "Supply Agreement")'
_CALLS_ITSELF = re.compile(
    rf"\b[Tt](?:his|HIS)\s+((?:(?:[A-Z\d][\w'’&/,.-]*|of|and|for|to|the|&)\s+){{0,12}}?(?i:{_FORM}))\b{_NOT_ALL}|"
    rf"\b[Tt]his\s+[\"“]((?:[A-Z][\w-]*\s+){{0,5}}(?i:{_FORM}))[\"”]|"
    r"\bthe\s+[\"“]((?:[A-Z][\w-]*\s+){1,5}(?:Agreement|Contract|Lease))[\"”]"
)


def find_contract_type(text: str, title: FactSpan) -> FactSpan | None:
    """At the title, or at the words of the preamble; a title that only the file name tells has the empty span 0:0."""
    if named := type_named(title.value):
        return FactSpan("contract_type", named, title.start, title.end)
    for called in _CALLS_ITSELF.finditer(text, 0, _SEARCHED):
        if named := type_named(called[called.lastindex or 0]):
            return FactSpan("contract_type", named, *called.span(called.lastindex or 0))
    return None


def type_named(title: str) -> str:
    """A value of ``CONTRACT_TYPES``; "" when its words name none."""
    return next((named for part in _PARTS.split(" ".join(title.split())) if (named := _of_part(part))), "")


def _of_part(words: str) -> str:
    """The last word decides, as in "Distribution Licence"; services, only where nothing says of what kind."""
    found = list(_matches(words.strip()))
    strong = [value for value, generic in found if not generic]
    return (strong or [value for value, _ in found] or [""])[-1]


def _matches(words: str) -> Iterator[tuple[str, bool]]:
    for match in _NAMED.finditer(words):
        value = next(value for value in CONTRACT_TYPES if match[value])
        yield value, match["generic"] is not None
