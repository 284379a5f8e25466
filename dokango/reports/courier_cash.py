"""How much cash do couriers hold that they have not paid out, and since when?"""

from __future__ import annotations

from collections.abc import Iterable

from dokango.couriers.carriers import names_written, said_name
from dokango.ledger import accounts
from dokango.ledger.balances import Balance
from dokango.money import taka
from dokango.reports.held_cash import AgeBand, by_age, held_by_day
from dokango.reports.kit.places import Line, Told, account_url, counted
from dokango.reports.kit.snapshot import Snapshot, balances


def with_couriers(balances: Iterable[Balance]) -> int:
    """Of a trial balance, what all couriers owe: cash they hold, less what they charge for returns."""
    prefix = accounts.courier_receivable("")
    return sum(balance.balance_poisha for balance in balances if balance.account.startswith(prefix))


def told(seen: Snapshot) -> Told:
    """The tile: what couriers owe, and for how many orders."""
    orders = sum(band.orders for band in seen.the(_bands))
    return Told(taka(with_couriers(seen.the(balances))), "#held", hint=counted(orders, "order"))


def lines(seen: Snapshot) -> list[Line]:
    """The list: by courier and age, and what their charges for returns take off it."""
    bands, names = seen.the(_bands), names_written(seen.tx)
    found = [
        Line(
            f"{said_name(band.courier, names)}, {band.band}", taka(band.amount_poisha, exact=True),
            account_url(accounts.courier_receivable(band.courier)), counted(band.orders, "order"),
        )
        for band in bands
    ]  # fmt: skip
    charges = with_couriers(seen.the(balances)) - sum(band.amount_poisha for band in bands)
    if charges:
        cost = accounts.COURIER_EXPENSE
        found.append(Line("Charges for returns", taka(charges, exact=True), account_url(cost)))
    return found


def _bands(seen: Snapshot) -> tuple[AgeBand, ...]:
    return by_age(held_by_day(seen.tx, seen.now_us))
