"""Run by Alembic with the connection, and within the transaction, of whoever migrates."""

from __future__ import annotations

from alembic import context

from engine.storage.schema import metadata

# SQLite cannot alter much: a migration that changes a table copies it ("batch").
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
