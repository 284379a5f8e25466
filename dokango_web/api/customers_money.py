"""Money that belongs to customers: what matches no order is given back, kept or shared; credit, and what is owed."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.ledger.balances import trial_balance
from dokango.orders import Context
from dokango.orders.sharing import SharePayment, share_payment
from dokango.payments.credits import credit_of
from dokango.payments.evidence import by_trx_id
from dokango.payments.nobodys import (
    By,
    GiveBack,
    KeepForCustomer,
    PayOutCredit,
    give_back,
    keep_for_customer,
    pay_out_credit,
)
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone
from dokango.reports.owed_to_customers import by_age, owed, owed_in_books
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.idempotency import Outcome, once
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.customers_money import CreditShape, OwedShape, SettledShape, SharedShape

router = APIRouter(route_class=JsonRoute, tags=["customers' money"])
_LINE = "/wallet-messages/{wallet}/{transaction_id}"


@router.post(f"{_LINE}/give-back", responses={200: {"model": SettledShape}}, openapi_extra=needs(Permission.REFUND))
async def give_it_back(request: Request, caller: Caller, wallet: str, transaction_id: str, body: GiveBack) -> Response:
    """All that is left of a payment that matches no order was sent back; `reference` is the wallet's of it."""
    by = By(caller, process.clock())
    return await once(
        request, caller, body,
        lambda tx: Outcome(200, _settled(give_back(tx, by, _line(tx, wallet, transaction_id), body))),
    )  # fmt: skip


@router.post(f"{_LINE}/keep", responses={200: {"model": SettledShape}}, openapi_extra=needs(Permission.VERIFY_PAYMENT))
async def keep_it(
    request: Request, caller: Caller, wallet: str, transaction_id: str, body: KeepForCustomer
) -> Response:
    """All that is left of a payment that matches no order is the credit of `phone`, or of who sent it."""
    by = By(caller, process.clock())
    return await once(
        request, caller, body,
        lambda tx: Outcome(200, _settled(keep_for_customer(tx, by, _line(tx, wallet, transaction_id), body))),
    )  # fmt: skip


@router.post(f"{_LINE}/share", responses={200: {"model": SharedShape}}, openapi_extra=needs(Permission.VERIFY_PAYMENT))
async def share_it(request: Request, caller: Caller, wallet: str, transaction_id: str, body: SharePayment) -> Response:
    """Book a part of one payment on each of several orders of one buyer; the rest stays nobody's, or is credit."""
    context = Context(caller, process.clock())

    def share(tx: Tx) -> Outcome:
        shared = share_payment(tx, context, _line(tx, wallet, transaction_id), body)
        orders = [{"number": one.number, "money": one.money, "version": one.version} for one in shared.orders]
        return Outcome(200, {"orders": orders, "credit_poisha": shared.credit_poisha})

    return await once(request, caller, body, share)


@router.get("/credits/{phone}", responses={200: {"model": CreditShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def read_credit(caller: Caller, phone: str) -> Response:
    """What of a customer's money waits for their next order."""
    known = normalise_phone(phone)
    return await read_response(lambda tx: {"phone": known, "credit_poisha": credit_of(tx, known)})


@router.post(
    "/credits/{phone}/pay-out", responses={200: {"model": SettledShape}}, openapi_extra=needs(Permission.REFUND)
)
async def pay_credit_out(request: Request, caller: Caller, phone: str, body: PayOutCredit) -> Response:
    """A customer's credit was sent to them in money."""
    by = By(caller, process.clock())
    return await once(request, caller, body, lambda tx: Outcome(200, _settled(pay_out_credit(tx, by, phone, body))))


@router.get(
    "/reports/owed-to-customers", responses={200: {"model": OwedShape}}, openapi_extra=needs(Permission.SEE_BOOKS)
)
async def read_owed(caller: Caller) -> Response:
    """What is owed to customers, the longest first, and by age; `total_poisha` is what the books owe."""
    now_us = process.clock().now_us()

    def figures(tx: Tx) -> dict[str, Any]:
        found = owed(tx)
        return {
            "rows": [
                {"kind": one.kind, "phone": one.phone, "order": one.order or None, "amount_poisha": one.amount_poisha,
                 "since": iso(one.since_us), "days": one.days(now_us)}
                for one in found
            ],
            "bands": [
                {"kind": band.kind, "band": band.band, "amount_poisha": band.amount_poisha, "count": band.customers}
                for band in by_age(found, now_us)
            ],
            "total_poisha": owed_in_books(trial_balance(tx)),
        }  # fmt: skip

    return await read_response(figures)


def _line(tx: Tx, wallet: str, transaction_id: str) -> int:
    """The line of a wallet that tells of a TrxID. Raises NotFound."""
    found = by_trx_id(tx, wallet, transaction_id)
    if found is None:
        raise NotFound("message of the wallet with TrxID", transaction_id[:40])
    return found.id


def _settled(done: Any) -> dict[str, Any]:
    return {"amount_poisha": done.amount_poisha, "phone": done.phone or None}
