"""The price of an order can be lowered: discounts of a line and of the whole, and what of a payment was forgiven."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

_OLD = "total_poisha = subtotal_poisha + delivery_poisha"
_NEW = "total_poisha = subtotal_poisha + delivery_poisha - discount_poisha"
_ORDER = ("discount_poisha", "discount_reason", "discount_by", "forgiven_poisha")


def upgrade() -> None:
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    for column, name in (("discount_poisha", "order_discount_within"), ("forgiven_poisha", "order_forgiven_within")):
        op.execute(
            f'ALTER TABLE "order" ADD COLUMN {column} {number} NOT NULL DEFAULT 0 CONSTRAINT {name} '
            f"CHECK ({column} >= 0 AND {column} <= subtotal_poisha + delivery_poisha)"
        )
    for column in ("discount_reason", "discount_by"):
        op.execute(f"ALTER TABLE \"order\" ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    op.execute(
        f"ALTER TABLE order_line ADD COLUMN discount_poisha {number} NOT NULL DEFAULT 0 "
        "CONSTRAINT order_line_discount_within "
        "CHECK (discount_poisha >= 0 AND discount_poisha <= quantity * unit_price_poisha)"
    )
    _change_total(_OLD, _NEW)


def downgrade() -> None:
    _change_total(_NEW, _OLD)
    op.drop_column("order_line", "discount_poisha")
    for column in _ORDER:
        op.drop_column("order", column)


def _change_total(before: str, after: str) -> None:
    """Another rule for the total. SQLite keeps rules in a table's text alone, and this table is one that many name:
    its text is written anew, as its makers advise for rules, and nothing is copied."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.execute('ALTER TABLE "order" DROP CONSTRAINT order_total_is_sum')
        op.execute(f'ALTER TABLE "order" ADD CONSTRAINT order_total_is_sum CHECK ({after})')
        return
    version = int(bind.execute(sa.text("PRAGMA schema_version")).scalar_one())
    bind.execute(sa.text("PRAGMA writable_schema = ON"))
    bind.execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE type = 'table' AND name = 'order'"),
        {"before": f"CHECK ({before})", "after": f"CHECK ({after})"},
    )
    bind.execute(sa.text(f"PRAGMA schema_version = {version + 1}"))
    bind.execute(sa.text("PRAGMA writable_schema = RESET"))
