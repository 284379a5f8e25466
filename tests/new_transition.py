"""A transition that the shop does not have: a confirmed order goes back to pending. Four rows, as the README says."""

from __future__ import annotations

import pytest

from dokango.orders.lifecycle import commands, faces, table
from dokango.orders.lifecycle.commands import Command
from dokango.orders.lifecycle.decisions import effects as e
from dokango.orders.lifecycle.decisions import guards
from dokango.orders.lifecycle.faces import ROW, Face
from dokango.orders.lifecycle.table import Transition
from dokango.people.permissions import Permission

ACTION = "back_to_pending"
SENTENCE = "Order #{n} waits to be confirmed again."


class BackToPending(Command):
    """The order is looked at once more."""

    action = ACTION


TRANSITION = Transition(ACTION, ("confirmed",), "pending", Permission.CONFIRM, guards.not_held, e.nothing_more)
FACE = Face(ACTION, "Back to pending", "took it back to pending", SENTENCE, place=ROW)


def add_transition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the lifecycle know it until the test is over: its row, its command (which decides nothing more), its face."""
    monkeypatch.setattr(table, "TABLE", (*table.TABLE, TRANSITION))
    monkeypatch.setitem(table.ROWS, (ACTION, "confirmed"), TRANSITION)
    monkeypatch.setitem(table.PERMISSION_OF, ACTION, TRANSITION.permission)
    monkeypatch.setitem(commands.COMMANDS, ACTION, BackToPending)
    monkeypatch.setitem(faces.FACES, ACTION, FACE)
