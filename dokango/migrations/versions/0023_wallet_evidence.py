"""What wallets told the shop, kept as evidence; and API keys for a phone that passes messages on."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_IS_INCOME = sa.text("reading = 'income'")
_OLD = "role IN ('owner', 'manager', 'packer', 'viewer')"
_NEW = "role IN ('owner', 'manager', 'packer', 'viewer', 'forwarder')"


def upgrade() -> None:
    op.create_table(
        "wallet_evidence",
        sa.Column("id", _WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("trx_id", sa.Text(), nullable=False),
        sa.Column("amount_poisha", _WHOLE, nullable=False),
        sa.Column("fee_poisha", _WHOLE, nullable=False),
        sa.Column("balance_poisha", _WHOLE, nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("sent_at", _WHOLE, nullable=True),
        sa.Column("kept_at", _WHOLE, nullable=False),
        sa.Column("kept_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "reading IN ('income', 'not_income', 'not_understood')", name="wallet_evidence_reading_known"
        ),
        sa.CheckConstraint("reading <> 'income' OR amount_poisha > 0", name="wallet_evidence_income_has_amount"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        sqlite_strict=True,
    )
    op.create_index(
        "wallet_evidence_trx", "wallet_evidence", ["method", "trx_id"], unique=True, sqlite_where=_IS_INCOME,
        postgresql_where=_IS_INCOME,
    )  # fmt: skip
    op.create_index("wallet_evidence_listed", "wallet_evidence", ["reading", "id"])
    for change in ("UPDATE", "DELETE"):
        op.execute(_insert_only(change))
    _change_roles(_OLD, _NEW)


def _insert_only(change: str) -> str:
    name = f"wallet_evidence_no_{change.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {change} ON wallet_evidence FOR EACH ROW EXECUTE FUNCTION insert_only()"
    return (
        f"CREATE TRIGGER {name} BEFORE {change} ON wallet_evidence BEGIN"
        " SELECT RAISE(ABORT, 'rows of wallet_evidence are only ever inserted'); END"
    )


def downgrade() -> None:
    op.execute("DELETE FROM api_key WHERE role = 'forwarder'")
    _change_roles(_NEW, _OLD)
    op.drop_table("wallet_evidence")


def _change_roles(before: str, after: str) -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute("ALTER TABLE api_key DROP CONSTRAINT api_key_role_known")
        op.execute(f"ALTER TABLE api_key ADD CONSTRAINT api_key_role_known CHECK ({after})")
        return
    # SQLite keeps a table's checks in its text alone: the table is made again.
    made = bind.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'api_key'")).scalar_one()
    columns = ", ".join(row[1] for row in bind.execute(sa.text("PRAGMA table_info(api_key)")))
    op.execute("ALTER TABLE api_key RENAME TO api_key_before")
    bind.exec_driver_sql(made.replace(before, after))
    bind.exec_driver_sql(f"INSERT INTO api_key ({columns}) SELECT {columns} FROM api_key_before")  # noqa: S608
    op.execute("DROP TABLE api_key_before")
