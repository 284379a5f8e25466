"""When each parcel is asked about next, and how the line to each courier stands."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_TO_ASK = sa.text("ask_at IS NOT NULL")


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("shipment", sa.Column("ask_at", _big(), nullable=True))
    op.execute(
        "UPDATE shipment SET ask_at = 0 WHERE courier <> 'manual' AND live = 1 AND"
        " (booking = 'uncertain' OR (booking = 'booked' AND status <> 'delivered'))"
    )
    op.create_index(
        "shipment_to_ask", "shipment", ["courier", "ask_at"], sqlite_where=_TO_ASK, postgresql_where=_TO_ASK
    )
    op.create_index("courier_news_courier", "courier_news", ["courier", "id"])
    op.create_table(
        "courier_contact",
        sa.Column("id", _big(), nullable=False),
        sa.Column("courier", sa.Text(), nullable=False),
        sa.Column("asks", sa.Text(), nullable=False),
        sa.Column("held_until", _big(), nullable=True),
        sa.Column("next_round_at", _big(), nullable=False),
        sa.Column("answered_at", _big(), nullable=True),
        sa.Column("silent_since", _big(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("moves_found", _big(), nullable=False),
        sa.Column("found_from", _big(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("courier"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("courier_contact")
    op.drop_index("courier_news_courier", table_name="courier_news")
    op.drop_index("shipment_to_ask", table_name="shipment")
    op.drop_column("shipment", "ask_at")
