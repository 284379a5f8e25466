"""What a step of the lifecycle sees, and what it decides: plain values, so that deciding stays pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple

from typing_extensions import TypeVar

from dokango.couriers.carriers import Carrier
from dokango.ledger.entries import NewPosting
from dokango.orders.advances.asking import NOT_ASKING, Asking
from dokango.orders.approvals.rows import ApprovalRow
from dokango.orders.before.checks import Verdict
from dokango.orders.book.rows import ClaimRow, Columns, LineRow, OrderRow
from dokango.orders.book.sold import VariantRow
from dokango.orders.lifecycle.approval_writes import AskApproval, DecideApproval
from dokango.orders.lifecycle.credit_writes import MoveCredit
from dokango.orders.lifecycle.door_writes import AskLess, ComesBack, KnowsCollects, RestBack
from dokango.orders.lifecycle.edit_writes import ChangeLines
from dokango.orders.lifecycle.record_writes import CountDelivery as CountDelivery
from dokango.orders.lifecycle.record_writes import CountUndelivered as CountUndelivered
from dokango.orders.lifecycle.record_writes import SetCharge as SetCharge
from dokango.orders.lifecycle.reversal_writes import BookReversal as BookReversal
from dokango.orders.lifecycle.settled.carried import NOTHING_CARRIED, Carried
from dokango.orders.lifecycle.settled.riders_cash import NOTHING_TAKEN, Taken
from dokango.orders.lifecycle.undo_writes import PutBack
from dokango.payments.reversals import NOTHING_PAID, Reversible
from dokango.people.actor import Actor
from dokango.shop.profile import Profile
from dokango.stock.levels import Move


class NewLine(NamedTuple):
    """One SKU of an order about to be placed, at the price it is sold for."""

    variant_id: int
    sku: str
    title: str
    variant_title: str
    image: str
    tracks_stock: int
    quantity: int
    unit_price_poisha: int
    discount_poisha: int = 0


@dataclass(frozen=True, slots=True)
class AddLines:
    """Lines that an order gets, one a SKU."""

    lines: tuple[NewLine, ...]


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order about to be placed: nothing is due on it until that is decided. `kept` are its columns that stay.

    `claim` is the TrxID that came with it, if one did.
    """

    number: str
    token: str
    name: str
    phone: str
    email: str
    locale: str
    channel: str
    payment_method: str
    subtotal_poisha: int
    delivery_poisha: int
    kept: Columns
    lines: tuple[NewLine, ...]
    claim: AddClaim | None = None
    id: int = 0
    version: int = 0
    status: str | None = None
    paid_poisha: int = 0
    due_poisha: int = 0
    refund_due_poisha: int = 0
    refunded_poisha: int = 0
    courier_due_poisha: int = 0
    forgiven_poisha: int = 0
    credit_used_poisha: int = 0
    credited_poisha: int = 0
    claim_waits: int = 0


AnyOrder = OrderRow | NewOrder  # what stands, and what is about to
Order_co = TypeVar("Order_co", bound=AnyOrder, covariant=True, default=OrderRow)


@dataclass(frozen=True, slots=True)
class Situation(Generic[Order_co]):
    """An order as it stands under the lock, with what its guards and decisions may look at.

    A plain `Situation` is that of an order that stands; only placing looks at a `Situation[NewOrder]`.
    """

    order: Order_co
    profile: Profile
    actor: Actor
    now_us: int
    lines: tuple[LineRow, ...] = ()
    claim: ClaimRow | None = None
    carried: Carried = NOTHING_CARRIED  # its parcels, where the step is about what couriers owe
    ticked: Mapping[str, str] = field(default_factory=dict)  # of the packer's checklist, and by whom
    verdicts: tuple[Verdict, ...] = ()  # of the checks before it goes on, where the step looks at them
    sold: Mapping[str, VariantRow] = field(default_factory=dict)  # what it is to be sold, by SKU, where it is edited
    asking: Asking = NOT_ASKING  # the rule of advances, where it may ask of an order that is edited
    looked_at: frozenset[int] = frozenset()  # its lines that were inspected once
    at_the_door: Taken = NOTHING_TAKEN  # as it is booked, where the step may correct it
    credit_poisha: int = 0  # what of the customer's money waits for their orders, where the step may use it
    reversible: Reversible = NOTHING_PAID  # its payments, where the step may take one back
    approval: ApprovalRow | None = None  # what waits for a second person, where the step is about that
    carriers: tuple[Carrier, ...] = ()  # those that the owner keeps by name, where the step may be by one

    @property
    def red(self) -> tuple[Verdict, ...]:
        """The checks that speak against it."""
        return tuple(verdict for verdict in self.verdicts if verdict.level == "bad")

    @property
    def waiting_claim(self) -> ClaimRow:
        """The claim that a row with `needs_claim` is about; raises LookupError without one."""
        if self.claim is None:
            raise LookupError("No claim of this order waits.")
        return self.claim


