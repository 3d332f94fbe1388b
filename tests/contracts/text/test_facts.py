from __future__ import annotations

import time

import pytest

from contracts.text.definitions import find_definitions
from contracts.text.facts import find_facts

MASTER = """MASTER SERVICES AGREEMENT

This Master Services Agreement is made on 3 March 2024, effective April 1, 2024 (the "Effective Date"),
between A Ltd and B Ltd.

12. This Agreement is governed by and construed in accordance with the laws of England and Wales, without regard
to conflicts.
"""


def facts(text: str, filename: str = "contract.txt") -> dict[str, str]:
    return {fact.kind: fact.value for fact in find_facts(text, filename)}


def test_every_fact_of_an_agreement() -> None:
    assert facts(MASTER) == {
        "title": "MASTER SERVICES AGREEMENT",
        "kind": "main",
        "contract_type": "services",
        "agreement_date": "3 March 2024",
        "effective_date": "April 1, 2024",
        "governing_law": "England and Wales",
    }
    for fact in find_facts(MASTER, "contract.txt"):
        assert fact.kind in ("kind", "contract_type") or MASTER[fact.start : fact.end] == fact.value


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("FIRST AMENDMENT TO SUPPLY AGREEMENT", "amendment"),
        ("AMENDED AND RESTATED LICENSE AGREEMENT", "main"),
        ("STATEMENT OF WORK", "exhibit"),
        ("LOAN AGREEMENT", "main"),
    ],
)
def test_document_kind(heading: str, kind: str) -> None:
    found = facts(f"{heading}\n\nThe terms follow.")
    assert (found["title"], found["kind"]) == (heading, kind)


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        (
            "This Agreement shall be governed by the laws of the State of Delaware, without regard to conflicts.",
            "Delaware",
        ),
        ("This Agreement is governed by English law.", "English"),
        ("Governing Law: Delaware", "Delaware"),
        ("Governing law | The laws of England and Wales", "England and Wales"),
        ("GOVERNING LAW: State of New York.", "New York"),
        ("Governing Law: This Agreement is governed by the laws of Ohio.", "Ohio"),
        ("The laws of the People's Republic of China shall govern this contract.", "People's Republic of China"),
        (
            "This lease shall be construed under the laws of the Federal Republic of Germany.",
            "Federal Republic of Germany",
        ),
    ],
)
def test_governing_law(clause: str, law: str) -> None:
    assert facts(clause)["governing_law"] == law


def test_a_title_known_from_the_file_name_only() -> None:
    found = find_facts("Nothing of the kind.", "Lease_of_barn.txt")
    assert (found[0].value, found[0].start, found[0].end) == ("Lease of barn", 0, 0)


@pytest.mark.parametrize(
    ("top", "title"),
    [
        (
            "Exhibit 10.2   Strategic Alliance Agreement   This Agreement is made on May 1, 2020.",
            "Strategic Alliance Agreement",
        ),
        (
            "FIRST AMENDMENT\nTO SUPPLY AGREEMENT\n\nThis Amendment is made today.",
            "FIRST AMENDMENT TO SUPPLY AGREEMENT",
        ),
        ("TARN MILLS CORPORATION AGENCY AGREEMENT\n\nThis Agreement is made today.", "AGENCY AGREEMENT"),
        ("SERVICE AGREEMENT\n\n1 October 2019\n\nTARN LTD", "SERVICE AGREEMENT"),
        ("Lease of Unit 4, Tarn Yard\nThis Lease is made on 1 May 2020.", "Lease of Unit 4, Tarn Yard"),
        (
            "Filed apart. EXHIBIT 10.2 EXECUTION COPY PULP SUPPLY AGREEMENT This Agreement is made today.",
            "PULP SUPPLY AGREEMENT",
        ),
        ("Pulp Agreement, Tarn/Lake PULP SUPPLY AGREEMENT\n\nThis Agreement is made today.", "PULP SUPPLY AGREEMENT"),
        ("Exhibit 10.B.01 EXECUTION COPY\nPULP AGREEMENT between Tarn Ltd and Lake LLC", "PULP AGREEMENT"),
        ("EXHIBIT 4\n\nHereby this Franchise Agreement is made between A Ltd and B Ltd.", "Franchise Agreement"),
    ],
)
def test_titles(top: str, title: str) -> None:
    assert facts(top)["title"] == title


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("This Lease is made as of the 3rd day of March, 2024 by A Ltd.", "3rd day of March, 2024"),
        ("This Amendment amends that certain agreement dated May 1, 2001. It is made on June 2, 2003.", "June 2, 2003"),
        ("LEASE\n\nMay 1, 2020\n\nA Ltd lets to B Ltd.", "May 1, 2020"),
        ("A Ltd lets to B Ltd.\n\nIN WITNESS WHEREOF\n\nA 1/26/2020\n\nB 1/27/2020", "1/27/2020"),
        ("Source: TARN, INC., 10-K, 3/3/2017\n\nThis Lease is made on May 1, 2016.", "May 1, 2016"),
    ],
)
def test_agreement_date(text: str, agreed: str) -> None:
    assert facts(text)["agreement_date"] == agreed


