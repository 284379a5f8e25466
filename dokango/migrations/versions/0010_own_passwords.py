"""Passwords that somebody else made are changed at the first sign-in; sessions know where they come from."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_OF_THE_SHOP = sa.text("order_id IS NULL")


def upgrade() -> None:
    op.add_column("user", sa.Column("given_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.add_column("session", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    op.create_index("event_of_the_shop", "event", ["id"], sqlite_where=_OF_THE_SHOP, postgresql_where=_OF_THE_SHOP)


def downgrade() -> None:
    op.drop_index("event_of_the_shop", table_name="event")
    op.drop_column("session", "address")
    op.drop_column("user", "given_at")
