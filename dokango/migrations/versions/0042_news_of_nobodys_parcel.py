"""What couriers told of parcels that nobody knew yet is found without reading all that they ever told."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

_NOBODYS = sa.text("order_id IS NULL")


def upgrade() -> None:
    columns = ["courier", "received_at"]
    op.create_index("courier_news_nobodys", "courier_news", columns, sqlite_where=_NOBODYS, postgresql_where=_NOBODYS)


def downgrade() -> None:
    op.drop_index("courier_news_nobodys", table_name="courier_news")
