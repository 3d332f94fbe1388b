"""What one party of a contract does for the other, each thing said in several ways.

In a phrase {x} is the bearer, {y} the counterparty, {o} the thing; in one contract each is always the same words.
``bearer`` phrases continue "{x} shall ..."; ``counterparty`` phrases say the same of "{y} shall ...";
``noun`` phrases name it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    bearer: tuple[str, ...]
    counterparty: tuple[str, ...]
    noun: tuple[str, ...]
    things: tuple[str, ...]


def _frame(bearer: str, counterparty: str, noun: str, things: str) -> Frame:
    return Frame(
        *(tuple(part.strip() for part in column.split("|")) for column in (bearer, counterparty, noun, things))
    )


DUTIES: tuple[Frame, ...] = (
    _frame(
        "indemnify {y} against {o} | hold {y} harmless from {o} | keep {y} indemnified in respect of {o}"
        " | make good to {y} its losses from {o} | cover {y} for {o}",
        "be indemnified by {x} against {o} | be held harmless by {x} from {o} | recover from {x} its losses from {o}",
        "{x}'s indemnity of {y} for {o} | indemnity for {o} from {x} in favour of {y}",
        "third-party claims | claims of infringement | personal injury claims | breach of this Agreement",
    ),
    _frame(
        "pay {y} {o} | remit {o} to {y} | settle {o} with {y}",
        "be paid {o} by {x} | receive {o} from {x} | collect {o} from {x}",
        "payment of {o} by {x} to {y} | {x}'s debt to {y} for {o}",
        "the monthly fee | the royalties | the purchase price | interest on late amounts | the milestone payment",
    ),
    _frame(
        "deliver {o} to {y} | hand over {o} to {y} | supply {y} with {o} | furnish {o} to {y}",
        "be supplied by {x} with {o} | have {o} delivered to it by {x} | obtain {o} from {x}",
        "delivery of {o} from {x} to {y} | {x}'s supply of {o} to {y}",
        "the Products | the equipment | the documentation | spare parts | the source code",
    ),
    _frame(
        "notify {y} of {o} | inform {y} of {o} | tell {y} about {o} | give {y} notice of {o}",
        "be notified by {x} of {o} | be told by {x} about {o} | receive notice from {x} of {o}",
        "notice to {y} from {x} of {o} | {x}'s duty to warn {y} of {o}",
        "any delay | a security incident | changes of staff | any claim | a planned shutdown",
    ),
    _frame(
        "reimburse {y} for {o} | refund {o} to {y} | repay {y} for {o}",
        "be reimbursed by {x} for {o} | get back from {x} {o} | be made whole by {x} for {o}",
        "reimbursement of {o} by {x} to {y} | refund from {x} to {y} of {o}",
        "travel expenses | legal costs | taxes paid | the deposit | testing costs",
    ),
    _frame(
        "grant {y} a licence to use {o} | license {o} to {y} | permit {y} to use {o}",
        "be licensed by {x} to use {o} | be granted by {x} the right to use {o} | hold a licence from {x} for {o}",
        "licence of {o} from {x} to {y} | {y}'s licence under {x}'s rights in {o}",
        "the Software | the trademarks | the patents | the know-how | the content",
    ),
    _frame(
        "train {y}'s staff in {o} | instruct {y}'s people in {o} | give {y} training in {o}",
        "have its staff trained by {x} in {o} | receive training from {x} in {o}",
        "training of {y}'s staff by {x} in {o}",
        "use of the system | safety procedures | maintenance | the new process",
    ),
    _frame(
        "send {y} {o} | provide {o} to {y} | submit {o} to {y} | present {y} with {o}",
        "receive {o} from {x} | be given {o} by {x} | be provided by {x} with {o}",
        "{o} from {x} to {y} | {x}'s submission to {y} of {o}",
        "quarterly reports | a written forecast | audited accounts | an annual budget | progress reports",
    ),
    _frame(
        "keep {y}'s {o} confidential | hold {y}'s {o} in confidence | not disclose {y}'s {o}",
        "have its {o} kept secret by {x} | be protected by {x} against disclosure of its {o}",
        "confidentiality owed by {x} for {y}'s {o} | secrecy of {y}'s {o} in {x}'s hands",
        "customer data | trade secrets | pricing | technical information",
    ),
    _frame(
        "defend {y} in {o} | conduct {y}'s defence in {o} | take over for {y} the defence of {o}",
        "be defended by {x} in {o} | have its defence in {o} run by {x}",
        "defence of {y} by {x} in {o}",
        "infringement suits | product liability actions | proceedings by regulators",
    ),
    _frame(
        "assign {o} to {y} | transfer to {y} title in {o} | convey {o} to {y}",
        "have {o} assigned to it by {x} | acquire {o} from {x} | take title to {o} from {x}",
        "assignment of {o} by {x} to {y} | transfer from {x} to {y} of {o}",
        "the inventions | the copyright in the Deliverables | the domain names | the improvements",
    ),
    _frame(
        "maintain {o} naming {y} as insured | carry {o} for the benefit of {y} | insure {y} under {o}",
        "be named as insured under {x}'s {o} | be covered by {o} which {x} carries",
        "{o} taken out by {x} for {y} | {x}'s cover of {y} under {o}",
        "product liability insurance | public liability insurance | cyber insurance",
    ),
    _frame(
        "return to {y} {o} | give back {o} to {y} | surrender {o} to {y}",
        "have {o} returned by {x} | get {o} back from {x}",
        "return of {o} by {x} to {y}",
        "all confidential documents | the tools | the security deposit | loaned equipment",
    ),
    _frame(
        "let {y} inspect {o} | allow {y} access to {o} | open {o} to {y} for audit | make {o} available to {y}",
        "be allowed by {x} to inspect {o} | be given access by {x} to {o} | audit {o} kept by {x}",
        "{y}'s audit of {o} held by {x} | access for {y} to {x}'s {o}",
        "its books and records | the premises | the production site | its accounts",
    ),
    _frame(
        "warrant to {y} that {o} | guarantee {y} that {o} | assure {y} that {o}",
        "be given {x}'s warranty that {o} | have {x}'s assurance that {o}",
        "warranty from {x} to {y} that {o}",
        "the Products are free of defects | the services are performed with care | title is good",
    ),
    _frame(
        "compensate {y} for {o} | be liable to {y} for {o} | bear towards {y} the cost of {o} | answer to {y} for {o}",
        "be compensated by {x} for {o} | claim from {x} damages for {o} | look to {x} for {o}",
        "{x}'s liability to {y} for {o} | {y}'s claim against {x} for {o}",
        "loss of data | late delivery | loss of goods in transit | damage to property | early termination",
    ),
    _frame(
        "obtain {y}'s approval of {o} | submit {o} to {y} for approval | seek {y}'s consent to {o}",
        "be asked by {x} to approve {o} | have a say over {x}'s {o}",
        "{y}'s approval of {x}'s {o} | prior consent of {y} to {o} by {x}",
        "press releases | subcontracting | changes of design | marketing material",
    ),
    _frame(
        "buy {o} from {y} | purchase {o} from {y} | take {o} from {y} | order {o} from {y}",
        "sell {o} to {x} | have {o} bought from it by {x}",
        "purchase of {o} by {x} from {y} | {y}'s sales of {o} to {x}",
        "all its requirements of resin | a minimum of 500 units | the goods | replacement parts",
    ),
    _frame(
        "lend {y} {o} | advance {o} to {y} | make {o} available to {y} as a loan",
        "borrow {o} from {x} | be lent {o} by {x} | owe {x} {o} once advanced",
        "loan of {o} from {x} to {y} | {y}'s borrowing of {o} from {x}",
        "the working capital | USD 2,000,000 | the construction funds",
    ),
    _frame(
        "support {y} in {o} | assist {y} with {o} | cooperate with {y} in {o} | help {y} with {o}",
        "be assisted by {x} in {o} | have {x}'s help with {o} | enjoy {x}'s cooperation in {o}",
        "assistance of {x} to {y} in {o} | {x}'s help to {y} with {o}",
        "regulatory filings | the transition | recalls | customs clearance",
    ),
)

RIGHTS: tuple[Frame, ...] = (
    _frame(
        "terminate this Agreement by notice to {y} | end this Agreement on notice to {y} | cancel by writing to {y}",
        "have this Agreement ended by {x} | face termination by {x}",
        "termination by {x} on notice to {y} | {x}'s right to cancel against {y}",
        "the Agreement",
    ),
    _frame(
        "set off {o} against what it owes {y} | deduct {o} from sums due to {y} | withhold from {y} {o}",
        "have {o} deducted by {x} from what it is owed | suffer set-off by {x} of {o}",
        "set-off by {x} against {y} of {o}",
        "damages | unpaid invoices | overpayments",
    ),
    _frame(
        "assign this Agreement without {y}'s consent | transfer its rights without asking {y}",
        "have the contract moved by {x} to another without being asked",
        "assignment by {x} without consent of {y}",
        "the contract",
    ),
    _frame(
        "use {y}'s {o} | publish {y}'s {o} | refer to {y}'s {o} in public",
        "have its {o} used by {x} | see its {o} published by {x}",
        "use of {y}'s {o} by {x}",
        "name and logo | quotations | trademarks in advertising",
    ),
    _frame(
        "hire {y}'s {o} | solicit {y}'s {o} | recruit {y}'s {o}",
        "have its {o} solicited by {x} | lose its {o} to recruitment by {x}",
        "recruitment of {y}'s {o} by {x} | {x}'s poaching of {y}'s {o}",
        "employees | engineers | customers",
    ),
    _frame(
        "sublicense {y}'s {o} | pass on {y}'s {o} to third parties",
        "have its {o} sublicensed by {x}",
        "sublicensing by {x} of {y}'s {o}",
        "software | patents | know-how",
    ),
    _frame(
        "suspend {o} to {y} | interrupt {o} for {y} | stop {o} to {y}",
        "have {o} suspended by {x} | lose {o} when {x} suspends it",
        "suspension by {x} of {o} to {y}",
        "the services | deliveries | access to the platform",
    ),
    _frame(
        "raise {o} payable by {y} | increase {o} charged to {y} | adjust upwards {o} due from {y}",
        "face from {x} an increase of {o} | be charged higher {o} by {x}",
        "increase by {x} of {o} payable by {y}",
        "the fees | the rent | the unit price",
    ),
    _frame(
        "sell competing products to {y}'s {o} | deal directly with {y}'s {o}",
        "have its {o} approached directly by {x}",
        "direct dealing by {x} with {y}'s {o}",
        "customers | distributors | suppliers",
    ),
)
