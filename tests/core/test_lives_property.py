"""Random lives of orders: whatever people do, in whatever order, every invariant holds after each step."""

from __future__ import annotations

import contextlib
import functools
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from dokango.checks import run_checks
from dokango.clock import DHAKA, ManualClock
from dokango.db import open_database
from dokango.errors import DokangoError
from dokango.migrations.upgrade import upgrade
from dokango.orders.book import rows
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.small_shop import SHELF, open_shop

skus = st.sampled_from(sorted(SHELF))
amounts = st.sampled_from([1, 4_999, 10_000, 90_000, 130_000, 250_001])
trx_ids = st.sampled_from([f"TRX{n:05d}" for n in range(8)])
methods = st.sampled_from(["bkash", "nagad", "rocket"])
moves = st.one_of(
    st.builds(c.ClaimPayment, method=methods, transaction_id=trx_ids),
    st.builds(c.VerifyPayment, method=methods, transaction_id=trx_ids, amount_poisha=amounts),
    st.builds(c.VerifyPayment, method=methods, transaction_id=trx_ids, amount_poisha=st.sampled_from([89_950, 129_901]),
              forgive=st.booleans()),
    st.sampled_from([c.AskChange(what="change", words="one less"), c.RefuseChange(reason="too late")]),
    st.sampled_from([c.Forgive(), c.Confirm(forgive=True)]),
    st.builds(
        lambda lines, off, delivery, method: c.Edit.model_validate(
            {
                "lines": [{"sku": sku, "quantity": n, "discount_percent": part} for sku, (n, part) in lines.items()],
                "discount_poisha": off, "delivery_poisha": delivery, "payment_method": method, "reason": "agreed",
            }
        ),
        st.dictionaries(skus, st.tuples(st.integers(1, 8), st.sampled_from([0, 7, 100])), min_size=1),
        st.sampled_from([0, 1, 33_333]), st.sampled_from([0, 10_000]), st.sampled_from(["bkash", "cod"]),
    ),
    st.builds(c.RejectClaim, reason=st.just("not found")),
    st.sampled_from([c.Confirm(), c.Hold(reason="stock"), c.Release(), c.Pack(), c.Deliver()]),
    st.just(c.Ship(courier="manual", carrier="Rider")),
    st.builds(c.Cancel, reason=st.just("no answer")),
    st.builds(c.ReceiveReturn, restock=st.booleans(), include_delivery=st.booleans()),
    st.builds(
        lambda sku, quantity, restock: c.ReceiveReturn.model_validate(
            {"lines": [{"sku": sku, "quantity": quantity, "restock": restock}]}
        ),
        skus, st.integers(1, 3), st.booleans(),
    ),
    st.builds(c.ReceiveReturn, inspect_later=st.just(True), keep_advance=st.booleans()),
    st.builds(
        lambda sku, quantity, condition: c.Inspect.model_validate(
            {"lines": [{"sku": sku, "quantity": quantity, "condition": condition}]}
        ),
        skus, st.integers(1, 3), st.sampled_from(["resell", "damaged", "missing", "wrong"]),
    ),
    st.builds(c.LowerCod, collects_poisha=st.sampled_from([0, 9_900, 50_000]), reason=st.just("bargained")),
    st.builds(c.SayCollects, collects_poisha=st.sampled_from([0, 9_900, 50_000, 90_000])),
    st.sampled_from([c.SendAgain(), c.LoseParcel(reason="not found")]),
    st.builds(c.PayRefund, method=methods, amount_poisha=amounts, reference=trx_ids),
    st.builds(c.PayOut, amount_poisha=amounts, charge_poisha=st.sampled_from([0, 1, 6_000])),
)  # fmt: skip


@functools.cache
def migrated() -> bytes:
    """A migrated, empty SQLite file: made once, and not for each life anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.sqlite3"
        upgrade(f"sqlite:///{path}")
        return path.read_bytes()


class Lives(RuleBasedStateMachine):
    """A shop in which anybody does anything at any time."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "shop.sqlite3"
        path.write_bytes(migrated())
        url = f"sqlite:///{path}"
        clock = ManualClock(datetime(2026, 11, 22, 12, 0, tzinfo=DHAKA))
        self.shop = open_shop(open_database(url), clock, Actor(1, "Owner", Role.OWNER))
        self.shop.set_profile(courier_return_charge_poisha=5_000, refusal_keeps="delivery", return_charge_by="customer")
        self.numbers: list[str] = []

    @rule(sku=skus, quantity=st.integers(1, 6), method=st.sampled_from(["bkash", "cod"]))
    def place(self, sku: str, quantity: int, method: str) -> None:
        with contextlib.suppress(DokangoError):
            self.numbers.append(self.shop.place((sku, quantity), ("MUG", 1), payment={"method": method}).number)

    @rule(data=st.data(), command=moves)
    def act(self, data: Any, command: c.Command) -> None:
        if self.numbers:
            number = data.draw(st.sampled_from(self.numbers[-4:]))
            with contextlib.suppress(DokangoError):
                self.shop.do(number, command)

    @rule(data=st.data())
    def advance(self, data: Any) -> None:
        """Take the next step of the happy path, so that lives get far."""
        if not self.numbers:
            return
        number = data.draw(st.sampled_from(self.numbers[-4:]))
        order = self.shop.order(number)
        if order.due_poisha and order.payment_method != "cod" and order.status == "pending":
            self.shop.settle(number)
        again = c.Ship(courier="manual", carrier="Rider")
        for command in (c.Confirm(), c.Pack(), again, c.Deliver(), *self._back(number), c.SendAgain()):
            with contextlib.suppress(DokangoError):
                self.shop.do(number, command)
                return

    def _back(self, number: str) -> list[c.Command]:
        """The inspection of all that waits of a parcel that came back."""
        order = self.shop.order(number)
        lines = self.shop.db.read(lambda tx: rows.lines_of(tx, order.id))
        found = [{"sku": w.sku, "quantity": w.to_inspect, "condition": "resell"} for w in lines if w.to_inspect]
        return [c.Inspect.model_validate({"lines": found})] if found else []

    @invariant()
    def everything_holds(self) -> None:
        if hasattr(self, "shop"):
            broken = [(r.name, r.problems) for r in self.shop.db.read(run_checks) if not r.ok]
            assert not broken

    def teardown(self) -> None:
        if hasattr(self, "shop"):
            self.shop.db.close()
            self.folder.cleanup()


Lives.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLives = Lives.TestCase
