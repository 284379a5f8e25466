"""Cases: what waits for somebody gets a state, a deadline and a next act, and keeps all that happens on it."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_HOUR_US = 3_600_000_000
# what waited as (kind, family, state, next act, hours)
_FAILED = "failed_delivery"
_KINDS = {
    "parcel_returning": ("unknown", _FAILED, "coming_back", "wait_return", 168),
    "parcel_back": ("unknown", _FAILED, "to_inspect", "inspect", 48),
    "lost_or_damaged": ("lost", "loss", "needs_us", "agree_loss", 24),
    "partly_delivered": ("partial", "partial", "needs_us", "say_kept", 24),
    "booking_uncertain": ("booking_uncertain", "booking_uncertain", "needs_us", "settle_booking", 24),
    "booked_not_shipped": ("booked_not_shipped", "booked_not_shipped", "needs_us", "release_order", 24),
    "two_parcels": ("two_parcels", "two_parcels", "needs_us", "ask_one_back", 24),
    "courier_contradiction": ("courier_contradiction", "courier_contradiction", "needs_us", "ask_courier", 24),
    "amount_changed": ("amount_changed", "amount_changed", "needs_us", "compare_payout", 168),
    "job_failed": ("job_failed", "job_failed", "needs_us", "put_right", 24),
}
_OTHER = ("unknown", _FAILED, "needs_us", "ask_courier", 24)
_NOTED = ("noted", _FAILED, "needs_us", "call_customer", 24)


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _whole(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _big(), nullable=nullable)


def _text(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    _tables()
    for change in ("UPDATE", "DELETE"):
        op.execute(_trigger(op.get_bind().dialect.name, change))
    _bring_over(op.get_bind())
    op.drop_table("resolution")
    op.drop_index("shipment_problem", "shipment")


def _tables() -> None:
    op.create_table(
        "case",
        _whole("id"), *_text("subject"), _whole("order_id", nullable=True), _whole("shipment_id", nullable=True),
        *_text("kind", "family", "state", "words", "taken_by", "next_act"),
        *(_whole(name) for name in ("attempts", "version", "opened_at", "moved_at", "due_at")),
        _whole("said_late_at", nullable=True), _whole("closed_at", nullable=True), *_text("closed_by", "outcome"),
        sa.CheckConstraint(
            "state IN ('needs_us', 'asked_courier', 'asked_customer', 'coming_back', 'to_inspect', 'closed')",
            name="case_state_known",
        ),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="case_closed_says_when"),
        sa.CheckConstraint(
            "state = 'closed' OR (next_act <> '' AND due_at > 0)", name="case_open_says_what_and_when"
        ),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"]),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )  # fmt: skip
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "case_one_open", "case", ["subject", "family"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    op.create_index("case_open_order", "case", ["order_id"], sqlite_where=is_open, postgresql_where=is_open)
    op.create_index("case_order", "case", ["order_id", "id"])
    op.create_index("case_state", "case", ["state", "due_at", "id"])
    op.create_index("case_closed", "case", ["closed_at", "id"])
    op.create_table(
        "case_event",
        _whole("id"), *_text("key"), _whole("case_id"), *_text("what", "actor", "actor_kind", "words", "data"),
        _whole("at"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )  # fmt: skip
    op.create_index("case_event_case", "case_event", ["case_id", "id"])


def _trigger(dialect: str, change: str) -> str:
    name = f"case_event_no_{change.lower()}"
    if dialect == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {change} ON case_event FOR EACH ROW EXECUTE FUNCTION insert_only()"
    return (
        f"CREATE TRIGGER {name} BEFORE {change} ON case_event BEGIN"
        f" SELECT RAISE(ABORT, 'rows of case_event are only ever inserted'); END"
    )


def _bring_over(bind: sa.Connection) -> None:
    """What waited, and parcels with a problem that nothing waited for. The latest word of a matter is its case's."""
    meta = sa.MetaData()
    resolution, shipment, case, event = (
        sa.Table(name, meta, autoload_with=bind) for name in ("resolution", "shipment", "case", "case_event")
    )
    live = {row.order_id: row for row in bind.execute(sa.select(shipment).where(shipment.c.live == 1))}
    taken: dict[tuple[str, str], Any] = {}
    for row in bind.execute(sa.select(resolution).order_by(resolution.c.id)).all():
        made = _KINDS.get(row.kind, _OTHER)
        parcel = live.get(row.order_id)
        if row.kind == "job_failed":
            subject, shipment_id = row.key, None
        elif row.key.startswith("shipment/"):
            shipment_id = int(row.key.split("/")[1])
            subject = f"shipment/{shipment_id}"
        else:
            shipment_id = parcel.id if parcel is not None else None
            subject = f"shipment/{shipment_id}" if shipment_id else f"order/{row.order_id}"
        if row.closed_at is None and (subject, made[1]) in taken:
            _end(bind, case, event, taken[subject, made[1]], row.opened_at)
        values = {"subject": subject, "order_id": row.order_id, "shipment_id": shipment_id, "words": row.words}
        closed = _closed(row.closed_at, row.closed_by) if row.closed_at is not None else {}
        case_id = _put(bind, case, event, made, {**values, **closed}, row.opened_at, row.key)
        if closed:
            _note(bind, event, case_id, "closed", f"case/{case_id}/closed", "closed", row.closed_at)
        else:
            taken[subject, made[1]] = case_id
    for parcel in live.values():
        if parcel.problem and (f"shipment/{parcel.id}", _FAILED) not in taken:
            values = {
                "subject": f"shipment/{parcel.id}", "order_id": parcel.order_id, "shipment_id": parcel.id,
                "words": parcel.problem,
            }  # fmt: skip
            at = parcel.status_at or parcel.requested_at
            made = _OTHER if parcel.status in _BY_STATUS else _NOTED
            if parcel.booking == "booked":
                _put(bind, case, event, made, values, at, f"shipment/{parcel.id}/problem")


