"""Lives of random steps, each undone at once, or left and undone later: a shop that is as if nothing had been."""

from __future__ import annotations

import contextlib
from random import Random
from typing import Any

from dokango.checks import run_checks
from dokango.errors import DokangoError
from dokango.orders import Context, undo
from dokango.orders.book import rows
from dokango.orders.cases import rows as cases
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.undoable import UNDOABLE
from dokango.people.actor import customer
from tests.small_shop import SHELF, Shop


def stands(shop: Shop, number: str) -> dict[str, Any]:
    """All that a step may change: the order, its lines, cases, claim, books and shelf."""
    order = shop.order(number)
    kept = {name: value for name, value in order._asdict().items() if name not in ("version", "changed_at")}
    return {
        "order": kept,
        "lines": shop.db.read(lambda tx: [line._asdict() for line in rows.lines_of(tx, order.id)]),
        "cases": [
            (case.id, case.state, case.next_act, case.due_at)
            for case in shop.db.read(lambda tx: cases.open_of(tx, order.id))
        ],
        "claim": shop.db.read(lambda tx: rows.waiting_claim(tx, order.id)),
        "books": shop.books(),
        "shelf": {sku: shop.level(sku) for sku in SHELF},
    }


def take_back(shop: Shop, number: str, reason: str = "", **context: Any) -> Any:
    """Undo the last step of an order as it stands, or as it stood at `version`, by `actor` or the owner."""
    seen = context.get("version") or shop.order(number).version
    by = Context(context.get("actor") or shop.owner, shop.clock, seen)
    return shop.db.write(lambda tx: undo(tx, by, number, c.Undo(reason=reason)))


def live(shop: Shop, rng: Random, pairs: int, *, checked_every: int = 1) -> int:
    """So many steps that are done and undone at once, among others that stay; the number of different actions."""
    numbers: list[str] = []
    undone: set[str] = set()
    done = 0
    while done < pairs:
        if not numbers or rng.random() < 0.1:
            with contextlib.suppress(DokangoError):
                numbers.append(_placed(shop, rng))
            continue
        number = rng.choice(numbers[-5:])
        command = rng.choice(_steps(shop, rng, number))
        before = stands(shop, number)
        try:
            shop.do(number, command)
        except DokangoError:
            continue
        if not UNDOABLE[command.action].may or rng.random() < 0.4:
            continue
        take_back(shop, number)
        assert stands(shop, number) == before, (number, command)
        undone.add(command.action)
        done += 1
        if done % checked_every == 0:
            broken = [(r.name, r.problems) for r in shop.db.read(run_checks) if not r.ok]
            assert not broken, (number, command, broken)
    return len(undone)


def _placed(shop: Shop, rng: Random) -> str:
    lines = [(sku, rng.randint(1, 3)) for sku in rng.sample(sorted(SHELF), rng.randint(1, 3))]
    phone = f"0171{rng.randrange(10_000_000):07d}"
    return shop.place(
        *lines, payment={"method": rng.choice(["bkash", "cod"])}, customer={"name": "Buyer", "phone": phone}
    ).number


def _steps(shop: Shop, rng: Random, number: str) -> list[c.Command]:
    """What somebody may try now: some of it is refused."""
    due = shop.order(number).due_poisha
    trx_id = f"TRX{rng.randrange(10**9):09d}"
    lines = [
        {"sku": sku, "quantity": rng.randint(1, 4), "discount_percent": rng.choice([0, 7])}
        for sku in rng.sample(sorted(SHELF), rng.randint(1, 3))
    ]
    changed = {"lines": lines, "delivery_poisha": rng.choice([0, 10_000]), "reason": "agreed"}
    if rng.random() < 0.3:
        changed["answers_wish"] = rng.choice(["whole", "part"])
    return [
        c.Confirm(forgive=rng.random() < 0.5), c.Confirm(), c.Pack(), c.Hold(reason="stock"), c.Release(),
        c.Ship(courier="manual", carrier="Rider"), c.Deliver(), c.Cancel(reason="called off"), c.Mark(fragile=True),
        c.Edit.model_validate(changed), c.Edit.model_validate(changed), c.RefuseChange(reason="too late"),
        c.EditAddress(name="New", phone="01811000000", line="House 9", district="Sylhet"), c.Forgive(),
        c.VerifyPayment(method="bkash", transaction_id=trx_id, amount_poisha=max(1, due - rng.choice([0, 0, 50]))),
        c.RejectClaim(reason="not in the wallet"), *_by_the_customer(shop, number, rng, trx_id),
    ]  # fmt: skip


def _by_the_customer(shop: Shop, number: str, rng: Random, trx_id: str) -> list[c.Command]:
    """Now and then the customer says something first, which is never undone."""
    said = rng.choice(
        [c.ClaimPayment(method="bkash", transaction_id=trx_id), c.AskChange(what="change", words="one less"), None]
    )
    if said is not None and rng.random() < 0.3:
        with contextlib.suppress(DokangoError):
            shop.do(number, said, actor=customer("Buyer"))
    return []
