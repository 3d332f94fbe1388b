"""Parties that letters, forms and labels name, one row each."""

from __future__ import annotations

import pytest

from tests.contracts.text.party_cases import check

LETTERS = [
    (
        "SERVICE AGREEMENT\n\nLadies and Gentlemen:\n\nTarn Financial Corporation, a Texas corporation (the "
        '"Company"), and Tarn Bank (the "Bank") confirm their agreement with Hill, Mott & Gray, Inc. (the "Agent").',
        [
            ("Tarn Financial Corporation", "Company"),
            ("Tarn Bank", "Bank"),
            ("Hill, Mott & Gray, Inc.", "Agent"),
        ],
    ),
    (
        "Mr. John Hale\n12 Mill Road\n\nDear John:\n\nOn behalf of Tarn Mills, Inc. (the “Company”).",
        [("John Hale", ""), ("Tarn Mills, Inc.", "Company")],
    ),
    (
        "Contract on the Building of a Hotel. The Covenanter: Tarn Country Club Inc. (hereinafter referred to as "
        "Party A) and the Covenanter: Ada Stone Architects Office (hereinafter referred to as Party B) agree.",
        [("Tarn Country Club Inc.", "Party A"), ("Ada Stone Architects Office", "Party B")],
    ),
    (
        "MARKETING AGREEMENT\n15 May 2011\nFell Capital Inc. 7 Seventh Avenue Leeds\nLadies and Gentlemen:\n"
        'Tarn Mills, Inc., an Ohio corporation (the "Company"), and Moor Bank (the "Bank") confirm as follows.',
        [("Fell Capital Inc.", ""), ("Tarn Mills, Inc.", "Company"), ("Moor Bank", "Bank")],
    ),
    (
        "Ada Stone, MD, PhD\n1 Mill Road\nLeeds\n\nDear Ada:\n\nYou and Tarn Wool, Inc. (“Tarn”) agree as follows.",
        [("Ada Stone", ""), ("Tarn Wool, Inc.", "Tarn")],
    ),
    (  # the name above "Dear" may be followed by anything; an office is no part of the company's name
        "Exhibit 10.1\n\nVIA HAND DELIVERY\n\nMs. Ada Q. Stone, Esq.\n\nRE: Your leaving\n\nDear Ada:\n\nThis "
        "letter confirms your resignation as Vice President and Counsel of Tarn Wool, Inc. (the “Company”).",
        [("Ada Q. Stone", ""), ("Tarn Wool, Inc.", "Company")],
    ),
    (
        "PERSONAL AND CONFIDENTIAL\n4 June 2006\nBen Hale, Ed.D.\n9 Mill Road\n\nDear Dr. Hale,\n\nI am pleased to "
        "offer you a position with Moor Learning Corporation, reporting to me.",
        [("Ben Hale", ""), ("Moor Learning Corporation", "")],
    ),
    (
        "TO CY ORR\n\nDear Cy:\n\nThis is about your work for Tarn’s (together with its companies, “Tarn’s” or "
        "the “Company”).",
        [("CY ORR", ""), ("Tarn’s", "Company")],
    ),
    (  # a nickname: who is titled
        "Tarn House\nMr. Jonathan B. Hale III\n1 Row\n\nDear Jack:\n\nYou and Tarn Parks, Ltd. agree as follows.",
        [("Jonathan B. Hale III", ""), ("Tarn Parks, Ltd.", "")],
    ),
    (
        "SALE OF YARN\nBuyer (hereafter “Party A”): Tarn Mills Co., Ltd.\nSeller (hereafter “Party B”): Moor Yarn Ltd.",
        [("Tarn Mills Co., Ltd.", "Party A"), ("Moor Yarn Ltd.", "Party B")],
    ),
    (
        "AGREEMENT SUMMARY SPONSOR: Name: Moor's Fresh Grill Phone: 760 HOST: Name: Tarn Ballpark LLC Phone: 761",
        [("Moor's Fresh Grill", "SPONSOR"), ("Tarn Ballpark LLC", "HOST")],
    ),
    (
        "LENDER: | Tarn Bank plc\nAddress: | 1 Mill Lane\nBORROWER: | Lake Dairies LLC\nAmount: | $5",
        [("Tarn Bank plc", "LENDER"), ("Lake Dairies LLC", "BORROWER")],
    ),
    (
        "CHANGE IN TERMS\nBorrower: Lake Dairies, Inc. Lender: Tarn Bank\n13 Mill Road. Loan Department\nTerms: as now",
        [("Lake Dairies, Inc.", "Borrower"), ("Tarn Bank", "Lender")],
    ),
    (
        "Loan Contract\nBorrower (Party A): Hill Farms Co., Ltd.\nAddress: 9 Row\nLender (Party B): Tarn Bank Ltd.",
        [("Hill Farms Co., Ltd.", "Party A"), ("Tarn Bank Ltd.", "Party B")],
    ),
    (
        'The undersigned, Oak Securities Ltd. (the "Lead Agent"), Kite 7 Capital Inc. and Burr & Co. Ltd. (jointly '
        'with the Lead Agent, the "Agents"), write to Tribune Pharma Inc. (the "Issuer") on what was agreed.',
        [
            ("Oak Securities Ltd.", "Lead Agent"),
            ("Kite 7 Capital Inc.", "Agents"),
            ("Burr & Co. Ltd.", "Agents"),
            ("Tribune Pharma Inc.", "Issuer"),
        ],
    ),
    (
        "LICENSE AGREEMENT\nLicensor: Tarn, Inc.\nLicensee: Moor Brewing\nEffective date: May 1, 2020",
        [("Tarn, Inc.", "Licensor"), ("Moor Brewing", "Licensee")],
    ),
    (
        "SPONSOR AGREEMENT\nThe parties are:\nSponsor Name: Tarn Wool Company\nAthlete Name: Ada Stone\nSport: golf",
        [("Tarn Wool Company", "Sponsor"), ("Ada Stone", "Athlete")],
    ),
    (
        "To: Tarn Bank, N.A., not individually, but solely as Master Servicer on behalf of Moor Securities 2006-6 "
        'Trust ("Counterparty")\nFrom: Lake AG, London Branch ("Lake AG")\nDear Sirs',
        [
            ("Tarn Bank, N.A.", ""),
            ("Moor Securities 2006-6 Trust", "Counterparty"),
            ("Lake AG, London Branch", "Lake AG"),
        ],
    ),
    (
        "Between\nParty A: Tarn Wool Co., Ltd.\nLegal representative: Li Wei\nParty B: Ada Stone\nID number: 12345",
        [("Tarn Wool Co., Ltd.", "Party A"), ("Ada Stone", "Party B")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_parties_of_letters_and_labels(text: str, expected: list[tuple[str, str]]) -> None:
    check(text, expected)
