"""检查与依据: its inner steps; nothing is filled in there."""

from __future__ import annotations

FINDINGS, RULES, COMPARE = "findings", "rules", "compare"

LAW = "law"
"""The page's key."""

LAW_TITLE = "检查与依据"

LAW_STEPS: tuple[tuple[str, str], ...] = (
    (FINDINGS, "检查结果"),
    (RULES, "查规则"),
    (COMPARE, "两地对照"),
)
"""Key and title of each inner step."""
