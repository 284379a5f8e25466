"""What customers were told."""

from __future__ import annotations

from typing import Literal

from dokango_web.api.shapes.base import Shape

MessageState = Literal["waiting", "sending", "sent", "delivered", "failed", "uncertain", "off"]


class MessageShape(Shape):
    """One message; `state` is how it ended or where it stands, `error` says why in a sentence."""

    id: int
    order: str | None
    template: str
    channel: str
    recipient: str
    state: MessageState
    error: str
    sent_at: str | None
    parts: int
    cost_poisha: int


class MessagesShape(Shape):
    """A page of messages, newest first."""

    messages: list[MessageShape]
    next_cursor: str | None
