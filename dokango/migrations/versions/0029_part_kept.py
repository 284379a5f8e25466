"""What a customer did not keep of a line: its units come back, and are neither sold nor on the shelf until they do."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_RULES = {
    "not_kept": ("order_line_not_kept_within", "not_kept >= 0 AND not_kept <= quantity"),
    "coming_back": ("order_line_coming_back_within", "coming_back >= 0 AND coming_back <= quantity"),
}


def upgrade() -> None:
    number = "BIGINT" if op.get_bind().dialect.name == "postgresql" else "INTEGER"
    for column, (name, rule) in _RULES.items():
        op.execute(
            f"ALTER TABLE order_line ADD COLUMN {column} {number} NOT NULL DEFAULT 0 CONSTRAINT {name} CHECK ({rule})"
        )


def downgrade() -> None:
    for column in _RULES:
        op.drop_column("order_line", column)
