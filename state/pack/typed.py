"""What a packer ticked, read from a form: the checklist's fields are called "check " and the line's key."""

from __future__ import annotations

from collections.abc import Mapping

from dokango.orders.before.checklist import KEYS

CHECK = "check "


def checks_of(typed: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the lines that are ticked, in the checklist's order."""
    return tuple(key for key in KEYS if typed.get(f"{CHECK}{key}"))
