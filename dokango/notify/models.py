"""The outbox: what is to be told to whom, written by the lifecycle in its own transaction."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import SQLModel

from dokango.db.columns import check, row_id, strict, text, whole


class Message(SQLModel, table=True):
    """One message. `template` and `data` are rendered when it is delivered or read.

    It ends as sent (the channel took it), delivered (the channel said so), failed, uncertain (it may have gone; it is
    not sent again by itself) or off (nothing was set up to send it by); `error` says why in a sentence.
    """

    __table_args__ = strict(
        check("audience IN ('customer', 'staff')", "message_audience_known"),
        check(
            "state IN ('waiting', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'off')", "message_state_known"
        ),
        Index("message_state", "state", "id"),
        Index("message_audience", "audience", "id"),
        Index("message_order", "order_id"),
    )

    id: int | None = row_id()
    order_id: int | None = whole(None, foreign_key="order.id")
    event_id: int | None = whole(None, foreign_key="event.id")
    audience: str = text()
    template: str = text()
    recipient: str = text("")  # e-mail address or phone; empty for staff in the app
    phone: str = text("")  # of a customer, where `recipient` is an e-mail address too
    data: str = text("{}")
    state: str = text("waiting")
    channel: str = text("")
    subject: str = text("")
    body: str = text("")
    error: str = text("")
    created_at: int = whole()
    sent_at: int | None = whole(None)
    gateway_id: str = text("")
    parts: int = whole(0)  # that an SMS was paid as
    cost_poisha: int = whole(0)
    not_before: int | None = whole(None)  # it is held until then: what it tells may still be undone


class NoticeRead(SQLModel, table=True):
    """Up to which staff message a user has read the bell."""

    __tablename__ = "notice_read"
    __table_args__ = strict()

    user_id: int = whole(primary_key=True, foreign_key="user.id")
    message_id: int = whole()
