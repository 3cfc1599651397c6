"""Polls counted twice: what each of two tellers made of the sheets.

Revision: 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _record_table(
        "poll_sheets",
        ("poll", "text"),
        ("counter", "value"),
        ("teller", "text"),
        ("returned", "number"),
        ("invalid", "number"),
        ("valid", "number"),
        ("aware", "number"),
        ("took_part", "number"),
        ("very_satisfied", "number"),
        ("satisfied", "number"),
        ("fairly_satisfied", "number"),
        ("dissatisfied", "number"),
        ("very_dissatisfied", "number"),
    )


def _column(name: str, kind: str) -> sa.Column:
    """``text`` and ``list`` are never NULL; ``value`` is a date, moment, decimal or choice as text."""
    match kind:
        case "text":
            return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))
        case "list":
            return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("'[]'"))
        case "number":
            return sa.Column(name, sa.Integer)
        case _:
            return sa.Column(name, sa.Text)


def _record_table(name: str, *columns: tuple[str, str]) -> None:
    op.create_table(
        name,
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        *(_column(*column) for column in columns),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=f"fk_{name}_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", "id", name=f"pk_{name}"),
    )
