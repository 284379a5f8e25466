"""What an order is found by: trigrams in SQLite's FTS5, prefixes of words in PostgreSQL."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            'CREATE TABLE order_search (order_id bigint PRIMARY KEY REFERENCES "order" (id), words text NOT NULL,'
            " vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED)"
        )
        op.execute("CREATE INDEX order_search_vector ON order_search USING gin (vector)")
    else:
        op.execute("CREATE VIRTUAL TABLE order_search USING fts5(words, tokenize='trigram')")


def downgrade() -> None:
    op.execute("DROP TABLE order_search")
