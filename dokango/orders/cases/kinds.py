"""The kinds of cases, the states they go through, and what comes next in each.

To add a kind: one row in KINDS. Where it is opened says `open_case` (book.py), with the row's key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

NEEDS_US, ASKED_COURIER, ASKED_CUSTOMER = "needs_us", "asked_courier", "asked_customer"
COMING_BACK, TO_INSPECT, CLOSED = "coming_back", "to_inspect", "closed"
STATES: Mapping[str, str] = {
    NEEDS_US: "Needs us",
    ASKED_COURIER: "Asked the courier",
    ASKED_CUSTOMER: "Asked the customer",
    COMING_BACK: "Coming back",
    TO_INSPECT: "Back, to inspect",
    CLOSED: "Closed",
}
NEXT_ACTS: Mapping[str, str] = {
    "call_customer": "Call the customer, or ask them by message",
    "tell_courier": "Tell the courier what to do",
    "ask_courier": "Ask the courier",
    "do_answer": "Do what the customer answered",
    "wait_customer": "Wait for the customer's answer",
    "wait_delivery": "Wait for the delivery",
    "wait_return": "Wait for the parcel to come back",
    "inspect": "Look at the parcel, then restock or write off",
    "decide_again": "Send it again, or close it",
    "follow_claim": "Follow the claim until the courier pays or refuses",
    "agree_loss": "Agree with the courier what is lost, and claim it",
    "claim_loss": "Claim it from the courier, or close it",
    "say_kept": "Say which items were kept and what was collected",
    "settle_booking": "Find out whether it was booked",
    "wait_cancelled": "Wait until the courier says that it is cancelled",
    "settle_change": "Find out whether the courier has the change, and say so",
    "settle_cancel": "Find out whether it was cancelled, and say so",
    "release_order": "See why the order could not be shipped",
    "ask_one_back": "Ask one of the parcels back",
    "compare_payout": "Compare the payout with it",
    "tell_amount": "Tell the courier, then say what the rider collects",
    "say_took": "Say what the rider took",
    "answer_change": "Do what the customer asks, or say no",
    "put_right": "Put right what failed",
    "verify_claim": "Verify the payment, or refuse the TrxID",
    "confirm_order": "Confirm it, or cancel it",
    "pack_order": "Pack it",
    "hand_over": "Hand it to the courier",
    "pay_refund": "Send the money back",
}
_DAY_HOURS = 24
HOURS_TO_RETURN, HOURS_TO_INSPECT, HOURS_TO_DELIVER = 7 * _DAY_HOURS, 2 * _DAY_HOURS, 2 * _DAY_HOURS
FAILED_DELIVERY, LOSS, TO_CLAIM, CLAIM = "failed_delivery", "loss", "to_claim", "claim"
TOLD_TOO_MUCH = "told_too_much"
CANCELLING = ("cancel_asked", "cancel_uncertain")
ASKED_OF_COURIER = (*CANCELLING, "change_uncertain")  # what a courier was asked to do with a booked parcel
ANSWERED_BY_DELIVERY = "say_kept"  # whole or in part, a delivery says it


@dataclass(frozen=True, slots=True)
class CaseKind:
    """One kind. `family`: of one matter one case of a family is open at most; it takes the kind that was heard last.

    `hours`: by when it must be dealt with, where its courier's row sets no time (`CaseRule`).
    `outlives_delivery`: a delivery does not settle it; `outlives_order`: no end of the order does.
    `desk`: whose work it is while nobody has taken it. `asks_customer`: what to do is the customer's to say, so they
    may be asked without staff.
    """

    key: str
    label: str
    next_act: str
    family: str = FAILED_DELIVERY
    hours: int = _DAY_HOURS
    outlives_delivery: bool = False
    desk: str = "Shipping desk"
    ends_with: str = ""  # what alone ends it, as a sentence for who would close it by a word; "" when a word does
    once_delivered: str = ""  # the next act when its order is delivered, where that answers nothing
    outlives_order: bool = False
    asks_customer: bool = False

    @property
    def is_failed_delivery(self) -> bool:
        """Whether the rider came away with the parcel: the customer can say what to do next."""
        return self.family == FAILED_DELIVERY


_SAY_CANCELLED = "Say whether they cancelled it: the order waits for that."
_K = CaseKind
_ROWS = (
    _K("refused", "Refused", "call_customer", asks_customer=True),
    _K("not_home", "Not at home", "call_customer", asks_customer=True),
    _K("no_answer", "Does not answer", "call_customer", asks_customer=True),
    _K("address", "Address not found", "call_customer", asks_customer=True),
    _K("another_day", "Wants another day", "tell_courier", asks_customer=True),
    _K("held_at_hub", "Held at the hub", "ask_courier"),
    _K("unknown", "Reason not known", "ask_courier"),
    _K("noted", "Noted by us", "call_customer"),
    _K("damaged", "Damaged", "agree_loss", family=LOSS),
    _K("lost", "Lost", "agree_loss", family=LOSS),
    _K(TO_CLAIM, "Loss to claim", "claim_loss", family=LOSS, hours=3 * _DAY_HOURS, outlives_delivery=True,
       outlives_order=True),
    _K(CLAIM, "Claim", "follow_claim", family=CLAIM, outlives_delivery=True, outlives_order=True, desk="Accounts",
       ends_with="It ends with its claim: say there (Problems, Claims) whether that was paid or refused."),
    _K("partial", "Partly delivered", "say_kept", family="partial", outlives_delivery=True),
    _K("late", "Late", "ask_courier", family="late"),
    _K("not_picked_up", "Not picked up", "ask_courier", family="not_picked_up"),
    _K("booking_uncertain", "Booking uncertain", "settle_booking", family="booking_uncertain", hours=4),
    _K("cancel_asked", "Cancelling", "wait_cancelled", family="cancel", hours=4, ends_with=_SAY_CANCELLED),
    _K("cancel_uncertain", "Cancelling uncertain", "settle_cancel", family="cancel", hours=4,
       ends_with=_SAY_CANCELLED),
    _K("change_uncertain", "Change uncertain", "settle_change", family="change", hours=4,
       ends_with="Say whether the courier has the change: its rider goes by that."),
    _K("booked_not_shipped", "Booked, not shipped", "release_order", family="booked_not_shipped"),
    _K("two_parcels", "Two parcels", "ask_one_back", family="two_parcels", outlives_delivery=True),
    _K("courier_contradiction", "The courier contradicts itself", "ask_courier", family="courier_contradiction",
       outlives_delivery=True),
    _K("amount_changed", "Another amount collected", "compare_payout", family="amount_changed", hours=7 * _DAY_HOURS,
       outlives_delivery=True, desk="Accounts"),
    _K("messages_stopped", "Messages do not go out", "put_right", family="messages_stopped", desk="Owner"),
    _K("backup_failed", "No backup was made", "put_right", family="backup_failed", desk="Owner"),
    _K(TOLD_TOO_MUCH, "Rider was told too much", "tell_amount", family=TOLD_TOO_MUCH, hours=2,
       outlives_delivery=True, once_delivered="say_took",
       ends_with="Say what the rider collects or took: the books and the customer wait for it."),
    _K("change_asked", "Customer asks for a change", "answer_change", family="change_asked", desk="Orders",
       ends_with="Do what the customer asks on the order's page, or say no there: they wait for an answer."),
    _K("claim_waits", "TrxID waits", "verify_claim", family="waits", hours=2, desk="Orders", outlives_order=True),
    _K("not_confirmed", "Not confirmed", "confirm_order", family="waits", hours=4, desk="Orders"),
    _K("not_packed", "Not packed", "pack_order", family="waits", hours=4, desk="Packing"),
    _K("not_shipped", "Not handed over", "hand_over", family="waits", hours=4),
    _K("refund_waits", "Refund waits", "pay_refund", family="refund_waits", outlives_delivery=True,
       outlives_order=True, desk="Accounts"),
    _K("job_failed", "A job failed", "put_right", family="job_failed", outlives_delivery=True, desk="Owner"),
)  # fmt: skip
KINDS: dict[str, CaseKind] = {kind.key: kind for kind in _ROWS}
OUTLIVE_DELIVERY = tuple(kind.key for kind in _ROWS if kind.outlives_delivery)
ASKED_BY_ITSELF = tuple(kind.key for kind in _ROWS if kind.asks_customer)
FAILED_DELIVERIES = tuple(kind.key for kind in _ROWS if kind.is_failed_delivery)