@dataclass(frozen=True, slots=True)
class BookPayment:
    """Keep a verified payment; its TrxID becomes this order's for ever, unless it is a part of what came under it."""

    method: str
    trx_id: str
    sender: str
    amount_poisha: int
    part: bool = False


@dataclass(frozen=True, slots=True)
class BookRefund:
    """Keep a refund that was paid."""

    method: str
    amount_poisha: int
    reference: str


@dataclass(frozen=True, slots=True)
class AddClaim:
    """Keep what the customer says; it replaces a claim that still waits.

    One that came `with_the_order` is kept as it is: whether its TrxID is free is asked when it is verified.
    """

    method: str
    trx_id: str
    sender: str
    with_the_order: bool = False


@dataclass(frozen=True, slots=True)
class DecideClaim:
    """Close the waiting claim as verified, rejected or replaced."""

    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeTrxId:
    """A rejected TrxID stays taken for other orders."""

    method: str
    trx_id: str


@dataclass(frozen=True, slots=True)
class OpenShipment:
    """A parcel handed over without an API; `told` is what else its carrier was told."""

    courier: str
    carrier: str
    tracking_code: str
    cod_poisha: int
    days: int  # until it comes, where the shop's own history says nothing
    told: Mapping[str, object] = field(default_factory=dict)
    tracking_link: str = ""


@dataclass(frozen=True, slots=True)
class SetShipment:
    """Change the live parcel's columns."""

    values: Columns


@dataclass(frozen=True, slots=True)
class ReckonCharge:
    """Keep on the live parcel what it should cost."""


@dataclass(frozen=True, slots=True)
class ParcelBack:
    """The live parcel is back: it counts no more, and what it should cost is what a return costs."""


@dataclass(frozen=True, slots=True)
class MarkReturned:
    """Add to a line what came back of it, and at what cost."""

    line_id: int
    quantity: int
    cost_poisha: int


@dataclass(frozen=True, slots=True)
class NoteProblem:
    """Somebody (`by`) says what is wrong with the delivery: its case. "" says that it is solved."""

    words: str
    by: Actor


class Found(NamedTuple):
    """So many of a line, found in one condition."""

    line: LineRow
    quantity: int
    condition: str


@dataclass(frozen=True, slots=True)
class AddInspections:
    """Keep what was found in a parcel that came back; `waited`: it takes what is found out of what waits."""

    found: tuple[Found, ...]
    waited: bool


@dataclass(frozen=True, slots=True)
class AwaitInspection:
    """All that was in the parcel waits to be looked at."""


@dataclass(frozen=True, slots=True)
class GoOnWithCase:
    """The case of a parcel goes on: a step of `CASE_STEPS` (write.py), by somebody."""

    step: str
    words: str
    by: Actor


@dataclass(frozen=True, slots=True)
class ClearTicks:
    """The packing starts anew."""


Write = (
    AddLines | BookPayment | BookRefund | AddClaim | DecideClaim | TakeTrxId | OpenShipment | SetShipment
    | SetCharge | ReckonCharge | ParcelBack | MarkReturned | NoteProblem | AddInspections | AwaitInspection | ClearTicks
    | GoOnWithCase | MoveCredit | CountDelivery | CountUndelivered | AskLess | KnowsCollects | ComesBack | RestBack
    | ChangeLines | AskApproval | DecideApproval | PutBack | BookReversal
)  # fmt: skip


@dataclass(slots=True)
class Decision:
    """Everything that one step changes. Deltas are in poisha; `to` overrides the row's target.

    `keeps_cost`: what is sold by `moves` is noted on the order's lines at its cost, for when it comes back.
    """

    moves: list[Move] = field(default_factory=list)
    postings: list[NewPosting] = field(default_factory=list)
    writes: list[Write] = field(default_factory=list)
    columns: Columns = field(default_factory=dict)
    reverse_placing: bool = False
    restore_placing: bool = False  # after it was reversed
    keeps_cost: bool = False  # of what leaves, on its line: for when it comes back
    paid: int = 0
    due: int = 0
    refund_due: int = 0
    refunded: int = 0
    courier_due: int = 0
    forgiven: int = 0
    claim_waits: bool | None = None
    to: str | None = None
    note: str = ""
    data: dict[str, object] = field(default_factory=dict)
    undoes: int | None = None  # the event that it takes back, with all that was posted and moved under it
