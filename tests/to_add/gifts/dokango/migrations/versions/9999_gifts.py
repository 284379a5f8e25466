"""The tab of gifts."""

from alembic import op

revision = "9999"
down_revision = "‹head›"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""CREATE INDEX IF NOT EXISTS order_gifts ON "order" (placed_at, id) WHERE note LIKE 'a gift%'""")


def downgrade() -> None:
    op.execute("DROP INDEX order_gifts")
