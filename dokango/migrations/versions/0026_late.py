"""When parcels come: counted by courier and district as they are delivered, kept on each, and told when late."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_TRAVELS = sa.text("live = 1 AND booking = 'booked' AND late_at IS NULL AND status <> 'delivered'")
_DAY_US, _DHAKA_US = 86_400_000_000, 21_600_000_000
_TOOK = f"(event.happened_at + {_DHAKA_US}) / {_DAY_US} - (shipment.booked_at + {_DHAKA_US}) / {_DAY_US}"


def _whole() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("shipment", sa.Column("usual_delivery", sa.Text(), nullable=True))
    op.add_column("shipment", sa.Column("late_at", _whole(), nullable=True))
    op.create_index(
        "shipment_due", "shipment", ["estimated_delivery", "id"], sqlite_where=_TRAVELS, postgresql_where=_TRAVELS
    )
    op.create_table(
        "delivery_days",
        sa.Column("courier", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("days", _whole(), nullable=False),
        sa.Column("deliveries", _whole(), nullable=False),
        sa.CheckConstraint("days >= 0 AND days <= 60", name="delivery_days_within"),
        sa.CheckConstraint("deliveries > 0", name="delivery_days_counted"),
        sa.PrimaryKeyConstraint("courier", "district", "days"),
        sqlite_strict=True,
    )
    count_what_was_delivered()


def count_what_was_delivered() -> None:
    """Also what came until now counts. A parcel that is followed by hand counts by who carried it."""
    who = "CASE WHEN shipment.courier = 'manual' THEN replace(lower(trim(carrier)), ' ', '-') ELSE shipment.courier END"
    took = f"CASE WHEN {_TOOK} < 0 THEN 0 WHEN {_TOOK} > 60 THEN 60 ELSE {_TOOK} END"
    op.execute(
        "INSERT INTO delivery_days (courier, district, days, deliveries) "  # noqa: S608  our own words
        f'SELECT {who}, "order".district, {took}, count(*) FROM shipment '
        'JOIN "order" ON "order".id = shipment.order_id '
        "JOIN event ON event.order_id = shipment.order_id AND event.action = 'deliver' "
        "WHERE shipment.live = 1 AND shipment.booked_at IS NOT NULL GROUP BY 1, 2, 3"
    )


def downgrade() -> None:
    op.drop_table("delivery_days")
    op.drop_index("shipment_due", table_name="shipment")
    op.drop_column("shipment", "late_at")
    op.drop_column("shipment", "usual_delivery")
