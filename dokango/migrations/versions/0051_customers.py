"""Customers as people: what their orders come to, notes, labels, blocks, and numbers that are one person's."""

import sqlalchemy as sa
from alembic import op

from dokango.words import words_of

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

_COUNTS = ("orders", "open_orders", "delivered", "undelivered", "returned", "cancelled")
_AMOUNTS = ("ordered_poisha", "paid_poisha", "refunded_poisha", "due_poisha", "refund_due_poisha", "credit_poisha")
_BACK = "undelivered + returned"
_LISTS = {
    "blocked": "blocked_at IS NOT NULL",
    "owed": "refund_due_poisha > 0",
    "owing": "due_poisha > 0",
    "credit": "credit_poisha > 0",
    "returns": f"{_BACK} >= 2 AND ({_BACK}) * 4 >= delivered + {_BACK}",
}
_FIGURES = """
    COUNT(*) AS orders,
    SUM(CASE WHEN status IN ('pending', 'confirmed', 'shipped') THEN 1 ELSE 0 END) AS open_orders,
    SUM(CASE WHEN status = 'delivered' THEN 1 ELSE 0 END) AS delivered,
    SUM(CASE WHEN status = 'returned' AND to_inspect IS NOT NULL THEN 1 ELSE 0 END) AS undelivered,
    SUM(CASE WHEN status = 'returned' AND to_inspect IS NULL THEN 1 ELSE 0 END) AS returned,
    SUM(CASE WHEN status = 'cancelled' THEN 1 ELSE 0 END) AS cancelled,
    SUM(CASE WHEN status NOT IN ('cancelled', 'returned') THEN total_poisha ELSE 0 END) AS ordered_poisha,
    SUM(paid_poisha) AS paid_poisha, SUM(refunded_poisha) AS refunded_poisha, SUM(due_poisha) AS due_poisha,
    SUM(refund_due_poisha) AS refund_due_poisha, MAX(placed_at) AS last_at
"""
_SET = ", ".join(f"{name} = found.{name}" for name in ("last_at", *_COUNTS, *_AMOUNTS[:-1]))
_AT_ONCE = 5_000


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    whole = _whole()
    for name in ("last_at", *_COUNTS, *_AMOUNTS):
        op.add_column("customer", sa.Column(name, whole, nullable=False, server_default="0"))
    op.add_column("customer", sa.Column("blocked_at", whole, nullable=True))
    for name in ("blocked_by", "blocked_reason"):
        op.add_column("customer", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _tables()
    _fill()
    for name, where in {"last": "", **_LISTS}.items():
        only = sa.text(where) if where else None
        op.create_index(
            f"customer_{name}", "customer", ["last_at", "id"], sqlite_where=only, postgresql_where=only
        )  # fmt: skip


def _tables() -> None:
    whole = _whole()
    # by bytes on PostgreSQL too: a word is looked for by its beginning
    word = sa.Text(collation="C") if op.get_bind().dialect.name == "postgresql" else sa.Text()
    op.create_table(
        "customer_word",
        sa.Column("word", word, nullable=False),
        sa.Column("customer_id", whole, sa.ForeignKey("customer.id"), nullable=False),
        sa.PrimaryKeyConstraint("word", "customer_id", name="customer_word_pk"),
        sqlite_strict=True,
    )
    op.create_index("customer_word_customer", "customer_word", ["customer_id", "word"])
    op.create_table(
        "customer_note",
        sa.Column("id", whole, primary_key=True),
        sa.Column("customer_id", whole, sa.ForeignKey("customer.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "words", "by")),
        sa.Column("written_at", whole, nullable=False),
        sa.CheckConstraint(
            "kind IN ('note', 'labels', 'block', 'unblock', 'consent', 'merge', 'separate')",
            name="customer_note_known",
        ),
        sqlite_strict=True,
    )
    op.create_index("customer_note_customer", "customer_note", ["customer_id", "id"])
    _keep("customer_note")
    op.create_table(
        "customer_label",
        sa.Column("customer_id", whole, sa.ForeignKey("customer.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("label", "by")),
        sa.Column("put_at", whole, nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "label", name="customer_label_pk"),
        sqlite_strict=True,
    )
    op.create_table(
        "customer_alias",
        sa.Column("phone", sa.Text(), primary_key=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("main_phone", "by")),
        sa.Column("merged_at", whole, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("customer_alias_main", "customer_alias", ["main_phone"])


def _fill() -> None:
    """The figures of the orders that are here. Numbers of orders and of credit that have no customer's row get one."""
    op.execute(
        "INSERT INTO customer (phone, name, email, created_at) "
        "SELECT phone, MAX(name), '', MIN(placed_at) FROM \"order\" "
        "WHERE phone NOT IN (SELECT phone FROM customer) GROUP BY phone"
    )
    op.execute(
        "INSERT INTO customer (phone, name, email, created_at) SELECT phone, '', '', 0 FROM credit "
        "WHERE phone NOT IN (SELECT phone FROM customer)"
    )
    op.execute(
        f"UPDATE customer SET {_SET} "  # noqa: S608
        f'FROM (SELECT phone, {_FIGURES} FROM "order" GROUP BY phone) AS found WHERE found.phone = customer.phone'
    )
    op.execute(
        "UPDATE customer SET credit_poisha = credit.balance_poisha FROM credit WHERE credit.phone = customer.phone"
    )
    _find()


def _find() -> None:
    bind, last = op.get_bind(), 0
    page = sa.text("SELECT id, name FROM customer WHERE id > :last ORDER BY id LIMIT :most")
    keep = sa.text("INSERT INTO customer_word (word, customer_id) VALUES (:word, :id)")
    while found := bind.execute(page, {"last": last, "most": _AT_ONCE}).all():
        last = found[-1].id
        words = [{"word": word, "id": row.id} for row in found for word in dict.fromkeys(words_of(row.name))]
        if words:
            bind.execute(keep, words)


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
    raise RuntimeError("What was written of customers cannot be forgotten; restore a backup instead.")
