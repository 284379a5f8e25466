"""What a customer asks to be changed of an order, while the shop has not answered."""

from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE \"order\" ADD COLUMN wish TEXT NOT NULL DEFAULT ''")
    op.execute(
        "ALTER TABLE \"order\" ADD COLUMN wish_kind TEXT NOT NULL DEFAULT '' "
        "CONSTRAINT order_wish_known CHECK (wish_kind IN ('', 'change', 'cancel'))"
    )


def downgrade() -> None:
    for column in ("wish_kind", "wish"):
        op.drop_column("order", column)
