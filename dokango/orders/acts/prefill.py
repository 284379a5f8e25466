"""What a form of an act holds when it opens: from the order, and from what its customer answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from dokango.clock import day_of
from dokango.money import typed_taka
from dokango.orders.acts.stand import Stand
from dokango.orders.lifecycle.decisions.lowering import collects_poisha


def filled(stand: Stand, act: str) -> dict[str, str]:
    """The fields of `act` that can be filled in already."""
    return _FILLED[act](stand, _answer(stand)) if act in _FILLED else {}


def _answer(stand: Stand) -> Mapping[str, str]:
    said = json.loads(stand.case.answer)
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def _day(stand: Stand, answer: Mapping[str, str]) -> dict[str, str]:
    tomorrow = day_of(stand.now_us) + timedelta(days=1)
    wanted = answer.get("day", "")
    return {"day": wanted if wanted >= day_of(stand.now_us).isoformat() else tomorrow.isoformat()}


def _address(stand: Stand, answer: Mapping[str, str]) -> dict[str, str]:
    order = stand.order
    if order is None:
        return {}
    told = answer.get("words", "") if answer.get("what") == "address" else ""
    return {
        "name": order.name, "phone": order.phone, "line": told or order.address_line,
        "area": order.area, "city": order.city, "district": order.district,
    }  # fmt: skip


def _collects(stand: Stand, answer: Mapping[str, str]) -> dict[str, str]:
    return {} if stand.order is None else {"collects_poisha": typed_taka(collects_poisha(stand.order))}


_FILLED: Mapping[str, Callable[[Stand, Mapping[str, str]], dict[str, str]]] = {
    "redeliver": _day,
    "correct_address": _address,
    "lower_cod": _collects,
}
