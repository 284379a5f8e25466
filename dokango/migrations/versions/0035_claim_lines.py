"""What a claim on a courier is for, line by line; those that were opened before are for all of their orders."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "claim_line",
        sa.Column("id", _whole(), nullable=False),
        *[sa.Column(name, _whole(), nullable=False) for name in ("claim_id", "line_id", "quantity")],
        sa.CheckConstraint("quantity > 0", name="claim_line_quantity_positive"),
        sa.ForeignKeyConstraint(["claim_id"], ["courier_claim.id"]),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("claim_line_once", "claim_line", ["claim_id", "line_id"], unique=True)
    op.execute(
        "INSERT INTO claim_line (claim_id, line_id, quantity)"
        " SELECT c.id, l.id, l.quantity FROM courier_claim c JOIN order_line l ON l.order_id = c.order_id"
    )


def downgrade() -> None:
    op.drop_table("claim_line")
