"""A customer as pages show them: plain words, ready for a cell."""

from __future__ import annotations

from dokango.clock import age_words, said
from dokango.customers.acts import NoteRow
from dokango.customers.glance import Glance
from dokango.customers.rows import CustomerRow
from dokango.money import taka
from dokango.orders.reading.of_customer import CustomerPage, CustomersOrder
from dokango.payments.credits import EntryRow
from dokango.people.phones import international, said_phone
from dokango.text import how_many

Row = dict[str, str]
CUSTOMERS_PAGE = "/customers"
CREDIT_WORDS = {
    "kept": "kept for them", "from_refund": "instead of a refund", "spent": "paid an order", "paid_out": "paid out",
}  # fmt: skip
NOTE_WORDS = {
    "note": "", "labels": "Labels: ", "block": "Blocked: ", "unblock": "No longer blocked. ",
    "consent": "May be told: ", "merge": "Merged: ", "separate": "Separated: ",
}  # fmt: skip


def row_of(customer: CustomerRow, labels: list[str], now_us: int) -> Row:
    """One row of the list."""
    return {
        "id": str(customer.id),
        "href": f"{CUSTOMERS_PAGE}/{customer.phone}",
        "name": customer.name or said_phone(customer.phone),
        "phone": said_phone(customer.phone),
        "labels": ", ".join(labels),
        "orders": str(customer.orders),
        "delivered": str(customer.delivered),
        "back": back_words(customer),
        "due": _if_any(customer.due_poisha),
        "refund_due": _if_any(customer.refund_due_poisha),
        "credit": _if_any(customer.credit_poisha),
        "blocked": customer.blocked_reason if customer.blocked_at is not None else "",
        "age": age_words(customer.last_at, now_us) if customer.last_at else "",
        "exact": said(customer.last_at) if customer.last_at else "",
    }


def back_words(customer: CustomerRow) -> str:
    """How many parcels came back, of how many that ended: "2 of 8 · 25 %"."""
    if not customer.ended:
        return ""
    return f"{customer.came_back} of {customer.ended} · {customer.back_per_cent} %"


def customer_in_words(page: CustomerPage) -> Row:
    """The customer on their own page."""
    one = page.customer
    return {
        "phone": one.phone,
        "phone_said": said_phone(one.phone),
        "international": f"+{international(one.phone)}",
        "name": one.name or said_phone(one.phone),
        "email": one.email,
        "labels": ", ".join(page.labels),
        "since": said(one.created_at) if one.created_at else "",
        "orders": str(one.orders),
        "open": str(one.open_orders),
        "delivered": str(one.delivered),
        "undelivered": str(one.undelivered),
        "returned": str(one.returned),
        "cancelled": str(one.cancelled),
        "back": back_words(one),
        "ordered": taka(one.ordered_poisha),
        "paid": taka(one.paid_poisha),
        "refunded": taka(one.refunded_poisha),
        "due": _if_any(one.due_poisha),
        "refund_due": _if_any(one.refund_due_poisha),
        "credit": _if_any(one.credit_poisha),
        "owes": owes_words(one),
        "blocked": one.blocked_reason if one.blocked_at is not None else "",
        "blocked_by": one.blocked_by,
        "blocked_when": said(one.blocked_at) if one.blocked_at is not None else "",
    }


def owes_words(customer: CustomerRow) -> str:
    """Who owes whom, in one sentence."""
    shop = customer.refund_due_poisha + customer.credit_poisha
    they = f"They owe {taka(customer.due_poisha)} of open orders" if customer.due_poisha else ""
    we = f"the shop owes them {taka(shop)}" if shop else ""
    both = ", ".join(part for part in (they, we) if part)
    return f"{both[0].upper()}{both[1:]}." if both else "Nobody owes anything."


def order_in_words(order: CustomersOrder, main_phone: str, now_us: int) -> Row:
    """One of their orders."""
    return {
        "number": order.number,
        "href": f"/orders/{order.number}",
        "status": order.status,
        "money": order.money,
        "items": how_many(order.units, "item"),
        "place": order.district,
        "phone": "" if order.phone == main_phone else said_phone(order.phone),
        "total": taka(order.total_poisha),
        "due": _if_any(order.due_poisha),
        "age": age_words(order.placed_at, now_us),
        "exact": said(order.placed_at),
    }


def note_in_words(note: NoteRow) -> Row:
    """One line of what was written down."""
    return {
        "id": str(note.id), "kind": note.kind, "words": f"{NOTE_WORDS[note.kind]}{note.words}", "by": note.by,
        "when": said(note.written_at),
    }  # fmt: skip


def credit_in_words(entry: EntryRow) -> Row:
    """Credit that came, or went."""
    sign = "+" if entry.amount_poisha > 0 else "−"
    return {
        "amount": f"{sign}{taka(abs(entry.amount_poisha))}", "what": CREDIT_WORDS[entry.kind], "by": entry.by,
        "when": said(entry.happened_at),
    }  # fmt: skip


def _if_any(amount_poisha: int) -> str:
    return taka(amount_poisha) if amount_poisha else ""


def glance_in_words(glance: Glance | None) -> list[Row]:
    """What is known of a buyer, line by line, as loud as it is; nothing of a new one."""
    if glance is None:
        return []
    one, said_note = glance.customer, glance.note
    back = f", {one.came_back} came back ({one.back_per_cent} %)" if one.came_back else ""
    lines = [
        ("bad", f"Blocked by {one.blocked_by}: {one.blocked_reason}" if one.blocked_at is not None else ""),
        ("warn" if one.came_back else "info", f"{how_many(one.orders, 'order')}: {one.delivered} delivered{back}."),
        ("info", f"Credit: {taka(one.credit_poisha)}, to pay an order with." if one.credit_poisha else ""),
        ("info", f"Refund due to them: {taka(one.refund_due_poisha)}." if one.refund_due_poisha else ""),
        ("info", f"Labels: {', '.join(glance.labels)}." if glance.labels else ""),
        ("info", f"Note of {said_note.by}: {said_note.words}" if said_note else ""),
    ]
    return [{"level": level, "words": words} for level, words in lines if words]
