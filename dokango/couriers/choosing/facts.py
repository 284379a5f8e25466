"""What a choice is made from: the order, and each courier as it stands for that order."""

from __future__ import annotations

from dataclasses import dataclass, field

from dokango.couriers.kind.tariff import Area, Tariff, area_of, expected_charge
from dokango.couriers.parcels.record import Record

ENOUGH_ENDED = 10  # parcels of a courier in a district, before its record there says anything


@dataclass(frozen=True, slots=True)
class Wish:
    """What goes where. `weight_g` is 0 where nobody knows; `cod_poisha` is what the rider collects."""

    district: str
    home_district: str
    weight_g: int
    cod_poisha: int
    value_poisha: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A courier, as the books call it. `hindrance` says why it cannot take the order now: "it is not set up"."""

    key: str
    name: str
    tariff: Tariff | None = None
    record: Record = field(default_factory=Record)
    hindrance: str = ""

    def area(self, wish: Wish) -> Area:
        """Where the order goes, as this courier prices places."""
        return area_of(wish.district, wish.home_district, self.tariff.suburbs if self.tariff else ())

    def charge_poisha(self, wish: Wish) -> int | None:
        """What it should charge for the order by its tariff; None without one."""
        if self.tariff is None:
            return None
        return expected_charge(self.tariff, self.area(wish), wish.weight_g, wish.cod_poisha).sent_poisha

    def cost_poisha(self, wish: Wish) -> int | None:
        """The same; without a tariff what its parcels there have cost so far."""
        charge = self.charge_poisha(wish)
        return self.record.cost_poisha if charge is None else charge

    @property
    def is_known(self) -> bool:
        """Whether enough of its parcels came to an end in the district."""
        return self.record.ended >= ENOUGH_ENDED
