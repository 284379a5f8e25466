"""A click on the desk: the same click sent twice (a double press, a reconnect) is done once."""

from __future__ import annotations

import hashlib

from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.orders.book import rows
from dokango.orders.book.idempotency import Answer, answered, remember
from dokango.orders.lifecycle.commands import Command, Undo
from dokango.orders.lifecycle.perform import Context, Done, perform
from dokango.orders.lifecycle.undo import undo


def perform_once(tx: Tx, context: Context, number: str, command: Command) -> Done:
    """`perform`, or `undo`, idempotent: who clicks, on which version of which order, and what is asked make the key.

    The version seen is required: after anybody else's step the click is stale and refused (StaleVersion), while the
    very same click again is answered with the order as it stands. Raises what `perform` raises.
    """
    if context.version is None:
        raise InvalidInput({"version": "Say which version of the order you saw. Reload the page."})
    body = f"{command.action} {command.model_dump_json()}".encode()
    key = f"{number}/{context.version}/{hashlib.sha256(body).hexdigest()}"
    scope = f"desk {context.actor.id}"
    if answered(tx, scope, key, body) is not None:
        order = rows.by_number(tx, number)
        return Done(order.id, order.number, order.status, order.money, order.version, 0)
    done = undo(tx, context, number, command) if isinstance(command, Undo) else perform(tx, context, number, command)
    remember(tx, scope, key, body, Answer(done.order_id, 200, ""), context.clock.now_us())
    return done
