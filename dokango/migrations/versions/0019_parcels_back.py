"""A parcel that came back is inspected, and its order may be sent again; what stays with the shop of what was paid."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    number = "BIGINT" if dialect == "postgresql" else "INTEGER"
    for name in ("refusal_keeps", "kept"):
        op.execute(
            f'ALTER TABLE "order" ADD COLUMN {name}_poisha {number} NOT NULL DEFAULT 0 '
            f"CONSTRAINT order_{name}_not_negative CHECK ({name}_poisha >= 0)"
        )
    op.execute(
        f'ALTER TABLE "order" ADD COLUMN to_inspect {number} '
        "CONSTRAINT order_to_inspect_not_negative CHECK (to_inspect IS NULL OR to_inspect >= 0)"
    )
    op.execute(
        f"ALTER TABLE order_line ADD COLUMN to_inspect {number} NOT NULL DEFAULT 0 "
        "CONSTRAINT order_line_to_inspect_within CHECK (to_inspect >= 0 AND to_inspect <= quantity)"
    )
    # what came back undelivered until now was inspected as it came
    op.execute(
        "UPDATE \"order\" SET to_inspect = 0 WHERE status = 'returned' AND NOT EXISTS "
        "(SELECT 1 FROM event WHERE event.order_id = \"order\".id AND event.action = 'deliver')"
    )
    op.create_table(
        "inspection",
        sa.Column("id", _whole(), nullable=False),
        sa.Column("order_id", _whole(), nullable=False),
        sa.Column("event_id", _whole(), nullable=False),
        sa.Column("line_id", _whole(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("quantity", _whole(), nullable=False),
        sa.Column("inspected_at", _whole(), nullable=False),
        sa.CheckConstraint("condition IN ('resell', 'damaged', 'missing', 'wrong')", name="inspection_condition_known"),
        sa.CheckConstraint("quantity > 0", name="inspection_quantity_positive"),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"]),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("inspection_order", "inspection", ["order_id", "id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(_insert_only(dialect, "inspection", change))


def _insert_only(dialect: str, table: str, change: str) -> str:
    name = f"{table}_no_{change.lower()}"
    if dialect == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION insert_only()"
    return (
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, 'rows of {table} are only ever inserted'); END"
    )


def downgrade() -> None:
    op.drop_table("inspection")
    op.drop_column("order_line", "to_inspect")
    for name in ("to_inspect", "kept_poisha", "refusal_keeps_poisha"):
        op.drop_column("order", name)
