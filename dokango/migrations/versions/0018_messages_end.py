"""Every message ends: what was kept for want of a way is off, with a sentence; and what an SMS is paid as."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_OLD = "state IN ('waiting', 'sent', 'kept', 'failed')"
_NEW = "state IN ('waiting', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'off')"
_WHY = "Switched off: nothing was set up to send it by."


def upgrade() -> None:
    _change_states(_OLD, _NEW, [("kept", "off")])
    op.execute(sa.text("UPDATE message SET error = :why WHERE state = 'off'").bindparams(why=_WHY))
    whole = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    for column in ("phone TEXT NOT NULL DEFAULT ''", "gateway_id TEXT NOT NULL DEFAULT ''",
                   f"parts {whole} NOT NULL DEFAULT 0", f"cost_poisha {whole} NOT NULL DEFAULT 0"):  # fmt: skip
        op.execute(f"ALTER TABLE message ADD COLUMN {column}")


def downgrade() -> None:
    for column in ("phone", "gateway_id", "parts", "cost_poisha"):
        op.drop_column("message", column)
    _change_states(_NEW, _OLD, [("off", "kept"), ("uncertain", "failed"), ("delivered", "sent"), ("sending", "failed")])


def _change_states(before: str, after: str, moves: list[tuple[str, str]]) -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE message DROP CONSTRAINT message_state_known")
        _move(moves)
        op.execute(f"ALTER TABLE message ADD CONSTRAINT message_state_known CHECK ({after})")
        return
    # SQLite keeps a table's checks in its text alone: the table is made again, with its indexes.
    made = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'message'")).scalar_one()
    indexes = bind.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE tbl_name = 'message' AND type = 'index' AND sql IS NOT NULL")
    ).scalars().all()  # fmt: skip
    columns = ", ".join(row[1] for row in bind.execute(sa.text("PRAGMA table_info(message)")))
    op.execute("ALTER TABLE message RENAME TO message_before")
    for name in bind.execute(sa.text("SELECT name FROM sqlite_master WHERE tbl_name = 'message_before' "
                                     "AND type = 'index' AND sql IS NOT NULL")).scalars().all():  # fmt: skip
        op.execute(f"DROP INDEX {name}")
    bind.exec_driver_sql(made.replace(before, after))
    picked = ", ".join(_as_case(name, moves) for name in columns.split(", "))
    bind.exec_driver_sql(f"INSERT INTO message ({columns}) SELECT {picked} FROM message_before")  # noqa: S608  names alone
    op.execute("DROP TABLE message_before")
    for index in indexes:
        bind.exec_driver_sql(index)


def _as_case(column: str, moves: list[tuple[str, str]]) -> str:
    if column != "state":
        return column
    return "CASE state " + " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in moves) + " ELSE state END"


def _move(moves: list[tuple[str, str]]) -> None:
    for old, new in moves:
        op.execute(f"UPDATE message SET state = '{new}' WHERE state = '{old}'")  # noqa: S608  words of this file
