"""The table of waits. To add one: a row here, its hours in the shop's settings, and its kind in `cases/kinds.py`."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.orders.book.queues import QUEUE, REFUND_DUE
from dokango.shop.profile import Profile


@dataclass(frozen=True, slots=True)
class Wait:
    """Where an order stands (`where`, plain SQL on orders), since the last of `began_by` happened (none: since its last
    change), and after how many hours that is too long (`setting` of the owner's; 0: never).

    Then a case of kind `case` is opened, which ends by itself when the order has gone on; or, without one, its customer
    is told once more how to pay.
    """

    key: str
    label: str
    where: str
    began_by: tuple[str, ...]
    setting: str
    case: str = ""
    words: str = ""  # on the case; {hours}

    def hours(self, profile: Profile) -> int:
        """After how many hours, as the owner has it."""
        return int(getattr(profile, self.setting))


WAITS: tuple[Wait, ...] = (
    Wait(
        "unpaid", "Unpaid: the customer is told again how to pay", QUEUE["unpaid"].where,
        ("place", "reject_claim", "release", "undo"), "wait_unpaid_hours",
    ),
    Wait(
        "to_verify", "A TrxID waits to be verified", QUEUE["to_verify"].where,
        ("place", "claim_payment", "undo"), "wait_verify_hours",
        "claim_waits", "Its TrxID has waited for {hours} hours to be verified.",
    ),
    Wait(
        "to_confirm", "Waits to be confirmed", QUEUE["to_confirm"].where,
        ("place", "verify_payment", "forgive", "reject_claim", "release", "undo"), "wait_confirm_hours",
        "not_confirmed", "It has waited for {hours} hours to be confirmed.",
    ),
    Wait(
        "to_pack", "Confirmed, not packed", QUEUE["to_pack"].where,
        ("confirm", "send_again", "release", "undo"), "wait_pack_hours",
        "not_packed", "It was confirmed and has waited for {hours} hours to be packed.",
    ),
    Wait(
        "to_ship", "Packed, not handed over", QUEUE["to_ship"].where,
        ("pack", "send_elsewhere", "release", "undo"), "wait_ship_hours",
        "not_shipped", "It is packed and has waited for {hours} hours to be handed over.",
    ),
    Wait(
        "refund", "Money back, not sent", REFUND_DUE, (), "wait_refund_hours",
        "refund_waits", "The customer has waited for {hours} hours for money back.",
    ),
)  # fmt: skip
