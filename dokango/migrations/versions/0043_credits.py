"""Money that belongs to a customer: their credit, what is given back of no order, and payments for several orders."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IS_WHOLE = sa.text("part = 0")
_KINDS = "kind IN ('kept', 'from_refund', 'spent', 'paid_out')"
_INSERT_ONLY = ("credit_entry", "given_back", "sending")


def upgrade() -> None:
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    for column in ("credit_used_poisha", "credited_poisha"):
        op.execute(
            f'ALTER TABLE "order" ADD COLUMN {column} {number} NOT NULL DEFAULT 0 '
            f"CONSTRAINT order_{column.removesuffix('_poisha')}_not_negative CHECK ({column} >= 0)"
        )
    op.execute(
        f"ALTER TABLE payment ADD COLUMN part {number} NOT NULL DEFAULT 0 "
        "CONSTRAINT payment_part_flag CHECK (part IN (0, 1))"
    )
    op.drop_index("payment_trx", table_name="payment")
    op.create_index("payment_trx", "payment", ["method", "trx_id"])
    op.create_index(
        "payment_whole", "payment", ["method", "trx_id"], unique=True, sqlite_where=_IS_WHOLE,
        postgresql_where=_IS_WHOLE,
    )  # fmt: skip
    _let_nobody_own()
    _add_tables()
    for table in _INSERT_ONLY:
        _keep(table)


def _add_tables() -> None:
    op.create_table(
        "credit",
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("balance_poisha", _WHOLE, nullable=False),
        sa.CheckConstraint("balance_poisha >= 0", name="credit_not_negative"),
        sa.PrimaryKeyConstraint("phone"),
        sqlite_strict=True,
    )
    op.create_table(
        "credit_entry",
        sa.Column("id", _WHOLE, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("event_id", _WHOLE, nullable=False),
        sa.Column("order_id", _WHOLE, nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_poisha", _WHOLE, nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("happened_at", _WHOLE, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint(_KINDS, name="credit_entry_kind_known"),
        sa.CheckConstraint("amount_poisha <> 0", name="credit_entry_of_something"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("credit_entry_phone", "credit_entry", ["phone", "id"])
    op.create_index("credit_entry_order", "credit_entry", ["order_id"])
    op.create_index("credit_entry_trx", "credit_entry", ["method", "trx_id"])
    op.create_table(
        "given_back",
        sa.Column("id", _WHOLE, nullable=False),
        sa.Column("event_id", _WHOLE, nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("amount_poisha", _WHOLE, nullable=False),
        sa.Column("sent_by", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("given_at", _WHOLE, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint("amount_poisha > 0", name="given_back_positive"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("given_back_trx", "given_back", ["method", "trx_id"])
    op.create_table(
        "sending",
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("event_id", _WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("method", "reference", name="sending_pk"),
        sqlite_strict=True,
    )


def _let_nobody_own() -> None:
    """A TrxID whose money was given back, kept as credit or shared is taken, by no single order."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE taken_trx_id ALTER COLUMN order_id DROP NOT NULL")
        return
    # SQLite keeps a column's rules in its table's text alone: the table is made again.
    made = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'taken_trx_id'")).scalar_one()
    for change in ("update", "delete"):
        op.execute(f"DROP TRIGGER taken_trx_id_no_{change}")
    op.execute("ALTER TABLE taken_trx_id RENAME TO taken_trx_id_before")
    bind.exec_driver_sql(made.replace("order_id INTEGER NOT NULL", "order_id INTEGER"))
    bind.exec_driver_sql(
        "INSERT INTO taken_trx_id (method, trx_id, order_id, taken_at) "
        "SELECT method, trx_id, order_id, taken_at FROM taken_trx_id_before"
    )
    op.execute("DROP TABLE taken_trx_id_before")
    _keep("taken_trx_id")


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
    raise RuntimeError("Customers' money cannot be forgotten; restore a backup instead.")
