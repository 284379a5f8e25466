"""What the courier is still to be told of a case, how often its customer was asked, and what they answered."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_TEXTS = (("to_courier", ""), ("then_state", ""), ("then_next", ""), ("answer", "{}"))
_NUMBERS = ("then_due", "asks", "answered")


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for name, empty in _TEXTS:
        op.add_column("case", sa.Column(name, sa.Text(), nullable=False, server_default=empty))
    for name in _NUMBERS:
        op.add_column("case", sa.Column(name, _big(), nullable=False, server_default="0"))


def downgrade() -> None:
    for name in (*_NUMBERS, *(text for text, _ in _TEXTS)):
        op.drop_column("case", name)
