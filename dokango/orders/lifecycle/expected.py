"""What an order's parcel should cost with its courier, reckoned when it is handed over and kept on the parcel."""

from __future__ import annotations

from dokango.couriers.kind.tariff import area_of, expected_charge
from dokango.couriers.parcels import shipments
from dokango.couriers.registry import account_part
from dokango.couriers.tariffs import tariff_for
from dokango.db import Tx
from dokango.orders.book.weight import goods_weight_g
from dokango.shop.profile import load_profile


def keep_expected(tx: Tx, order_id: int, district: str, carrying_poisha: int | None = None) -> None:
    """Keep on the order's live parcel what it should cost by the tariff of who carries it, as that stands now.

    `carrying_poisha`: what the courier said of this parcel. Nothing is kept where nobody said what they charge. The
    weight is what the courier was told, else the goods'.
    """
    parcel = shipments.live_of(tx, order_id)
    tariff = tariff_for(tx, account_part(parcel.courier, parcel.carrier)) if parcel else None
    if parcel is None or tariff is None:
        return
    area = area_of(district, load_profile(tx).home_district, tariff.suburbs)
    weight_g = parcel.weight_g or goods_weight_g(tx, order_id)
    expected = expected_charge(tariff, area, weight_g, parcel.cod_poisha, carrying_poisha)
    shipments.change(
        tx, parcel.id, expected_charge_poisha=expected.sent_poisha, expected_back_poisha=expected.back_poisha
    )
