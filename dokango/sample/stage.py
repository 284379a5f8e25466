"""What the steps of the sample shop's stories work with."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from dokango.clock import ManualClock
from dokango.db import Tx
from dokango.orders import Context, Done, perform
from dokango.orders.book import rows
from dokango.orders.book.rows import OrderRow
from dokango.orders.lifecycle.commands import Command
from dokango.payments.methods import METHODS
from dokango.people.actor import Actor, customer
from dokango.people.permissions import Role
from dokango.sample.buyers import SampleBuyer


@dataclass(slots=True)
class Stage:
    """One transaction, a clock that is moved from happening to happening, and who works there."""

    tx: Tx
    clock: ManualClock
    rng: Random
    consignments: int
    manager: Actor = field(default_factory=lambda: Actor(0, "Nusrat Jahan", Role.MANAGER))
    packer: Actor = field(default_factory=lambda: Actor(0, "Sohel Rana", Role.PACKER))

    def act(self, actor: Actor, order: SampleOrder, command: Command) -> Done:
        """Take one step, as the site would."""
        return perform(self.tx, Context(actor, self.clock), order.number, command)

    def row(self, order: SampleOrder) -> OrderRow:
        """The order as it stands."""
        return rows.by_number(self.tx, order.number)

    def new_trx_id(self, method: str) -> str:
        """A TrxID of the method's usual shape."""
        return METHODS[method].trx.invented(self.rng)


@dataclass(slots=True)
class SampleOrder:
    """A placed order with what its later chapters need to know."""

    number: str
    buyer: SampleBuyer
    method: str
    courier: str
    trx_id: str = ""

    @property
    def customer(self) -> Actor:
        """The buyer, as the tracking link knows them."""
        return customer(self.buyer.name)
