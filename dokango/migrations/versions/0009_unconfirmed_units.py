"""Which lines keep their units from the shelf unconfirmed, so that a SKU's are summed from a small index."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_UNCONFIRMED = sa.text("unconfirmed = 1")


def upgrade() -> None:
    op.execute(
        "ALTER TABLE order_line ADD COLUMN unconfirmed "
        f"{'BIGINT' if op.get_bind().dialect.name == 'postgresql' else 'INTEGER'} NOT NULL DEFAULT 0 "
        "CONSTRAINT order_line_unconfirmed_flag CHECK (unconfirmed IN (0, 1))"
    )
    op.execute(
        "UPDATE order_line SET unconfirmed = 1 "
        "WHERE tracks_stock = 1 AND order_id IN (SELECT id FROM \"order\" WHERE status = 'pending')"
    )
    op.create_index(
        "order_line_unconfirmed", "order_line", ["variant_id", "quantity"],
        sqlite_where=_UNCONFIRMED, postgresql_where=_UNCONFIRMED,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("order_line_unconfirmed", table_name="order_line")
    op.drop_column("order_line", "unconfirmed")
