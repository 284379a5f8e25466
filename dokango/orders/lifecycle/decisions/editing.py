"""An order that is changed before it is shipped: its lines, prices, discounts, charge, address, payment and note.

The books follow by new postings alone. A higher price first takes what is due back to the customer, and is due beyond
that; a lower one first lets go of what is due, then of what was forgiven, and the rest is due back.
"""

from __future__ import annotations

from dataclasses import replace

from dokango.errors import InvalidInput, Refused
from dokango.ledger import accounts
from dokango.ledger.entries import NewPosting
from dokango.notify.changes import Change, said_changes
from dokango.orders.book.rows import Columns
from dokango.orders.lifecycle.commands import Edit
from dokango.orders.lifecycle.decision import AddLines, ClearTicks, Decision, Situation, Write
from dokango.orders.lifecycle.decisions.advance import advance_of_edited
from dokango.orders.lifecycle.decisions.edited_lines import EditedLines, edited_lines
from dokango.orders.lifecycle.decisions.expiry import put_off
from dokango.orders.lifecycle.decisions.guards import open_booking
from dokango.orders.lifecycle.decisions.wishes import answer
from dokango.orders.lifecycle.edit_writes import ChangeLines
from dokango.payments.methods import method_of
from dokango.people.districts import district_of
from dokango.people.phones import normalise_phone

MOST_OFF = "The discount is more than all of it costs."
_ADDRESS = ("address_line", "area", "city", "district")


def may_edit(s: Situation) -> str:
    """Not while a courier has the parcel, or may have it: what it was told would be wrong."""
    if s.order.booking == "booked":
        return f"{s.order.carrier} has a parcel of this order. Mark it as shipped; then lower what it collects."
    return open_booking(s)


def edit(s: Situation, command: Edit) -> Decision:
    """Everything that differs, at once. Raises InvalidInput, a sentence a field, and Refused when nothing differs."""
    lines = edited_lines(s, command)
    columns = _columns(s, command, lines)
    changes = [*lines.changes, *_changes(s, columns)]
    if command.answers_wish and not s.order.wish_kind:
        raise InvalidInput({"answers_wish": "The customer asks for nothing (any more)."})
    if not changes:
        raise Refused("edit", "Nothing is different from what the order says already; nothing was changed.")
    _wants_reason(command, changes)
    decision = _money(s, columns)
    decision.moves = list(lines.moves)
    decision.writes = _writes(s, lines)
    repacked: Columns = {"packed": 0} if s.order.packed and lines.differ else {}
    decision.columns = {**columns, **repacked, **put_off(s)}
    words = said_changes(changes, "en")
    again = "to be packed anew" if repacked else ""
    decision.note = " · ".join(part for part in (words, again, command.reason) if part)
    decision.data |= {
        "changes": changes,
        "answers_wish": command.answers_wish,
        "total_poisha": columns["total_poisha"],
        "still_due_poisha": s.order.due_poisha + decision.due,
        "back_poisha": s.order.refund_due_poisha + decision.refund_due,
    }
    if command.answers_wish:
        done = answer(s, "done" if command.answers_wish == "whole" else "done in part")
        decision.writes += done.writes
        decision.columns |= done.columns
    return decision


def _writes(s: Situation, lines: EditedLines) -> list[Write]:
    wanted: list[Write] = []
    if lines.changed or lines.removed:
        wanted.append(ChangeLines(lines.changed, lines.removed))
    if lines.added:
        wanted.append(AddLines(lines.added))
    return [*wanted, ClearTicks()] if lines.differ else wanted


