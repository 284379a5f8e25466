"""Products and variants keep the folded words that they are found by."""

import json

import sqlalchemy as sa
from alembic import op

from dokango.catalogue.finding import words_of_product, words_of_variant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PRODUCT = sa.table("product", *map(sa.column, ("id", "title", "title_bn", "category", "words")))
_VARIANT = sa.table("variant", *map(sa.column, ("id", "sku", "title", "attributes", "words")))


def upgrade() -> None:
    for name in ("product", "variant"):
        op.add_column(name, sa.Column("words", sa.Text(), nullable=False, server_default=""))
    products = op.get_bind().execute(sa.select(*_PRODUCT.c)).all()
    _keep(_PRODUCT, {row.id: words_of_product(row.title, row.title_bn, row.category) for row in products})
    variants = op.get_bind().execute(sa.select(*_VARIANT.c)).all()
    _keep(
        _VARIANT, {row.id: words_of_variant(row.sku, row.title, json.loads(row.attributes or "{}")) for row in variants}
    )


def _keep(kept_in: sa.TableClause, words: dict[int, str]) -> None:
    change = sa.update(kept_in).where(kept_in.c.id == sa.bindparam("row")).values(words=sa.bindparam("folded"))
    if words:
        op.get_bind().execute(change, [{"row": row, "folded": folded} for row, folded in words.items()])


def downgrade() -> None:
    for name in ("product", "variant"):
        op.drop_column(name, "words")
