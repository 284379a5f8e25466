"""What was asked for when somebody looked, and what is asked when they press: they are told before it is booked."""

from __future__ import annotations

from dokango.errors import Conflict
from dokango.money import taka


class AskedOtherwise(Conflict):
    """The order comes to something else than was on the screen, in all or in advance; nothing was written."""

    code = "asked-otherwise"

    def __init__(self, total_poisha: int, advance_poisha: int) -> None:
        self.total_poisha, self.advance_poisha = total_poisha, advance_poisha
        before = f", {taka(advance_poisha)} of it in advance" if advance_poisha else ", nothing of it in advance"
        super().__init__(
            f"It comes to {taka(total_poisha)} now{before}. That is not what was on the screen, so nothing was placed. "
            "Look at it, and place it again."
        )

    def data(self) -> dict[str, object]:
        return {"total_poisha": self.total_poisha, "advance_poisha": self.advance_poisha}
