import pytest

from verifier.parties import NEUTRAL_NAMES, mentioned, neutralise, neutralise_pair
from verifier.types import Party

SUPPLIER = Party("Northgate Analytics Ltd", "Supplier", ("Northgate",))
CUSTOMER = Party("Harbour Retail Group plc", "Customer", ())
PARTIES = (SUPPLIER, CUSTOMER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Supplier shall indemnify the Customer.", "Alice shall indemnify Bob."),
        ("SUPPLIER SHALL INDEMNIFY CUSTOMER", "Alice SHALL INDEMNIFY Bob"),
        ("Northgate Analytics Ltd and Harbour Retail Group plc agree", "Alice and Bob agree"),
        ("Northgate Analytics shall pay Harbour Retail Group", "Alice shall pay Bob"),
        ("the Customer's premises", "Bob's premises"),
        ("a customer of either party", "a customer of either party"),  # in a clause only the defined term is the party
        ("Customers and Supplier-owned tools", "Customers and Supplier-owned tools"),
        ("each party shall indemnify the other party", "each party shall indemnify the other party"),
    ],
)
def test_clause_mentions(text: str, expected: str) -> None:
    assert neutralise(text, PARTIES, query=False).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("supplier indemnifies customer for IP claims", "Alice indemnifies Bob for IP claims"),
        ("vendor indemnifies client", "Alice indemnifies Bob"),  # role words for the parties that play them
        ("northgate may assign", "Alice may assign"),
        ("Can the buyer audit the provider?", "Can Bob audit Alice?"),
        ("the landlord insures", "the landlord insures"),  # nobody plays it
    ],
)
def test_query_mentions(text: str, expected: str) -> None:
    assert neutralise(text, PARTIES, query=True).text == expected


def test_role_word_that_two_parties_could_play_is_left_alone() -> None:
    parties = (Party("A Ltd", "Supplier"), Party("B Ltd", "Manufacturer"))
    assert neutralise("vendor must insure", parties, query=True).text == "vendor must insure"


def test_origin_leads_back_to_the_source() -> None:
    source = "If the Supplier defaults, Customer may terminate."
    neutral = neutralise(source, PARTIES, query=False)
    start = neutral.text.index("may terminate")
    assert source[neutral.origin[start] : neutral.origin[start + len("may terminate")]] == "may terminate"
    assert len(neutral.origin) == len(neutral.text) + 1 and neutral.origin[-1] == len(source)


def test_no_parties_leaves_the_text() -> None:
    assert neutralise("the Supplier shall pay", (), query=False).text == "the Supplier shall pay"


def test_more_parties_than_names() -> None:
    parties = tuple(Party(f"Company{i} Ltd", f"Term{i}") for i in range(len(NEUTRAL_NAMES) + 1))
    assert (
        neutralise(f"Term0 pays Term{len(NEUTRAL_NAMES)}", parties, query=False).text
        == f"Alice pays Term{len(NEUTRAL_NAMES)}"
    )


def test_mentioned() -> None:
    assert mentioned("the vendor must insure", PARTIES, query=True) == {0}
    assert mentioned("each party must insure", PARTIES, query=True) == frozenset()


TRADES = (
    Party("Tidewater Crane & Rigging LLC", "Tidewater"),
    Party("Mount Oriel Hospital", "Institution"),
    Party("Nettlebrook Publishing Ltd", "Nettlebrook"),
    Party("Ashdown Medical Devices LLC", "Ashdown"),
    Party("Ballantrae Software Hotels Ltd", "Owner"),
    Party("Torrent Quay Software Pty", "Torrent"),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("the crane company insures", "Alice insures"),
        ("is it the Rigging firm's duty?", "is it Alice's duty?"),
        ("data belong to the hospital", "data belong to Bob"),  # what the party is
        ("non-compete given by the publisher", "non-compete given by Carol"),  # publishing is done by a publisher
        ("medical device company may use it", "David may use it"),  # all of the words before the head
        ("the crane needs a permit", "the crane needs a permit"),  # the thing, not who trades in it
        ("hotel staff are employed by others", "hotel staff are employed by others"),
        ("software company pays", "software company pays"),  # two parties are
        ("the crane, company property, is insured", "the crane, company property, is insured"),
    ],
)
def test_a_party_is_known_by_its_trade(query: str, expected: str) -> None:
    assert neutralise(query, TRADES, query=True).text == expected


