"""When each order came to its customer."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

_DELIVERED = sa.text("delivered_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("order", sa.Column("delivered_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.execute(
        'UPDATE "order" SET delivered_at = (SELECT MAX(happened_at) FROM event '
        "WHERE event.order_id = \"order\".id AND event.to_status = 'delivered') "
        "WHERE status IN ('delivered', 'returned')"
    )
    op.create_index(
        "order_delivered", "order", ["delivered_at"], sqlite_where=_DELIVERED, postgresql_where=_DELIVERED
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("order_delivered", table_name="order")
    op.drop_column("order", "delivered_at")
