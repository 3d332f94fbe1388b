"""The names of companies and people: where one starting at a given offset ends."""

from __future__ import annotations

import re

from contracts.text.legal_forms import AFTER_COMMA, CLOSING, has_suffix

# Every letter that may open a name: "Škoda" as well as "Österreich".
_CAPITAL = "A-ZÀ-ÖØ-Þ" + "".join(letter for letter in map(chr, range(0x100, 0x250)) if letter.isupper())
_TOKEN = re.compile(
    rf"(?:[{_CAPITAL}\d](?:[^\W_]|(?<=[^\W_])_(?=[A-Za-z])|['’.&\-–/®™+!@*])*|[a-z]{{1,6}}[A-Z][\w.]*|[a-z]\.[A-Z][a-z]+|[\"“][A-Z][\"”](?=\s[A-Z])|"
    r"[a-z]{1,2}-?\d[\w-]*|[a-z]-[\w-]{2,}|(?:[a-z]\.){2,}|"
    r"\w+\.(?:com|net|org)\b)"
)
_CONNECTOR = re.compile(r"(?:&|of|and|the|for|de|del|du|do|da|la|di|y|e|van|von|in|\+|-|–|/)(?=\s)", re.I)
_ABBREVIATION = re.compile(
    r"(?:(?:\w+\.)*[A-Z](?:\.[A-Z])*|Jr|Sr|St|Mr|Ms|Mrs|Dr|Prof|Rev|Hon|Capt|Bros|No|Mfg|Etc|Int'l|Intl|[A-Z]{2,4})\."
)
# "among Tarn Ltd. and TM. Under the terms ...", where "TM." is no abbreviation but closes its sentence
_SENTENCE_BELOW = re.compile(
    r"\s+(?:The|This|These|That|Under|In|If|As|At|On|By|For|It|Each|Any|All|No|Such|Upon|Subject|Pursuant|With)\s+[a-z]"
)
_PLAIN_WORDS = """
    a an and having with whose located as by on at its being is are to between among effective dated this that
    hereinafter hereafter agreement whereas witnesseth recitals preamble party parties organized individually
    collectively both each dear exhibit laws relating regarding concerning part shall existing referred herein
    hereby has been which whom constitute constitutes operates owns desires
"""
_NOT_IN_NAME = frozenset(_PLAIN_WORDS.split())
_SPACE = re.compile(r"[ \t\u00a0]*\n?[ \t\u00a0]*")
_PLACE = re.compile(r"\([A-Z][\w. ]{1,20}\),?\s+(?=[A-Z(])")  # "Fonterra (USA) Inc.", "Karoo (Africa) (Pty) Limited"
# "Keefe, Bruyette & Woods, Inc.", "Fair, Isaac and Company, Incorporated": what follows the first comma
_FIRM = re.compile(
    r"(?:[A-Z][\w.'’]+,\s+){0,3}[A-Z][\w.'’]+,?\s+(?:and|AND|&)\s+(?i:Company|Co\b|Sons|Partners)\b"
    r"|(?:[A-Z][\w.'’]+,\s+){0,3}[A-Z][\w.'’]+,?\s+&\s+[A-Z][\w.'’-]+,?\s+(?:[A-Z]\w+,?\s+){0,3}"
    r"(?i:Inc|L\.?L\.?[CP]|P\.?C|L\.?P|Ltd|Limited|Corp|Co|Company|Incorporated|Corporation)\b"
)
# "Ada Mary “Addie” Stone", "Ada (“Addie”) Stone (“Executive”)": the nickname in the name of a person
_NICKNAME = re.compile(
    r"(?:[\"“][A-Z][a-z]+[\"”]|\([\"“][A-Z][a-z]+[\"”]\))\s"
    r"(?=[A-Z][\w'’-]+,?(?:\s*\(|\s+and\b|[ \t]*\n|,\s+(?:an?|residing)\b))"
)
_PERSON_SO_FAR = re.compile(r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,2}")
# "TARN MILLS", then "THE MOOR GROUP, INC.": two names, one below the other
_ARTICLE_BELOW = re.compile(r"(?<!\bof)(?<!\bOF)(?<!&)[ \t]*\n[ \t]*(?:The|THE)\s+[A-Z]")
_FIRM_NAMES = 2  # words before the first comma of a firm: "Merrill Lynch, Pierce, ..."
# "Bank One, Texas, N.A."
_PLACE_AND_FORM = re.compile(
    r"(?i:New\s|North\s|South\s|West\s)?[A-Z][A-Za-z]+,\s+(?:N\.?\s?A\b|(?i:National\s+Association)|F\.?S\.?B\b)"
)
# "Tarn Mills, (Bermuda) Ltd."
_PLACE_THEN_FORM = re.compile(r"\([A-Z][\w. ]{1,20}\)\s+(?:Inc|Ltd|LTD|Limited|LIMITED|LLC|Corp|GmbH)\b")
# "Moelis & Company Holdings LP" goes on after its "Company".
_LONGER = re.compile(
    r"(?i:Company|Co\.?|Group|Partnership)\s(?i:of\s(?:the\s)?)?(?:[A-Z][\w&]*,?\s(?i:of\s(?:the\s)?)?){1,5}?"
    r"(?:L\.?L\.?C|L\.?P|(?i:Inc|Ltd|Limited|PLC))\b"
)
# "Alliance Bancorp, Inc. of Pennsylvania (", "Morgan Guaranty Trust Company of New York", "Lux S.à r.l. II"
_TAIL = re.compile(
    r"\s(?:of\s(?:the\s)?[A-Z]\w+(?=\s*[,(])(?!,\s[A-Z][a-z]+\s*[,(])|(?<=Co\. )(?i:International)(?=\s*[,(])|"
    r"(?:(?<=any )|(?<=ANY ))(?i:of)\s(?:(?i:New|North|South|West|Great|the)\s)?[A-Z][A-Za-z]+\b(?!\s+\d)"
    r"|(?:I{1,3}|IV|VI{0,3})\b(?!\.))"
)
# "Lake Bank AG, New York Branch"
_BRANCH = re.compile(r",?\s(?:[A-Z][\w.]+\s){1,3}(?i:Branch|Agency)\b")
# "Lake New York Branch": where foreign banks have theirs, so that it tells a bank
_BANKS_PLACE = re.compile(
    r",?\s(?i:New\s+York|(?:Grand\s+)?Cayman(?:\s+Islands?)?|London|Toronto|Chicago|Los\s+Angeles|Atlanta|Houston|Miami|"
    r"San\s+Francisco)\s+(?i:Branch|Agency)\b"
)
_KIND = re.compile(r";\s+(?:A|a)\s+(?i:Real\s+Estate\s+Limited\s+Partnership)\b")  # "Tarn Pensions; A Real Estate ..."
_A_BANK = re.compile(r"(?i:bank\b|banking\b)|\b(?:AG|N\.?A|S\.?A|PLC|plc)\b")
# "TARN LODGE AT THE LAKE, LLC": what a plain word leads to, where the form closes it
_PLACED = re.compile(
    r"(?:at|AT|on|ON)\s(?:(?:the|THE)\s)?(?:[A-Z][\w’'&-]*\s|-\s){0,5}[A-Z][\w’'-]*,\s(?:LLC|L\.L\.C|LP|L\.P|Inc|INC)\b"
)
# The number of a section or a year, or of a house ("12 SE Mill Road"), but not that of "12 Mill Road, LLC"
_NO_START = re.compile(
    r"(?!\d+\s(?:[A-Z][\w’'-]*\s){1,6}?(?:[A-Z][\w’'-]*,\s)?(?:LLC|L\.L\.C|L\.?P|Inc|INC|Ltd|LTD)\b)"
    r"(?!\d+\s(?:[A-Z][\w’'-]*\s){0,3}?(?i:Partners|Associates|Ventures?|Holdings|Properties),\s+an?\s)"
    r"(?:\d{1,3}(?:\.\d{1,2})*\.?\s|(?:19|20)\d\d,?\s|\d{1,6}\s[NS]\.?[EW]?\.?\s)"
)
_NOT_FIRST = re.compile(r"(?:and|of|for|or|to|behalf\s+of)\b|(?:president|chairman|treasurer|secretary)[ \t]*\n", re.I)
# A form in small letters is a description: "a Maryland corporation", "a Texas limited partnership".
_COMMON_NOUNS = frozenset(
    ("corporation", "company", "limited", "partnership", "incorporated", "general", "public", "private", "national")
)
# "Tarn Bank\n12 Mill Road", "TARN BANK\nP. O. Box 12"
_STREET_BELOW = re.compile(r"[ \t]*\n[ \t]*(?:\d{1,6}[A-Za-z]?\s+[A-Z][A-Za-z]|P\.?[ \t]?O\.?[ \t]+Box\b)")
# "and" alone on its line, or set apart, or before a person's title or another's article
_NEXT_NAME = re.compile(
    r"and(?:[ \t]{3,}|[ \t]*\n(?!\s*(?:Trust|Savings)\b)|[ \t]+(?:Mr|Ms|Mrs|Dr)\b|(?-i:(?<=and)\sT(?:HE|he)\s[A-Z]))",
    re.I,
)
# "Peoples Bank and Ada Stone ("
_PERSON_NEXT = re.compile(r"and\s+(?!(?:New|North|South|West)\s)[A-Z][a-z]+\s(?:[A-Z]\.\s)?[A-Z][\w'’-]+(?=\s*[,(;\n])")
_BANK_GOES_ON = re.compile(r"and\s+(?:Trust|Savings)\b", re.I)  # "Union Bank and Trust Company", no person called Trust
# "Tarn Bank and Moor Trust Company"
_BANKS = re.compile(r".*\b(?:Bank|BANK)\s*")
_WITH_INITIAL = re.compile(r"[A-Z][A-Za-z]+\s(?:[A-Z]\.\s){1,2}[A-Z][\w'’-]+")
_AND_NAME = re.compile(r"and\s+(?!(?:Sons?|Daughters?|Brothers|Associates|Partners|Company|Co)\b)", re.I)
_PERSON = re.compile(r"[A-Z][a-z]+(?:\s[A-Z]\.){0,2}\s[A-Z][\w'’-]+")
_IN_CAPITALS = re.compile(
    r"\S*[A-Z]{2,}\S*(?:\s+(?:&|[A-Z.,']{2,})){1,17}\s+(?=and\s+[A-Z]{2,}\b)"
)  # "CREDIT TARN FIRST and"
_OF_THE_PART = re.compile(r"of\s+the\s+\w+\s+part\b", re.I)  # "Moor Holdings of the Other Part"
_AND_COMPANY = re.compile(r"and\s+(?:company|co|sons|partners)\b", re.I)
# What a title or a form prints large, or a label names, right before a name: "AMENDMENT Tarn, Inc.".
_HEADING = re.compile(
    r"(?:[A-Z][A-Z&'’.-]*\s+)*?(?:AGREEMENT|AMENDMENT|ADDENDUM|CONTRACT|LEASE|TERMS|PRESENTATION|SUMMARY)\s+(?=[A-Z][a-z])"
    r"|(?:[A-Z]\w+\s+)*?Legal\s+Name\s+(?=[A-Z])"
    r"|You\s+and\s+(?=[A-Z])"
    r"|(?:[A-Z]\w+\s+(?:and\s+)?)*?(?:President|Officer|Director|Secretary|Counsel|Chairman|Meeting)\s+of\s+(?:[Tt]he\s+)?(?=[A-Z])"
)
# On the next line the number of a clause, a label ("Ada Stone", then "ID number: 12"), an office ("President and CEO")
_NOTHING_BELOW = re.compile(
    r"[ \t]*\n\s*(?:\(?\d{1,3}[.)]?\s|"
    r"[A-Z]\.\s+(?i:Introduction|Background|Recitals?|Definitions?|Parties|Purpose|Preamble)\b|[A-Z][^\n:()\"“,]{1,30}:\s|"
    r"(?i:(?:(?:senior|executive|assistant|interim)[ \t]+)*"
    r"(?:(?:vice[ \t]+)?president|chief[ \t]+\w+[ \t]+officer|chairman|treasurer))\b)"
)
# Below a name in capitals the text goes on in small letters, not with the rest of the name ("TARN", then "Wool, Inc.").
_CAPITALS_END = re.compile(
    r"[ \t]*\n\s*(?!(?:[A-Z]\w+,?\s){0,3}(?:Inc|Corp|Ltd|Limited|Company|LLC)\b|(?:of|and|the|for|de)\b)"
    r"(?:[A-Z][a-z]|[a-z]{2})"
)
# "Ada Stone of Westminster, London SW1A 0AA": an address, unless it is the seat of a "Royal Bank of Scotland"
_OF_ADDRESS = re.compile(r"of\s+(?:[A-Z][a-z]+\s){0,2}[A-Z][a-z]+,\s[^()\n;\"“]{0,60}\b(?:\d|[A-Z]{1,2}\d)")
_NO_PERSON = re.compile(
    r"\b(?:Bank|University|College|Trust|Trustees|Board|City|Church|Diocese|House|Institute|Museum|Society|Association|Ministry|"
    r"Department|Fund|Council|Academy|School|Hospital|Club|Federation|Foundation|Agency|Authority|Chamber|Port|Order|Office|"
    r"Government|Republic|Kingdom|State|Commonwealth|County|Town|Village|Bar|Group|Holdings|Partners|Bishop|Sons|Lords?)\b"
)
_FORM_FOLLOWS = re.compile(r",\s(?:Inc|L\.?L\.?[CP]|Ltd|Corp)\b")
# "tarn mills holdings inc.", as some firms write themselves; where a sentence goes on with what it is or is called
_SMALL_LETTERS = re.compile(
    rf"(?!(?:{'|'.join(_PLAIN_WORDS.split())}|the|any|or|other|such|of)\b)(?:[a-z][\w&-]{{1,20}}\s(?!of\b|and\b)){{1,4}}?"
    r"(?:inc|llc|l\.l\.c|ltd|corp|plc)\b\.?(?=,\s+an?\s|,?\s+\((?:the\s+|hereinafter\s+)?[\"“])"
)
_MAX_TOKENS = 18
_OF_STREET = re.compile(r"OF\s+\d+\s")  # "TARN SERVICES OF 12 MILL ROAD"
# "by the At Home Corporation": a plain word in capitals within a sentence, where the form closes the name
_OPENS_NAME = re.compile(
    r"(?:At|On|In|By|With)\s(?:[A-Z][\w&-]*,?\s){1,3}?(?:Corporation|Corp|Company|Inc|LLC|Ltd|Limited)\b"
)


