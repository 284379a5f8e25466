"""What can be asked of an order: one strict model an action. Nothing in it is believed that the server knows itself."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from dokango.money import MOST_POISHA
from dokango.orders.lifecycle.commands.advance import WaiveAdvance as WaiveAdvance
from dokango.orders.lifecycle.commands.approval import Approve as Approve
from dokango.orders.lifecycle.commands.approval import RefuseApproval as RefuseApproval
from dokango.orders.lifecycle.commands.approval import WithdrawApproval as WithdrawApproval
from dokango.orders.lifecycle.commands.command import MOST_GRAMS as MOST_GRAMS
from dokango.orders.lifecycle.commands.command import MOST_LINES as MOST_LINES
from dokango.orders.lifecycle.commands.command import MOST_PIECES as MOST_PIECES
from dokango.orders.lifecycle.commands.command import Amount as Amount
from dokango.orders.lifecycle.commands.command import Areas as Areas
from dokango.orders.lifecycle.commands.command import CheckKey as CheckKey
from dokango.orders.lifecycle.commands.command import Command as Command
from dokango.orders.lifecycle.commands.command import ParcelWords as ParcelWords
from dokango.orders.lifecycle.commands.command import Reason as Reason
from dokango.orders.lifecycle.commands.command import Words as Words
from dokango.orders.lifecycle.commands.credit import KeepAsCredit as KeepAsCredit
from dokango.orders.lifecycle.commands.credit import PayWithCredit as PayWithCredit
from dokango.orders.lifecycle.commands.door import DeliverPart as DeliverPart
from dokango.orders.lifecycle.commands.door import KeptLine as KeptLine
from dokango.orders.lifecycle.commands.door import LowerCod as LowerCod
from dokango.orders.lifecycle.commands.door import SayCollects as SayCollects
from dokango.orders.lifecycle.commands.edit import Edit as Edit
from dokango.orders.lifecycle.commands.edit import EditedLine as EditedLine
from dokango.orders.lifecycle.commands.returns import Inspect as Inspect
from dokango.orders.lifecycle.commands.returns import InspectedLine as InspectedLine
from dokango.orders.lifecycle.commands.returns import LoseParcel as LoseParcel
from dokango.orders.lifecycle.commands.returns import ReceiveReturn as ReceiveReturn
from dokango.orders.lifecycle.commands.returns import ReturnedLine as ReturnedLine
from dokango.orders.lifecycle.commands.returns import SendAgain as SendAgain
from dokango.orders.lifecycle.commands.reversal import ReversePayment as ReversePayment
from dokango.orders.lifecycle.commands.undo import Undo as Undo
from dokango.orders.lifecycle.commands.wish import AskChange as AskChange
from dokango.orders.lifecycle.commands.wish import RefuseChange as RefuseChange

HOLD_REASONS = ("address", "stock", "payment", "suspicious", "other")


class ClaimPayment(Command):
    """The customer says: I sent it, this is the TrxID."""

    action = "claim_payment"
    method: str
    transaction_id: str
    sender: str = ""


class VerifyPayment(Command):
    """Staff found this money in the wallet; it may be another TrxID than the one claimed."""

    action = "verify_payment"
    method: str
    transaction_id: str
    amount_poisha: Amount
    sender: str | None = None
    forgive: Annotated[bool, Field(description="Ask no more for what is short, up to what the owner allows.")] = False
    part: Annotated[bool, Field(
        description="A part of what the wallet's message of this TrxID tells of; the rest is for other orders.",
    )] = False  # fmt: skip


class Forgive(Command):
    """What is still due is so little that nobody asks for it: up to what the owner's settings allow."""

    action = "forgive"


class RejectClaim(Command):
    """The claimed TrxID is not in the wallet."""

    action = "reject_claim"
    reason: Reason


class Confirm(Command):
    """The order is approved for fulfilment."""

    action = "confirm"
    forgive: Annotated[bool, Field(description="Ask no more for what is short, up to what the owner allows.")] = False


class Hold(Command):
    """Keep the order from moving on, for a reason of HOLD_REASONS; other words are kept as a note."""

    action = "hold"
    reason: Reason
    note: Words = ""


class Release(Command):
    """Let a held order move on."""

    action = "release"


class Pack(Command):
    """The parcel is packed. `checks` are the lines of the packer's checklist that are ticked.

    Without `checks` those count that are ticked on the bench. Whether needed ones may stay open is the shop's setting.
    """

    action = "pack"
    fragile: bool | None = None
    checks: Annotated[tuple[CheckKey, ...] | None, Field(strict=False, max_length=40)] = None


