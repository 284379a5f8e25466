"""Money that waits for a second person, and who made an API key."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_WAITS = sa.text("state = 'waiting'")
_FREE = "held_reason IS NULL"
_QUEUES = {
    "order_unpaid": (
        f"status = 'pending' AND due_poisha > 0 AND payment_method <> 'cod' AND claim_waits = 0 AND {_FREE}",
        ("placed_at", "id"),
    ),
    "order_to_verify": ("claim_waits = 1", ("placed_at", "id")),
    "order_expires": (
        "status = 'pending' AND channel = 'storefront' AND paid_poisha = 0 AND claim_waits = 0 AND " + _FREE,
        ("expires_at", "placed_at"),
    ),
}
_NOT_ASKED = " AND approval_kind = ''"


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _index(name: str, where: str, columns: tuple[str, ...]) -> None:
    op.create_index(name, "order", list(columns), sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    op.execute(
        "ALTER TABLE \"order\" ADD COLUMN approval_kind TEXT NOT NULL DEFAULT '' "
        "CONSTRAINT order_approval_known CHECK (approval_kind IN ('', 'payment', 'refund'))"
    )
    op.add_column("order", sa.Column("approval_person", _whole(), nullable=False, server_default="0"))
    for name, (where, columns) in _QUEUES.items():
        op.drop_index(name, table_name="order")
        _index(name, where + _NOT_ASKED, columns)
    _index("order_to_approve", "approval_kind <> ''", ("placed_at", "id"))
    _approvals()
    op.add_column("api_key", sa.Column("made_by", _whole(), nullable=True))
    op.execute(
        'UPDATE api_key SET made_by = (SELECT MIN(id) FROM "user" WHERE name = api_key.created_by) '
        'WHERE (SELECT COUNT(*) FROM "user" WHERE name = api_key.created_by) = 1'
    )


def _approvals() -> None:
    whole = _whole()
    op.create_table(
        "approval",
        sa.Column("id", whole, primary_key=True),
        sa.Column("order_id", whole, sa.ForeignKey("order.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "method", "trx_id")),
        *(sa.Column(name, whole, nullable=False) for name in ("amount_poisha", "limit_poisha")),
        sa.Column("command", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "asked_by", "asked_kind")),
        *(sa.Column(name, whole, nullable=False) for name in ("asked_person", "asked_at", "asked_version")),
        sa.Column("decided_by", sa.Text(), nullable=False),
        *(sa.Column(name, whole, nullable=True) for name in ("decided_person", "decided_at")),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('payment', 'refund')", name="approval_kind_known"),
        sa.CheckConstraint(
            "state IN ('waiting', 'approved', 'refused', 'withdrawn')", name="approval_state_known"
        ),
        sa.CheckConstraint("amount_poisha > 0", name="approval_amount_positive"),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="approval_decided_once"),
        sqlite_strict=True,
    )  # fmt: skip
    op.create_index(
        "approval_waits", "approval", ["order_id"], unique=True, sqlite_where=_WAITS, postgresql_where=_WAITS
    )
    op.create_index("approval_order", "approval", ["order_id", "id"])
    op.create_table(
        "reserved_trx_id",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("method", "trx_id")),
        sa.Column("order_id", whole, sa.ForeignKey("order.id"), nullable=False),
        sa.Column("reserved_at", whole, nullable=False),
        sa.PrimaryKeyConstraint("method", "trx_id", name="reserved_trx_id_pk"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_column("api_key", "made_by")
    op.drop_table("reserved_trx_id")
    op.drop_table("approval")
    op.drop_index("order_to_approve", table_name="order")
    for name, (where, columns) in _QUEUES.items():
        op.drop_index(name, table_name="order")
        _index(name, where, columns)
    for column in ("approval_person", "approval_kind"):
        op.drop_column("order", column)
