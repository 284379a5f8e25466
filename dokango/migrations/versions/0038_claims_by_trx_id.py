"""Claims are found by their TrxID, whatever wallet they name."""

from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("claim_trx", table_name="claim")
    op.create_index("claim_trx", "claim", ["trx_id", "method"])


def downgrade() -> None:
    op.drop_index("claim_trx", table_name="claim")
    op.create_index("claim_trx", "claim", ["method", "trx_id"])
