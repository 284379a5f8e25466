"""Orders of visitors that nobody has confirmed or paid: counted by their customer and their network."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_UNCONFIRMED_WEB = sa.text("status = 'pending' AND channel = 'storefront' AND paid_poisha = 0")


def upgrade() -> None:
    op.add_column("order", sa.Column("network", sa.Text(), nullable=False, server_default=""))
    for name, column in (("order_web_customer", "customer_id"), ("order_web_network", "network")):
        op.create_index(name, "order", [column], sqlite_where=_UNCONFIRMED_WEB, postgresql_where=_UNCONFIRMED_WEB)


def downgrade() -> None:
    op.drop_index("order_web_network", table_name="order")
    op.drop_index("order_web_customer", table_name="order")
    op.drop_column("order", "network")
