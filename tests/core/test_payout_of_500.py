"""A payout of 500 parcels with twelve planted differences: each is named, and the rest is paid."""

from __future__ import annotations

from collections import Counter

import pytest

from dokango.couriers.kind.tariff import Band, Prices, Tariff
from dokango.couriers.tariffs import change_tariff
from dokango.orders import Done
from dokango.payouts.findings import ChargeVerdict, Finding, Verdict
from tests.core.payouts import COD, Paying, Row, as_csv, as_xlsx
from tests.small_shop import Shop

PARCELS = 500
FLAT = Tariff(bands=(Band(up_to_g=500, price=Prices(inside=8_900, suburb=8_900, outside=8_900)),), checked=True)
EARLIER = "SFC-0"


class Planted:
    """500 parcels of ৳900 that should cost ৳89 each, and the courier's rows; what is planted is kept by its name."""

    def __init__(self, paying: Paying) -> None:
        self.paying, self.rows, self.wrong = paying, dict[str, Row](), dict[str, str]()
        shop = paying.shop
        shop.db.write(lambda tx: change_tariff(tx, shop.owner, shop.clock, "rider", FLAT))
        orders = paying.many_delivered(PARCELS - 12 + 10)
        self.spare, self.plain = orders[:10], orders[10:]
        paid = self.take()
        paying.book(paying.read(as_csv(self.row(paid)), EARLIER))
        for order in self.plain:
            self.put(order)
        self.plant(paid)

    def row(self, order: Done, collected: float = 900, charge: float = 89, paid: float | None = None) -> Row:
        return (self.paying.name(order), "", collected, charge, collected - charge if paid is None else paid)

    def put(self, order: Done, *amounts: float) -> str:
        row = self.row(order, *amounts)
        self.rows[str(row[0])] = row
        return str(row[0])

    def take(self) -> Done:
        return self.spare.pop()

    def plant(self, paid_before: Done) -> None:
        shop, wrong = self.paying.shop, self.wrong
        wrong["short"] = self.put(self.take(), 600)
        wrong["over"] = self.put(self.take(), 950)
        wrong["charge more"] = self.put(self.take(), 900, 120)
        wrong["charge less"] = self.put(self.take(), 900, 60)
        wrong["keeps more than it says"] = self.put(self.take(), 900, 89, 780)
        wrong["missing"] = self.paying.name(self.take())
        wrong["paid before"] = self.put(paid_before)
        wrong["not ours"] = "DG-99999"
        self.rows["DG-99999"] = ("DG-99999", "", 700, 89, 611)
        wrong["came back"] = self.put(shop.bring_to("returned", ("MUG", 1), **COD), 0, 150)
        wrong["came back and paid"] = self.put(shop.bring_to("returned", ("MUG", 1), **COD))
        wrong["not delivered here"] = self.put(shop.bring_to("shipped", ("MUG", 1), **COD))
        self.twice = self.row(self.plain[0])

    def every_row(self) -> list[Row]:
        """The rows, one of them twice."""
        return [*self.rows.values(), self.twice]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_of_twelve_planted_differences_is_named(shop: Shop) -> None:
    paying = Paying(shop)
    planted = Planted(paying)
    seen = paying.book(paying.read(as_xlsx(*planted.every_row())))
    found: dict[str, list[Finding]] = {}
    for finding in seen.findings:
        found.setdefault(finding.stated.name, []).append(finding)
    expected = {
        "short": (Verdict.SHORT, ChargeVerdict.AGREED), "over": (Verdict.OVER, ChargeVerdict.AGREED),
        "charge more": (Verdict.PAID, ChargeVerdict.MORE), "charge less": (Verdict.PAID, ChargeVerdict.LESS),
        "keeps more than it says": (Verdict.PAID, ChargeVerdict.MORE),
        "missing": (Verdict.MISSING, ChargeVerdict.UNSAID), "paid before": (Verdict.PAID_TWICE, ChargeVerdict.AGREED),
        "not ours": (Verdict.NOT_OURS, ChargeVerdict.UNSAID),
        "came back": (Verdict.RETURNED, ChargeVerdict.MORE),
        "came back and paid": (Verdict.RETURNED, ChargeVerdict.AGREED),
        "not delivered here": (Verdict.EARLY, ChargeVerdict.AGREED),
    }  # fmt: skip
    named = {what: (f.verdict, f.charge_verdict) for what, name in planted.wrong.items() for f in found[name]}
    assert named == expected
    first, second = found[str(planted.twice[0])]
    assert (first.verdict, second.verdict) == (Verdict.PAID, Verdict.PAID_TWICE)
    assert len(expected) + 1 == 12
    # what was left in the spare drawer is missing too: it was delivered before what is paid here
    left = {paying.name(order) for order in planted.spare}
    odd = {f.stated.name for f in seen.differences} - left
    assert odd == {*planted.wrong.values(), str(planted.twice[0])}
    assert Counter(f.verdict for f in seen.findings)[Verdict.PAID] == len(planted.plain) + 3
    assert all(f.words for f in seen.differences)
    arrived = sum(float(str(row[4])) for row in planted.every_row())
    assert seen.amount_poisha == round(arrived * 100)
    assert shop.balance("cash:bank") == seen.amount_poisha + 81_100
