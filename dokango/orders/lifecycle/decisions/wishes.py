"""What a customer asks to be changed: kept on the order, which waits, until somebody does it or says no."""

from __future__ import annotations

from dokango.orders.lifecycle.commands import AskChange, RefuseChange
from dokango.orders.lifecycle.decision import Decision, GoOnWithCase, Situation
from dokango.orders.lifecycle.decisions.expiry import put_off
from dokango.orders.lifecycle.decisions.guards import may_cancel

SAID = {"change": "asks for a change", "cancel": "asks to cancel"}


def may_ask(s: Situation) -> str:
    """One wish at a time, and not once a courier has the parcel."""
    if s.order.wish_kind:
        return "The customer asked for something already; answer that first."
    return may_cancel(s)


def may_refuse(s: Situation) -> str:
    """There is something to refuse."""
    return "" if s.order.wish_kind else "The customer asks for nothing."


def ask_change(s: Situation, command: AskChange) -> Decision:
    """It waits to be answered, as a case with a deadline."""
    words = f"{SAID[command.what]}: {command.words}"
    return Decision(
        writes=[GoOnWithCase("wish", words, s.actor)],
        columns={"wish_kind": command.what, "wish": command.words, **put_off(s)},
        note=words,
        data={"what": command.what, "words": words},
    )


def refuse_change(s: Situation, command: RefuseChange) -> Decision:
    """The order goes on as it is; the customer is told why."""
    answered = answer(s, f"refused: {command.reason}")
    answered.note, answered.data = command.reason, {"reason": command.reason}
    return answered


def answer(s: Situation, words: str) -> Decision:
    """The wish waits no more."""
    return Decision(
        writes=[GoOnWithCase("wish_answered", words, s.actor)],
        columns={"wish_kind": "", "wish": "", **put_off(s)},
    )
