"""Messages that are held while what they tell may still be undone: let go when the time is over, or never sent."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, literal, or_, select, update

from dokango import topics
from dokango.db import Statement, Tx, table_of
from dokango.notify.models import Message

NOT_SENT = "Not sent: undone by {who}."
_M = table_of(Message)
_HELD = and_(_M.c.event_id == bindparam("event_id"), _M.c.state == "waiting", _M.c.channel == "")
_STOP = Statement(update(_M).where(_HELD, _M.c.not_before.is_not(None)).values(state="off", error=bindparam("why")))
_TOLD = Statement(
    select(func.count()).where(
        _M.c.event_id == bindparam("event_id"), _M.c.audience == "customer", _M.c.state.not_in(("off", "failed"))
    )
)
_FOR_STAFF = and_(_M.c.audience == "staff", _M.c.state == "waiting", _M.c.not_before <= bindparam("now"))
_ANY_FOR_STAFF = Statement(select(_M.c.id).where(_FOR_STAFF).limit(1))
_KEPT = [c.name for c in _M.c if c.name not in ("id", "state", "channel", "created_at", "not_before")]
_SAY = Statement(
    insert(_M).from_select(
        [*_KEPT, "state", "channel", "created_at"],
        select(*(_M.c[name] for name in _KEPT), literal("sent"), literal("app"), bindparam("at"))
        .where(_FOR_STAFF)
        .order_by(_M.c.id),
    )
)
_GONE = Statement(delete(_M).where(_FOR_STAFF))


def is_due() -> ColumnElement[bool]:
    """That nothing holds a message any more at the moment bound as `now`."""
    return or_(_M.c.not_before.is_(None), _M.c.not_before <= bindparam("now"))


def any_for_staff(tx: Tx, now_us: int) -> bool:
    """Whether something held from the staff is to be said."""
    return tx.value(_ANY_FOR_STAFF, now=now_us) is not None


def stop(tx: Tx, event_id: int, who: str) -> bool:
    """Send nothing of what was to be told of an event; whether its customer had been told already."""
    tx.run(_STOP, event_id=event_id, why=NOT_SENT.format(who=who))
    tx.changed(topics.MESSAGES)
    return bool(tx.value(_TOLD, event_id=event_id))


def say_to_staff(tx: Tx, now_us: int) -> None:
    """Put what was held from the staff into the bell, as news of this moment: nobody has read past it."""
    tx.run(_SAY, now=now_us, at=now_us)
    tx.run(_GONE, now=now_us)
    tx.changed(topics.MESSAGES)
