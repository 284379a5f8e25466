"""Claims on couriers for what they lose, damage or deliver short, with their photos."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_OPEN = sa.text("closed_at IS NULL")


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "courier_claim",
        sa.Column("id", _whole(), nullable=False),
        *[sa.Column(name, _whole(), nullable=False) for name in ("order_id", "shipment_id")],
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "state", "words")],
        *[
            sa.Column(name, _whole(), nullable=False)
            for name in ("claimed_poisha", "paid_poisha", "packed_g", "found_g", "handed_at", "opened_at")
        ],
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("due_at", _whole(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in ("reference", "reason")],
        sa.Column("closed_at", _whole(), nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('lost', 'damaged', 'short_weight')", name="courier_claim_kind_known"),
        sa.CheckConstraint("state IN ('open', 'paid', 'part_paid', 'refused')", name="courier_claim_state_known"),
        sa.CheckConstraint("(state = 'open') = (closed_at IS NULL)", name="courier_claim_closed_says_when"),
        sa.CheckConstraint("claimed_poisha > 0 AND paid_poisha >= 0", name="courier_claim_amounts"),
        sa.ForeignKeyConstraint(["order_id"], ["order.id"]),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index(
        "courier_claim_one_open", "courier_claim", ["shipment_id"], unique=True, sqlite_where=_OPEN,
        postgresql_where=_OPEN,
    )  # fmt: skip
    op.create_index("courier_claim_order", "courier_claim", ["order_id", "id"])
    op.create_index("courier_claim_due", "courier_claim", ["due_at", "id"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_table(
        "claim_photo",
        sa.Column("id", _whole(), nullable=False),
        sa.Column("claim_id", _whole(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.Column("added_at", _whole(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["courier_claim.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("claim_photo_once", "claim_photo", ["claim_id", "name"], unique=True)


def downgrade() -> None:
    op.drop_table("claim_photo")
    op.drop_table("courier_claim")