def name_end(text: str, start: int) -> int:
    """The end of the name that starts at ``start``; ``start`` itself when no name starts there."""
    end = _name_end(text, start)
    kind = _KIND.match(text, end) if end > start else None
    branch = _BRANCH.match(text, end) if _A_BANK.search(text, start, end) else kind or _BANKS_PLACE.match(text, end)
    end = branch.end() if branch else end
    return end - 1 if text[start:end].endswith(("'", "’")) else end


def without_branch(name: str) -> str:
    """ "Lake Bank AG, New York Branch" -> "Lake Bank AG"."""
    branch = (_BRANCH if _A_BANK.search(name) else _BANKS_PLACE).search(name)
    return name[: branch.start()] if branch and branch.end() == len(name) else name


def _name_end(text: str, start: int) -> int:
    if small := _SMALL_LETTERS.match(text, start):
        return small.end()
    end, offset, closed, firm_ends = start, start, False, start
    if _NO_START.match(text, start) or _NOT_FIRST.match(text, start):
        return start
    for position in range(_MAX_TOKENS):
        suffix = CLOSING.match(text, offset) if position else None
        if suffix and suffix.group().split()[0] in _COMMON_NOUNS:
            break
        if suffix and closed and "\n" in text[end:offset]:
            break
        if suffix:
            tail = _TAIL.match(text, suffix.end())
            end, closed = (tail or suffix).end(), not _LONGER.match(text, suffix.start())
        elif closed:
            break
        else:
            place = _PLACE.match(text, offset) if position else None
            if place:
                offset = place.end()
                continue
            if position and _PERSON_SO_FAR.fullmatch(text, start, end) and (nickname := _NICKNAME.match(text, offset)):
                offset = nickname.end()
                continue
            if position and _next_name_follows(text, start, offset):
                break
            if position and _ARTICLE_BELOW.match(text, end):
                break
            if position and _lives_here(text, start, offset):
                break
            following = _after_connector(text, offset) if position else None
            if following is not None:
                offset = following
                continue
            token = _TOKEN.match(text, offset)
            ends = position and (_NEXT_NAME.match(text, offset) or _OF_STREET.match(text, offset))
            if not token or ends or _is_plain(text, token):
                break
            end = _without_full_stop(token)
            if end < token.end():
                break
        if (
            _NOTHING_BELOW.match(text, end)
            or _STREET_BELOW.match(text, end)
            or (_in_capitals(text[start:end]) and _CAPITALS_END.match(text, end))
        ):
            break
        offset = _space_end(text, end)
        if text[offset : offset + 1] == ",":
            offset = _space_end(text, offset + 1)
            if position < _FIRM_NAMES and not closed and (firm := _FIRM.match(text, offset)):
                firm_ends = firm.end()
            form = _PLACE_AND_FORM.match(text, offset) or _PLACE_THEN_FORM.match(text, offset)
            whole = offset < firm_ends or (not closed and form)
            if not (whole or AFTER_COMMA.match(text, offset)):
                break
        elif offset == end:
            break
    return end


