"""Lines of wallets say what kind of movement they tell of, and which of the shop's numbers it came to."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("kind", "till"):
        op.add_column("wallet_evidence", sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("till", "kind"):
        op.drop_column("wallet_evidence", name)
