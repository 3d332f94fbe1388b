"""Covers above preambles, syndicates of banks, capacities, and terms that only the definitions give."""

from __future__ import annotations

import pytest

from contracts.text.parties import find_parties
from tests.contracts.text.party_cases import check

CASES = [
    (  # branches, which tell a bank
        "CREDIT AGREEMENT\nCREDIT AGREEMENT dated as of May 2, 2008, among TARN MILLS, INC., a Delaware corporation, "
        "the LENDERS party hereto, MOORLON NEW YORK BRANCH, LAKE NOR BANK ASA and FELL BANK PLC, as Co-Documentation "
        "Agents, and FORD BANK SA/NV, NEW YORK BRANCH, as Administrative Agent for the Lenders.\nThe parties hereto "
        "agree as follows:",
        [
            ("TARN MILLS, INC.", ""),
            ("MOORLON NEW YORK BRANCH", "Co-Documentation Agents"),
            ("LAKE NOR BANK ASA", "Co-Documentation Agents"),
            ("FELL BANK PLC", "Co-Documentation Agents"),
            ("FORD BANK SA/NV, NEW YORK BRANCH", "Administrative Agent"),
        ],
    ),
    (  # the cover gives a capacity, the preamble the name as defined
        "AGREEMENT\namong\nTARN MILLS, INC.,\nas Borrower,\nMOOR FOODS, INC.,\nas Guarantor,\nand\nLAKE BANK, N.A.\n"
        'This Agreement is entered into among TARN MILLS, INC., a Texas corporation ("Borrower"), its subsidiary, '
        'MOOR FOODS, INC., a Texas corporation ("MFI"), and LAKE BANK, N.A. (the "Bank").',
        [("TARN MILLS, INC.", "Borrower"), ("MOOR FOODS, INC.", "MFI"), ("LAKE BANK, N.A.", "Bank")],
    ),
    (  # below the cover the name is read from its start, not from the "and" in it
        "AGENCY AGREEMENT\nbetween\nTARN LEASING AND FINANCE, INC.,\nas Lessor\nand\nMOOR CORPORATION,\nas Agent.\n"
        "Financing of Mill Road\nand Building of a Hall\nfor Moor Corporation\n"
        'THIS AGREEMENT, dated 1 May 1999 (this "Agreement"), between TARN LEASING AND FINANCE, INC., a Delaware '
        'corporation (the "Lessor"), and MOOR CORPORATION, a Delaware corporation (the "Agent").',
        [("TARN LEASING AND FINANCE, INC.", "Lessor"), ("MOOR CORPORATION", "Agent")],
    ),
    (  # another agreement, of which the recitals speak
        "LOAN AGREEMENT\namong\nTARN MILLS, INC. and\nMOOR FOODS, INC.\nLAKE BANK, N.A.,\nas Agent\nTABLE OF CONTENTS\n"
        "1 Terms\nPursuant to the merger agreement dated 1 May 2008, among Tarn Mills, Inc., an Ohio corporation "
        '("Parent"), Fell Sub, Inc. ("Merger Sub") and Dale Inc. (the "Company"), all shares will be bought.',
        [("TARN MILLS, INC.", "Parent"), ("MOOR FOODS, INC.", ""), ("LAKE BANK, N.A.", "Agent")],
    ),
    (  # what is said of a bank where it is named again is not said of the bank before
        'This Agreement is made among TARN MILLS, INC., an Ohio corporation (the "Borrower"), LAKE BANK, N.A. (the '
        '"Lender"), MOOR BANK, N.A. ("Moor"); and LAKE BANK, N.A., as administrative agent (the "Agent").',
        [("TARN MILLS, INC.", "Borrower"), ("LAKE BANK, N.A.", "Lender"), ("MOOR BANK, N.A.", "Moor")],
    ),
    (  # the lenders are not named, and their term is nobody else's
        'CREDIT AGREEMENT dated 1 May 2009, among TARN MILLS, INC., a Texas corporation (the "Borrower"), the several '
        'banks from time to time parties hereto (the "Lenders"), LAKE BANK, N.A. and FELL BANK, N.A., as '
        "Co-Documentation Agents, and MOOR BANK, N.A., as Administrative Agent.",
        [
            ("TARN MILLS, INC.", "Borrower"),
            ("LAKE BANK, N.A.", "Co-Documentation Agents"),
            ("FELL BANK, N.A.", "Co-Documentation Agents"),
            ("MOOR BANK, N.A.", "Administrative Agent"),
        ],
    ),
    (  # banks without a legal form, in a list
        'AMENDMENT made among TARN CORPORATION, a Delaware corporation ("Company"), BANK OF FELL, THE BANK OF DALE and '
        "THE BANK OF MOOR, as Lead Managers, and LAKE TRUST COMPANY, as Agent.",
        [
            ("TARN CORPORATION", "Company"),
            ("BANK OF FELL", "Lead Managers"),
            ("THE BANK OF DALE", "Lead Managers"),
            ("THE BANK OF MOOR", "Lead Managers"),
            ("LAKE TRUST COMPANY", "Agent"),
        ],
    ),
    (
        "AMENDMENT, dated 1 May 1998, among Tarn Corporation, as Borrower, and The Lake Bank and Moor Bank, N.A., as "
        "Co-Agents.",
        [("Tarn Corporation", "Borrower"), ("The Lake Bank", "Co-Agents"), ("Moor Bank, N.A.", "Co-Agents")],
    ),
    (  # subsidiaries between the term of one party and the next
        'AMENDMENT among Tarn Corporation, a Virginia corporation (the "U.S. Borrower"), Tarn Holdings Limited, Moor '
        'Acquisitions plc, Fell plc (collectively, the "U.K. Borrowers") and Lake Bank, N.A., as agent (the '
        '"Administrative\nAgent").',
        [
            ("Tarn Corporation", "U.S. Borrower"),
            ("Tarn Holdings Limited", "U.K. Borrowers"),
            ("Moor Acquisitions plc", "U.K. Borrowers"),
            ("Fell plc", "U.K. Borrowers"),
            ("Lake Bank, N.A.", "Administrative Agent"),
        ],
    ),
    (
        'LICENSE AGREEMENT between Tarn Corp. ("Tarn") of 40 West Ave., Leeds, New York 146111, and MOOR Corp. '
        '("MOOR"), with its office at 12 East Ave., Leeds.',
        [("Tarn Corp.", "Tarn"), ("MOOR Corp.", "MOOR")],
    ),
    (
        'LOAN AGREEMENT made by and between TARN LODGE AT THE LAKE - PHASE II, LLC, an Ohio company ("Borrower"), and '
        '12 MILL STREET LENDING L.L.C. ("Lender").',
        [("TARN LODGE AT THE LAKE - PHASE II, LLC", "Borrower"), ("12 MILL STREET LENDING L.L.C.", "Lender")],
    ),
    (
        'AMENDMENT to Credit Agreement, by and among Tarn Mills, Inc. (the "Borrower"), the Lenders and Fell National '
        "Bank, as the Issuing Bank and the Swing Line Bank.",
        [("Tarn Mills, Inc.", "Borrower"), ("Fell National Bank", "Issuing Bank")],
    ),
    (  # one party's name begins another's
        'AGREEMENT by and between Bank of the Moors, Inc. (the "Corporation"), Bank of the Moors, a '
        'state bank (the "Bank"), and Ada B. Stone, an individual ("Stone").',
        [("Bank of the Moors, Inc.", "Corporation"), ("Bank of the Moors", "Bank"), ("Ada B. Stone", "Stone")],
    ),
    (
        'CONTRACT by and between: TARN: TARN RICA, SOCIEDAD DE RESPONSABILIDAD LIMITADA ("TARN"), represented by Ada '
        'Stone, and MFZ: ZONA MOOR, SOCIEDAD ANÓNIMA ("MFZ"), represented by Ben Hale.',
        [("TARN RICA, SOCIEDAD DE RESPONSABILIDAD LIMITADA", "TARN"), ("ZONA MOOR, SOCIEDAD ANÓNIMA", "MFZ")],
    ),
    (  # the licensee stands in an exhibit
        'LICENSE AGREEMENT by and between Tarn Computer Corporation ("Tarn"), a Delaware corporation, and the licensee '
        'as defined in Exhibit A ("Licensee").',
        [("Tarn Computer Corporation", "Tarn")],
    ),
    (
        'SALE AGREEMENT among Tarn Signs, Inc. ("TARN"), Ada B. Stone ("STONE"), and Moor Media, Inc., a Nevada '
        'corporation ("MOOR"). TARN and STONE are collectively referred to herein as the "SELLER".',
        [("Tarn Signs, Inc.", "TARN"), ("Ada B. Stone", "STONE"), ("Moor Media, Inc.", "MOOR")],
    ),
    (
        'AGREEMENT between Tarn Power Corporation and Moor Generating Company, LLC ("MGC").\n1. Definitions.\n'
        '"Contractor" means Tarn Power Corporation, and its successors.\n"Tarn Policy" means Tarn Power '
        "Corporation's policy.",
        [("Tarn Power Corporation", "Contractor"), ("Moor Generating Company, LLC", "MGC")],
    ),
    (
        "CREDIT AGREEMENT\nbetween\nTARN MILLS CORP.\nand\nLAKE TRUST COMPANY\nas Agent\nTABLE OF CONTENTS\n1 Terms\n"
        'The undersigned, Tarn Mills Corp., an Ohio corporation (the "Borrower"), asks for a loan.',
        [("TARN MILLS CORP.", "Borrower"), ("LAKE TRUST COMPANY", "Agent")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_parties_of_a_cover_or_a_syndicate(text: str, expected: list[tuple[str, str]]) -> None:
    check(text, expected)


def test_the_term_of_a_group_is_no_alias_of_whom_it_leaves_out() -> None:
    text = next(text for text, _ in CASES if "SELLER" in text)
    assert {party.name: "SELLER" in party.aliases for party in find_parties(text)} == {
        "Tarn Signs, Inc.": True,
        "Ada B. Stone": True,
        "Moor Media, Inc.": False,
    }


def test_the_capacity_after_a_defined_term_is_another_name_of_that_party() -> None:
    text = (
        'LOAN AGREEMENT\nThis Agreement is made by and among TARN MILLS, L.P., an Ohio partnership ("Borrower"), and '
        'LAKE BANK, N.A., a national bank ("Lake"), as a lender and as administrative agent, and MOOR BANK, N.A., a '
        'national bank ("Moor"), as a lender.\n1. Definitions. "Lender" means each of Lake and Moor.'
    )
    _, lake, moor = find_parties(text)
    assert (lake.term, moor.term) == ("Lake", "Moor")
    assert {"Lender", "Administrative Agent"} <= {*lake.aliases}
    assert "Lender" in moor.aliases and "Administrative Agent" not in moor.aliases
