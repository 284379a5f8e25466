"""Rows of the ledger, of stock movements, of payments and of the audit trail can be inserted and nothing else."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("event", "posting", "stock_movement", "payment", "refund", "taken_trx_id")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION insert_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'rows of % are only ever inserted', TG_TABLE_NAME; END $$"
        )
    for table in TABLES:
        for change in ("UPDATE", "DELETE"):
            op.execute(_trigger(op.get_bind().dialect.name, table, change))


def _trigger(dialect: str, table: str, change: str) -> str:
    name = f"{table}_no_{change.lower()}"
    if dialect == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {change} ON {table} FOR EACH ROW EXECUTE FUNCTION insert_only()"
    return (
        f"CREATE TRIGGER {name} BEFORE {change} ON {table} BEGIN"
        f" SELECT RAISE(ABORT, 'rows of {table} are only ever inserted'); END"
    )


def downgrade() -> None:
    raise RuntimeError("The books cannot be made forgetful; restore a backup instead.")