class Ship(Command):
    """The parcel is with a courier. `shipment_id` names the parcel that a courier's API has booked.

    `courier` is one of `GET /couriers`, or "manual" with a `carrier`; left out, the owner's rule chooses
    (`GET /orders/{number}/courier`).

    Who may carry a parcel by hand, and how long its code is: `dokango.couriers.manual.handover`, for every way in.
    What is left out is told as the order says it; `cod_poisha`, what the rider collects, is whole taka. `areas`: the
    places out of the courier's lists, by level; those left out are guessed from the address.
    """

    action = "ship"
    courier: Words = ""
    carrier: Words = ""
    tracking_code: Words = ""
    shipment_id: int | None = None
    cod_poisha: Annotated[int, Field(ge=0, le=MOST_POISHA)] | None = None
    note: ParcelWords | None = None
    name: ParcelWords | None = None
    phone: ParcelWords | None = None
    alternative_phone: ParcelWords | None = None
    address: ParcelWords | None = None
    weight_g: Annotated[int, Field(ge=1, le=MOST_GRAMS)] | None = None
    hub_pickup: bool | None = None
    areas: Areas | None = None


class SetCode(Command):
    """The tracking code of a parcel that was handed over by hand, when the courier has given one."""

    action = "set_code"
    tracking_code: Annotated[str, Field(min_length=1, max_length=80)]


class Sync(Command):
    """Ask the courier how the parcel fares."""

    action = "sync"


class Deliver(Command):
    """The customer has the goods."""

    action = "deliver"
    note: Words = ""


class PayOut(Command):
    """The courier remits what it collected, less its charge; or its charge alone is booked, also of a prepaid parcel
    and of one that came back.

    A parcel's charge is booked once: said again as it stands it is refused, said otherwise the difference is booked.
    """

    action = "pay_out"
    amount_poisha: Annotated[int, Field(
        ge=-MOST_POISHA, le=MOST_POISHA,
        description="What arrived at the bank; below 0 what was paid to the courier, or taken off a payout for this.",
    )] = 0  # fmt: skip
    charge_poisha: Annotated[int | None, Field(
        ge=0, le=MOST_POISHA, description="What this parcel costs in all. Left out, nothing is said of its charge.",
    )] = None  # fmt: skip
    reference: Words = ""
    parcel: Annotated[str, Field(
        max_length=500, description="Its invoice, consignment id or tracking code; needed where the order had several.",
    )] = ""  # fmt: skip


class Cancel(Command):
    """The order will not be sent."""

    action = "cancel"
    reason: Reason


class Remind(Command):
    """Tell the customer when the order ends unless somebody confirms it."""

    action = "remind"


class Expire(Command):
    """Nobody has confirmed or paid it in time."""

    action = "expire"


class SayLate(Command):
    """The parcel did not come by the day that was told: its customer is told another (`expected`)."""

    action = "say_late"
    expected: date
    was: date


class PayRefund(Command):
    """Money was given back to the customer. A wallet's sending has its TrxID as `reference`, each once."""

    action = "refund"
    method: str
    amount_poisha: Amount
    reference: Words = ""


class EditAddress(Command):
    """Where the parcel goes, until it is shipped. The delivery charge stays as agreed."""

    action = "edit_address"
    name: Annotated[str, Field(min_length=1, max_length=100)]
    phone: str
    line: Annotated[str, Field(min_length=1, max_length=400)]
    area: Annotated[str, Field(max_length=100)] = ""
    city: Annotated[str, Field(max_length=100)] = ""
    district: Annotated[str, Field(max_length=60)] = ""


class CorrectAddress(EditAddress):
    """Where the parcel goes that is on its way: the courier is told as well."""

    action = "correct_address"


class SendElsewhere(Command):
    """The parcel that is out counts no more; the order waits to be shipped again, with another courier."""

    action = "send_elsewhere"
    reason: Words = ""


class AddNote(Command):
    """A remark of the staff's on the timeline."""

    action = "note"
    text: Annotated[str, Field(min_length=1, max_length=1_000)]


class ReportProblem(Command):
    """Something about the delivery needs a person: a failed attempt, an address question. Empty words clear it."""

    action = "report_problem"
    problem: Words


class Mark(Command):
    """Marks that are not statuses: who works on it, whether it is fragile."""

    action = "mark"
    assigned_to: Annotated[str, Field(max_length=80)] | None = None
    fragile: bool | None = None


COMMANDS: dict[str, type[Command]] = {
    command.action: command
    for command in (
        ClaimPayment, VerifyPayment, Approve, RefuseApproval, WithdrawApproval, Forgive, WaiveAdvance,
        RejectClaim, Confirm, Hold, Release, Pack, Ship, SetCode, Sync, Deliver,
        DeliverPart, SayCollects, LowerCod, PayOut, Cancel, Remind, Expire, SayLate, ReceiveReturn, LoseParcel, Inspect,
        SendAgain, PayRefund, ReversePayment, PayWithCredit, KeepAsCredit, Edit, AskChange, RefuseChange, EditAddress,
        CorrectAddress, SendElsewhere, AddNote, ReportProblem, Mark,
    )
}  # fmt: skip
