"""One order under review in words: dicts of plain strings for the page and the drawer."""

from __future__ import annotations

from dokango.audit import said_actor
from dokango.clock import age_words, said
from dokango.couriers.parcels.shipments import told_poisha
from dokango.couriers.registry import account_words
from dokango.couriers.tracking_links import web_link
from dokango.money import taka
from dokango.orders.before.checks import ReviewedLine
from dokango.orders.book.money_state import money_said
from dokango.orders.customer.instructions import payment_instructions
from dokango.orders.customer.message import whatsapp_link
from dokango.orders.lifecycle.decisions.guards import HOLD_WORDS
from dokango.orders.lifecycle.faces import FACES, MENU, ROW, SEND, did
from dokango.orders.lifecycle.table import Step
from dokango.orders.parcels.way import tells_way
from dokango.orders.reading.review import Review
from dokango.payments.methods import said_method
from dokango.people.phones import said_phone
from dokango.text import how_many, said_once
from state.orders.money_text import amounts_in_words, credit_in_words, refund_to
from state.shipping.charge_text import charge_words
from state.shipping.collects import asked_in_words
from state.shipping.text import expected_words

_CHANNELS = {
    "storefront": "Storefront", "api": "Program", "phone": "Phone", "whatsapp": "WhatsApp", "counter": "Counter",
    "sample": "Sample",
}  # fmt: skip
_BUTTON = ("action", "label", "why", "opens", "key", "danger")


def order_in_words(review: Review, shop: str, site_url: str, now_us: int) -> dict[str, str]:
    """The order itself: customer, address, amounts and marks."""
    order, parcel = review.order, review.parcel
    place = ", ".join(said_once((order.area, order.city, order.district)))
    greeting = f"Assalamu alaikum {order.name}, this is {shop} about your order #{order.number}."
    how_to_pay, link = payment_instructions(order, review.profile), f"{site_url}/t/{order.token}"
    chat = " ".join(filter(None, (greeting, how_to_pay, link)))
    return {
        "number": order.number, "version": str(order.version), "status": order.status,
        "money": money_said(order.status, order.money),
        "placed": said(order.placed_at), "age": age_words(order.placed_at, now_us),
        "channel": _CHANNELS.get(order.channel, order.channel), "method": said_method(order.payment_method),
        "method_key": order.payment_method, "name": order.name, "phone": order.phone,
        "phone_said": said_phone(order.phone), "email": order.email,
        "whatsapp": whatsapp_link(order.phone, chat), "how_to_pay": how_to_pay,
        "line": order.address_line, "area": order.area,
        "city": order.city, "district": order.district, "place": place,
        "address": "\n".join(part for part in (order.name, order.phone, order.address_line, place) if part),
        "note": order.note, "held": HOLD_WORDS[order.held_reason] if order.held_reason else "",
        "wish": order.wish, "wish_kind": order.wish_kind, "approval": _approval(review, now_us),
        "held_note": order.held_note, "packed": "1" if order.packed and order.status == "confirmed" else "",
        "fragile": "1" if order.fragile else "", "assigned": order.assigned_to,
        "kept": said(review.kept_until_us) if review.kept_until_us else "",
        "waits": "1" if order.claim_waits else "",
        "editable": "1" if order.status in ("pending", "confirmed") else "",
        "carrier_status": (parcel.status or parcel.booking) if parcel and parcel.live else "",
        "tracking": link,
        "locale": order.locale,
        **amounts_in_words(order),
        **refund_to(review),
        **credit_in_words(review),
    }  # fmt: skip


def _approval(review: Review, now_us: int) -> str:
    """What waits for a second person, who asked for it, and how long ago; "" for nothing."""
    waits = review.approval
    return f"{waits.what}. Asked for by {waits.who}, {age_words(waits.asked_at, now_us)} ago." if waits else ""


def lines_in_words(review: Review) -> list[dict[str, str]]:
    """The lines, with what is on the shelf now; `left` is what a return is filled in with."""
    rest = any(line.coming_back for line in review.lines)  # of a parcel that was kept in part: it comes first
    return [
        {
            "sku": line.sku,
            "title": line.title,
            "variant": line.variant_title,
            "image": line.image if line.image.startswith(("/", "https://")) else "",
            "quantity": str(line.quantity),
            "price": taka(line.unit_price_poisha),
            "amount": taka(line.quantity * line.unit_price_poisha),
            "stock": _stock(line),
            "back": _back(line),
            "left": str(line.coming_back if rest else line.quantity - line.not_kept - line.returned_quantity),
            "waits": str(line.to_inspect),
        }
        for line in review.lines
    ]


