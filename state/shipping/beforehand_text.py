"""What couriers know of an order's place and buyer, in words; no history is said as such, and is no praise."""

from __future__ import annotations

from collections.abc import Sequence

from dokango.couriers.kind.base import BuyerRecord
from dokango.couriers.known import KnownBuyer, Served, Service
from dokango.orders.parcels.beforehand import Beforehand
from dokango.text import how_many
from state.shipping.text import Row

FEW_DELIVERED, TOO_FEW_DELIVERED = 80, 50  # per cent; below it is looked at twice, and seldom sent unpaid


def places_in_words(found: Sequence[Beforehand]) -> list[Row]:
    """Whether each courier serves the place; nothing while its list has not come."""
    rows = [_place(one.name, one.service) for one in found if one.service is not None]
    return [row for row in rows if row["words"]]


def buyers_in_words(found: Sequence[Beforehand]) -> list[Row]:
    """Each courier's record of the buyer."""
    return [_buyer(one.name, one.buyer) for one in found if one.asks_buyers]


def worth_saying(found: Sequence[Beforehand]) -> list[Row]:
    """What should be seen before many are sent: the same, without what is as it should be."""
    rows = [*places_in_words(found), *buyers_in_words(found)]
    return [row for row in rows if row["level"] in ("warn", "bad")]


def _place(name: str, service: Service) -> Row:
    if service.served is Served.THANA:
        return {"level": "good", "words": f"{name} serves {service.thana}."}
    if service.served is Served.DISTRICT:
        words = f"{name} lists {how_many(service.listed, 'thana')} of the district; this address names none of them."
        return {"level": "info", "words": words}
    if service.served is Served.NOT_LISTED:
        return {"level": "warn", "words": f"{name} lists no thana of this district. Ask whether it delivers there."}
    return {"level": "info", "words": ""}


def _buyer(name: str, buyer: KnownBuyer | None) -> Row:
    if buyer is None:
        return {"level": "info", "words": f"{name} is being asked about this buyer."}
    if buyer.record is None:
        return {"level": "info", "words": f"{name} could not be asked about this buyer; it is tried again."}
    return _record(name, buyer.record)


def _record(name: str, record: BuyerRecord) -> Row:
    reports = f" {how_many(record.reports, 'report')} against this phone." if record.reports else ""
    delivered = record.delivery_percent
    if delivered is None:
        words = f"{name} has no history of this phone.{reports}"
        return {"level": "bad" if record.reports else "info", "words": words}
    parts = [f"{delivered} % delivered"]
    if record.cancellation_percent:
        parts.append(f"{record.cancellation_percent} % cancelled")
    if record.return_percent:
        parts.append(f"{record.return_percent} % returned")
    volume = f" ({record.volume_band} volume)" if record.volume_band else ""
    return {"level": _level(delivered, record.reports), "words": f"With {name}: {', '.join(parts)}{volume}.{reports}"}


def _level(delivered: int, reports: int) -> str:
    if reports or delivered < TOO_FEW_DELIVERED:
        return "bad"
    return "warn" if delivered < FEW_DELIVERED else "good"
