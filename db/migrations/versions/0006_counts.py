"""Counts that close: printed and unused ballots, two independent counts, votes by name, sign-in by code.

Revision: 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("printed", "number"),
        ("unused", "number"),
        ("closed_on", "value"),
        ("reopened_because", "text"),
    ):
        op.add_column("counts", _column(name, kind))
    op.add_column("delegates", _column("code", "text"))
    _record_table(
        "count_sheets",
        ("count", "text"),
        ("counter", "value"),
        ("teller", "text"),
        ("issued", "number"),
        ("unused", "number"),
        ("returned", "number"),
        ("valid", "number"),
        ("invalid", "number"),
        ("in_favour", "number"),
        ("against", "number"),
        ("abstained", "number"),
    )
    _record_table("named_votes", ("count", "text"), ("delegate", "text"), ("vote", "value"))
    _record_table("attendances", ("session", "text"), ("delegate", "text"), ("signed_at", "value"))


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