@pytest.mark.parametrize("terms", [("we", "you"), ('"us"', "You")])
def test_contracts_that_say_we_and_you(terms: tuple[str, str]) -> None:
    parties = (Party("Goosehead Agency LLC", terms[0]), Party("Franchisee", terms[1]))
    clause = "You must pay us for our manuals in US dollars. We may inspect your office, which is yours."
    assert (
        neutralise(clause, parties, query=False).text
        == "Bob must pay Alice for Alice's manuals in US dollars. Alice may inspect Bob's office, which is Bob's."
    )


def test_a_company_is_known_without_its_legal_form_and_its_seat() -> None:
    parties = (Party("China Online Housing (Hong Kong) Co., Limited", "Party B"), Party("Baidu Netcom AB", "Party A"))
    assert neutralise("China Online Housing pays Baidu Netcom", parties, query=True).text == "Alice pays Bob"


@pytest.mark.parametrize(
    ("terms", "query", "expected"),
    [
        (("Company", "Contractor"), "client pays", "Alice pays"),  # the contractor's counterpart
        (("Company", "Distributor"), "manufacturer delivers to the dealer", "Alice delivers to Bob"),
        (("Installer", "Owner"), "client pays its service provider", "Bob pays its Alice"),  # who does the work
        (("Seller", "Operator"), "vendor trains staff", "Alice trains staff"),  # the word's own role comes first
        (("Installer", "Owner"), "architect certifies", "architect certifies"),  # a special trade is no general one
        (("Supplier", "Customer"), "landlord insures", "landlord insures"),
        (("Acme", "Zenith"), "supplier pays", "supplier pays"),  # nothing tells who it is
    ],
)
def test_role_words_by_elimination(terms: tuple[str, str], query: str, expected: str) -> None:
    parties = tuple(Party(f"{term} One Ltd", term) for term in terms)
    assert neutralise(query, parties, query=True).text == expected


@pytest.mark.parametrize(
    ("terms", "query", "clause", "read"),
    [
        # The contract knows them by name alone, the clause by their roles.
        (
            ("", ""),
            "client indemnifies vendor",
            "Buyer indemnifies Seller.",
            "Alice indemnifies Bob / Alice indemnifies Bob.",
        ),
        (
            ("", ""),
            "vendor indemnifies client",
            "BUYER indemnifies SELLER.",
            "Bob indemnifies Alice / Alice indemnifies Bob.",
        ),
        # One side was found, the other was not.
        (
            ("Maker", "Manufacturer"),
            "customer pays supplier",
            "The Manufacturer pays the Customer.",
            "Bob pays Alice / Alice pays Bob.",
        ),
        # A word of a party's own name or role is not another party.
        (
            ("Escrow Agent", "Owner"),
            "agent pays",
            "The Escrow Agent pays the Agent.",
            "agent pays / Alice pays the Agent.",
        ),
        (("Client", "Maker"), "customer pays", "The Customer pays.", "Alice pays / The Customer pays."),
        # Written small it is anybody.
        (("", ""), "buyer pays", "A buyer pays.", "buyer pays / A buyer pays."),
    ],
)
def test_whom_only_the_clause_names_by_a_role(terms: tuple[str, str], query: str, clause: str, read: str) -> None:
    parties = tuple(Party(f"Acme {number} {term}", term) for number, term in enumerate(terms))
    asked, said = neutralise_pair(query, clause, parties, "clause")
    assert f"{asked} / {said.text}" == read
