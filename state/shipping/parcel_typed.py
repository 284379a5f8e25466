"""The forms that stand over a parcel's drawer, read."""

from __future__ import annotations

from dokango.errors import InvalidInput
from dokango.orders.lifecycle.commands import ReceiveReturn, ReportProblem
from state.kit.form import Typed
from state.orders.typed import parcel_back_of, problem_of

SHELVES = {"restock": True, "write_off": False, "later": None}


def failed_attempt_of(typed: Typed) -> ReportProblem:
    """What a rider met; raises InvalidInput without words."""
    if not typed.get("reason"):
        raise InvalidInput({"reason": "Say what happened, for example “nobody home, tries tomorrow”."})
    return problem_of(typed)


def came_back_of(typed: Typed) -> ReceiveReturn:
    """What becomes of the goods of a parcel that is here again; raises InvalidInput when nothing was chosen."""
    shelf = typed.get("shelf", "")
    if shelf not in SHELVES:
        raise InvalidInput({"shelf": "Say whether the goods go back on the shelf, are written off or wait."})
    return parcel_back_of(typed, restock=SHELVES[shelf])


def move_of(typed: Typed) -> str:
    """Where a practice parcel goes; raises InvalidInput when nothing was chosen."""
    if not typed.get("status"):
        raise InvalidInput({"status": "Choose where the parcel goes."})
    return typed["status"]
