"""What of payouts belonged to no parcel, and how it was cleared up."""

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_OPEN = sa.text("open_poisha <> 0")


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "courier_clearing",
        sa.Column("id", _whole(), nullable=False),
        sa.Column("payout_id", _whole(), nullable=False),
        sa.Column("line_id", _whole(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("order_id", _whole(), nullable=True),
        sa.Column("amount_poisha", _whole(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("event_id", _whole(), nullable=False),
        sa.Column("cleared_by", sa.Text(), nullable=False),
        sa.Column("cleared_at", _whole(), nullable=False),
        sa.CheckConstraint("act IN ('assigned', 'given_back', 'set_off')", name="courier_clearing_act_known"),
        sa.ForeignKeyConstraint(["payout_id"], ["courier_payout.id"]),
        sa.ForeignKeyConstraint(["line_id"], ["courier_payout_line.id"]),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"]),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("courier_clearing_payout", "courier_clearing", ["payout_id", "line_id"])
    op.create_index("courier_clearing_line", "courier_clearing", ["line_id"])
    op.create_index(
        "courier_payout_line_open", "courier_payout_line", ["payout_id"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("courier_payout_line_open", table_name="courier_payout_line")
    op.drop_table("courier_clearing")