def _back(line: ReviewedLine) -> str:
    if line.to_inspect:
        return f"{line.to_inspect} to inspect"
    came = line.returned_quantity + line.not_kept - line.coming_back
    parts = ((line.coming_back, "coming back"), (came, "came back"))
    return ", ".join(f"{units} {words}" for units, words in parts if units)


def _stock(line: ReviewedLine) -> str:
    if not line.tracks_stock:
        return "never runs out"
    on_hand, reserved = line.on_hand or 0, line.reserved or 0
    return f"{on_hand} on the shelf, {on_hand - reserved} free"


def parcel_in_words(review: Review, *, with_cost: bool) -> dict[str, str]:
    """The live parcel, or the last one; empty without any. What it costs is for who may see cost."""
    parcel = review.parcel
    if parcel is None:
        return {}
    return {
        "courier": parcel.carrier or account_words(parcel.courier),
        "code": parcel.tracking_code,
        "consignment": parcel.consignment_id,
        "link": web_link(parcel.tracking_link),
        "status": parcel.status or parcel.booking,
        "raw": parcel.raw_status,
        "problem": parcel.problem,
        "collects": taka(told_poisha(parcel)) if told_poisha(parcel) else "",
        "expected": expected_words(parcel),
        "live": "1" if parcel.live else "",
        "tells_way": "1" if tells_way(parcel) else "",
        "back": "1" if review.order.status == "returned" else "",
        **asked_in_words(parcel),
        "charge": charge_words(parcel) if with_cost else "",
    }


def events_in_words(review: Review, now_us: int) -> list[dict[str, str]]:
    """The timeline, newest first."""
    return [
        {
            "when": age_words(event.happened_at, now_us),
            "exact": said(event.happened_at),
            "who": said_actor(event.actor, event.actor_kind),
            "what": did(event.action),
            "change": f"{(event.from_status or '').title()} → {event.to_status.title()}"
            if event.to_status and event.from_status
            else "",
            "note": event.note,
        }
        for event in reversed(review.events)
    ]


def history_in_words(review: Review, now_us: int) -> list[dict[str, str]]:
    """This buyer's other orders, newest first; at most ten."""
    return [
        {
            "number": other.number,
            "href": f"/orders/{other.number}",
            "status": other.status,
            "total": taka(other.total_poisha),
            "age": age_words(other.placed_at, now_us),
            "exact": said(other.placed_at),
        }
        for other in review.history[:10]
    ]


def record_in_words(review: Review) -> str:
    """The buyer in one line: "4 orders before: 3 delivered, 1 returned"."""
    if not review.history:
        return "First order from this phone."
    count = len(review.history)
    ended = [(word, sum(other.status == word for other in review.history)) for word in ("delivered", "returned")]
    words = ", ".join(f"{number} {word}" for word, number in ended if number)
    return f"{how_many(count, 'other order')}{': ' + words if words else ''}."


def buttons_of(review: Review, to_whom: str) -> tuple[dict[str, str], list[dict[str, str]], list[dict[str, str]]]:
    """(the filled button, the outlined ones, the menu), each as the action's face says; why says what forbids it.

    `to_whom`: the courier that can be called now, as in "Send to ‹name›"; "" when there is none.
    """
    filled = review.next
    first = _button(filled, review) if filled else dict.fromkeys(_BUTTON, "")
    beside: list[dict[str, str]] = []
    if filled and to_whom and (said := FACES[filled.action].by_courier):
        beside = [{**first, "key": ""}]
        first = {**first, "label": said.format(whom=to_whom), "opens": SEND}
    others = [step for step in review.steps if filled is None or step.action != filled.action]
    in_row = [step for step in others if _place(step, review) == ROW and _worth_showing(step, review)]
    in_menu = [step for step in others if _place(step, review) == MENU and _worth_showing(step, review)]
    menu = [_button(step, review) for step in in_menu]
    if review.undo is not None:
        menu.append({**_button(review.undo, review), "label": f"{review.undo.label}…"})
    return first, beside + [_button(step, review) for step in in_row], menu


def _worth_showing(step: Step, review: Review) -> bool:
    """A blocked button is shown where people look for it; "release" on an order that is not held is only noise."""
    face = FACES[step.action]
    return face.shown_when(review.order, review.parcel) and (step.allowed or not face.hides)


def _place(step: Step, review: Review) -> str:
    face = FACES[step.action]
    return MENU if face.place == ROW and face.aside_when(review.order) else face.place


def _button(step: Step, review: Review) -> dict[str, str]:
    face, profile = FACES[step.action], review.profile
    danger = "1" if face.danger else ""
    label, opens = face.button_at(review.order.status, profile), face.opens_in(profile)
    values = (step.action, label, step.why, opens, face.key, danger)
    return dict(zip(_BUTTON, values, strict=True))
