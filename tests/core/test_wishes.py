"""A customer asks for a change or to cancel: the order waits until it is done, done in part, or refused."""

from __future__ import annotations

from typing import Any

import pytest

from dokango.db import table_of
from dokango.errors import InvalidInput, NotAllowed, Refused, StaleVersion
from dokango.notify.messages import Letterhead, render
from dokango.notify.models import Message
from dokango.orders import Done
from dokango.orders.before.facts import verdicts_of
from dokango.orders.cases import rows as cases
from dokango.orders.customer import steps
from dokango.orders.customer.refusal_text import said_errors
from dokango.orders.customer.tracking import by_link
from dokango.orders.customer.tracking_text import describe
from dokango.orders.lifecycle import commands as c
from dokango.people.actor import Actor
from dokango.shop.profile import load_profile
from tests.core.couriered import COD
from tests.small_shop import Shop

_M = table_of(Message)


def asks(shop: Shop, order: Done, kind: str = "change", wish: str = "two mugs, please", **more: Any) -> Done:
    """The customer sends the form of their page."""
    token, form = shop.order(order).token, {"kind": kind, "wish": wish}
    return shop.db.write(lambda tx: steps.ask_change(tx, shop.clock, token, form, **more))


def waiting(shop: Shop, order: Done) -> list[tuple[str, str]]:
    return [(case.kind, case.words) for case in shop.db.read(lambda tx: cases.open_of(tx, order.order_id))]


def page(shop: Shop, order: Done, locale: str = "en") -> Any:
    tracked = shop.db.read(lambda tx: by_link(tx, shop.order(order).token))
    return describe(tracked, locale)


def letters(shop: Shop, audience: str) -> list[str]:
    query = _M.select().where(_M.c.audience == audience).order_by(_M.c.id)
    rows: list[Any] = shop.db.read(lambda tx: tx.rows(query))
    return [render(audience, row.template, row.data, Letterhead("Small shop", "", "")).body for row in rows]


def two_mugs(answers: str | None = "whole") -> c.Edit:
    return c.Edit.model_validate({"lines": [{"sku": "MUG", "quantity": 2}], "answers_wish": answers})


@pytest.mark.parametrize("status", ["pending", "confirmed", "packed"])
def test_the_order_waits_and_everybody_sees_why(shop: Shop, status: str) -> None:
    order = shop.bring_to(status, ("MUG", 1), **COD)
    asks(shop, order)
    assert waiting(shop, order) == [("change_asked", "asks for a change: two mugs, please")]
    assert f"Order #{order.number}, Rahima Akter asks for a change: two mugs, please" in letters(shop, "staff")[-1]
    row = shop.order(order)
    verdicts = shop.db.read(lambda tx: verdicts_of(tx, row, load_profile(tx), shop.clock.now_us()))
    assert ("Wishes", "bad") in [(verdict.check, verdict.level) for verdict in verdicts]
    step = c.Ship(courier="manual", carrier="Rider") if status == "packed" else c.Pack()
    if status != "pending":
        with pytest.raises(Refused, match="The customer asks for a change"):
            shop.do(order, step)
    assert page(shop, order).order["wish"] == "You asked for a change; we answer soon: two mugs, please"
    assert page(shop, order).order["can_ask"] == ""
    with pytest.raises(Refused):
        asks(shop, order, wish="three")


@pytest.mark.parametrize(
    ("answers", "begins"), [("whole", "As you asked. We changed"), ("part", "A part of what you asked for is done. We")]
)
def test_it_is_done_or_done_in_part(shop: Shop, answers: str, begins: str) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1), **COD)
    asks(shop, order)
    shop.do(order, two_mugs(answers))
    assert (waiting(shop, order), shop.order(order).wish, shop.order(order).wish_kind) == ([], "", "")
    assert begins in letters(shop, "customer")[-1]
    shop.do(order, c.Pack())


def test_an_edit_that_has_nothing_to_do_with_it_leaves_it_waiting(shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1), **COD)
    asks(shop, order)
    shop.do(order, two_mugs(None))
    assert len(waiting(shop, order)) == 1
    shop.do(order, c.RefuseChange(reason="no more."))
    with pytest.raises(InvalidInput, match="asks for nothing"):
        shop.do(order, c.Edit(note="x", answers_wish="whole"))


def test_it_is_refused_and_the_customer_reads_why_in_their_language(shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1), **COD)
    asks(shop, order)
    shop.do(order, c.RefuseChange(reason="It is the last one."))
    assert waiting(shop, order) == []
    assert "We cannot do it: It is the last one. The order goes on as it is." in letters(shop, "customer")[-1]
    assert page(shop, order).history[0]["what"] == "We could not change it: It is the last one."
    assert page(shop, order, "bn").history[1]["what"] == "আপনি পরিবর্তন চেয়েছেন"
    asks(shop, order, wish="then a card with it")
    assert len(waiting(shop, order)) == 1


def test_who_asks_to_cancel_is_cancelled_by_the_shop(shop: Shop) -> None:
    order = shop.bring_to("confirmed", ("MUG", 1), **COD)
    asks(shop, order, "cancel", "I found it elsewhere")
    with pytest.raises(Refused, match="asks to cancel it"):
        shop.do(order, c.Pack())
    shop.do(order, c.Cancel(reason="customer changed their mind"))
    assert (waiting(shop, order), shop.order(order).wish_kind) == ([], "")


def test_a_wish_that_is_too_long_is_said_to_be_so_and_never_cut(shop: Shop) -> None:
    order = shop.place(("MUG", 1))
    with pytest.raises(InvalidInput) as wrong:
        asks(shop, order, wish="ab" * 250 + "c")
    assert wrong.value.fields == {"wish": "Write at most 500 letters: these are 501. Shorten it."}
    assert "৫০০" in said_errors(wrong.value, "bn")["wish"] and shop.order(order).wish == ""
    asks(shop, order, wish="ab" * 250)
    assert shop.order(order).wish == "ab" * 250


@pytest.mark.parametrize("wish", ["", "   ", "\u200b"])
def test_an_empty_wish_is_none(shop: Shop, wish: str) -> None:
    order = shop.place(("MUG", 1))
    with pytest.raises(InvalidInput) as wrong:
        asks(shop, order, wish=wish)
    assert list(wrong.value.fields) == ["wish"]


def test_it_is_too_late_once_it_is_shipped_and_a_stale_page_is_told(shop: Shop) -> None:
    order = shop.bring_to("shipped", ("MUG", 1), **COD)
    with pytest.raises(Refused):
        asks(shop, order)
    assert page(shop, order).order["can_ask"] == ""
    other = shop.place(("MUG", 1))
    shop.do(other, c.AddNote(text="x"))
    with pytest.raises(StaleVersion):
        asks(shop, other, version=1)


def test_a_packer_refuses_nothing(shop: Shop, packer: Actor) -> None:
    order = shop.place(("MUG", 1))
    asks(shop, order)
    with pytest.raises(NotAllowed):
        shop.do(order, c.RefuseChange(reason="no"), actor=packer)
    with pytest.raises(Refused, match="asks for nothing"):
        shop.do(shop.place(("MUG", 1)), c.RefuseChange(reason="no"))
