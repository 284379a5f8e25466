"""What Pathao is known to charge: 70, 80 and 120 taka up to 500 g (its help pages, 2023), one per cent of the COD.

What a return costs is not known; nothing beside the delivery is assumed. To be checked by the owner.

How soon it delivers and how soon it answers a claim its contract does not say: the days of Settings, Delivery hold,
which are the shop's own guess, until the owner types others.
"""

from __future__ import annotations

from dokango.couriers.kind.tariff import tariff_of

TARIFF = tariff_of(
    ((500, (70, 80, 120)), (1_000, (80, 100, 140))), (20, 25, 25), 1, ("Gazipur", "Narayanganj"), payout_days=3
)
