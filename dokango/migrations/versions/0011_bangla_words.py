"""What a Bangla reader reads of a product beside its title: its categories, its description, its variants' words."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_COLUMNS = (("product", "category_bn"), ("product", "description_bn"), ("variant", "title_bn"))


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for table, column in _COLUMNS:
        op.drop_column(table, column)
