"""Elections of representatives: the plan, candidates with their votes, recall and by-election.

Revision: 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, kind in (
        ("seats", "number"),
        ("conditions", "text"),
        ("nominate_until", "value"),
        ("voting_on", "value"),
        ("voting_place", "text"),
        ("received_by", "text"),
        ("heard_on", "value"),
        ("heard_how", "text"),
        ("guided_by", "text"),
        ("told_at", "text"),
    ):
        op.add_column("elections", _column(name, kind))
    for name, kind in (
        ("cause", "value"),
        ("proposed_on", "value"),
        ("proposed_by", "text"),
        ("recall_count", "text"),
        ("election", "text"),
    ):
        op.add_column("replacements", _column(name, kind))
    _record_table(
        "candidates",
        ("election", "text"),
        ("name", "text"),
        ("sex", "value"),
        ("department", "text"),
        ("post", "text"),
        ("frontline", "number"),
        ("employment", "value"),
        ("member", "number"),
        ("tie_to_employer", "value"),
        ("nominated_by", "text"),
        ("written_in", "number"),
        ("in_favour", "number"),
        ("against", "number"),
        ("abstained", "number"),
        ("representative", "text"),
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
