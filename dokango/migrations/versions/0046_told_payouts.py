"""Payouts that couriers tell of, until somebody looks at them, and when each courier is asked next."""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_OPEN = sa.text("set_aside_at IS NULL")


def upgrade() -> None:
    whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "told_payout",
        sa.Column("id", whole, primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("courier", "reference", "source")),
        *(sa.Column(name, whole, nullable=True) for name in ("amount_poisha", "paid_at")),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("heard_at", whole, nullable=False),
        sa.Column("set_aside_by", sa.Text(), nullable=False),
        sa.Column("set_aside_at", whole, nullable=True),
        sa.CheckConstraint("source IN ('api', 'notice')", name="told_payout_source_known"),
        sqlite_strict=True,
    )
    op.create_index("told_payout_reference", "told_payout", ["courier", "reference"], unique=True)
    op.create_index("told_payout_open", "told_payout", ["id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_table(
        "told_payout_parcel",
        sa.Column("id", whole, primary_key=True),
        sa.Column("told_payout_id", whole, sa.ForeignKey("told_payout.id"), nullable=False),
        sa.Column("shipment_id", whole, sa.ForeignKey("shipment.id"), nullable=False),
        sqlite_strict=True,
    )
    op.create_index("told_payout_parcel_once", "told_payout_parcel", ["told_payout_id", "shipment_id"], unique=True)
    op.create_index("told_payout_parcel_shipment", "told_payout_parcel", ["shipment_id"])
    op.create_table(
        "payout_turn",
        sa.Column("id", whole, primary_key=True),
        sa.Column("courier", sa.Text(), nullable=False, unique=True),
        sa.Column("next_at", whole, nullable=False),
        sqlite_strict=True,
    )


def downgrade() -> None:
    for table in ("payout_turn", "told_payout_parcel", "told_payout"):
        op.drop_table(table)
