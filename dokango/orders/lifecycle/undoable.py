"""What can be undone, one row an action of the lifecycle's table: why not, or with which words its customer is told.

A step is undone by new rows: opposite movements, reversing postings, an event that names it. That is honest as long as
nothing has left the house: no goods, no money, nothing that a courier was told. Within UNDO_FOR_S nobody outside has
heard of it: its messages are held until then (HELD_S, a little longer, for who presses at the last moment).
"""

from __future__ import annotations

from dataclasses import dataclass

from dokango.clock import US_PER_S
from dokango.people.permissions import Permission

UNDO_FOR_S = 10
HELD_S = 12
HELD_US = HELD_S * US_PER_S


@dataclass(frozen=True, slots=True)
class Undoable:
    """One row. `why_not`: why a person cannot undo it, with what to do instead; "" where they can.

    `tells`: whether its customer is told of the undoing, where they had read of the step. `permission`: who may, of
    what stands beside the lifecycle's table.
    """

    action: str
    why_not: str = ""
    tells: bool = False
    permission: Permission | None = None

    @property
    def may(self) -> bool:
        """Whether the table allows it at all."""
        return not self.why_not


_PAID = "Money that was booked is not undone here: the wallet has it."
_ASKED = "What was asked and answered stays. Ask, or answer, once more."
_LEFT = "Goods that were with a courier are not undone: somebody outside has seen it."
_TOLD = "The courier was told. Tell it again."
_U = Undoable
_ROWS: tuple[Undoable, ...] = (
    _U("place", "An order that should not be is cancelled."),
    _U("claim_payment", "It is the customer's word. Verify it, or reject it."),
    _U("verify_payment", "The wallet has the money. What was booked by mistake “Take a payment back” takes back."),
    _U("pay_with_credit", "The credit is spent. What is due back can be kept as credit again."),
    _U("ask_approval", "Who asked takes it back with “Take it back”."),
    _U("approve", _PAID),
    _U("refuse_approval", _ASKED),
    _U("withdraw_approval", _ASKED),
    _U("forgive"),
    _U("waive_advance"),
    _U("reject_claim", tells=True),  # the TrxID stays this order's
    _U("confirm", tells=True),
    _U("hold"),
    _U("release"),
    _U("pack"),
    _U("ship", "Its rider may have it. Use “Hand to another courier”, or “Parcel came back”."),
    _U("sync", "Nothing was done: the courier was asked."),
    _U("report_problem", "It is a problem of its own. Close that one."),
    _U("set_code", "Set the right tracking code; the last one counts."),
    _U("say_late", "The customer was told."),
    _U("deliver", tells=True),  # by a person's word alone; what a courier says is not undone
    _U("deliver_part", "What was not kept is on its way back. Book it when it comes; say what the rider took."),
    _U("say_collects", "Say it again; the last word counts."),
    _U("lower_cod", _TOLD),
    _U("pay_out", "The courier's account has it. Book the difference."),
    _U("cancel", tells=True),
    _U("remind", "The customer was told."),
    _U("expire", "The shop's clock let it go, and the customer was told. Enter the order anew."),
    _U("receive_return", _LEFT),
    _U("lose_parcel", _LEFT),
    _U("inspect", _LEFT),
    _U("send_again", "Cancel it, if it should not go out again."),
    _U("refund", "The customer has the money."),
    _U("reverse_payment", "Book the payment once more, here or where it belongs."),
    _U("keep_as_credit", "Use the credit on this order, or pay it out."),
    _U("edit", tells=True),
    _U("ask_change", "It is the customer's wish. Do it, or say no."),
    _U("refuse_change", tells=True),
    _U("edit_address"),
    _U("correct_address", _TOLD),
    _U("send_elsewhere", _LEFT),
    _U("mark"),
    _U("note", "What was written stays. Write another note."),
    # beside the table
    _U("case_closed", permission=Permission.SHIP),
)
UNDOABLE: dict[str, Undoable] = {row.action: row for row in _ROWS}
TELLS = tuple(row.action for row in _ROWS if row.tells)


def is_undoable(action: str) -> bool:
    """Whether people may undo steps of this kind at all."""
    row = UNDOABLE.get(action)
    return row is not None and row.may


def why_not(action: str) -> str:
    """Why this step of the table, or what happened beside it, is not undone; "" where it can be."""
    row = UNDOABLE.get(action)
    return row.why_not if row else "That did not change the order by a step of its own."
