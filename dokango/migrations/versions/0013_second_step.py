"""A second step at sign-in: codes of an app, ten codes for when the phone is lost, and the roles that must have it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def _big() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("session", sa.Column("proved_at", _big(), nullable=True))
    op.create_table(
        "second_step",
        sa.Column("user_id", _big(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("since", _big(), nullable=False),
        sa.Column("last_step", _big(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("user_id"),
        sqlite_strict=True,
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", _big(), nullable=False),
        sa.Column("user_id", _big(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", _big(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
        sqlite_strict=True,
    )
    op.create_index("recovery_code_of", "recovery_code", ["user_id", "code_hash"], unique=True)
    op.create_table(
        "second_step_role",
        sa.Column("role", sa.Text(), nullable=False),
        sa.CheckConstraint("role IN ('owner', 'manager', 'packer', 'viewer')", name="second_step_role_known"),
        sa.PrimaryKeyConstraint("role"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("second_step_role")
    op.drop_table("recovery_code")
    op.drop_table("second_step")
    op.drop_column("session", "proved_at")
