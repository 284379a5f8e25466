"""How each action looks to people, one row an action: its button, its form, its words on every timeline.

What an action *does* is its row in `table.py`; what people see of it is its row here, and nowhere else. An action
without a face is an error at import. The last rows are happenings beside the table that timelines show as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from dokango.couriers.kind.status import PARTLY
from dokango.couriers.registry import is_by_api
from dokango.orders.advances.missing import advance_missing_poisha
from dokango.orders.book.rows import OrderRow
from dokango.payments.methods import is_paid_on_delivery
from dokango.shop.profile import MOST_FORGIVEN_POISHA, Profile

# Where the button of an action is on the order's page.
ROW, MENU, NOWHERE = "row", "menu", ""
# What its button opens: a form by its name, or one of these.
AT_ONCE, VERIFY, COURIER, SEND, PART, EDIT = "", "verify", "courier", "send", "deliver_part", "edit"
REVERSE = "reverse_payment"


class Carried(Protocol):
    """What a face asks of a live parcel: who carries it."""

    @property
    def courier(self) -> str:
        """A key of COURIERS."""


def always(order: OrderRow, parcel: Carried | None) -> bool:
    """A blocked button is shown where people look for it, with why it is blocked."""
    return True


def never(order: OrderRow) -> bool:
    """Its button keeps its place."""
    return False


_WITH_COURIER = ("shipped", "delivered", "returned")


def _rider_collects(order: OrderRow) -> bool:
    paid_otherwise = order.status == "delivered" or bool(order.claim_waits)
    return is_paid_on_delivery(order.payment_method) and not paid_otherwise


def _is_by_hand(order: OrderRow, parcel: Carried | None) -> bool:
    return parcel is not None and not is_by_api(parcel.courier)


def asks_always(profile: Profile) -> bool:
    """Its form is wanted in every shop."""
    return True


@dataclass(frozen=True, slots=True)
class Face:
    """One row. `label` names the step ("Mark as paid"); `label_from` where another name fits an order's status.

    `button` is what its button says when that is not the label, in `place`, answering to the `key`; it `opens` a form
    (which asks what the command needs) or acts at once; `shown_when` tells whether a blocked one is worth its place
    (never one that `hides`), `aside_when` whether it is so rarely wanted that it goes into the menu.
    `asks` tells whether a shop's settings want its form at all; without, it acts at once. `by_courier` is what the
    filled button says ({whom}: a courier's name) where a courier can be called to do it; it opens SEND, and the step's
    own button stands beside it.
    `did` goes on the staff's timeline, `done` is said after the click ({n}: the order's number), `told` is the key of
    what the customer reads, `on_parcel` the word on the parcel's timeline, `in_books` the one in the journal; "" keeps
    it off.
    """

    action: str
    label: str
    did: str
    done: str = ""
    place: str = NOWHERE
    opens: str = AT_ONCE
    key: str = ""
    button: str = ""
    by_courier: str = ""
    told: str = ""
    told_own: str = ""  # when the customer did it
    on_parcel: str = ""
    in_books: str = ""
    danger: bool = False
    label_from: dict[str, str] = field(default_factory=dict)
    asks: Callable[[Profile], bool] = asks_always
    hides: bool = False
    shown_when: Callable[[OrderRow, Carried | None], bool] = always
    aside_when: Callable[[OrderRow], bool] = never

    @property
    def has_form(self) -> bool:
        """Whether its button opens a form of its own."""
        return self.opens not in (AT_ONCE, VERIFY, COURIER, PART, EDIT, REVERSE)

    def opens_in(self, profile: Profile) -> str:
        """What its button opens in a shop with these settings."""
        return self.opens if self.asks(profile) else AT_ONCE

    def label_at(self, status: str) -> str:
        """The step's name for an order of `status`."""
        return self.label_from.get(status, self.label)

    def button_at(self, status: str, profile: Profile) -> str:
        """What the button says: dots promise a question."""
        asks = self.has_form and self.opens_in(profile) != AT_ONCE
        return self.button or self.label_at(status) + ("…" if asks else "")


