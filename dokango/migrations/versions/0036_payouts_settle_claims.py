"""What of a line of a courier's payout settled a claim, and which."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("courier_payout_line", sa.Column("claim_id", whole, nullable=True))
    op.add_column("courier_payout_line", sa.Column("claim_poisha", whole, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("courier_payout_line", "claim_poisha")
    op.drop_column("courier_payout_line", "claim_id")
