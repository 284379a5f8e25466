"""What is decided of a parcel that is on its way: a problem with it, and another courier that takes the order."""

from __future__ import annotations

from dokango.couriers.carriers import carrier_called
from dokango.couriers.kind.status import CarrierStatus
from dokango.couriers.registry import followed_by_hand
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.decision import Decision, NoteProblem, SetShipment, Situation
from dokango.orders.lifecycle.door_writes import KnowsCollects

_HANDED_OVER = (
    CarrierStatus.DELIVERED, CarrierStatus.PARTIAL_DELIVERED, CarrierStatus.DELIVERED_APPROVAL_PENDING,
    CarrierStatus.PARTIAL_DELIVERED_APPROVAL_PENDING, CarrierStatus.EXCHANGED,
)  # fmt: skip


def report_problem(s: Situation, command: c.ReportProblem) -> Decision:
    """Raise a delivery problem, as a case, or say that it is solved."""
    words = command.problem
    return Decision(
        writes=[SetShipment({"problem": words}), NoteProblem(words, s.actor)], note=words or "problem cleared"
    )


def may_set_code(s: Situation) -> str:
    """The code of one that is called its courier gives."""
    return "" if s.order.courier in followed_by_hand() else f"{s.order.carrier} says the code itself."


def set_code(s: Situation, command: c.SetCode) -> Decision:
    """The live parcel's code, and where it is followed, when its courier is one that the owner keeps."""
    kept = carrier_called(s.carriers, s.order.carrier or "")
    link = kept.link_to(command.tracking_code) if kept is not None else ""
    code = SetShipment({"tracking_code": command.tracking_code, "tracking_link": link})
    return Decision(writes=[code], note=command.tracking_code)


def may_send_elsewhere(s: Situation) -> str:
    """Not when the customer has it, as the courier says."""
    return "The courier says that the customer has it." if s.order.carrier_status in _HANDED_OVER else ""


def send_elsewhere(s: Situation, command: c.SendElsewhere) -> Decision:
    """The parcel that is out is superseded; the goods stay kept for the order."""
    superseded = SetShipment({"live": None, "booking": "superseded", "problem": "", "asked_cod_poisha": None})
    told = KnowsCollects("another parcel takes over, whose rider is told what is due", s.actor)
    note = " · ".join(part for part in (f"not by {s.order.carrier} any more", command.reason) if part)
    return Decision(writes=[superseded, told], note=note)
