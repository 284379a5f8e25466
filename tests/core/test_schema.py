"""The schema: models and migrations agree, and rows of the books cannot be changed."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from dokango.customers.acts import By as NoteBy
from dokango.customers.acts import WriteNote, write_note
from dokango.migrations.upgrade import engine_url, upgrade
from dokango.models import METADATA
from dokango.orders.lifecycle import commands as c
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.payments.reversals import reversible_of
from dokango.payments.wallet_photos import add_photo
from tests.core.nobodys_money import came, give
from tests.core.payouts import Paying, as_csv
from tests.small_shop import Shop

INSERT_ONLY = (
    "event",
    "posting",
    "stock_movement",
    "payment",
    "refund",
    "payment_reversal",
    "taken_trx_id",
    "wallet_evidence",
    "wallet_photo",
    "case_event",
    "inspection",
    "courier_payout",
    "courier_payout_line",
    "credit_entry",
    "given_back",
    "sending",
    "customer_note",
)


def test_the_migrations_make_what_the_models_say(database_url: str) -> None:
    engine = create_engine(engine_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert differences == []


def _is_ours(thing: object, name: str | None, kind: str, reflected: bool, compared: object) -> bool:
    # the search tables are SQLite's FTS5 and PostgreSQL's tsvector: no model describes them
    return not (name or "").startswith("order_search") and name != "alembic_version"


@pytest.mark.parametrize("table", INSERT_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_what_was_written_down_is_not_changed(shop: Shop, table: str, change: str) -> None:
    order = shop.bring_to("cancelled", ("MUG", 1))
    paid = shop.place(("MUG", 1))
    shop.settle(paid, 100_000)
    shop.do(paid, c.PayRefund(method="bkash", amount_poisha=1, reference="SENT654321"))
    shop.do(shop.bring_to("shipped", ("MUG", 1)), c.ReportProblem(problem="nobody home"))
    shop.bring_to("returned", ("MUG", 1))
    paying = Paying(shop)
    paying.book(paying.read(as_csv(("DG-1", "", 1, 0, 1))))
    shop.db.write(lambda tx: keep_all(tx, shop.owner, [Brought("hello")], PASTE, shop.clock.now_us()))
    shop.db.write(lambda tx: add_photo(tx, shop.owner, "a.png", shop.clock.now_us(), order_id=paid.order_id))
    shop.db.write(lambda tx: write_note(tx, NoteBy(shop.owner, shop.clock), "01711000000", WriteNote(words="rings")))
    column = "taken_at" if table == "taken_trx_id" else "id"
    shop.do(paid, c.KeepAsCredit())
    give(shop, came(shop, 500))
    again = shop.settle(shop.place(("MUG", 1)), 90_000)
    (payment,) = shop.db.read(lambda tx: reversible_of(tx, again.order_id)).standing
    shop.do(again, c.ReversePayment(payment=payment.id, reason="booked by mistake"))
    column = {"taken_trx_id": "taken_at", "sending": "event_id"}.get(table, "id")
    engine = create_engine(engine_url(shop.db.url))
    with engine.connect() as connection, pytest.raises(Exception, match="only ever inserted"):
        connection.execute(text(change.format(table, column, column)))
    engine.dispose()
    assert order.status == "cancelled"


BROKEN_ROWS = [
    "UPDATE stock_level SET reserved = on_hand + 1",
    "UPDATE stock_level SET on_hand = -1",
    "UPDATE \"order\" SET status = 'lost'",
    "UPDATE \"order\" SET money = 'maybe'",
    'UPDATE "order" SET total_poisha = total_poisha + 1',
    'UPDATE "order" SET due_poisha = -1',
    'UPDATE "order" SET discount_poisha = 1',
    'UPDATE "order" SET discount_poisha = total_poisha + 1, total_poisha = -1',
    "UPDATE order_line SET discount_poisha = quantity * unit_price_poisha + 1",
    "UPDATE order_line SET quantity = 0",
    "UPDATE order_line SET returned_quantity = quantity + 1",
    "INSERT INTO posting (key, event_id, debit, credit, amount_poisha, happened_at, written_at) "
    "VALUES ('x', 1, 'a', 'a', 1, 0, 0)",
    "INSERT INTO posting (key, event_id, debit, credit, amount_poisha, happened_at, written_at) "
    "VALUES ('x', 1, 'a', 'b', 0, 0, 0)",
    "INSERT INTO posting (key, event_id, debit, credit, amount_poisha, happened_at, written_at) "
    "VALUES ('x', 999999, 'a', 'b', 1, 0, 0)",
]


@pytest.mark.parametrize("statement", BROKEN_ROWS)
def test_the_database_itself_refuses_what_cannot_be(shop: Shop, statement: str) -> None:
    shop.place(("MUG", 1))
    with pytest.raises(Exception, match=r"(?i)constraint"):
        shop.db.write(lambda tx: tx.script(statement))


def test_several_processes_may_upgrade_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.sqlite3'}"
    failures: list[BaseException] = []

    def start() -> None:
        try:
            upgrade(url)
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
