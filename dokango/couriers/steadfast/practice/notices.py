"""What the practice courier tells the shop of a move, as Steadfast does: bearer, signature, the key, the words."""

from __future__ import annotations

import hashlib
import hmac

from dokango.couriers.practice.store import Row
from dokango.couriers.steadfast.practice.parcels import DELIVERY_CHARGE, local, said


def signed_headers(token: str, raw: bytes, key: str) -> dict[str, str]:
    """The headers of one notification; `key` stays the same on a retry."""
    return {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {token}",
        "X-Signature": hmac.new(token.encode(), raw, hashlib.sha256).hexdigest(),
        "Idempotency-Key": key,
        "User-Agent": "Steadfast-Webhook/1.0",
    }


def notice(parcel: Row) -> dict[str, object]:
    """What is told about a parcel as it now stands."""
    named = {
        "consignment_id": parcel["consignment_id"],
        "invoice": parcel["invoice"],
        "updated_at": local(parcel.whole("updated_at")),
    }
    if parcel["return_status"]:
        leg = said(parcel.text("return_status").partition("_return_")[2])
        words = f"Consignment Return status has been updated to {leg}"
        return {"notification_type": "return_status", **named, "tracking_message": words}
    return {
        "notification_type": "delivery_status",
        **named,
        "tracking_id": parcel["tracking_code"],
        "status": parcel["status"],
        "cod_amount": parcel["cod_amount"],
        "delivery_charge": DELIVERY_CHARGE,
        "tracking_message": f"Consignment status has been updated as {said(parcel.text('status'))}",
    }
