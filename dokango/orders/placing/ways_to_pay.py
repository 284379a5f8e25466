"""How a customer pays and what delivery costs, in their language."""

from __future__ import annotations

from dokango.language import said_amount, said_digits, say, written
from dokango.payments.methods import METHODS, Method
from dokango.payments.offered import taken
from dokango.people.districts import said_district
from dokango.shop.profile import Profile


def offers(profile: Profile, total_poisha: int, delivery_poisha: int, locale: str) -> list[dict[str, str]]:
    """The ways to pay that the shop takes, each with what to do."""
    amount = said_amount(total_poisha, locale)
    advance = profile.advance_poisha(total_poisha, delivery_poisha)
    offered = [
        _rider_words(method, advance, locale)
        if method.on_delivery
        else wallet_words(profile, method.key, amount, locale)
        for method in taken(profile)
    ]
    return [
        {**offer, "keeps": _refusal_words(profile, METHODS[offer["key"]], total_poisha, delivery_poisha, locale)}
        for offer in offered
    ]


def _refusal_words(profile: Profile, method: Method, total_poisha: int, delivery_poisha: int, locale: str) -> str:
    """What of a payment before delivery stays with the shop when the parcel is refused; "" when nothing does.

    Without a delivery charge (no district is chosen yet) the sentence names no amount.
    """
    keeps = profile.refusal_keeps_poisha(total_poisha, delivery_poisha or total_poisha, on_delivery=method.on_delivery)
    pays_before = not method.on_delivery or profile.cod_advance != "none"
    if not keeps or not pays_before:
        return ""
    if not delivery_poisha:
        back = profile.return_charge_by == "customer" and profile.courier_return_charge_poisha
        parts = [profile.refusal_keeps] if profile.refusal_keeps != "nothing" else []
        return " ".join(say(f"refusal_keeps.{part}", locale) for part in [*parts, *(["back"] if back else [])])
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


def _rider_words(method: Method, advance_poisha: int, locale: str) -> dict[str, str]:
    advance = said_amount(advance_poisha, locale)
    how = say("pay.on_delivery.advance", locale, amount=advance) if advance_poisha else say("pay.on_delivery", locale)
    return {
        "key": method.key, "label": method.said(locale), "wallet": "", "number": "", "send": "", "how": how, "more": "",
        "hint": "",
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
