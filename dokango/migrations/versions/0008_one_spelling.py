"""Districts of orders under their one name, and SKUs in the one form in which they are asked for."""

import sqlalchemy as sa
from alembic import op

from dokango.people.districts import known_district
from dokango.text import plain

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_ORDER = sa.table("order", sa.column("district"))
_LINE = sa.table("order_line", sa.column("variant_id"), sa.column("sku"))
_VARIANT = sa.table("variant", sa.column("id"), sa.column("sku"))


def upgrade() -> None:
    connection = op.get_bind()
    for kept in connection.scalars(sa.select(_ORDER.c.district).distinct()).all():
        name = known_district(kept)
        if name is not None and name != kept:
            connection.execute(sa.update(_ORDER).where(_ORDER.c.district == kept).values(district=name))
    skus = {row.sku: row.id for row in connection.execute(sa.select(*_VARIANT.c))}
    for kept, variant_id in list(skus.items()):
        sku = plain(kept)
        if sku and sku not in skus:
            connection.execute(sa.update(_VARIANT).where(_VARIANT.c.id == variant_id).values(sku=sku))
            connection.execute(
                sa.update(_LINE).where(_LINE.c.variant_id == variant_id, _LINE.c.sku == kept).values(sku=sku)
            )
            skus[sku] = variant_id


def downgrade() -> None:
    pass  # what was typed is in the orders' audit trail; one spelling does for every version