_F = Face
_ROWS: tuple[Face, ...] = (
    _F("place", "Place order", "placed the order", told="did.place", in_books="Order placed"),
    _F("claim_payment", "Send TrxID", "sent a TrxID", told="did.claim_payment"),
    _F("verify_payment", "Mark as paid", "verified the payment", place=ROW, opens=VERIFY, key="v",
       button="Verify payment", told="did.verify_payment", in_books="Payment verified",
       aside_when=lambda order: _rider_collects(order) or not (order.due_poisha or order.claim_waits)),
    _F("pay_with_credit", "Pay with credit", "used the customer's credit", "Credit pays on #{n}.", place=ROW,
       opens="pay_with_credit", told="did.pay_with_credit", in_books="Paid with credit",
       hides=True),
    _F("ask_approval", "Ask another person", "asked another person to approve"),
    _F("approve", "Approve", "approved it", "Approved, and booked on #{n}.", place=ROW, key="a",
       shown_when=lambda order, parcel: bool(order.approval_kind)),
    _F("refuse_approval", "Do not approve", "did not approve it", "Nothing is booked on #{n}; who asked is told.",
       place=ROW, opens="refuse_approval", shown_when=lambda order, parcel: bool(order.approval_kind)),
    _F("withdraw_approval", "Take it back", "took back what waited for approval", "Nothing is booked on #{n}.",
       place=MENU, shown_when=lambda order, parcel: bool(order.approval_kind)),
    _F("forgive", "Forgive what is short", "forgave what was short", "What was short on #{n} is forgiven.", place=MENU,
       in_books="Forgiven",
       shown_when=lambda order, parcel: bool(order.paid_poisha) and 0 < order.due_poisha <= MOST_FORGIVEN_POISHA),
    _F("waive_advance", "Go on without the advance", "let the advance be", "Order #{n} goes on without an advance.",
       place=MENU, opens="waive_advance", shown_when=lambda order, parcel: advance_missing_poisha(order) > 0),
    _F("reject_claim", "Reject TrxID", "rejected the TrxID", told="did.reject_claim"),
    _F("confirm", "Confirm order", "confirmed", "Order #{n} is confirmed and waits to be packed.", place=ROW, key="c",
       told="did.confirm"),
    _F("hold", "Hold", "put it on hold", "Order #{n} is on hold.", place=MENU, opens="hold"),
    _F("release", "Release", "released it", "Order #{n} may move on.", place=ROW,
       shown_when=lambda order, parcel: order.held_reason is not None),
    _F("pack", "Mark as packed", "packed it", "Order #{n} is packed and waits to be shipped.", place=ROW,
       opens="pack", asks=lambda profile: profile.pack_checklist != "off",
       told="did.pack", shown_when=lambda order, parcel: not order.packed),
    _F("ship", "Mark as shipped", "shipped it", "Order #{n} is on its way.", place=ROW, opens="ship", key="s",
       by_courier="Send {whom}", told="did.ship", on_parcel="Shipped"),
    _F("sync", "Sync status", "asked the courier", place=ROW, opens=COURIER, on_parcel="News",
       shown_when=lambda order, parcel: parcel is not None and is_by_api(parcel.courier)),
    _F("set_code", "Set tracking code", "set the tracking code", "The tracking code of order #{n} is kept.",
       place=MENU, opens="set_code", on_parcel="Tracking code", shown_when=_is_by_hand),
    _F("report_problem", "Note a problem", "noted a problem", "Noted on order #{n}.", place=MENU,
       opens="report_problem", on_parcel="Problem"),
    _F("deliver", "Mark as delivered", "marked it delivered", "Order #{n} is delivered.", place=ROW,
       told="did.deliver", on_parcel="Delivered", in_books="Delivered"),
    _F("deliver_part", "Delivered in part", "marked it delivered in part", "Order #{n} is delivered in part.",
       place=ROW, opens=PART, button="Delivered in part…", told="did.deliver_part", on_parcel="Delivered in part",
       in_books="Delivered in part", aside_when=lambda order: order.carrier_status not in PARTLY),
    _F("say_collects", "Say what the rider collects", "said what the rider collects",
       "What the rider of #{n} collects is noted.", on_parcel="Collects", in_books="Collected otherwise"),
    _F("lower_cod", "Lower what the rider collects", "lowered what the rider collects",
       "The rider of #{n} is to collect less.", place=MENU, opens="lower_cod", told="did.lower_cod",
       on_parcel="Collects less", in_books="Discount",
       shown_when=lambda order, parcel: order.status == "shipped" and bool(order.told_poisha)),
    _F("pay_out", "Payout or charge", "booked the courier's payout or charge", "It is booked on #{n}.", place=ROW,
       opens="pay_out", in_books="Courier's payout or charge",
       shown_when=lambda order, parcel: order.status in _WITH_COURIER or order.courier_due_poisha != 0,
       aside_when=lambda order: order.courier_due_poisha <= 0),
    _F("cancel", "Cancel order", "cancelled it", "Order #{n} is cancelled.", place=MENU, opens="cancel", danger=True,
       told="did.cancel", told_own="did.cancel.you", in_books="Cancelled"),
    _F("remind", "Remind the customer", "told the customer"),
    _F("say_late", "Late", "told the customer that it is late", told="did.say_late", on_parcel="Late"),
    _F("expire", "Let it go", "let it go", told="did.expire", in_books="Let go unconfirmed"),
    _F("receive_return", "Goods came back", "took it back", "What came back of #{n} is booked.", place=ROW,
       opens="receive_return", told="did.receive_return", on_parcel="Came back", in_books="Came back",
       label_from={"shipped": "Parcel came back"}),
    _F("lose_parcel", "Parcel is lost", "wrote it off as lost",
       "The loss of #{n} is booked. Claim it from the courier.", place=MENU,
       opens="lose_parcel", danger=True, told="did.lose_parcel", on_parcel="Lost", in_books="Lost by the courier"),
    _F("inspect", "Inspect what came back", "inspected it", "What was found in the parcel of #{n} is booked.",
       place=ROW, opens="inspect", on_parcel="Inspected", in_books="Inspected",
       shown_when=lambda order, parcel: bool(order.to_inspect)),
    _F("send_again", "Send again", "lets it go out again", "Order #{n} waits to be packed again.", place=ROW,
       opens="send_again", told="did.send_again", on_parcel="To be sent again", in_books="Sent again",
       shown_when=lambda order, parcel: order.to_inspect is not None),
    _F("refund", "Refund paid", "paid a refund", "The refund on #{n} is booked.", place=ROW, opens="refund",
       told="did.refund", in_books="Refund paid", shown_when=lambda order, parcel: order.refund_due_poisha > 0),
    _F("keep_as_credit", "Keep as credit", "kept it as the customer's credit",
       "What was due back on #{n} is the customer's credit.", place=ROW, opens="keep_as_credit",
       told="did.keep_as_credit", in_books="Kept as credit",
       shown_when=lambda order, parcel: order.refund_due_poisha > 0),
    _F("reverse_payment", "Take a payment back", "took a payment back", "The payment on #{n} is taken back.",
       place=MENU, opens=REVERSE, button="Take a payment back…", told="did.reverse_payment",
       in_books="Payment taken back", shown_when=lambda order, parcel: bool(order.paid_poisha)),
    _F("edit", "Edit order", "changed the order", "Order #{n} is changed.", place=MENU, opens=EDIT,
       button="Edit order…", told="did.edit", in_books="Changed"),
    _F("ask_change", "Ask for a change", "asked for a change", told="did.ask_change", told_own="did.ask_change.you"),
    _F("refuse_change", "Refuse what the customer asks", "refused the change", "The customer of #{n} is told why not.",
       place=MENU, opens="refuse_change", told="did.refuse_change",
       shown_when=lambda order, parcel: bool(order.wish_kind)),
    _F("edit_address", "Edit address", "changed the address", "The address of #{n} is changed.", opens="edit_address",
       told="did.edit_address"),
    _F("correct_address", "Correct the address", "corrected the address", "The address of #{n} is corrected.",
       told="did.edit_address", on_parcel="Address corrected"),
    _F("send_elsewhere", "Hand to another courier", "takes it another way", "Order #{n} waits to be shipped again.",
       on_parcel="Waits to be shipped again"),
    _F("mark", "Mark", "marked it", "Order #{n} is yours."),
    _F("note", "Add a note", "wrote", "Noted on #{n}."),
    _F("undo", "Undo", "undid a step", "Undone: order #{n} is as it was.", opens="undo"),
    # beside the table: what couriers and the shelf bring about
    _F("turn_back", "Turn back", "says it comes back", told="did.turn_back", on_parcel="Comes back"),
    _F("booking_refused", "Booking refused", "booking refused", on_parcel="Booking refused"),
    _F("booking_uncertain", "Booking uncertain", "booking uncertain", on_parcel="Booking uncertain"),
    _F("cancel_asked", "Cancel the booking", "asked to cancel the booking", on_parcel="Asked to cancel"),
    _F("cancel_refused", "Not cancelled", "says that it is not cancelled", on_parcel="Not cancelled"),
    _F("cancel_uncertain", "Cancelling uncertain", "cancelling uncertain", on_parcel="Cancelling uncertain"),
    _F("change_refused", "Change not taken", "says that the change is not taken", on_parcel="Change not taken"),
    _F("ask_back", "Ask it back", "ask back", on_parcel="Asked back"),
    _F("courier_told", "The courier was told", "told the courier", on_parcel="The courier was told"),
    _F("ask_back_moves", "Asked back", "says of what was asked back", on_parcel="Asked back"),
    _F("courier_chosen", "Choose a courier", "chose another courier", on_parcel="Chosen against the rule"),
    _F("hand_over", "Hand over", "handed it over", on_parcel="Handed to the rider"),
    _F("remind_payment", "Payment reminder", "told the customer again how to pay", on_parcel="Told how to pay"),
    _F("case_unanswered", "No answer", "waited for the customer in vain", on_parcel="Not answered"),
    _F("case_unasked", "Not asked", "could not ask the customer", on_parcel="Not asked"),
    _F("case_late", "Past its deadline", "a deadline has passed", on_parcel="Deadline passed"),
    _F("case_taken", "Take it", "took a problem on"),
    _F("case_answered", "Answer", "answered about the delivery", told="did.answered", on_parcel="Customer answered"),
    _F("case_withdrawn", "Take back", "took the answer back", told="did.withdrawn", on_parcel="Answer taken back"),
    _F("case_act", "Act on a problem", "acted on a problem", on_parcel="Acted"),
    _F("case_closed", "Done", "dealt with a problem", on_parcel="Dealt with"),
    _F("open_claim", "Claim it", "claimed the loss", on_parcel="Claimed"),
    _F("claim_paid", "Claim paid", "booked what the courier paid for it", on_parcel="Claim paid",
       in_books="Claim paid"),
    _F("claim_refused", "Claim refused", "noted that the claim is refused", on_parcel="Claim refused"),
    _F("receive_stock", "Receive goods", "received goods", in_books="Goods received"),
    _F("give_back", "Give back", "gave money back that matched no order", in_books="Given back"),
    _F("keep_credit", "Keep as credit", "kept money as a customer's credit", in_books="Kept as credit"),
    _F("pay_out_credit", "Pay out credit", "paid out a customer's credit", in_books="Credit paid out"),
    _F("wallet_out", "Book money out", "booked money that left a wallet", in_books="Out of a wallet"),
    _F("payout", "Book a payout", "booked a payout", in_books="Courier's payout"),
    _F("clear_up", "Clear up a sum", "cleared up a sum of a payout", in_books="Payout cleared up"),
    _F("count_stock", "Count the shelf", "counted the shelf", in_books="Stock counted"),
)  # fmt: skip

FACES: dict[str, Face] = {face.action: face for face in _ROWS}


def did(action: str) -> str:
    """What somebody did, for the staff's timeline; an action of the past that has no face any more says its name."""
    face = FACES.get(action)
    return face.did if face else action.replace("_", " ")


def forms() -> tuple[str, ...]:
    """The forms that actions open, each once."""
    return tuple(dict.fromkeys(face.opens for face in FACES.values() if face.has_form))


def told() -> tuple[str, ...]:
    """The actions that are the customer's business; the rest of the audit trail stays with the staff."""
    return tuple(face.action for face in FACES.values() if face.told)
