"""What a courier was asked to collect instead, until it is known whether its rider was told."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("shipment", sa.Column("asked_cod_poisha", _WHOLE, nullable=True))


def downgrade() -> None:
    op.drop_column("shipment", "asked_cod_poisha")
