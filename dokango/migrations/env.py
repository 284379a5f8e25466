"""Alembic's entry: the connection is handed in by `dokango.migrations.upgrade`."""

from alembic import context

from dokango.models import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=False,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
