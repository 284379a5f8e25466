"""How the line to each courier stands, in words: what it does not answer, what its webhook missed, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from dokango.clock import US_PER_S, age_words, said
from dokango.couriers.registry import api_courier
from dokango.couriers.standing import Standing
from dokango.settings import settings
from dokango.text import how_many
from state.shipping.text import Row


def lines_in_words(standings: Iterable[Standing], now_us: int) -> list[Row]:
    """A sentence or two for each courier, with how loud it is."""
    return [row for standing in standings for row in _lines(standing, now_us)]


def silent_since(standings: Iterable[Standing]) -> dict[str, int]:
    """The couriers that do not answer now, by key, with since when."""
    return {standing.key: standing.silent_since for standing in standings if standing.silent_since is not None}


def _lines(standing: Standing, now_us: int) -> list[Row]:
    if standing.silent_since is not None:
        waiting = f" {how_many(standing.waiting, 'parcel')} will be asked about first." if standing.waiting else ""
        words = (
            f"{standing.name} has not answered since {said(standing.silent_since)}. {standing.why} Parcels stand as"
            f" they were last confirmed; orders go on, and the site asks again by itself.{waiting}"
        )
        return [{"key": standing.key, "level": "bad", "words": words}]
    quiet = {"key": standing.key, "level": "info", "words": _quiet(standing, now_us)}
    return [_missing(standing), quiet] if standing.missed else [quiet]


def _missing(standing: Standing) -> Row:
    webhook = api_courier(standing.key).webhook
    url = f"{settings().site_url}/api/v1/webhooks/{standing.key}"
    address = webhook.address(url, "TOKEN") if webhook is not None else url
    heard = f"was last heard {said(standing.heard_at)}" if standing.heard_at else "was never heard"
    words = (
        f"{standing.name}'s webhook {heard}, and {how_many(standing.missed, 'parcel')} moved since without it. In its"
        f" panel set the address {address} and the token of Settings,"
        " Couriers. Until then parcels are followed by asking."
    )
    return {"key": f"{standing.key}-webhook", "level": "warn", "words": words}


def _quiet(standing: Standing, now_us: int) -> str:
    answered = f"answered {_ago(standing.answered_at, now_us)}" if standing.answered_at else "was not asked yet"
    if not standing.tells:
        return f"{standing.name} {answered}. It has no webhook; parcels are followed by asking."
    heard = f"its webhook was heard {_ago(standing.heard_at, now_us)}" if standing.heard_at else "no webhook came yet"
    return f"{standing.name} {answered}; {heard}."


def _ago(at_us: int, now_us: int) -> str:
    return "just now" if now_us - at_us < 60 * US_PER_S else f"{age_words(at_us, now_us)} ago"
