"""What RedX is known to charge: 60 taka in the city and one per cent of the COD, by its own charge calculator's sample.

What a return costs is not known; nothing beside the delivery is assumed. To be checked by the owner.

How soon it delivers and how soon it answers a claim its contract does not say: the days of Settings, Delivery hold,
which are the shop's own guess, until the owner types others.
"""

from __future__ import annotations

from dokango.couriers.kind.tariff import tariff_of

TARIFF = tariff_of(
    ((500, (60, 100, 120)), (1_000, (70, 110, 130))), (20, 25, 25), 1, ("Gazipur", "Narayanganj"), payout_days=3
)
