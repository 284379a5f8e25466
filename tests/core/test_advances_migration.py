"""The one setting that asked in advance before there was a rule: it goes on as its first row, and on open orders."""

from __future__ import annotations

import importlib
import json
from typing import Any

import pytest
from sqlalchemy import text

from dokango.orders.advances.rule import AdvanceRule, load_rule
from dokango.shop.profile import PROFILE, load_profile, read_setting, write_setting
from tests.core.test_search_migration import migrate
from tests.small_shop import Shop

ADVANCES = importlib.import_module("dokango.migrations.versions.0049_advances")
COD = {"payment": {"method": "cod"}}
# what was set, the rule that it becomes, what open COD orders of ৳1,000 and ৳200 (with ৳100 delivery) are asked
BEFORE: list[tuple[dict[str, Any], list[dict[str, Any]], tuple[int, int]]] = [
    ({}, [], (0, 0)),
    ({"cod_advance": "none", "cod_advance_poisha": 5_000}, [], (0, 0)),
    ({"cod_advance": "delivery", "cod_advance_poisha": 0}, [{"asks": "delivery"}], (10_000, 10_000)),
    ({"cod_advance": "fixed", "cod_advance_poisha": 50_000}, [{"asks": "amount", "amount_poisha": 50_000}],
     (50_000, 20_000)),
]  # fmt: skip


def as_it_was(shop: Shop, setting: dict[str, Any]) -> None:
    """The tables and the profile of before."""
    kept = json.loads(shop.db.read(lambda tx: read_setting(tx, PROFILE)) or "{}")
    value = json.dumps({**kept, **setting})
    shop.db.write(lambda tx: write_setting(tx, PROFILE, value, by="Olin", now_us=1))
    for statement in (
        "DROP INDEX order_unpaid", "DROP INDEX order_to_confirm",
        "CREATE INDEX order_unpaid ON \"order\" (placed_at, id) WHERE status = 'pending' AND due_poisha > 0",
        "CREATE INDEX order_to_confirm ON \"order\" (placed_at, id) WHERE status = 'pending' AND claim_waits = 0",
        'ALTER TABLE "order" DROP COLUMN advance_poisha', 'ALTER TABLE "order" DROP COLUMN advance_reason',
    ):  # fmt: skip
        shop.db.write(lambda tx, statement=statement: tx.run(text(statement)))


@pytest.mark.parametrize(("setting", "rows", "asked"), BEFORE)
def test_what_was_set_becomes_the_first_row(
    shop: Shop, setting: dict[str, Any], rows: list[dict[str, Any]], asked: tuple[int, int]
) -> None:
    orders = [shop.place(("MUG", 1), ("CARD", 1), **COD), shop.place(("CARD", 1), **COD)]
    done, prepaid = shop.bring_to("confirmed", ("CARD", 1), **COD), shop.place(("CARD", 1))
    as_it_was(shop, setting)
    migrate(shop, ADVANCES)
    assert tuple(shop.order(order).advance_poisha for order in orders) == asked
    assert [shop.order(order).advance_poisha for order in (done, prepaid)] == [0, 0]
    assert shop.db.read(load_rule) == AdvanceRule.model_validate({"rows": rows})
    assert shop.db.read(load_profile).name == "Small shop", "the profile reads without what it no longer has"
