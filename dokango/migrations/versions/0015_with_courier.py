"""An index of the orders whose cash a courier holds, and the money word of those that came back with some of it out."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_WITH_COURIER = sa.text("courier_due_poisha > 0")


def upgrade() -> None:
    op.create_index(
        "order_with_courier", "order", ["id"], sqlite_where=_WITH_COURIER, postgresql_where=_WITH_COURIER
    )  # fmt: skip
    op.execute(
        "UPDATE \"order\" SET money = 'cod_with_courier' "
        "WHERE status IN ('cancelled', 'returned') AND courier_due_poisha > 0 AND refund_due_poisha = 0"
    )


def downgrade() -> None:
    op.drop_index("order_with_courier", table_name="order")
