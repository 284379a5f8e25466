"""The merchant's account at the practice courier: balance, payouts, a buyer's record, police stations."""

from __future__ import annotations

from dokango.couriers.practice.store import Row, Store
from dokango.couriers.steadfast.practice.parcels import DELIVERY_CHARGE, local

_UNPAID = """SELECT * FROM parcel WHERE payment_id IS NULL AND status IN ('delivered', 'partial_delivered')
 ORDER BY consignment_id"""
_THANAS = {
    "Dhaka": ("Adabor", "Badda", "Banani", "Dhanmondi", "Gulshan", "Kafrul", "Khilgaon", "Lalbagh", "Mirpur",
              "Mohammadpur", "Motijheel", "Ramna", "Savar", "Tejgaon", "Uttara East", "Uttara West"),
    "Chattogram": ("Bayazid", "Double Mooring", "Hathazari", "Kotwali", "Panchlaish", "Patiya"),
    "Sylhet": ("Beanibazar", "Kotwali", "Shah Paran", "South Surma"),
    "Rajshahi": ("Boalia", "Motihar", "Paba"),
    "Khulna": ("Daulatpur", "Khalishpur", "Sonadanga"),
    "Barishal": ("Bakerganj", "Kotwali"),
    "Rangpur": ("Kotwali", "Mithapukur"),
    "Mymensingh": ("Bhaluka", "Kotwali", "Trishal"),
    "Cumilla": ("Daudkandi", "Kotwali", "Laksam"),
    "Gazipur": ("Kaliakair", "Sreepur", "Tongi"),
    "Narayanganj": ("Fatullah", "Rupganj", "Sonargaon"),
}  # fmt: skip


def balance(store: Store) -> int:
    """Taka collected and not paid out yet, less what carrying it costs."""
    return sum(_collected(parcel) - charge(parcel) for parcel in store.rows(_UNPAID))


def pay_out(store: Store) -> Row | None:
    """Pay everything collected so far; None when there is nothing to pay."""
    with store.writing():
        parcels = store.rows(_UNPAID)
        if not parcels:
            return None
        values = {
            "amount": sum(map(_collected, parcels)),
            "charges": sum(map(charge, parcels)),
            "created_at": store.now_us(),
        }
        payment_id = store.insert("payment", values)
        for parcel in parcels:
            store.run("UPDATE parcel SET payment_id = ? WHERE consignment_id = ?", payment_id, parcel["consignment_id"])
        return store.one("SELECT * FROM payment WHERE id = ?", payment_id)


def payments(store: Store, page: int) -> list[dict[str, object]]:
    """Ten a page, newest first."""
    found = store.rows("SELECT * FROM payment ORDER BY id DESC LIMIT 10 OFFSET ?", (page - 1) * 10)
    return [_payment(row) for row in found]


def payment(store: Store, name: str) -> dict[str, object] | None:
    """One payout with its parcels."""
    row = store.one("SELECT * FROM payment WHERE 'SFC-' || id = ? OR CAST(id AS TEXT) = ?", name, name)
    if row is None:
        return None
    parcels = store.rows("SELECT * FROM parcel WHERE payment_id = ? ORDER BY consignment_id", row["id"])
    lines = [
        {
            "consignment_id": parcel["consignment_id"],
            "invoice": parcel["invoice"],
            "cod_amount": _collected(parcel),
            "delivery_charge": charge(parcel),
        }
        for parcel in parcels
    ]
    return {**_payment(row), "consignments": lines}


def buyer(store: Store, phone: str) -> dict[str, object]:
    """A phone's record from our own parcels; ratios are null without any that ended."""
    statuses = [row["status"] for row in store.rows("SELECT status FROM parcel WHERE recipient_phone = ?", phone)]
    ended = [status for status in statuses if status in {"delivered", "partial_delivered", "cancelled"}]
    delivered = sum(status != "cancelled" for status in ended)
    ratio = round(100 * delivered / len(ended)) if ended else None
    missed = None if ratio is None else 100 - ratio
    return {
        "status": 200,
        "phone": phone,
        "score": None,
        "delivery_ratio": ratio,
        "cancellation_ratio": missed,
        "return_ratio": missed,
        "volume_band": "none" if not ended else "high" if len(ended) > 20 else "low",
        "total_reports": 0,
        "fraud_categories": [],
    }


def police_stations() -> list[dict[str, object]]:
    """Thanas with their district."""
    pairs = [(thana, district) for district, thanas in _THANAS.items() for thana in thanas]
    return [{"id": n, "name": thana, "district": district} for n, (thana, district) in enumerate(pairs, 1)]


def charge(parcel: Row) -> int:
    """Delivery and one per cent of the COD, in whole taka."""
    return DELIVERY_CHARGE + round(_collected(parcel) / 100)


def _collected(parcel: Row) -> int:
    return parcel.whole("cod_amount" if parcel["collected"] is None else "collected")


def _payment(row: Row) -> dict[str, object]:
    at = local(row.whole("created_at"))
    return {
        "payment_id": f"SFC-{row['id']}",
        "amount": row["amount"],
        "method": "bank",
        "due_bills": 0,
        "paid_bills": row["charges"],
        "charges": row["charges"],
        "total": row.whole("amount") - row.whole("charges"),
        "status_label": "Paid",
        "created_at": at,
        "ready_at": at,
        "paid_at": at,
    }
