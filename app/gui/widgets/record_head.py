"""The head of a table of records: each column's title, in two lines where its column is narrow."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHeaderView, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.record_rows import RowsModel

MARGIN = 8
"""Left and right of a title, as in the cells below it."""

_SLACK = 2
_LEADING = 1.15


class RecordHead(QHeaderView):
    """Titles are never shortened while two lines are enough for them."""

    def __init__(self, model: RowsModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows_model = model
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setStretchLastSection(False)

    def title_width(self, at: int, *, lines: int = 1) -> int:
        """How wide a column has to be for its title in so many lines, in pixels."""
        title = self._rows_model.columns[at].title
        metrics = QFontMetricsF(current_theme().font())
        part = -(-len(title) // lines)
        pieces = [title[start : start + part] for start in range(0, len(title), part)] or [""]
        return ceil(max(metrics.horizontalAdvance(piece) for piece in pieces)) + 2 * MARGIN + _SLACK

    def fit_height(self) -> bool:
        """Take the height the longest title needs at the present widths; whether that is another one."""
        theme = current_theme()
        shown = [at for at in range(self._rows_model.columnCount()) if not self.isSectionHidden(at)]
        two = any(self.sectionSize(at) < self.title_width(at) for at in shown)
        line = ceil(QFontMetricsF(theme.font()).height() * _LEADING)
        wanted = max(theme.height("table_head"), 2 * line + 6 if two else 0)
        if self.minimumHeight() == wanted:
            return False
        self.setFixedHeight(wanted)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self.viewport())
        whole = QRectF(self.viewport().rect())
        painter.fillRect(whole, theme.colour("sunken"))
        painter.fillRect(QRectF(0, 0, whole.width(), 1), theme.colour("line2"))
        painter.fillRect(QRectF(0, whole.height() - 1, whole.width(), 1), theme.colour("line2"))
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        for at, column in enumerate(self._rows_model.columns):
            area = QRectF(self.sectionViewportPosition(at), 0, self.sectionSize(at), whole.height())
            if column.title and area.intersects(whole):
                inner = area.adjusted(MARGIN, 0, -MARGIN, 0)
                _paint_title(painter, inner, column.title, right=column.kind == "number")


def _paint_title(painter: QPainter, room: QRectF, title: str, *, right: bool) -> None:
    lines = _lines(title, painter, room.width() + _SLACK)
    height = painter.fontMetrics().height() * (1.0 if len(lines) == 1 else _LEADING)
    top = room.center().y() - height * len(lines) / 2
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    flags = int(side | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    for at, line in enumerate(lines):
        wide = QRectF(room.left(), top + at * height, room.width(), height)
        painter.drawText(
            wide.adjusted(0 if not right else -_SLACK, 0, 0 if right else _SLACK, 0), flags, line
        )


def _lines(title: str, painter: QPainter, across: float) -> list[str]:
    """The title in at most two lines; what is still too long ends in … (only a column drawn very narrow)."""
    metrics = painter.fontMetrics()
    if metrics.horizontalAdvance(title) <= across:
        return [title]
    layout = QTextLayout(title, painter.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(max(across, 1))
    end = line.textLength()
    layout.endLayout()
    rest = metrics.elidedText(title[end:], Qt.TextElideMode.ElideRight, max(0, int(across)))
    return [title[:end].rstrip(), rest.strip()]


def share_need(free: int, asked: Mapping[int, int]) -> dict[int, int]:
    """Columns whose words are cut get what they ask for from the ``free`` room, in pixels; in parts where scarce."""
    needs = {at: more for at, more in asked.items() if more > 0}
    part = min(1.0, free / sum(needs.values())) if needs else 1.0
    return {at: int(more * part) for at, more in needs.items()}


def share_out(
    room: int, wanted: Mapping[int, int], shares: Mapping[int, int], least: Mapping[int, int]
) -> dict[int, int]:
    """The width of each column, in pixels; more than ``room`` together only where all are at their least.

    ``wanted``: columns with a width of their own; those that have a ``least`` give some of it where the room is
    short. ``shares``: columns that divide what is left, by their shares, none below its least.
    """
    widths = dict(wanted)
    over = sum(widths.values()) + sum(least[at] for at in shares) - room
    spare = {at: max(0, width - least[at]) for at, width in widths.items() if at in least}
    if over > 0 and sum(spare.values()) > 0:
        part = min(1.0, over / sum(spare.values()))
        widths.update({at: widths[at] - ceil(give * part) for at, give in spare.items()})
    left, sharing = room - sum(widths.values()), dict(shares)
    while tight := [at for at, share in sharing.items() if left * share // sum(sharing.values()) < least[at]]:
        for at in tight:
            widths[at] = least[at]
            left -= least[at]
            del sharing[at]
    for at in list(sharing):
        widths[at] = left * sharing[at] // sum(sharing.values())
        left -= widths[at]
        del sharing[at]
    return widths
