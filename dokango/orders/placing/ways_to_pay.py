"""How a customer pays and what delivery costs, in their language."""

from __future__ import annotations

from dataclasses import dataclass

from dokango.language import said_amount, said_digits, say, written
from dokango.orders.advances.asking import NOT_ASKING, Asking
from dokango.payments.methods import METHODS, Method
from dokango.payments.offered import taken
from dokango.people.districts import said_district
from dokango.shop.profile import Profile


@dataclass(frozen=True, slots=True)
class Bill:
    """What an order comes to before it is placed; no `district`: none is chosen, and delivery is not in the total."""

    total_poisha: int
    delivery_poisha: int = 0
    district: str = ""
    asking: Asking = NOT_ASKING

    def advance_poisha(self, profile: Profile, method: str) -> int:
        """What the rule asks in advance of it, paid so; 0 while no district is chosen."""
        if not self.district:
            return 0
        return self.asking.of(profile, method, self.district, self.total_poisha, self.delivery_poisha).poisha


def offers(profile: Profile, bill: Bill, locale: str) -> list[dict[str, str]]:
    """The ways to pay that the shop takes, each with what to do, what is paid before and what stays of it."""
    amount = said_amount(bill.total_poisha, locale)
    return [
        {
            **(_rider_words(profile, method, bill, locale) if method.on_delivery
               else {**wallet_words(profile, method.key, amount, locale), "advance": "0", "asks": ""}),
            "keeps": _refusal_words(profile, method, bill, locale),
        }
        for method in taken(profile)
    ]  # fmt: skip


def advance_wallets(profile: Profile, advance_poisha: int, locale: str) -> list[dict[str, str]]:
    """Where an advance of so much can be sent to; nothing while none is asked."""
    amount = said_amount(advance_poisha, locale)
    keys = [method.key for method in taken(profile) if method.claimed_by_trx_id] if advance_poisha else []
    return [wallet_words(profile, key, amount, locale) for key in keys]


def _refusal_words(profile: Profile, method: Method, bill: Bill, locale: str) -> str:
    """What of a payment before delivery stays with the shop when the parcel is refused; "" when nothing is paid before,
    or nothing stays of all of it.

    Before a district is chosen the sentence names no amount.
    """
    advance = bill.advance_poisha(profile, method.key)
    keeps = profile.refusal_keeps_poisha(bill.total_poisha, bill.delivery_poisha or bill.total_poisha, advance)
    may_ask = bool(bill.asking.rule.rows) and not bill.district
    if method.on_delivery and not advance and not may_ask:
        return ""
    if not keeps:
        return say("refusal_back", locale) if method.on_delivery else ""
    if not bill.district:
        back = profile.return_charge_by == "customer" and profile.courier_return_charge_poisha
        parts = [profile.refusal_keeps] if profile.refusal_keeps != "nothing" else []
        return " ".join(say(f"refusal_keeps.{part}", locale) for part in [*parts, *(["back"] if back else [])])
    if advance and keeps >= advance:
        return say("refusal_keeps.all", locale, amount=said_amount(advance, locale))
    return say("refusal_keeps", locale, amount=said_amount(keeps, locale))


def wallet_words(profile: Profile, key: str, amount: str, locale: str) -> dict[str, str]:
    """A wallet of the shop's, or its account at a bank: the number and how to pay to it."""
    method, account = METHODS[key], profile.wallets[key]
    return {
        "key": key, "label": method.said(locale), "wallet": "1", "number": account.number,
        "send": say("pay.send", locale, amount=amount),
        "how": say(f"pay.{account.kind if method.is_wallet else method.kind}", locale),
        "more": written(locale, account.instructions, account.instructions_bn),
        "hint": say(_of_kind("trx.hint", method), locale),
    }  # fmt: skip


def how_to_claim(key: str, locale: str) -> dict[str, str]:
    """What to do on the order's own page once the money is sent: the sentence, and where the TrxID is found."""
    method = METHODS[key]
    return {
        "lead": say(_of_kind("pay_now.how", method), locale),
        "hint": say(_of_kind("trx.hint.now", method), locale),
    }


def _rider_words(profile: Profile, method: Method, bill: Bill, locale: str) -> dict[str, str]:
    """What of it is paid now and what to the rider; in poisha too, for the form that is sent back."""
    advance = bill.advance_poisha(profile, method.key)
    named = [one.said(locale) for one in taken(profile) if one.claimed_by_trx_id]
    how = say("pay.on_delivery", locale)
    if advance:
        how = say(
            "pay.on_delivery.advance", locale, total=said_amount(bill.total_poisha, locale),
            amount=said_amount(advance, locale), rest=said_amount(bill.total_poisha - advance, locale),
            wallets=" / ".join(named) or say("pay.wallet", locale),
        )  # fmt: skip
    elif bill.asking.rule.rows and not bill.district:
        how = f"{how} {say('pay.on_delivery.may', locale)}"
    return {
        "key": method.key, "label": method.said(locale), "wallet": "", "number": "", "send": "", "how": how, "more": "",
        "hint": say("trx.hint", locale) if advance else "", "advance": str(advance), "asks": "1" if advance else "",
    }  # fmt: skip


def _of_kind(key: str, method: Method) -> str:
    """The catalogue's key for what is said otherwise of a bank and of a card than of a wallet."""
    return key if method.is_wallet else f"{key}.{method.kind}"


def charges_words(profile: Profile, locale: str) -> str:
    """What delivery costs, said before a district is chosen."""
    return say(
        "delivery.both", locale,
        inside=said_amount(profile.delivery_inside_poisha, locale),
        outside=said_amount(profile.delivery_outside_poisha, locale),
        district=said_district(profile.home_district, locale),
    )  # fmt: skip


def days_words(days: int, locale: str) -> str:
    """How long delivery takes."""
    return say("delivery.days", locale, days=said_digits(days, locale)) if days else say("delivery.today", locale)
