"""What a parcel's drawer says of its courier's notifications."""

from __future__ import annotations

from dokango.couriers.pathao.webhook import read_news
from state.shipping.parcel_text import told_of


def test_a_notification_of_a_payout_names_the_payout() -> None:
    told = read_news({"event": "order.paid", "consignment_id": "DL1", "invoice_id": "271126IBW00417"})
    [row] = told_of(((0, told),))
    assert row["words"] == "In payout 271126IBW00417"
