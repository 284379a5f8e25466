"""What couriers answered about places and buyers, kept; and what became of the parcels that were asked back."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "courier_answer",
        sa.Column("id", _big(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answered_at", _big(), nullable=True),
        sa.Column("tried_at", _big(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sqlite_strict=True,
    )
    op.create_table(
        "return_ask",
        sa.Column("id", _big(), nullable=False),
        sa.Column("shipment_id", _big(), nullable=False),
        sa.Column("courier", sa.Text(), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", _big(), nullable=False),
        sa.Column("changed_at", _big(), nullable=False),
        sa.Column("ask_at", _big(), nullable=False),
        sa.Column("closed_at", _big(), nullable=True),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("courier", "request_id"),
        sqlite_strict=True,
    )
    op.create_index("return_ask_shipment", "return_ask", ["shipment_id"])
    op.create_index("return_ask_open", "return_ask", ["ask_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_table("return_ask")
    op.drop_table("courier_answer")
