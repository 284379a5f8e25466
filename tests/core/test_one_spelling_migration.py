"""Orders and SKUs from before are found by the spelling in which they are asked for now."""

from __future__ import annotations

import importlib

from sqlalchemy import text

from dokango.orders.lifecycle import commands as c
from tests.core.test_search_migration import migrate
from tests.small_shop import Shop

ONE_SPELLING = importlib.import_module("dokango.migrations.versions.0008_one_spelling")
PRECOMPOSED = "শা\u09dcি-১"  # as keyboards type it; the one form of it is two characters
BEFORE = ("ঢাকা", "Dhaka District", "Jessore", "Dhaka", "Atlantis", "")


def test_districts_take_their_one_name_and_others_stay(shop: Shop) -> None:
    numbers = [shop.place(("MUG", 1)).number for _ in BEFORE]
    for number, district in zip(numbers, BEFORE, strict=True):
        old = {"district": district, "number": number}
        shop.db.write(
            lambda tx, old=old: tx.run(text('UPDATE "order" SET district = :district WHERE number = :number'), **old)
        )

    migrate(shop, ONE_SPELLING)

    assert [shop.order(number).district for number in numbers] == ["Dhaka", "Dhaka", "Jashore", "Dhaka", "Atlantis", ""]


def test_a_sku_kept_in_another_form_can_be_ordered_and_brought_back(shop: Shop) -> None:
    done = shop.bring_to("delivered", ("MUG", 1))
    shop.db.write(lambda tx: tx.run(text("UPDATE order_line SET sku = :sku WHERE sku = 'MUG'"), sku=PRECOMPOSED))
    shop.db.write(lambda tx: tx.run(text("UPDATE variant SET sku = :sku WHERE sku = 'MUG'"), sku=PRECOMPOSED))

    migrate(shop, ONE_SPELLING)

    assert shop.order(shop.place((PRECOMPOSED, 1))).units == 1
    back = c.ReceiveReturn(lines=(c.ReturnedLine(sku=PRECOMPOSED, quantity=1),))
    assert shop.do(done, back).status == "returned"
