"""The day the draft was handed in, the day the employer had its written notice, and whose clerk a recorder is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add three facts."""
    op.add_column("sessions", sa.Column("draft_submitted_on", sa.Text))
    op.add_column("signings", sa.Column("told_employer_on", sa.Text))
    op.add_column("recorders", sa.Column("side", sa.Text))
