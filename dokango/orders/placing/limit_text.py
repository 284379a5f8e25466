"""Why an order goes over a limit, in the customer's language: what happened, what was kept, what to do."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.language import said_amount, said_digits, say
from dokango.orders.placing.limits import NotTakenHere, TooManyOfOne, TooManyWaiting, TooMuchAtOnce, WebLimit
from dokango.people.phones import said_phone
from dokango.shop.profile import Profile


def limit_words(error: WebLimit, profile: Profile, titles: Mapping[str, str], locale: str) -> str:
    """Two sentences or three; `titles` are the goods' names by SKU, as the customer reads them."""
    phone = f" ({said_phone(profile.phone)})" if profile.phone else ""
    if isinstance(error, TooManyOfOne):
        what = ", ".join(f"“{titles.get(item.sku) or item.title}”" for item in error.items)
        return say("limit.units", locale, what=what, most=said_digits(error.items[0].most, locale), phone=phone)
    if isinstance(error, TooMuchAtOnce):
        total, most = said_amount(error.total_poisha, locale), said_amount(error.most_poisha, locale)
        return say("limit.total", locale, total=total, most=most, phone=phone)
    if isinstance(error, TooManyWaiting):
        return say(f"limit.{error.by}", locale, count=said_digits(error.waiting, locale), phone=phone)
    if isinstance(error, NotTakenHere):
        return say("limit.not_here", locale, phone=phone)
    return str(error)
