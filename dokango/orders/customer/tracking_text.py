"""A tracked order in its customer's language: for the live page, and for the one answered without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from dokango.language import said_amount, said_date, said_digits, said_moment, say, written
from dokango.notify.changes import said_changes
from dokango.orders.book.money_state import LET_GO
from dokango.orders.customer.tracked_line import TrackedLine
from dokango.orders.customer.tracking import Told, Tracked
from dokango.orders.lifecycle.faces import FACES
from dokango.orders.placing.ways_to_pay import how_to_claim, wallet_words
from dokango.payments.methods import said_method
from dokango.people.districts import said_district
from dokango.people.phones import international, said_phone

_ASKING = ("is.trouble", "is.missing", "is.damaged", "is.coming_back", "is.pay", "is.part", "is.advance")


@dataclass(frozen=True, slots=True)
class Described:
    """All that the page shows, as text."""

    order: dict[str, str]
    steps: list[dict[str, str]]
    lines: list[dict[str, str]]
    sums: list[dict[str, str]]
    history: list[dict[str, str]]


def describe(order: Tracked, locale: str) -> Described:
    """The page's words in `locale`."""
    return Described(
        _order(order, locale),
        _steps(order, locale),
        [_line(line, locale) for line in order.lines],
        _sums(order, locale),
        [_event(told, locale) for told in reversed(order.history)],
    )


def wallets_to_pay(order: Tracked, locale: str) -> list[dict[str, str]]:
    """Where to pay to, while the shop waits for money; the amount is what it waits for."""
    if not order.asks_poisha:
        return []
    amount = said_amount(order.asks_poisha, locale)
    return [{**wallet_words(order.profile, key, amount, locale), **how_to_claim(key, locale)} for key in order.wallets]


def standing(order: Tracked, locale: str) -> str:
    """The big sentence."""
    asked = order.asks_poisha or order.due_poisha
    values = {
        "is.pay": {"amount": said_amount(asked, locale)},
        "is.advance": {"amount": said_amount(asked, locale)},
        "is.part": {"paid": said_amount(order.paid_poisha, locale), "amount": said_amount(order.due_poisha, locale)},
        "is.shipped": {"carrier": order.parcel.carrier if order.parcel else ""},
    }
    return say(order.standing, locale, **values.get(order.standing, {}))


def _order(order: Tracked, locale: str) -> dict[str, str]:
    address, parcel, claim = order.address, order.parcel, order.claim
    waits = claim is not None and claim.state == "waiting"
    rejected = claim is not None and claim.state == "rejected" and order.asks_poisha > 0
    claimed = {"trx": claim.trx_id, "method": said_method(claim.method, locale)} if claim else {}
    whatsapp = order.profile.whatsapp
    text = quote(say("wa.text", locale, number=order.number))
    return {
        "number": order.number,
        "title": say("order", locale, number=said_digits(order.number, locale)),
        "standing": standing(order, locale),
        "status": order.status,
        "tone": _tone(order),
        "placed": said_moment(order.placed_at, locale),
        "expected": _expected(order, locale),
        "kept": _kept(order, locale),
        "why": _why(order, locale),
        "name": order.name, "phone": said_phone(order.phone), "line": address["line"], "area": address["area"],
        "district": address["district"], "district_said": said_district(address["district"], locale),
        "method": "" if order.status in LET_GO else say("by", locale, method=said_method(order.method, locale)),
        "asks": say("pay_now", locale, amount=said_amount(order.asks_poisha, locale)) if order.asks_poisha else "",
        "wish": _wish(order, locale), "can_ask": "1" if order.open and not order.wish_kind else "",
        "claim": say("trx_waits", locale, **claimed) if waits and order.open else "",
        "rejected": say("trx_rejected", locale, trx=claimed["trx"], reason=claim.reason) if claim and rejected else "",
        "keeps": _keeps(order, locale),
        "carrier": parcel.carrier if parcel else "", "code": parcel.code if parcel else "",
        "courier_page": parcel.link if parcel else "",
        "asking": order.asking, "answered": order.answered.asking, "answer": _answer(order, locale),
        "token": order.token,
        "can_cancel": "1" if order.status == "pending" else "",
        "can_fix": "1" if order.open else "",
        "has_paid": "1" if order.paid_poisha else "",
        "whatsapp": f"https://wa.me/{international(whatsapp)}?text={text}" if whatsapp.startswith("01") else "",
    }  # fmt: skip


def _keeps(order: Tracked, locale: str) -> str:
    """What becomes of a payment before delivery, or of an advance that is asked, when the parcel is refused."""
    if order.refusal_keeps:
        return say("refusal_keeps", locale, amount=said_amount(order.refusal_keeps, locale))
    return say("refusal_back", locale) if order.open and order.is_cod and order.advance_asked_poisha else ""


def _kept(order: Tracked, locale: str) -> str:
    if order.expired:
        return say("expired.why", locale)
    if order.kept_until_us is None:
        return ""
    key = "kept.pay" if order.asks_poisha else "kept.call"
    return say(key, locale, until=said_moment(order.kept_until_us, locale))


