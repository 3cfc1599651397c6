"""Rosters and answered sheets: where they came from, head counts by group, versions of questionnaires.

Revision: 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("audience", "value"),
        ("situation", "value"),
        ("version", "text"),
        ("frozen_on", "value"),
        ("questions_digest", "text"),
        ("sheets_printed", "number"),
        ("double_keyed", "number"),
        ("entry_closed_on", "value"),
    ):
        op.add_column("surveys", _column(name, kind))
    for name, kind in (("rows", "list"), ("asks_group", "value"), ("bank_key", "text")):
        op.add_column("questions", _column(name, kind))
    _record_table(
        "data_imports",
        ("kind", "value"),
        ("survey", "text"),
        ("file_name", "text"),
        ("sha256", "text"),
        ("taken_on", "value"),
        ("rows", "number"),
        ("kept", "number"),
        ("refused", "list"),
        ("dropped_columns", "list"),
    )
    _record_table("staff_groups", ("by", "value"), ("name", "text"), ("people", "number"))
    _batch_table(
        "roster_people",
        *(
            _column(name, kind)
            for name, kind in (
                ("name", "text"),
                ("sex", "value"),
                ("born_on", "value"),
                ("id_number", "text"),
                ("department", "text"),
                ("post", "text"),
                ("level", "value"),
                ("employment", "value"),
                ("joined_on", "value"),
                ("member", "number"),
                ("phone", "text"),
            )
        ),
    )
    _batch_table(
        "survey_sheets",
        sa.Column("survey", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("keyed", sa.Integer, nullable=False),
        sa.Column("invalid", sa.Text, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
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


def _batch_table(name: str, *columns: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=f"fk_{name}_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", "batch", "id", name=f"pk_{name}"),
    )