def heading_length(words: str) -> int:
    """How much of what reads as a name is the heading or label before it."""
    heading = _HEADING.match(words)
    return heading.end() if heading else 0


def _next_name_follows(text: str, start: int, offset: int) -> bool:
    """Whether the "and" here divides two names: after an organisation a person, in small letters among large ones."""
    person = _PERSON_NEXT.match(text, offset)
    if (
        person
        and not _BANK_GOES_ON.match(text, offset)
        and not AFTER_COMMA.match(text, _space_end(text, person.end() + 1))
    ):
        name = text[start:offset]
        if has_suffix(name) or (_PERSON.fullmatch(name.strip()) and not has_suffix(person.group())):
            return True
    apart = _AND_NAME.match(text, offset) and not _BANK_GOES_ON.match(text, offset)
    if apart and _BANKS.fullmatch(text, start, offset):
        return True
    joint = _AND_NAME.match(text, offset) if _WITH_INITIAL.fullmatch(text[start:offset].strip()) else None
    if joint and has_suffix(text[joint.end() : name_end(text, joint.end())]):
        return True  # "Ada Q. Stone and Tarn Mills, Inc."
    capitals = None if _AND_COMPANY.match(text, offset) else _IN_CAPITALS.match(text, start)
    return capitals is not None and capitals.end() == offset


