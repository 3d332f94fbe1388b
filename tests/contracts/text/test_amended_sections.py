from __future__ import annotations

import pytest

from contracts.text.amended_sections import changed_sections, covers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('2.1 Clause 6.2 of the Master Agreement is deleted and replaced by this: "Pay in 60 days."', "6.2 replaced"),
        ('In clause 6.3 of the Master Agreement the words "4%" are replaced by the words "2%", so that', "6.3 amended"),
        ("Clause 14.2 of the Master Agreement is replaced in its entirety by the text in Annex 1.", "14.2 replaced"),
        ("The last sentence of clause 15.1 of the Master Agreement is deleted.", "15.1 amended"),
        ("Notwithstanding clause 13.4 of the Master Agreement, the total liability for breach of clause 11 shall "
         "not exceed £4m.", "13.4 overridden"),
        ("The Supplier is released from the obligation to carry cover under clause 12.1(b) of the Master Agreement "
         "for as long as none of its people work there.", "12.1(b) amended"),
        ("The cover required by clause 12.1(c) of the Master Agreement is increased from 3 to 4.", "12.1(c) amended"),
        ("Section 2.1 is hereby amended by deleting “ten” and substituting “twelve”.", "2.1 amended"),
        ("Section 4 of the Agreement shall be amended and restated in its entirety as follows:", "4 replaced"),
        ("Section 4(a) of the Agreement is amended to read as follows: “Subject to Section 9, the term is extended.”",
         "4(a) replaced"),
        ("Sections 3.1, 3.2 and 5 of the Lease are deleted in their entirety.", "3.1 deleted|3.2 deleted|5 deleted"),
        ("The parties hereby delete Section 7.3 of the Agreement.", "7.3 deleted"),
        ("Article IV of the Agreement is of no further force or effect.", "IV deleted"),
        ("The definition of “Territory” in Section 1.9 is modified to include Mexico.", "1.9 amended"),
        ("Section 6 (Payment) of the Agreement, entitled “Payment”, is hereby deemed to be revised.", "6 amended"),
        ("Delete the last two sentences of Section 6(f) related to relocation.", "6(f) amended"),
        ("Executive is not subject to Section 12 where the employment of Executive is terminated.", ""),
        # Nothing is changed, or not of the agreement
        ('A new clause 15.4 is added to the Master Agreement: "Clause 3 is deleted."', ""),
        ("In all other respects clause 17.1 of the Master Agreement is unchanged.", ""),
        ("Section 20.1 may be amended only in writing.", ""),
        ("Section 20.1 is not amended.", ""),
        ("Section 6.2, as amended by the First Amendment, remains in force.", ""),
        ("Clause 20.3 of the Master Agreement (governing law) applies to this Amendment.", ""),
        ("Nothing in this Amendment limits the indemnity given in clause 9.1 of the Master Agreement.", ""),
        ("Clause 4.2 of Statement of Work No. 1 is deleted.", ""),
        ("Section 2 of Exhibit B is hereby deleted.", ""),
        ("Section 409A of the Code is amended.", ""),
        ("Clause 20.1 of the Master Agreement requires a variation to be signed by both parties.", ""),
        ("Words defined in Section 1 have the same meaning. The fee is increased to 5%.", ""),
    ],
)  # fmt: skip
def test_sections_that_an_amendment_changes(text: str, found: str) -> None:
    assert "|".join(f"{one.section} {one.change}" for one in changed_sections(text)) == found


@pytest.mark.parametrize(
    ("section", "number", "is_covered"),
    [
        ("6.2", "6.2", True),
        ("6.2", "6.2(a)", True),
        ("6", "6.2", True),
        ("12.1(c)", "12.1(C)", True),
        ("IV", "Article IV", True),
        ("6.2", "6.20", False),
        ("6.2", "6", False),
        ("12.1(c)", "12.1", False),
        ("6", "", False),
    ],
)
def test_a_section_covers_what_stands_under_it(section: str, number: str, is_covered: bool) -> None:
    assert covers(section, number) is is_covered