def _why(order: Tracked, locale: str) -> str:
    """Why the shop cancelled it."""
    reasons = [written(locale, told.reason, told.reason_bn) for told in order.history if told.reason]
    return say("cancelled.why", locale, reason=reasons[-1]) if reasons and order.status == "cancelled" else ""


def _tone(order: Tracked) -> str:
    if order.status in ("cancelled", "returned"):
        return "ended"
    if order.standing in (
        "is.trouble",
        "is.missing",
        "is.damaged",
        "is.coming_back",
        "is.pay",
        "is.part",
        "is.advance",
    ):
        return "asks"
    return "good" if order.status == "delivered" else "calm"


def _wish(order: Tracked, locale: str) -> str:
    if not order.wish_kind:
        return ""
    return say("wish.waits.cancel" if order.wish_kind == "cancel" else "wish.waits", locale, words=order.wish)


def _answer(order: Tracked, locale: str) -> str:
    """What they told us to do with the parcel, while they may take it back; else ""."""
    said = order.answered
    if not said.asking:
        return ""
    day = said_date(date.fromisoformat(said.day), locale) if said.day else ""
    words = ": ".join(part for part in (say(f"ask.{said.what}", locale), day or said.words) if part)
    return say("ask.said", locale, words=words)


def _expected(order: Tracked, locale: str) -> str:
    if order.status == "shipped" and order.parcel and order.parcel.expected:
        if order.parcel.on_the_way in ("trouble", "coming_back", "missing", "damaged"):
            return ""
        key = "expected.late" if order.parcel.is_late else "expected"
        return say(key, locale, day=said_date(order.parcel.expected, locale))
    if order.open:
        days = order.delivery_days
        return say("expected.days", locale, days=said_digits(days, locale)) if days else say("expected.today", locale)
    return ""


def _steps(order: Tracked, locale: str) -> list[dict[str, str]]:
    here = order.reached if order.comes_back else order.reached - 1
    return [
        {
            "word": say(f"step.{step}", locale),
            "done": "1" if at < order.reached else "",
            "here": "1" if at == here else "",
        }
        for at, step in enumerate(order.way)
    ]


def _line(line: TrackedLine, locale: str) -> dict[str, str]:
    returned = say("returned.some", locale, count=said_digits(line.returned, locale)) if line.returned else ""
    return {
        "title": written(locale, line.title, line.title_bn), "image": line.image, "returned": returned,
        "variant": written(locale, line.variant_title, line.variant_title_bn),
        "quantity": said_digits(line.quantity, locale),
        "amount": said_amount(line.price_poisha * line.quantity, locale),
    }  # fmt: skip


def _sums(order: Tracked, locale: str) -> list[dict[str, str]]:
    """Label and amount, one a line; `strong` for what matters most."""
    rows = [("subtotal", order.subtotal_poisha, ""), ("delivery", order.delivery_poisha, "")]
    if order.discount_poisha:
        rows.append(("discount", -order.discount_poisha, ""))
    rows.append(("total", order.total_poisha, "1"))
    if order.paid_poisha:
        rows.append(("paid", order.paid_poisha, ""))
    if order.credit_used_poisha:
        rows.append(("credit_used", order.credit_used_poisha, ""))
    if order.owed_poisha:
        rows.append(("to_pay", order.owed_poisha, "1"))
    if order.asked_poisha is not None:
        rows += [("rider_told", order.rider_poisha, ""), ("rider_should", order.asked_poisha, "1")]
    elif order.rider_poisha:
        rows.append(("rider_collects", order.rider_poisha, "1"))
    if order.over_poisha:
        rows.append(("rider_over", order.over_poisha, ""))
    if order.kept_poisha:
        rows.append(("kept", order.kept_poisha, ""))
    if order.refund_due_poisha:
        rows.append(("refund_due", order.refund_due_poisha, "1"))
    if order.refunded_poisha:
        rows.append(("refunded", order.refunded_poisha, ""))
    if order.credited_poisha:
        rows.append(("credited", order.credited_poisha, ""))
    sums = [
        {"label": say(key, locale), "amount": said_amount(amount, locale), "strong": strong}
        for key, amount, strong in rows
    ]
    settled = order.paid_poisha and not order.due_poisha and not order.rider_poisha
    if settled and order.status in ("confirmed", "shipped") and not order.comes_back:
        sums.append({"label": say("rider_nothing", locale), "amount": "", "strong": ""})
    if order.asked_poisha is not None:
        sums.append({"label": say("rider_should.why", locale), "amount": "", "strong": ""})
    return sums


def _event(told: Told, locale: str) -> dict[str, str]:
    face = FACES[told.action]
    key = face.told_own if told.by_customer and face.told_own else face.told
    changes = said_changes(told.changes, locale)
    what = say(key, locale, trx=told.trx_id, amount=said_amount(told.amount_poisha, locale), changes=changes,
               reason=written(locale, told.reason, told.reason_bn))  # fmt: skip
    return {"what": what, "when": said_moment(told.at_us, locale)}
