"""What a courier was told of a parcel beside what the order said then."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_FIELDS = ("recipient_name", "recipient_phone", "recipient_address", "note")


def upgrade() -> None:
    op.add_column("shipment", sa.Column("told", sa.Text(), nullable=False, server_default="{}"))
    bind = op.get_bind()
    on_the_way = sa.text(
        "SELECT id, payload FROM shipment WHERE live = 1 AND booking IN ('booked', 'uncertain')"
        " AND status <> 'delivered'"
    )
    for row in bind.execute(on_the_way).all():
        sent = json.loads(row.payload)
        # what the order said then is not known: what differs from it now counts as changed since
        told = {name: [sent[name], sent[name]] for name in _FIELDS if isinstance(sent.get(name), str)}
        if told:
            change = sa.text("UPDATE shipment SET told = :told WHERE id = :id")
            bind.execute(change, {"told": json.dumps(told, ensure_ascii=False), "id": row.id})


def downgrade() -> None:
    op.drop_column("shipment", "told")
