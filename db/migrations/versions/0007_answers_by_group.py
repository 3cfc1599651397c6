"""Answers by groups: rows of a matrix, and the sum of the numbers that were written.

Revision: 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("row", "unit"):
        op.add_column("answer_counts", sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''")))
    op.add_column("answer_counts", sa.Column("total", sa.Text))
