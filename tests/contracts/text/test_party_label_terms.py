"""Companies under labels, and terms that only the cover or the signatures give, one row each."""

from __future__ import annotations

import pytest

from tests.contracts.text.party_cases import check

_BETWEEN = (
    "LOAN AGREEMENT\n\nThis Agreement is made between Tarn Mills, Inc., an Ohio corporation, and Moor Bank N.A.\n\n"
)
CASES = [
    (  # a role with what it is for
        "Change Order 3 between Tarn Gas, L.P. and Moor Paving Services, L.P.\nCHANGE ORDER FORM\nPurchaser: Tarn "
        "Gas, L.P.\nPaving Contractor: Moor Paving Services, L.P.\nCONTRACT NO. 252\nThe Agreement is changed.",
        [("Tarn Gas, L.P.", "Purchaser"), ("Moor Paving Services, L.P.", "Paving Contractor")],
    ),
    (
        "CHANGE ORDER\n“Contractor”:\nMOOR BUILDERS, INC.\n2 Row\nLeeds\n“Owner”:\nTARN\nHOTEL, LLC\n"
        "3 Row\nThat contract is modified: completion of the work (“Completion”) is now due on the first day of May of "
        "the next year, as the parties agreed.",
        [("MOOR BUILDERS, INC.", "Contractor"), ("TARN HOTEL, LLC", "Owner")],
    ),
    (  # in two columns; the names that are left belong to the label that is taken by several
        "CHANGE ORDER\n“Contractor”: jointly and severally “Owner”:\nMOOR BUILDERS LIMITED\n2 Row\nLeeds\n"
        "TARN HOTEL LIMITED\n3 Row\nEly\nFELL ROOFS\n(NORTH) LIMITED\n4 Row\n",
        [
            ("MOOR BUILDERS LIMITED", "Contractor"),
            ("TARN HOTEL LIMITED", "Owner"),
            ("FELL ROOFS (NORTH) LIMITED", "Contractor"),
        ],
    ),
    (
        "WORKS BETWEEN OWNER & PROJECT MANAGER\nmade between:\nOwner:\nTarn Soy,\nLLC\n2 Row\nand Project\nManager:\n"
        "Moor Industrial, LLC\n3 Row\nMoor Construction, LLC\n3 Row\nfor the Tarn plant.",
        [
            ("Tarn Soy, LLC", "Owner"),
            ("Moor Industrial, LLC", "Project Manager"),
            ("Moor Construction, LLC", "Project Manager"),
        ],
    ),
    (
        "PLEDGE CONTRACT\nPledgor (Party A ): Tarn Plastics Co., Ltd.\nZip: 2\nPledgee (Party B): Moor Bank Ltd.",
        [("Tarn Plastics Co., Ltd.", "Party A"), ("Moor Bank Ltd.", "Party B")],
    ),
    (
        "LICENSE\nParty A (“Licensee”): Tarn Co., Ltd.\nParty B (“Licensor”): Moor Software Ltd.\nPrincipal: Wang Li",
        [("Tarn Co., Ltd.", "Party A"), ("Moor Software Ltd.", "Party B")],
    ),
    (
        "CREDIT AGREEMENT\nBorrower: TARN MILLS, INC., an Ohio corporation.\nBank: MOOR BANK, an Ohio bank.\n"
        "The Bank and the Borrower agree on what was made by Fell LLC, and the report (the “Report”) of Hill Bank.",
        [("TARN MILLS, INC.", "Borrower"), ("MOOR BANK", "Bank")],
    ),
    (  # the label above the signature, spelled as in the sentences
        _BETWEEN
        + "The Borrower shall pay.\n\nBORROWER:\nTARN MILLS, INC.\nBy: ____\n\nLENDER:\nMOOR BANK N.A.\nBy: ____\n",
        [("Tarn Mills, Inc.", "Borrower"), ("Moor Bank N.A.", "LENDER")],
    ),
    (  # in the addresses for notices
        _BETWEEN + "Notices.\nIf to Licensor: | Tarn Mills, Inc.\n2 Row\nIf to Licensee: | Moor Bank N.A.\n3 Row\n",
        [("Tarn Mills, Inc.", "Licensor"), ("Moor Bank N.A.", "Licensee")],
    ),
    (
        "CREDIT AGREEMENT\namong\nTARN MILLS, INC.,\na Delaware corporation\nas Borrower\nand\nMOOR BANK N.A.\nAgent\n"
        + _BETWEEN,
        [("TARN MILLS, INC.", "Borrower"), ("MOOR BANK N.A.", "Agent")],
    ),
    (  # one capacity of several
        "CREDIT AGREEMENT AMONG TARN CORP., AS BORROWER AND TARN STEEL CORP., TARN WOOL, INC., AS GUARANTORS AND "
        "MOOR BANK N.A. DATED MAY 1, 2004",
        [
            ("TARN CORP.", "BORROWER"),
            ("TARN STEEL CORP.", "GUARANTORS"),
            ("TARN WOOL, INC.", "GUARANTORS"),
            ("MOOR BANK N.A.", ""),
        ],
    ),
    (  # labels on lines of their own, without a colon
        "LICENSE\nThe Licensor and the Licensee.\nLICENSOR\nTARN MILLS, INC.\nBy: __\nName: Ada Stone\nLICENSEE\n"
        "MOOR BREWING LLC\nBy: __\nName: Ben Hale\n",
        [("TARN MILLS, INC.", "Licensor"), ("MOOR BREWING LLC", "Licensee")],
    ),
    (  # below the names
        "CREDIT AGREEMENT\nbetween\nTARN MILLS, INC.\nas\nBorrower\nand\nMOOR BANK N.A.\nas\nLender\nas of May 1\n",
        [("TARN MILLS, INC.", "Borrower"), ("MOOR BANK N.A.", "Lender")],
    ),
    (
        "BETWEEN the Owner: Tarn Inns LLC\n1 Row\nand the Design-Builder: Moor Builders, Inc.\n2 Row\n",
        [("Tarn Inns LLC", "Owner"), ("Moor Builders, Inc.", "Design-Builder")],
    ),
    (  # in two columns the name below the labels may be that of either
        "AMENDMENT\nOWNER: CONTRACTOR:\nTARN INNS, LLC, MOOR BUILDERS, INC.,\na company a corporation\nBy: ___ By: ___",
        [("MOOR BUILDERS, INC.", "")],
    ),
    (
        "Name: Ada Stone\nTARN MILLS, INC. (“Licensor”)\nBy: __\nName: Ben Hale\nMOOR LLC (“Licensee”)\nBy: __",
        [("TARN MILLS, INC.", "Licensor"), ("MOOR LLC", "Licensee")],
    ),
    (  # people sign with a date, below their labels
        "Made between Tarn Mills, Inc. (Tarn) and Ada Stone.\nEMPLOYER:\nTARN MILLS, INC.\n3/29/06 /s/\nBen Hale\n"
        "EMPLOYEE:\n3/29/06 /s/\nAda Stone\n",
        [("Tarn Mills, Inc.", "Tarn"), ("Ada Stone", "EMPLOYEE")],
    ),
    (  # no term that another party has
        "LEASE made between Tarn Mills, Inc. (“Tenant”) and Moor Lands LLC, which agree.\n\nTENANT:\nMOOR LANDS LLC\n",
        [("Tarn Mills, Inc.", "Tenant"), ("Moor Lands LLC", "")],
    ),
    (  # a party that the preamble leaves open, filled in above the signature or in an exhibit
        "LICENSE by and between TARN MILLS CORPORATION (“Tarn”), an Ohio corporation, and the party executing below "
        "(“LICENSEE”)..\n\nTARN MILLS | MOOR GRAPHICS, INC.\nCORPORATION\nBY: Ada Stone | BY: Ben Hale\n",
        [("TARN MILLS CORPORATION", "Tarn"), ("MOOR GRAPHICS, INC.", "LICENSEE")],
    ),
    (
        "This Agreement is between Tarn Corporation (“Tarn”) and the Customer identified below.\n\n1. Term. None.\n"
        "EXECUTED BY CUSTOMER: Moor Magic. | EXECUTED BY TARN CORPORATION:\n",
        [("Tarn Corporation", "Tarn"), ("Moor Magic", "Customer")],
    ),
    (
        "This Agreement is made by and between Tarn Corporation (“Tarn”), an Ohio corporation, and the licensee as "
        "defined in Exhibit A (“Licensee”).\nRECITALS\nAll agree.\nEXHIBIT A\n1. LICENSEE: | MOORCOM | (Legal Name)\n",
        [("Tarn Corporation", "Tarn"), ("MOORCOM", "Licensee")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_terms_of_labels(text: str, expected: list[tuple[str, str]]) -> None:
    check(text, expected)