@pytest.mark.parametrize(
    ("text", "effective"),
    [
        ('This Lease is made on May 1, 2016, effective June 1, 2016 (the "Effective Date").', "June 1, 2016"),
        ("This Lease is made on May 1, 2016. This Lease shall become effective as of the date hereof.", "May 1, 2016"),
        (
            'This Lease is made as of the later of the two signature dates below (the "Effective Date") by A Ltd.',
            "the later of the two signature dates below",
        ),
        ('"Effective Date" means the date of the last signature.', "the date of the last signature"),
        ("This Lease will start on the Order Date, continue through the Term, and renew.", "the Order Date"),
        (
            "This Lease is made on May 1, 2016. The term of this Lease shall begin on July 1, 2016 and end.",
            "July 1, 2016",
        ),
        (
            "This Lease is made on May 1, 2016. The Effective Date of this Lease is near. This Lease shall commence on "
            "the Effective Date.",
            "May 1, 2016",
        ),
    ],
)
def test_effective_date(text: str, effective: str) -> None:
    assert facts(text)["effective_date"] == effective


def test_the_law_of_this_agreement_not_of_another_provision() -> None:
    text = (
        "2. A subsidiary organised under the laws of Nevada may join.\n\n9. This Agreement is governed by the laws of "
        "the state of Ohio."
    )
    assert facts(text)["governing_law"] == "Ohio"


@pytest.mark.parametrize(
    ("opening", "title"),
    [
        (
            "Portions of this exhibit are marked and were filed apart. Amendment #3 to the Milling Agreement This "
            "Amendment #3 is made by Tarn Ltd.",
            "Amendment #3 to the Milling Agreement",
        ),
        ("GLOBAL REPAIR AGREEMENT Contract No. 17 issue 7\nBetween\nTARN LTD", "GLOBAL REPAIR AGREEMENT"),
        (
            "SERVICE AGREEMENT\nFOR\nFREIGHT HANDLING\nTHIS SERVICE AGREEMENT FOR FREIGHT HANDLING (this "
            '"Agreement") is made between Tarn Ltd and Moor Ltd.',
            "SERVICE AGREEMENT FOR FREIGHT HANDLING",
        ),
        ("SCHEDULE 3\nManagers\nESCROW AGREEMENT\nThis agreement is made.", "ESCROW AGREEMENT"),
        ("English Translation\nCooperation Agreement on Mobile Games\nParty A: Tarn Ltd", "Cooperation Agreement"),
        ("Schedule 13 G EXHIBIT 1 JOINT FILING STATEMENT PURSUANT TO RULE 13\nText.", "JOINT FILING STATEMENT"),
        (
            "AMENDED AND RESTATED\nMILLING AGREEMENT\nThis agreement is made.",
            "AMENDED AND RESTATED MILLING AGREEMENT",
        ),
        (
            "EXHIBIT 2\nSOFTWARE\nLICENSE AGREEMENT\nThis Software License Agreement is made.",
            "SOFTWARE LICENSE AGREEMENT",
        ),
        ("To the Purchase Agreement\nDated today\nLICENSE AGREEMENT\nThis agreement is made.", "LICENSE AGREEMENT"),
        ("moorEngine Licence Agreement\nThis Agreement is made.", "moorEngine Licence Agreement"),
        (
            "TARN CONTRACT No. 076C/01 LICENCE AND MILLING AGREEMENT entered into by and between A Ltd and B Ltd",
            "LICENCE AND MILLING AGREEMENT",
        ),
        ("Filed apart.\nREVOLVING CREDIT\nAGREEMENT\nDated as\nof April 11, 2008\nTARN", "REVOLVING CREDIT AGREEMENT"),
        ("Mill Road\nRe: Employment Agreement\nDear Ada,\nYou agreed to our Holiday Plan", "Employment Agreement"),
        (
            "THIS MILLING AGREEMENT AND LIQUIDITY UPKEEP AGREEMENT is made between A Ltd and B Ltd",
            "MILLING AGREEMENT AND LIQUIDITY UPKEEP AGREEMENT",
        ),
        ('Tarn Order Terms\n\nThese Tarn Order Terms (the "Terms") are effective today.', "Tarn Order Terms"),
        ("ENDORSEMENT\nContract Number: 7\nIt is changed.\nENTIRE CONTRACT\nIt is whole.", "ENDORSEMENT"),
    ],
)
def test_titles_among_other_words(opening: str, title: str) -> None:
    assert facts(opening)["title"] == title


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        (
            'This Amendment to the Supply Agreement dated April 1, 2017 between Tarn and Moor ("Agreement") is made '
            "this 22 day of June 2018.",
            "22 day of June 2018",
        ),
        ("This Agreement is entered on this 9th day of October, 2001 and is deemed effective as of October 1, 2001.",
         "9th day of October, 2001"),
        ("Terms.\nIN WITNESS WHEREOF, signed.\nBy: /s/ Ada Stone\nDate: 4/28/2017\nBy: /s/ Lee Moor\nDate: 4/26/2017",
         "4/28/2017"),
        ("CONTRACT # GCM98-10-22\nThis Agreement is made the 23rd day of October, 1998.", "23rd day of October, 1998"),
    ],
)  # fmt: skip
def test_the_date_of_the_agreement_itself(text: str, agreed: str) -> None:
    assert facts(text)["agreement_date"] == agreed


