"""How a customer pays and what delivery costs, in their language."""

from __future__ import annotations

from dokango.language import said_amount, said_digits, say
from dokango.payments.methods import METHODS
from dokango.people.districts import said_district
from dokango.shop.profile import Profile


def offers(profile: Profile, total_poisha: int, delivery_poisha: int, locale: str) -> list[dict[str, str]]:
    """The ways to pay that the shop takes, each with what to do."""
    found = []
    for key, method in METHODS.items():
        wallet = profile.wallets.get(key)
        if method.is_wallet and wallet and wallet.number:
            amount = said_amount(total_poisha, locale)
            found.append(wallet_words(profile, key, amount, locale))
        elif not method.is_wallet and profile.cod_enabled:
            advance = profile.advance_poisha(total_poisha, delivery_poisha)
            how = say("pay.cod.advance", locale, amount=said_amount(advance, locale)) if advance else ""
            found.append(
                {"key": key, "label": say("pay.cod", locale), "wallet": "", "number": "", "send": "",
                 "how": how or say("pay.cod.how", locale), "more": ""}
            )  # fmt: skip
    return found


def wallet_words(profile: Profile, key: str, amount: str, locale: str) -> dict[str, str]:
    """A wallet of the shop's: its number and how to send there."""
    wallet = profile.wallets[key]
    return {
        "key": key, "label": say(f"pay.{key}", locale), "wallet": "1", "number": wallet.number,
        "send": say("pay.send", locale, amount=amount), "how": say(f"pay.{wallet.kind}", locale),
        "more": wallet.instructions,
    }  # fmt: skip


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
