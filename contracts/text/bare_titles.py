"""Words that stand like a sentence but only name something: "10.4 Limitations on Liability.", "RECORDS; AUDITS....23".

A heading that its clause was not cut at, a line of a table of contents, a cell or a name says nothing that a question
could be read against.
"""

from __future__ import annotations

import re

_LONGEST = 110  # characters
_MINOR = r"(?:of|and|or|the|in|on|to|for|by|with|a|an|at|from|upon|under|its|&)"
_TITLED = r"[A-Z][\w’'/-]*"
_LABEL = r"(?:(?:Section|Article)\s+)?\(?[\dA-Za-z]{1,3}(?:\.\d{1,3})*[.)]*\s+"
_BARE = re.compile(
    rf"(?:(?i:{_LABEL}))?{_TITLED}(?:[,;]?\s+(?:{_MINOR}\s+)*{_TITLED}){{0,8}}\s*(?:\.|\.{{3,}}\s*\d*)?[\s-]*"
)
# "No Assignment." and "Non-Exclusive Licence" do state something, as does what has a verb, also all in capitals.
_STATES = re.compile(
    r"\b(?:no|not|non|none|never|shall|will|must|may|is|are|has|have|each|either|both|every|hereby|agree|waive"
    r"|(?:agree|waive|warrant|represent|disclaim|grant|pay|indemnifie|acknowledge|accept|assume|make|retain|own)s)\b",
    re.I,
)


def is_bare_title(words: str) -> bool:
    return len(words) < _LONGEST and _BARE.fullmatch(words) is not None and not _STATES.search(words)
