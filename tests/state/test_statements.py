"""A wallet's statement in the page: sent as a file, looked at line by line, and kept once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders.lifecycle.commands import ClaimPayment
from dokango.people.actor import Actor
from dokango.settings import settings
from state.orders.verify import VerifyState
from state.wallet.assign import AssignState
from state.wallet.inbox import WalletState
from state.wallet.statement import StatementState as S
from tests.core.payouts import as_xlsx
from tests.core.statements import BKASH, as_csv, cashed_out, received
from tests.core.test_statements import CHOICE, OTHERS
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk
from tests.state.test_cod import asked, post

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def shop(
    db: Database, clock: ManualClock, owner: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Shop]:
    monkeypatch.setenv("DOKANGO_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    yield open_shop(db, clock, owner)
    monkeypatch.undo()
    settings.cache_clear()


async def look_at(tab: Browser, raw: bytes, wallet: str = "bkash") -> None:
    """Send a file, and arrive at its preview."""
    there = asked(await post(tab, "/upload/statements", {"wallet": wallet}, raw))
    await tab.arrive(f"/wallet?file={there['file']}")


async def keep(tab: Browser) -> dict[str, str]:
    """Press the button of the preview."""
    columns = {f"column-{column['at']}": column["place"] for column in tab.sees(S, "columns")}
    return asked(await post(tab, "/upload/statements/keep", {"file": tab.sees(S, "token"), **columns}))


@pytest.mark.parametrize("write", [as_csv, as_xlsx], ids=["csv", "xlsx"])
async def test_a_statement_is_previewed_then_kept_once(desk: Desk, shop: Shop, write: object) -> None:
    raw = write(received("DLU1H6X8AA"), cashed_out("DLU1H6X8AB"), (*received("x")[:8], "?", "", ""), headings=BKASH)  # type: ignore[operator]
    tab = await desk.browser("manager")
    await look_at(tab, raw)
    assert [(line["becomes"], line["amount"]) for line in tab.sees(S, "lines")] == [
        ("Not understood", ""), ("Payment", "৳500"), ("No income", "−৳300"),
    ]  # fmt: skip
    assert tab.sees(S, "lines")[0]["said"] and tab.sees(S, "lines")[0]["why"]
    assert tab.sees(WalletState, "rows") == [], "nothing is kept before it was looked at"
    assert (await keep(tab))["kept"] == "3 lines: 1 payment, 1 no income, 1 not understood."
    await tab.arrive("/wallet")
    assert [row["trx_id"] for row in tab.sees(WalletState, "rows")] == ["DLU1H6X8AA"]
    await look_at(tab, raw)
    assert tab.sees(S, "summary") == "3 lines: 3 known already."
    assert (await keep(tab))["kept"] == "3 lines: 3 known already."


async def test_columns_are_said_once_and_remembered(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    await look_at(tab, as_csv(("22/11/2026", "x", "70", "5", "170", "754MJGAA"), headings=OTHERS), "nagad")
    assert tab.sees(S, "problem").startswith("Say which column is the amount")
    assert "refused" in await keep(tab)
    for column in tab.sees(S, "columns"):
        await tab.call(S.choose, at=column["at"], place=CHOICE[column["heading"]])
    assert "in and" in tab.sees(S, "lines")[0]["why"]
    await keep(tab)
    await look_at(tab, as_csv(("23/11/2026", "x", "80", "", "250", "754MJGAB"), headings=OTHERS), "nagad")
    assert tab.sees(S, "summary") == "1 line: 1 payment."


async def test_a_line_of_a_statement_is_evidence_in_the_verify_dialog(desk: Desk, shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    shop.do(order, ClaimPayment(method="bkash", transaction_id="DLU1H6X8AA", sender="01711000000"))
    tab = await desk.browser("manager")
    await look_at(
        tab, as_csv(received("DLU1H6X8AA", f"{shop.order(order).due_poisha / 100:.2f}"), received("DLU1H6X8AC"))
    )
    await keep(tab)
    await tab.arrive("/orders")
    await tab.call(VerifyState.show, number=shop.order(order).number)
    assert tab.sees(VerifyState, "evidence") == "message"
    assert tab.sees(VerifyState, "transaction_id") == "DLU1H6X8AA"
    assert tab.sees(VerifyState, "blocked") == "" and tab.sees(VerifyState, "message_error") == ""
    await tab.arrive("/wallet?tab=nobodys")
    (row,) = tab.sees(WalletState, "rows")
    await tab.call(AssignState.show, line_id=row["id"])
    form = {"press": tab.sees(AssignState, "press"), "order": shop.order(order).number}
    await tab.call(AssignState.choose, form=form)
    assert (tab.sees(VerifyState, "transaction_id"), tab.sees(VerifyState, "amount")) == ("DLU1H6X8AC", "500")


async def test_who_may_not_verify_sends_and_sees_no_statement(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("packer")
    for path in ("/upload/statements", "/upload/statements/keep"):
        assert (await post(tab, path, {"wallet": "bkash"}, as_csv())).status_code == 403


async def test_a_file_that_is_none_or_of_no_wallet_is_refused_with_a_sentence(desk: Desk, shop: Shop) -> None:
    tab = await desk.browser("manager")
    for wallet, raw in (("bkash", b"%PDF-1.7 a bill"), ("gold", as_csv(received("DLU1H6X8AA")))):
        assert asked(await post(tab, "/upload/statements", {"wallet": wallet}, raw))["refused"]
    await look_at(tab, b"PK\x03\x04 and nothing that follows")
    assert "damaged" in tab.sees(S, "refused")
    await tab.arrive(f"/wallet?file={'0' * 32}")
    assert "Choose the file again" in tab.sees(S, "refused")
