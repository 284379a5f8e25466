"""What Steadfast is known to charge: 80 taka and up in the city, about 115 seen, one per cent of the COD.

What a return costs is not stated by them; nothing beside the delivery is assumed. To be checked by the owner.

How soon it delivers and how soon it answers a claim its contract does not say: the days of Settings, Delivery hold,
which are the shop's own guess, until the owner types others.
"""

from __future__ import annotations

from dokango.couriers.kind.tariff import tariff_of

TARIFF = tariff_of(
    ((500, (80, 100, 115)), (1_000, (80, 110, 130))), (20, 20, 25), 1, ("Gazipur", "Narayanganj"), payout_days=3
)
