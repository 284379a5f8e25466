"""The words an order is found by, folded as what is asked is folded; in batches, going on where it was interrupted."""

from alembic import op
from sqlalchemy import column, func, insert, select, table

from dokango.orders.book.search import kept_words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 2_000
_ROW = {"sqlite": "rowid", "postgresql": "order_id"}
_NEW_TABLE = {
    "sqlite": "CREATE VIRTUAL TABLE IF NOT EXISTS order_search_folded USING fts5(words, tokenize='trigram')",
    # the words stand there as they are: no parser of the server's takes them apart once more
    "postgresql": (
        'CREATE TABLE IF NOT EXISTS order_search_folded (order_id bigint PRIMARY KEY REFERENCES "order" (id),'
        " words text NOT NULL, vector tsvector GENERATED ALWAYS AS"
        " (array_to_tsvector(array_remove(string_to_array(words, ' '), ''))) STORED)"
    ),
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    with op.get_context().autocommit_block():
        op.execute(_NEW_TABLE[dialect])
        while _next_batch(dialect):
            pass
    op.execute("DROP TABLE order_search")
    op.execute("ALTER TABLE order_search_folded RENAME TO order_search")
    if dialect == "postgresql":
        op.execute("CREATE INDEX order_search_words ON order_search USING gin (vector)")


def _next_batch(dialect: str) -> int:
    """Fold the words of the next orders, in a transaction of their own; how many there were."""
    connection = op.get_bind()
    was, now = (table(name, column(_ROW[dialect]), column("words")) for name in ("order_search", "order_search_folded"))
    order_id = was.c[_ROW[dialect]]
    op.execute("BEGIN")
    done = connection.scalar(select(func.max(now.c[_ROW[dialect]]))) or 0
    rows = connection.execute(
        select(order_id, was.c.words).where(order_id > done).order_by(order_id).limit(BATCH)
    ).all()
    if rows:
        folded = [{_ROW[dialect]: row, "words": kept_words(dialect, words.split())} for row, words in rows]
        connection.execute(insert(now), folded)
    op.execute("COMMIT")
    return len(rows)


def downgrade() -> None:
    raise RuntimeError("Words once folded cannot be unfolded; restore a backup instead.")
