"""Money that no order claimed, and what is done with it, as verbs."""

from __future__ import annotations

from dokango.orders import Context
from dokango.orders.reading import evidence_lists
from dokango.orders.sharing import SharePayment, share_payment
from dokango.payments.credits import credit_of
from dokango.payments.evidence import PASTE, Brought, keep_all
from dokango.payments.nobodys import (
    By,
    GiveBack,
    KeepForCustomer,
    PayOutCredit,
    give_back,
    keep_for_customer,
    pay_out_credit,
)
from dokango.people.actor import Actor
from tests.small_shop import Shop

PHONE = "01711000000"
TOLD = "You have received Tk {tk} from 01711000000. Fee Tk 0.00. Balance Tk 9,075.50. TrxID {trx}"


def came(shop: Shop, taka: int, trx: str = "BLU1H6X8AA") -> int:
    """A wallet's message of money that nobody claimed; the line's id."""
    text = TOLD.format(tk=f"{taka:,}.00", trx=trx)
    kept = shop.db.write(lambda tx: keep_all(tx, shop.owner, [Brought(text)], PASTE, shop.clock.now_us()))
    return kept[0].row.id


def give(shop: Shop, line: int, reference: str = "SENT123456", actor: Actor | None = None) -> int:
    by, form = By(actor or shop.owner, shop.clock), GiveBack(method="bkash", reference=reference)
    return shop.db.write(lambda tx: give_back(tx, by, line, form)).amount_poisha


def keep(shop: Shop, line: int, phone: str = "") -> int:
    by, form = By(shop.owner, shop.clock), KeepForCustomer(phone=phone)
    return shop.db.write(lambda tx: keep_for_customer(tx, by, line, form)).amount_poisha


def share(shop: Shop, line: int, *parts: tuple[str, int], rest: str = "nobodys") -> int:
    form = SharePayment.model_validate(
        {"parts": [{"order": number, "amount_poisha": amount} for number, amount in parts], "rest": rest}
    )
    return shop.db.write(lambda tx: share_payment(tx, Context(shop.owner, shop.clock), line, form)).credit_poisha


def credit(shop: Shop, phone: str = PHONE) -> int:
    return shop.db.read(lambda tx: credit_of(tx, phone))


def nobodys(shop: Shop) -> list[str]:
    return [row.trx_id for row in shop.db.read(lambda tx: evidence_lists.page(tx, evidence_lists.NOBODYS)).rows]


def stands(shop: Shop) -> dict[str, int]:
    """What the shop's own money and debts are, in taka."""
    kinds = ("cash", "payable:credits", "payable:refunds", "payable:nobodys", "receivable")
    return {account: poisha // 100 for account, poisha in shop.books().items() if account.startswith(kinds)}


def pay_out(shop: Shop, poisha: int, reference: str, phone: str = PHONE) -> int:
    by, form = By(shop.owner, shop.clock), PayOutCredit(method="bkash", amount_poisha=poisha, reference=reference)
    return shop.db.write(lambda tx: pay_out_credit(tx, by, phone, form)).amount_poisha