def _in_capitals(words: str) -> bool:
    return words.isupper() and " " in words


def _space_end(text: str, offset: int) -> int:
    gap = _SPACE.match(text, offset)
    return gap.end() if gap else offset


def _after_connector(text: str, offset: int) -> int | None:
    """The start of the next capitalised word, if a connector stands here and that word can carry on the name."""
    connector = _CONNECTOR.match(text, offset)
    if not connector or _NEXT_NAME.match(text, offset) or _OF_THE_PART.match(text, offset):
        return None
    following = _space_end(text, connector.end())
    second = _CONNECTOR.match(text, following)
    if second:
        following = _space_end(text, second.end())
    token = _TOKEN.match(text, following)
    address = token and token.group()[0].isdigit() and connector.group().lower() in ("of", "in")
    return following if token and not address and token.group().lower() not in _NOT_IN_NAME else None


def _lives_here(text: str, start: int, offset: int) -> bool:
    """Whether a person's name ends here, and "of" leads to where that person lives."""
    person = text[start:offset].strip()
    return bool(_OF_ADDRESS.match(text, offset) and _PERSON.fullmatch(person) and not _NO_PERSON.search(person))


def _is_plain(text: str, token: re.Match[str]) -> bool:
    """A word of the sentence rather than of a name; the "A" of "A & B" and of "A. Smith" is not one."""
    word = token.group()
    if _PLACED.match(text, token.start()):
        return False
    if word.lower() == "party" and text[: token.start()].endswith(("Third ", "THIRD ")):
        return False  # "Third Party Mills, LLC"
    if word.lower() == "page" and re.match(r"\s\d", text[token.end() : token.end() + 2]):
        return True  # "Tarn Mills Page 1 of 10"
    if word in ("ON", "TO") and re.match(r"\s[A-Z][A-Za-z]{2}", text[token.end() : token.end() + 4]):
        return False  # "YOU ON DEMAND HOLDINGS"
    if _OPENS_NAME.match(text, token.start()) and text[max(0, token.start() - 2) : token.start()].rstrip().islower():
        return False
    if word.istitle() and _FORM_FOLLOWS.match(text, token.end()):
        return False  # "Hang With, Inc."
    plain = word.lower() if len(word) < 4 else word.lower().removesuffix(".")
    return plain in _NOT_IN_NAME and not text.startswith(" &", token.end())


def _without_full_stop(token: re.Match[str]) -> int:
    word = token.group()
    if word.endswith(".") and (
        _SENTENCE_BELOW.match(token.string, token.end()) or not (_ABBREVIATION.fullmatch(word) or word.islower())
    ):
        return token.end() - 1
    return token.end()
