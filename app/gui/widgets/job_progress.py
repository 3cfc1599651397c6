"""A running job: words, bar, n / N, time left, 取消; and the four steps of writing to a stick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.gui.icons import STATE_SHAPES, paint_state
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.text import Text

SAYS_TIME_AFTER = 2.0
"""Seconds a job runs before the time left is told; earlier it would jump about."""


class Bar(Painted):
    """How far it got, from 0 to 1; ``ok`` draws it green (how much of something is there)."""

    def __init__(self, *, ok: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self._ok = ok
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float) -> None:
        """Draw ``share`` of the whole."""
        self._share = min(1.0, max(0.0, share))
        self.setAccessibleDescription(f"{round(self._share * 100)}%")
        self.update()

    def share(self) -> float:
        """What is drawn."""
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(120, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        area = QRectF(self.rect())
        if self._ok or theme.name == "contrast":
            fill_round(painter, area, 4, theme.colour("surface"), theme.colour("ctl"))
        else:
            fill_round(painter, area, 5, theme.colour("line"))
        if self._share > 0:
            done = QRectF(area.topLeft(), area.size())
            done.setWidth(max(area.height(), area.width() * self._share))
            fill_round(painter, done, 4 if self._ok else 5, theme.colour("ok" if self._ok else "accent"))


class JobProgress(Painted):
    """Connect ``Job.progressed`` to :meth:`show_step`.

    Signals:
        cancel_requested: 取消 was pressed; the words change until the job ends.
    """

    cancel_requested = Signal()

    def __init__(
        self,
        name: str,
        *,
        unit: str = "个",
        cancel_words: str = "取消",
        clock: Callable[[], float] = monotonic,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._unit = unit
        self._clock = clock
        self._since = clock()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        column = QVBoxLayout()
        column.setSpacing(4)
        words = QHBoxLayout()
        self._text = Text(f"正在{name}", elide=True)
        self._left = Text("", ink="ink2")
        words.addWidget(self._text, 1)
        words.addWidget(self._left)
        column.addLayout(words)
        self.bar = Bar()
        self.bar.setAccessibleName(name)
        column.addWidget(self.bar)
        row.addLayout(column, 1)
        self.cancel = Button(cancel_words)
        self.cancel.clicked.connect(self._on_cancel)
        row.addWidget(self.cancel)
        self.setAccessibleName(name)

    def show_step(self, done: int, total: int, what: str = "") -> None:
        """``done`` of ``total`` are ready; ``what`` comes next."""
        share = done / total if total else 0.0
        self.bar.set_share(share)
        left = time_left(self._clock() - self._since, share)
        if self._unit:  # pieces are told as a count, octets as a share
            how_far = f"第 {min(done + 1, total)} {self._unit}，共 {total} {self._unit}" if total else ""
            self._text.set_words("，".join(part for part in (f"正在{self._name}", how_far) if part))
            if what:
                self._text.set_words(f"{self._text.words()}：{what}")
        else:
            self._text.set_words(f"正在{self._name} {what}".strip())
            left = "，".join(part for part in (f"{share:.0%}" if total else "", left) if part)
        self._left.set_words(left)

    def words(self) -> str:
        """What is said about the job."""
        return self._text.words()

    def words_left(self) -> str:
        """What is said about the time left."""
        return self._left.words()

    def _on_cancel(self) -> None:
        self.cancel.set_busy("正在停下…")
        self.cancel_requested.emit()


def time_left(gone: float, share: float) -> str:
    """约剩 20 秒, or nothing while it is too early to say. ``gone`` in seconds, ``share`` from 0 to 1."""
    if gone < SAYS_TIME_AFTER or share <= 0.02 or share >= 1:
        return ""
    seconds = gone * (1 - share) / share
    if seconds < 60:
        return f"约剩 {max(5, round(seconds / 5) * 5)} 秒"
    return f"约剩 {round(seconds / 60)} 分钟"


class JobSteps(Painted):
    """The words of a job with shapes, joined by a line: 写入 · 落盘 · 读回核对 · 可以拔出.

    Each step is (state, word, remark); states as in ``STATE_SHAPES``.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[tuple[str, str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[tuple[str, str, str]]) -> None:
        """Show these steps from left to right."""
        self._steps = tuple(steps)
        self.setAccessibleName("，".join(f"{word} {STATE_SHAPES[state][2]}" for state, word, _ in steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, current_theme().px(64))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        theme = current_theme()
        painter = start_painting(self)
        pitch = self.width() / len(self._steps)
        side, row = theme.px(16), theme.px(21)
        for index, (state, word, remark) in enumerate(self._steps):
            left = index * pitch
            paint_state(painter, QRectF(left, 0, side, side), state)
            if index + 1 < len(self._steps):
                painter.setPen(QPen(theme.colour("ok" if state in ("done", "met") else "line2"), 1.5))
                middle = round(side / 2)
                painter.drawLine(round(left + side + 4), middle, round(left + pitch - 4), middle)
            for words, ink, bold, top in (
                (word, "ink1", state == "now", side + 4),
                (remark, "ink2", False, side + 4 + row),
            ):
                painter.setFont(theme.font(bold=bold))
                painter.setPen(theme.colour(ink))
                shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(pitch) - 8)
                painter.drawText(QRectF(left, top, pitch - 4, row), Qt.AlignmentFlag.AlignVCenter, shown)
