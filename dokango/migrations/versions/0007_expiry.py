"""Orders of visitors end when nobody confirms them: when, as their customers were told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_EXPIRES = sa.text(
    "status = 'pending' AND channel = 'storefront' AND paid_poisha = 0 AND claim_waits = 0 AND held_reason IS NULL"
)


def upgrade() -> None:
    op.add_column("order", sa.Column("expires_at", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
    op.create_index(
        "order_expires", "order", ["expires_at", "placed_at"], sqlite_where=_EXPIRES, postgresql_where=_EXPIRES
    )


def downgrade() -> None:
    op.drop_index("order_expires", table_name="order")
    op.drop_column("order", "expires_at")
