"""The rule with all that it looks at, read once for goods and a buyer whose order may come to this or that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from dokango.db import Tx
from dokango.orders.advances.ask import Asked, Facts, ask
from dokango.orders.advances.goods import goods_of
from dokango.orders.advances.record import NOBODY, Record, record_of
from dokango.orders.advances.rule import NO_RULE, AdvanceRule, load_rule
from dokango.shop.profile import Profile


@dataclass(frozen=True, slots=True)
class Asking:
    """The rule, the goods in question and who buys them."""

    rule: AdvanceRule = NO_RULE
    goods: frozenset[str] = field(default_factory=frozenset)
    record: Record = NOBODY

    def of(self, profile: Profile, method: str, district: str, total_poisha: int, delivery_poisha: int) -> Asked:
        """What is asked of an order that is paid so, goes there and comes to so much."""
        return ask(
            self.rule,
            Facts(method, district, profile.home_district, total_poisha, delivery_poisha, self.goods, self.record),
        )


NOT_ASKING = Asking()


def asking_of(tx: Tx, skus: Collection[str], phone: str) -> Asking:
    """The rule as it stands, for these goods and this buyer ("" for one who is not known yet)."""
    rule = load_rule(tx)
    return Asking(
        rule,
        goods_of(tx, skus) if any(row.goods for row in rule.rows) else frozenset(),
        record_of(tx, phone) if rule.asks_the_record else NOBODY,
    )
