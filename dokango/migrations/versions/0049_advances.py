"""What is asked in advance stands on the order, by a rule of rows; the setting that asked before becomes its first."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None

_FREE = "held_reason IS NULL"
_ADVANCED = "advance_poisha - paid_poisha - forgiven_poisha <= 0"
_QUEUES = {
    "order_unpaid": (
        f"status = 'pending' AND due_poisha > 0 AND (payment_method <> 'cod' OR NOT ({_ADVANCED})) "
        f"AND claim_waits = 0 AND {_FREE} AND approval_kind = ''"
    ),
    "order_to_confirm": (
        f"status = 'pending' AND claim_waits = 0 AND (due_poisha = 0 OR (payment_method = 'cod' AND {_ADVANCED})) "
        f"AND {_FREE}"
    ),
}


def upgrade() -> None:
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    op.execute(
        f'ALTER TABLE "order" ADD COLUMN advance_poisha {number} NOT NULL DEFAULT 0 '
        "CONSTRAINT order_advance_not_negative CHECK (advance_poisha >= 0)"
    )
    op.execute("ALTER TABLE \"order\" ADD COLUMN advance_reason TEXT NOT NULL DEFAULT ''")
    _turn_the_setting_into_a_rule()
    for name, where in _QUEUES.items():
        op.drop_index(name, table_name="order")
        op.create_index(
            name, "order", ["placed_at", "id"], sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )


def _turn_the_setting_into_a_rule() -> None:
    bind = op.get_bind()
    found = bind.execute(
        sa.text("SELECT value, changed_by, changed_at FROM shop_setting WHERE key = 'profile'")
    ).one_or_none()
    if found is None:
        return
    profile = json.loads(found.value)
    asks, fixed = profile.pop("cod_advance", "none"), profile.pop("cod_advance_poisha", 0)
    bind.execute(
        sa.text("UPDATE shop_setting SET value = :value WHERE key = 'profile'"),
        {"value": json.dumps(profile, ensure_ascii=False)},
    )
    if asks == "none":
        return
    row = {"asks": "delivery"} if asks == "delivery" else {"asks": "amount", "amount_poisha": fixed}
    bind.execute(
        sa.text(
            "INSERT INTO shop_setting (key, value, changed_by, changed_at) VALUES ('advance_rule', :value, :by, :at)"
        ),
        {"value": json.dumps({"rows": [row]}), "by": found.changed_by, "at": found.changed_at},
    )
    order = sa.table(
        "order", *(sa.column(name) for name in ("advance_poisha", "delivery_poisha", "total_poisha", "status")),
        sa.column("payment_method"),
    )  # fmt: skip
    wanted = order.c.delivery_poisha if asks == "delivery" else sa.literal(fixed)
    bind.execute(
        sa.update(order)
        .where(order.c.status == "pending", order.c.payment_method == "cod")
        .values(advance_poisha=sa.case((wanted < order.c.total_poisha, wanted), else_=order.c.total_poisha))
    )


def downgrade() -> None:
    raise RuntimeError("What was asked in advance cannot be forgotten; restore a backup instead.")
