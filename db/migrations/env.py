"""Alembic environment: works on the connection it is handed, inside the transaction that is already open."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("metadata"),
    transactional_ddl=True,  # SQLite rolls back DDL like everything else; Alembic assumes the contrary
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
