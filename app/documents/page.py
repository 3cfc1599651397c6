"""Paper and margins of the papers the program prints. Lengths are millimetres, sizes are points."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSetup:
    """Paper and margins in millimetres, and the size of body text in points.

    ``line_pitch`` is the distance of body lines in points; 0 means 1.5 × ``body_size``.
    """

    width: float = 210.0
    height: float = 297.0
    top: float = 37.0
    bottom: float = 35.0
    left: float = 28.0
    right: float = 26.0
    body_size: float = 16.0
    title_size: float = 22.0
    table_size: float = 12.0
    line_pitch: float = 28.95

    @property
    def text_width(self) -> float:
        """Width of the 版心 in millimetres."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height of the 版心 in millimetres."""
        return self.height - self.top - self.bottom

    @property
    def is_landscape(self) -> bool:
        """Whether the paper lies on its long side."""
        return self.width > self.height

    @property
    def pitch(self) -> float:
        """Distance between body lines in points."""
        return self.line_pitch or self.body_size * 1.5


OFFICIAL = PageSetup()
"""GB/T 9704-2012: A4, 版心 156×225 mm, 3号 (16 pt) body, 2号 (22 pt) title, 28.95 pt pitch."""

FORM = PageSetup(
    top=25, bottom=22, left=25, right=20, body_size=12, title_size=20, table_size=11, line_pitch=21
)
"""Forms and tables on upright A4: smaller margins and 小四 text, still 25 mm at the binding edge."""

FORM_LANDSCAPE = PageSetup(
    width=297,
    height=210,
    top=28,
    bottom=20,
    left=22,
    right=20,
    body_size=12,
    title_size=20,
    table_size=11,
    line_pitch=21,
)
"""Wide tables on A4 lying; bound at the upper edge."""

BALLOT = PageSetup(
    top=10, bottom=10, left=10, right=10, body_size=12, title_size=15, table_size=10.5, line_pitch=20
)
"""A4 to be cut into ballots; a :class:`Grid` fills it."""

OFFICIAL_LANDSCAPE = PageSetup(width=297, height=210, top=28, bottom=26, left=35, right=37)
"""GB/T 9704 sheet turned by a quarter."""
