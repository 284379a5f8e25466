"""What couriers were asked to do with booked parcels: cancel one, or change what they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "parcel_request",
        sa.Column("id", _whole(), primary_key=True),
        sa.Column("shipment_id", _whole(), sa.ForeignKey("shipment.id"), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("what", "state")),
        sa.Column("open", _whole(), nullable=True),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("reason", "sent", "answer", "asked_by")),
        sa.Column("asked_at", _whole(), nullable=False),
        sa.Column("settled_at", _whole(), nullable=True),
        sa.CheckConstraint("what IN ('cancel', 'change')", name="parcel_request_what_known"),
        sa.CheckConstraint(
            "state IN ('asked', 'accepted', 'uncertain', 'done', 'refused')", name="parcel_request_state_known"
        ),
        sa.CheckConstraint("(open IS NULL) = (state IN ('done', 'refused'))", name="parcel_request_open_flag"),
        sa.CheckConstraint("(open IS NULL) = (settled_at IS NOT NULL)", name="parcel_request_settled_once"),
        sqlite_strict=True,
    )  # fmt: skip
    op.create_index("parcel_request_one_open", "parcel_request", ["shipment_id", "what", "open"], unique=True)


def downgrade() -> None:
    op.drop_table("parcel_request")
