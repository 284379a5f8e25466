"""Photos and screenshots beside a wallet's line, or beside what an order's customer claims; only ever inserted."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "wallet_photo",
        _whole("id"), _whole("evidence_id", nullable=True), _whole("order_id", nullable=True),
        sa.Column("name", sa.Text(), nullable=False), sa.Column("added_by", sa.Text(), nullable=False),
        _whole("added_at"),
        sa.CheckConstraint("(evidence_id IS NULL) <> (order_id IS NULL)", name="wallet_photo_beside_one"),
        sa.ForeignKeyConstraint(["evidence_id"], ["wallet_evidence.id"]),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )  # fmt: skip
    for beside in ("evidence", "order"):
        op.create_index(f"wallet_photo_{beside}", "wallet_photo", [f"{beside}_id", "name"], unique=True)
    for change in ("UPDATE", "DELETE"):
        op.execute(_trigger(op.get_bind().dialect.name, change))


def _trigger(dialect: str, change: str) -> str:
    name = f"wallet_photo_no_{change.lower()}"
    if dialect == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {change} ON wallet_photo FOR EACH ROW EXECUTE FUNCTION insert_only()"
    return (
        f"CREATE TRIGGER {name} BEFORE {change} ON wallet_photo BEGIN"
        " SELECT RAISE(ABORT, 'rows of wallet_photo are only ever inserted'); END"
    )


def downgrade() -> None:
    raise RuntimeError("What was kept as proof is not forgotten; restore a backup instead.")
