"""A customer is asked about a failed delivery once an attempt, by whomever."""

from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(f'ALTER TABLE "case" ADD COLUMN asked_attempt {number} NOT NULL DEFAULT 0')
    op.execute('UPDATE "case" SET asked_attempt = attempts WHERE asks > 0')


def downgrade() -> None:
    op.drop_column("case", "asked_attempt")