@pytest.mark.parametrize(
    ("text", "effective"),
    [
        ('EFFECTIVE DATE: April 17, 2017\nTerms. "Effective Date" means the date set forth above.', "April 17, 2017"),
        ("This Agreement is made on May 3, 2010. Commencement Date means the date of this Agreement.", "May 3, 2010"),
        ("It shall be effective on 6 October 2000 and runs for two years.", "6 October 2000"),
        ('This Agreement is entered into on April 15, 2010 ("EffectiveDate").', "April 15, 2010"),
        (
            "This Agreement is made on May 3, 2010. This Agreement shall become effective when one or more "
            "counterparts have been signed.",
            "May 3, 2010",
        ),
        ("This Agreement is made and entered into on June 30, 2017.", "June 30, 2017"),
    ],
)
def test_the_effective_date_in_other_words(text: str, effective: str) -> None:
    assert facts(text)["effective_date"] == effective


@pytest.mark.parametrize(
    ("clause", "law"),
    [
        ("This Agreement is governed by the laws of India, save for its conflict rules.", "India"),
        ("This Agreement shall be governed by the laws of Delaware, its rules of conflict of laws apart.", "Delaware"),
        ("This Agreement is governed by the laws of Nevada having their principal office there.", "Nevada"),
        ("This Agreement is governed by the laws of the Republic of Cyprus.", "Republic of Cyprus"),
        ("Its validity shall be governed by the laws and judicial decisions of the State of Florida.", "Florida"),
        ("This Agreement shall be governed by and in accordance with the laws in the State of Oregon.", "Oregon"),
        ("This Agreement shall be governed by the laws of England and Wales, and all actions shall be brought there.",
         "England and Wales"),
        ("The execution and validity of this Agreement shall be governed by the PRC Law.", "PRC"),
    ],
)  # fmt: skip
def test_governing_law_in_other_words(clause: str, law: str) -> None:
    assert facts(clause)["governing_law"] == law


@pytest.mark.parametrize(
    "clause",
    [
        "“Privacy Laws” means the rules that govern personal data, including the Data Protection Laws.",
        "This Agreement is governed by the law of ECOPETROL found in its manual.",
    ],
)
def test_what_is_no_place_has_no_law(clause: str) -> None:
    assert "governing_law" not in facts(clause)


@pytest.mark.parametrize("words", ["Effective Date means ", "this Agreement is effective ", '"Fee" means a sum '])
def test_words_without_end_are_read_in_bounded_time(words: str) -> None:
    text = words * (1_000_000 // len(words))
    started = time.process_time()
    find_facts(text, "fee.txt")
    find_definitions(text)
    assert time.process_time() - started < 3
