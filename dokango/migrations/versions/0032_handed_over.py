"""When a parcel was scanned out of the door."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("shipment", sa.Column("handed_over_at", whole, nullable=True))
    op.create_index("shipment_booked_at", "shipment", ["booked_at"])


def downgrade() -> None:
    op.drop_index("shipment_booked_at", table_name="shipment")
    op.drop_column("shipment", "handed_over_at")
