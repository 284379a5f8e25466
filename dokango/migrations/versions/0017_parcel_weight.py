"""What a courier was told of a parcel's weight."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("shipment", sa.Column("weight_g", _WHOLE, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("shipment", "weight_g")
