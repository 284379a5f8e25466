"""How many parcels of a courier did not reach their buyers in a district, and what those that were charged cost."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "courier_record",
        sa.Column("courier", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("undelivered", whole, nullable=False),
        sa.Column("charged", whole, nullable=False),
        sa.Column("charge_poisha", whole, nullable=False),
        sa.CheckConstraint("undelivered >= 0", name="courier_record_undelivered"),
        sa.CheckConstraint("charged >= 0", name="courier_record_charged"),
        sa.PrimaryKeyConstraint("courier", "district"),
        sqlite_strict=True,
    )
    count_what_was()


def count_what_was() -> None:
    """Parcels of until now count: one that was booked and counts no more came back, or was lost."""
    who = "CASE WHEN shipment.courier = 'manual' THEN replace(lower(trim(carrier)), ' ', '-') ELSE shipment.courier END"
    back = "CASE WHEN shipment.booking = 'booked' AND shipment.live IS NULL THEN 1 ELSE 0 END"
    op.execute(
        "INSERT INTO courier_record (courier, district, undelivered, charged, charge_poisha) "  # noqa: S608  our words
        f'SELECT {who}, "order".district, sum({back}), count(shipment.charge_poisha), '
        "coalesce(sum(shipment.charge_poisha), 0) FROM shipment "
        'JOIN "order" ON "order".id = shipment.order_id '
        f"WHERE {back} = 1 OR shipment.charge_poisha IS NOT NULL GROUP BY 1, 2"
    )


def downgrade() -> None:
    op.drop_table("courier_record")