_BY_STATUS = ("hold", "cancelled_approval_pending", "unknown_approval_pending", "unknown")


def _put(
    bind: sa.Connection, case: sa.Table, event: sa.Table, made: tuple[str, str, str, str, int], values: dict[str, Any],
    at: int, key: str,
) -> int:  # fmt: skip
    kind, family, state, next_act, hours = made
    row = {
        "kind": kind, "family": family, "state": state, "next_act": next_act, "taken_by": "", "attempts": 1,
        "version": 1, "opened_at": at, "moved_at": at, "due_at": at + hours * _HOUR_US, "closed_by": "", "outcome": "",
        **values,
    }  # fmt: skip
    case_id = int(bind.execute(case.insert().values(row).returning(case.c.id)).scalar_one())
    _note(bind, event, case_id, "opened", key, values["words"], at)
    return case_id


def _closed(at: int, by: str) -> dict[str, Any]:
    return {"state": "closed", "closed_at": at, "closed_by": by, "outcome": "closed", "next_act": "", "version": 2}


def _end(bind: sa.Connection, case: sa.Table, event: sa.Table, case_id: int, at: int) -> None:
    bind.execute(case.update().where(case.c.id == case_id).values(_closed(at, "DokanGo")))
    _note(bind, event, case_id, "closed", f"case/{case_id}/closed", "closed", at)


def _note(bind: sa.Connection, event: sa.Table, case_id: int, what: str, key: str, words: str, at: int) -> None:
    row = {
        "key": key, "case_id": case_id, "what": what, "actor": "DokanGo", "actor_kind": "system", "words": words,
        "data": json.dumps({}), "at": at,
    }  # fmt: skip
    bind.execute(event.insert().values(row))


def downgrade() -> None:
    raise RuntimeError("What happened on a case cannot be forgotten; restore a backup instead.")
