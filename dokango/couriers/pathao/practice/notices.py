"""What the practice Pathao tells the shop: the newer form with its event, or the older one with a status alone."""

from __future__ import annotations

from dokango.clock import DHAKA, datetime_of
from dokango.couriers.pathao.practice.parcels import collected
from dokango.couriers.practice.store import Row

_COLLECTS = ("delivered", "partial-delivery", "paid-return", "exchanged")
_COSTS = ("created", "updated", "pickup-requested")
_WAY_BACK = ("return-id-created", "return-in-transit", "returned-to-merchant")


def notice(parcel: Row, *, named: bool, old: bool) -> dict[str, object]:
    """What is told about a parcel as it now stands; `named`: with merchant_order_id."""
    event, at = parcel.text("event"), datetime_of(parcel.whole("updated_at"))
    told: dict[str, object] = {
        "consignment_id": parcel["consignment_id"],
        **({"merchant_order_id": parcel["merchant_order_id"]} if named and parcel["merchant_order_id"] else {}),
        "store_id": parcel["store_id"],
        "updated_at": local(parcel.whole("updated_at")),
        "timestamp": at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
    }
    if old:
        words = parcel.text("status")
        return told | {"order_status": words.replace("_", " "), "order_status_slug": words}
    if event in _COLLECTS or event in _WAY_BACK:
        told["collected_amount"] = collected(parcel)
    if event in _COSTS:
        told["delivery_fee"] = parcel["fee"]
    if event == "paid":
        told["invoice_id"] = parcel["invoice_id"]
    if event in _WAY_BACK:
        told |= {"return_consignment_id": f"R{parcel['consignment_id']}", "return_type": parcel["return_type"]}
    return {"event": f"order.{event}", **told}


def local(at_us: int) -> str:
    """Dhaka's time without saying so, as theirs."""
    return datetime_of(at_us).astimezone(DHAKA).strftime("%Y-%m-%d %H:%M:%S")