def _columns(s: Situation, command: Edit, lines: EditedLines) -> Columns:
    """The order's columns as they should be; every field that cannot be is named."""
    order, wrong = s.order, dict[str, str]()
    delivery = order.delivery_poisha if command.delivery_poisha is None else command.delivery_poisha
    off = lines.off_order(command)
    if off > lines.net_poisha + delivery:
        wrong["discount_poisha"] = MOST_OFF
    found: Columns = {
        "subtotal_poisha": lines.subtotal_poisha, "delivery_poisha": delivery, "units": lines.units,
        "discount_poisha": lines.off_poisha + off,
        "total_poisha": lines.net_poisha + delivery - off,
        "note": order.note if command.note is None else command.note,
    }  # fmt: skip
    for field, column, read in (
        ("payment_method", "payment_method", lambda said: method_of(said, "payment_method").key),
        ("name", "name", str), ("line", "address_line", str), ("area", "area", str), ("city", "city", str),
        ("phone", "phone", normalise_phone), ("district", "district", lambda said: district_of(said, "district")),
    ):  # fmt: skip
        said = getattr(command, field)
        try:
            found[column] = getattr(order, column) if said is None else read(said)
        except InvalidInput as error:
            wrong |= error.fields
    if wrong:
        raise InvalidInput(wrong)
    found["refusal_keeps_poisha"] = min(order.refusal_keeps_poisha, int(found["total_poisha"] or 0))
    return found | advance_of_edited(s, found) | _whose_discount(s, command, int(found["discount_poisha"] or 0))


def _whose_discount(s: Situation, command: Edit, off_poisha: int) -> Columns:
    """Why and by whom there is a discount; one that only shrinks with its lines stays that of who gave it."""
    order = s.order
    if not off_poisha:
        return {"discount_reason": "", "discount_by": ""}
    if off_poisha == order.discount_poisha or (off_poisha < order.discount_poisha and not command.reason):
        return {}
    return {"discount_reason": command.reason, "discount_by": s.actor.name}


def _changes(s: Situation, columns: Columns) -> list[Change]:
    """What differs beside the lines, as it is told."""
    order, found = s.order, list[Change]()
    for column, what in (
        ("discount_poisha", "discount"), ("delivery_poisha", "delivery"), ("payment_method", "method"),
        ("name", "name"), ("phone", "phone"),
    ):  # fmt: skip
        before, after = getattr(order, column), columns[column]
        if before != after:
            found.append({"what": what, "before": before, "after": after})
    if any(getattr(order, column) != columns[column] for column in _ADDRESS):
        found.append({"what": "address", "after": ", ".join(str(columns[part]) for part in _ADDRESS if columns[part])})
    if order.note != columns["note"]:
        found.append({"what": "note", "after": columns["note"]})
    return found


def _wants_reason(command: Edit, changes: list[Change]) -> None:
    priced = any(
        change["what"] in ("price", "line_discount")
        or (change["what"] == "discount" and int(str(change["after"])) > int(str(change["before"])))
        for change in changes
    )
    if priced and not command.reason:
        raise InvalidInput({"reason": "Say why the price is another one; it is kept in the order's history."})


def _money(s: Situation, columns: Columns) -> Decision:
    """The books by the difference of each part of the price, and what becomes due or due back by it."""
    order = s.order
    parts = (
        (accounts.REVENUE_SALES, "subtotal_poisha", 1), (accounts.REVENUE_DELIVERY, "delivery_poisha", 1),
        (accounts.REVENUE_DISCOUNTS, "discount_poisha", -1),
    )  # fmt: skip
    postings = [
        _by(account, sign * (int(columns[column] or 0) - getattr(order, column))) for account, column, sign in parts
    ]
    more = int(columns["total_poisha"] or 0) - order.total_poisha
    from_refund = min(max(0, more), order.refund_due_poisha)
    let_go = min(max(0, -more), order.due_poisha)
    unforgiven = min(max(0, -more) - let_go, order.forgiven_poisha)
    back = max(0, -more) - let_go - unforgiven
    decision = Decision(
        postings=[
            *postings,
            NewPosting(accounts.PAYABLE_REFUNDS, accounts.RECEIVABLE_CUSTOMERS, from_refund),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.ROUNDING_LOSS, unforgiven),
            NewPosting(accounts.RECEIVABLE_CUSTOMERS, accounts.PAYABLE_REFUNDS, back),
        ],
        due=max(0, more) - from_refund - let_go,
        refund_due=back - from_refund,
        forgiven=-unforgiven,
    )
    return replace(decision, data={"forgiven_poisha": -unforgiven}) if unforgiven else decision


def _by(account: str, more_poisha: int) -> NewPosting:
    """So much more of a part of the price; backwards for less."""
    owed = accounts.RECEIVABLE_CUSTOMERS
    pair = (owed, account) if more_poisha >= 0 else (account, owed)
    return NewPosting(*pair, abs(more_poisha))
