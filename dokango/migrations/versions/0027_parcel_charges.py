"""What each parcel should cost and what its courier really charged; what is in the books already goes to its parcel."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COLUMNS = ("expected_charge_poisha", "expected_back_poisha", "charge_poisha")
_BOOKED = """
    UPDATE shipment SET charge_poisha = (
        SELECT SUM(CASE WHEN debit = 'expense:courier' THEN amount_poisha ELSE -amount_poisha END)
        FROM posting
        WHERE posting.order_id = shipment.order_id AND (debit = 'expense:courier' OR credit = 'expense:courier')
    )
    WHERE id IN (SELECT MAX(id) FROM shipment WHERE booking = 'booked' GROUP BY order_id)
"""


def upgrade() -> None:
    for name in _COLUMNS:
        op.add_column("shipment", sa.Column(name, _WHOLE, nullable=True))
    op.execute(_BOOKED)


def downgrade() -> None:
    for name in reversed(_COLUMNS):
        op.drop_column("shipment", name)
