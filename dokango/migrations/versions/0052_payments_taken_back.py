"""A payment that was booked by mistake is taken back: its TrxID is free again, and begins another turn."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IS_WHOLE = sa.text("part = 0")
# (table, the rule's name, as it was, as it is)
_RULES = (
    (
        "order", "order_approval_known", "approval_kind IN ('', 'payment', 'refund')",
        "approval_kind IN ('', 'payment', 'refund', 'reversal')",
    ),
    ("approval", "approval_kind_known", "kind IN ('payment', 'refund')", "kind IN ('payment', 'refund', 'reversal')"),
)  # fmt: skip


def upgrade() -> None:
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(f"ALTER TABLE payment ADD COLUMN turn {number} NOT NULL DEFAULT 0")
    op.drop_index("payment_whole", table_name="payment")
    op.create_index(
        "payment_whole", "payment", ["method", "trx_id", "turn"], unique=True, sqlite_where=_IS_WHOLE,
        postgresql_where=_IS_WHOLE,
    )  # fmt: skip
    _let_take_again(number)
    op.create_table(
        "payment_reversal",
        sa.Column("id", _WHOLE, nullable=False),
        sa.Column("payment_id", _WHOLE, sa.ForeignKey("payment.id"), nullable=False),
        sa.Column("order_id", _WHOLE, sa.ForeignKey("order.id"), nullable=False),
        sa.Column("event_id", _WHOLE, sa.ForeignKey("event.id"), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("amount_poisha", _WHOLE, nullable=False),
        sa.Column("frees", _WHOLE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reversed_at", _WHOLE, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_poisha > 0", name="payment_reversal_amount_positive"),
        sa.CheckConstraint("frees IN (0, 1)", name="payment_reversal_frees_flag"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("payment_id"),
        sqlite_strict=True,
    )
    op.create_index("payment_reversal_order", "payment_reversal", ["order_id"])
    op.create_index("payment_reversal_trx", "payment_reversal", ["method", "trx_id"])
    _keep("payment_reversal")
    _change_rules()


def _let_take_again(number: str) -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute(f"ALTER TABLE taken_trx_id ADD COLUMN turn {number} NOT NULL DEFAULT 0")
        op.execute("ALTER TABLE taken_trx_id DROP CONSTRAINT taken_trx_id_pk")
        op.execute("ALTER TABLE taken_trx_id ADD CONSTRAINT taken_trx_id_pk PRIMARY KEY (method, trx_id, turn)")
        return
    # SQLite changes no primary key: the table is made again.
    for change in ("update", "delete"):
        op.execute(f"DROP TRIGGER taken_trx_id_no_{change}")
    op.execute("ALTER TABLE taken_trx_id RENAME TO taken_trx_id_before")
    op.create_table(
        "taken_trx_id",
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("order_id", _WHOLE, sa.ForeignKey("order.id"), nullable=True),
        sa.Column("taken_at", _WHOLE, nullable=False),
        sa.Column("turn", _WHOLE, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("method", "trx_id", "turn", name="taken_trx_id_pk"),
        sqlite_strict=True,
    )
    bind.exec_driver_sql(
        "INSERT INTO taken_trx_id (method, trx_id, order_id, taken_at, turn) "
        "SELECT method, trx_id, order_id, taken_at, 0 FROM taken_trx_id_before"
    )
    op.execute("DROP TABLE taken_trx_id_before")
    _keep("taken_trx_id")


def _change_rules() -> None:
    """SQLite keeps rules in a table's text alone: it is written anew, as its makers advise, and nothing is copied."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        for table, name, _, after in _RULES:
            op.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT {name}')
            op.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT {name} CHECK ({after})')
        return
    version = int(bind.execute(sa.text("PRAGMA schema_version")).scalar_one())
    bind.execute(sa.text("PRAGMA writable_schema = ON"))
    for table, _, before, after in _RULES:
        bind.execute(
            sa.text(
                "UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE type = 'table' AND name = :name"
            ),
            {"before": f"CHECK ({before})", "after": f"CHECK ({after})", "name": table},
        )
    bind.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema = RESET"))


def _keep(table: str) -> None:
    """Its rows are only ever inserted."""
    for change in ("UPDATE", "DELETE"):
        name = f"{table}_no_{change.lower()}"
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION insert_only()")
        else:
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN"
                f" SELECT RAISE(ABORT, 'rows of {table} are only ever inserted'); END"
            )


def downgrade() -> None:
    raise RuntimeError("What was taken back cannot be forgotten; restore a backup instead.")
