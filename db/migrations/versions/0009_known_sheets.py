"""Marks by which a sheet of an online file is known again, and the rows of a file that were taken with a remark.

Revision: 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sheet_marks",
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_sheet_marks_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", "batch", "mark", name="pk_sheet_marks"),
        sqlite_with_rowid=False,
    )
    op.add_column(
        "data_imports", sa.Column("noted", sa.Text, nullable=False, server_default=sa.text("'[]'"))
    )
