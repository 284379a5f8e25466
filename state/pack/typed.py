"""What a packer ticked, read from a form: the checklist's fields are called "check " and the line's key."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.orders.before.checklist import ITEMS

CHECK = "check "


def checks_of(typed: Mapping[str, str]) -> tuple[str, ...]:
    """The lines that are ticked, in the checklist's order."""
    return tuple(item for item in ITEMS if typed.get(f"{CHECK}{item}"))
