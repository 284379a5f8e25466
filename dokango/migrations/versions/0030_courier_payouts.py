"""Payouts of couriers, each booked once, and what was found of every parcel in them; only ever inserted."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_TABLES = ("courier_payout", "courier_payout_line")


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "courier_payout",
        _whole("id"), _text("courier"), _text("reference"), _text("digest"), _text("source"), _text("name"),
        _whole("amount_poisha"), _whole("charges_poisha"), _whole("open_poisha"), _whole("parcels"),
        _whole("differences"), _whole("event_id"), _text("booked_by"), _whole("booked_at"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )  # fmt: skip
    op.create_index("courier_payout_reference", "courier_payout", ["courier", "reference"], unique=True)
    op.create_index("courier_payout_digest", "courier_payout", ["courier", "digest"], unique=True)
    op.create_table(
        "courier_payout_line",
        _whole("id"), _whole("payout_id"), _whole("line"), _text("name"), _whole("order_id", nullable=True),
        _whole("shipment_id", nullable=True), _text("verdict"), _text("charge_verdict"), _text("words"),
        _whole("collected_poisha", nullable=True), _whole("charge_poisha", nullable=True),
        _whole("paid_poisha", nullable=True), _whole("amount_poisha"), _whole("open_poisha"),
        sa.ForeignKeyConstraint(["payout_id"], ["courier_payout.id"]),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"]),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )  # fmt: skip
    op.create_index("courier_payout_line_payout", "courier_payout_line", ["payout_id", "id"])
    op.create_index("courier_payout_line_shipment", "courier_payout_line", ["shipment_id"])
    for table in _TABLES:
        for change in ("UPDATE", "DELETE"):
            op.execute(_trigger(op.get_bind().dialect.name, table, change))


def _trigger(dialect: str, table: str, change: str) -> str:
    name = f"{table}_no_{change.lower()}"
    if dialect == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION insert_only()"
    return (
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, 'rows of {table} are only ever inserted'); END"
    )


def downgrade() -> None:
    raise RuntimeError("The books cannot be made forgetful; restore a backup instead.")
