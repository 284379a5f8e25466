"""The verify dialog's state: evidence first, then the booking, once, on the order that the form was shown for."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.clock import ManualClock
from dokango.db import Database
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.people.actor import Actor
from dokango_web.dokango_web import app
from state.kit import live
from state.orders.verify import VerifyState
from tests.small_shop import Shop, open_shop
from tests.state.desk import Browser, Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PASTED = "Money Received. Amount: Tk {taka} Sender: 01711000000 Ref: N/A TxnID: {trx} Balance: Tk 2.00"


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    return open_shop(db, clock, owner)


def claimed(number: int) -> dict[str, Any]:
    return {"payment": {"method": "bkash", "transaction_id": f"BLU1H6X8A{number}", "sender": "01711000000"}}


def form(tab: Browser, **typed: str) -> dict[str, str]:
    """What the browser sends: what the tab was shown, with what was `typed` over it."""
    shown = {"number": tab.sees(VerifyState, "number"), "version": str(tab.sees(VerifyState, "version"))}
    shown["press"] = tab.sees(VerifyState, "press")
    fields = {"received": "amount", "trx": "transaction_id", "from": "sender", "message": "message", "wallet": "method"}
    return shown | {name: tab.sees(VerifyState, var) for name, var in fields.items()} | typed


def wallets_side(tab: Browser) -> tuple[str, ...]:
    return tuple(tab.sees(VerifyState, var) for var in ("amount", "transaction_id", "sender", "message"))


async def show(desk: Desk, done: Done, path: str = "/orders") -> Browser:
    tab = await desk.browser("manager")
    await tab.arrive(path)
    await tab.call(VerifyState.show, number=done.number)
    return tab


async def test_verifying_goes_from_claim_to_claim(desk: Desk, shop: Shop) -> None:
    first, second = shop.place(("MUG", 1), **claimed(1)), shop.place(("MUG", 1), **claimed(2))
    tab = await show(desk, first)
    assert tab.sees(VerifyState, "position") == "1 of 2 to verify"

    await tab.call(VerifyState.type_amount, typed="850")
    assert "৳50 stays due" in tab.sees(VerifyState, "amount_words")
    await tab.call(VerifyState.receive, form=form(tab))

    assert (shop.order(first).paid_poisha, shop.order(first).due_poisha) == (85_000, 5_000)
    assert tab.told == [f"৳850 received on #{first.number}. ৳50 stays due."]
    assert (tab.sees(VerifyState, "number"), tab.sees(VerifyState, "is_open")) == (second.number, True)
    await tab.call(VerifyState.skip)
    assert tab.sees(VerifyState, "is_open") is False


async def test_what_is_short_by_a_little_is_forgiven_with_one_tick(desk: Desk, shop: Shop) -> None:
    first, second = shop.place(("MUG", 1), **claimed(1)), shop.place(("MUG", 1), **claimed(2))
    tab = await show(desk, first)
    await tab.call(VerifyState.type_amount, typed="850")
    assert tab.sees(VerifyState, "forgivable") == "", "the owner lets no more than a taka go"
    await tab.call(VerifyState.type_amount, typed="899.50")
    assert tab.sees(VerifyState, "forgivable") == "৳0.50"

    await tab.call(VerifyState.receive, form=form(tab, forgive="on"))
    assert (shop.order(first).due_poisha, shop.order(first).forgiven_poisha) == (0, 50)
    assert (tab.sees(VerifyState, "number"), tab.sees(VerifyState, "forgivable")) == (second.number, "")
    await tab.call(VerifyState.type_amount, typed="899.50")
    await tab.call(VerifyState.receive, form=form(tab))
    assert (shop.order(second).due_poisha, shop.order(second).forgiven_poisha) == (50, 0), "not unless it is ticked"


async def test_the_customers_word_alone_is_no_evidence(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **claimed(1))
    tab = await show(desk, done)

    assert wallets_side(tab) == ("", "", "", "")
    assert (tab.sees(VerifyState, "findings"), tab.sees(VerifyState, "wallet_says")) == ([], [])
    assert tab.sees(VerifyState, "evidence") == "" != tab.sees(VerifyState, "blocked")
    await tab.call(VerifyState.receive, form=form(tab, trx="BLU1H6X8A1"))
    assert shop.order(done).paid_poisha == 0


async def test_an_amount_that_is_typed_is_evidence_until_it_is_taken_back(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **claimed(1))
    tab = await show(desk, done)

    await tab.call(VerifyState.type_amount, typed="900")
    assert wallets_side(tab) == ("900", "BLU1H6X8A1", "01711000000", "")
    assert (tab.sees(VerifyState, "blocked"), tab.sees(VerifyState, "button")) == ("", "Mark ৳900 received")
    await tab.call(VerifyState.type_amount, typed="")
    assert wallets_side(tab) == ("", "", "", "")
    await tab.call(VerifyState.receive, form=form(tab))
    assert shop.order(done).paid_poisha == 0


async def test_what_was_typed_before_the_amount_stays(desk: Desk, shop: Shop) -> None:
    tab = await show(desk, shop.place(("MUG", 1), **claimed(1)))
    await tab.call(VerifyState.type_trx_id, typed="BLU1H6X8A9")
    await tab.call(VerifyState.type_amount, typed="900")
    await tab.call(VerifyState.type_amount, typed="")

    assert wallets_side(tab) == ("", "BLU1H6X8A9", "", "")


async def test_after_a_booking_the_next_order_waits_for_evidence_of_its_own(desk: Desk, shop: Shop) -> None:
    first, second = shop.place(("MUG", 1), **claimed(1)), shop.place(("MUG", 1), **claimed(2))
    tab = await show(desk, first)
    await tab.call(VerifyState.type_amount, typed="900")
    sent = form(tab)

    await tab.call(VerifyState.receive, form=sent)
    assert wallets_side(tab) == ("", "", "", "")
    await tab.call(VerifyState.receive, form=sent)  # the same press, twice by a slow line
    await tab.call(VerifyState.receive, form=form(tab))  # Enter once more
    await tab.call(VerifyState.type_amount, typed="900", number=first.number)  # typed while the first was shown
    await tab.call(VerifyState.paste, message=PASTED.format(taka=900, trx="BLU1H6X8A2"), number=first.number)
    await tab.call(VerifyState.receive, form=form(tab))

    assert (shop.order(first).paid_poisha, shop.order(second).paid_poisha) == (90_000, 0)
    assert (tab.sees(VerifyState, "number"), tab.sees(VerifyState, "evidence")) == (second.number, "")
    assert len(tab.told) == 1


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": "1001"}, "which you had not seen"),
        ({"number": ""}, "shown anew"),
        ({"version": "99"}, "changed by somebody else"),
        ({"version": ""}, "changed by somebody else"),
        ({"version": "one"}, "changed by somebody else"),
    ],
)
async def test_a_form_that_shows_something_else_books_nothing(
    desk: Desk, shop: Shop, changed: dict[str, str], sentence: str
) -> None:
    other, done = shop.place(("MUG", 1), **claimed(1)), shop.place(("MUG", 1), **claimed(2))
    tab = await show(desk, done)
    await tab.call(VerifyState.type_amount, typed="900")

    await tab.call(VerifyState.receive, form=form(tab, **changed))

    assert sentence in " ".join([tab.sees(VerifyState, "failure"), *tab.told])
    assert (shop.order(other).paid_poisha, shop.order(done).paid_poisha) == (0, 0)
    await tab.call(VerifyState.receive, form=form(tab))
    assert shop.order(done).paid_poisha == 90_000


async def test_a_rejection_is_for_the_order_that_was_shown_too(desk: Desk, shop: Shop) -> None:
    first, second = shop.place(("MUG", 1), **claimed(1)), shop.place(("MUG", 1), **claimed(2))
    tab = await show(desk, first)
    await tab.call(VerifyState.ask_reject, is_open=True)
    sent = form(tab, reason="Not in our wallet")

    await tab.call(VerifyState.reject, form=sent)
    await tab.call(VerifyState.reject, form=sent)
    await tab.call(VerifyState.ask_reject, is_open=True)
    await tab.call(VerifyState.reject, form={"reason": "Not in our wallet"})

    assert (shop.order(first).claim_waits, shop.order(second).claim_waits) == (0, 1)
    assert "shown anew" in tab.told[-1]


@pytest.mark.parametrize(("path", "goes_on"), [("/orders", True), ("/orders/{n}", False), ("/orders/{n}/", False)])
async def test_from_an_orders_own_page_it_closes_after_that_order(
    desk: Desk, shop: Shop, path: str, goes_on: bool
) -> None:
    first, second = shop.place(("MUG", 1), **claimed(1)), shop.place(("MUG", 1), **claimed(2))
    tab = await show(desk, first, path.format(n=first.number))
    await tab.call(VerifyState.type_amount, typed="900")

    await tab.call(VerifyState.receive, form=form(tab))

    assert tab.sees(VerifyState, "is_open") is goes_on
    assert tab.sees(VerifyState, "number") == (second.number if goes_on else first.number)


async def test_a_used_trx_id_is_said_at_once_and_cannot_be_booked(desk: Desk, shop: Shop) -> None:
    shop.settle(shop.place(("MUG", 1)), trx_id="BLU1H6X8A1")
    done = shop.place(("MUG", 1), **claimed(1))
    tab = await show(desk, done)

    assert "belongs to order #1001" in tab.sees(VerifyState, "blocked")
    assert "belongs to order #1001" in tab.sees(VerifyState, "about_claim")[0]["words"]
    await tab.call(VerifyState.type_amount, typed="900")
    await tab.call(VerifyState.receive, form=form(tab))
    assert shop.order(done).paid_poisha == 0
    assert "belongs to order #1001" in tab.sees(VerifyState, "failure")


async def test_a_colleagues_step_is_said_in_the_open_dialog(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **claimed(1))
    tab = await show(desk, done)
    await tab.call(VerifyState.type_amount, typed="850")
    before = form(tab)
    shop.do(done, c.Hold(reason="suspicious"))

    await live.refresh(app, {"orders"})

    assert "changed by somebody else" in tab.sees(VerifyState, "failure")
    assert (tab.sees(VerifyState, "amount"), tab.sees(VerifyState, "version")) == ("850", done.version + 1)
    await tab.call(VerifyState.receive, form=before)
    assert shop.order(done).paid_poisha == 0


async def test_a_step_that_came_a_moment_before_the_press_is_said_too(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **claimed(1))
    tab = await show(desk, done)
    await tab.call(VerifyState.type_amount, typed="900")
    shop.do(done, c.Hold(reason="suspicious"))

    await tab.call(VerifyState.receive, form=form(tab))

    assert "did “hold”" in tab.sees(VerifyState, "failure")
    assert (shop.order(done).paid_poisha, tab.sees(VerifyState, "amount")) == (0, "900")


async def test_a_pasted_message_fills_and_compares(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), payment={"method": "nagad"})
    tab = await show(desk, done)

    await tab.call(VerifyState.paste, message=PASTED.format(taka="900.00", trx="754MJGAA"))

    assert (tab.sees(VerifyState, "method"), tab.sees(VerifyState, "transaction_id")) == ("nagad", "754MJGAA")
    assert {line["about"]: line["level"] for line in tab.sees(VerifyState, "wallet_says")} == {
        "trx": "good",
        "amount": "good",
        "sender": "good",
    }
    await tab.call(VerifyState.receive, form=form(tab))
    assert shop.order(done).money == "paid"


async def test_a_message_and_enter_at_once_book_what_fits(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), payment={"method": "nagad"})
    tab = await show(desk, done)

    await tab.call(VerifyState.receive, form=form(tab, message=PASTED.format(taka="900.00", trx="754MJGAA")))

    assert (shop.order(done).money, tab.told[0]) == ("paid", f"৳900 received on #{done.number}.")


async def test_a_message_that_does_not_fit_is_shown_before_it_is_booked(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), payment={"method": "nagad"})
    tab = await show(desk, done)
    hasty = form(tab, message=PASTED.format(taka="500.00", trx="754MJGAA"))

    await tab.call(VerifyState.receive, form=hasty)
    assert shop.order(done).paid_poisha == 0
    assert "Look, and press once more" in tab.sees(VerifyState, "failure")
    await tab.call(VerifyState.receive, form=form(tab))
    assert shop.order(done).paid_poisha == 50_000


@pytest.mark.parametrize("after", ["", "Send money of Tk 5 was successful"])
async def test_a_message_taken_away_takes_what_it_filled(desk: Desk, shop: Shop, after: str) -> None:
    tab = await show(desk, shop.place(("MUG", 1), payment={"method": "nagad"}))
    await tab.call(VerifyState.paste, message=PASTED.format(taka="900.00", trx="754MJGAA"))

    await tab.call(VerifyState.paste, message=after)

    assert wallets_side(tab) == ("", "", "", after)
    assert (tab.sees(VerifyState, "evidence"), tab.sees(VerifyState, "wallet_says")) == ("", [])


async def test_a_rejected_claim_tells_why(desk: Desk, shop: Shop) -> None:
    done = shop.place(("MUG", 1), **claimed(1))
    tab = await show(desk, done, f"/orders/{done.number}")

    await tab.call(VerifyState.ask_reject, is_open=True)
    await tab.call(VerifyState.reject, form=form(tab, reason=""))
    assert tab.sees(VerifyState, "errors")["reason"] != ""
    await tab.call(VerifyState.reject, form=form(tab, reason="Not in our wallet"))
    assert (shop.order(done).claim_waits, shop.order(done).money) == (0, "unpaid")
    assert tab.told == [f"The TrxID of #{done.number} is rejected. The customer is told."]


async def test_a_message_that_was_brought_before_and_fits_whole_is_the_evidence(desk: Desk, shop: Shop) -> None:
    exact, short, last = (shop.place(("MUG", 1), **claimed(n)) for n in (1, 2, 3))
    told = "You have received Tk {tk} from 01711000000. Fee Tk 0.00. Balance Tk 9,075.50. TrxID BLU1H6X8A{n}"
    lines = [Brought(told.format(tk="900.00", n=1)), Brought(told.format(tk="700.00", n=2))]
    desk.db.write(lambda tx: keep_all(tx, shop.owner, lines, PASTE, shop.clock.now_us()))
    tab = await show(desk, exact)
    assert wallets_side(tab)[:3] == ("900", "BLU1H6X8A1", "01711000000")
    assert tab.sees(VerifyState, "blocked") == ""
    await tab.call(VerifyState.receive, form=form(tab))
    assert shop.order(exact).money == "paid"
    assert (tab.sees(VerifyState, "number"), wallets_side(tab)) == (short.number, ("", "", "", ""))
    await tab.call(VerifyState.skip)
    assert (tab.sees(VerifyState, "number"), wallets_side(tab)) == (last.number, ("", "", "", ""))
