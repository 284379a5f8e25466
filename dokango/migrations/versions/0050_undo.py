"""Steps that are undone: an event names the one that it takes back, and messages are held while they may be."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_UNDOES = sa.text("undoes IS NOT NULL")


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    kind = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(f"ALTER TABLE event ADD COLUMN undoes {kind} REFERENCES event (id)")
    op.create_index("event_undoes", "event", ["undoes"], unique=True, sqlite_where=_UNDOES, postgresql_where=_UNDOES)
    op.add_column("message", sa.Column("not_before", _whole(), nullable=True))


def downgrade() -> None:
    op.drop_column("message", "not_before")
    op.drop_index("event_undoes", table_name="event")
    op.drop_column("event", "undoes")
