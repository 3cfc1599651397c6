"""A long list made piece by piece: the first parts at once, the others as one scrolls towards them."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from time import perf_counter
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.widgets.page_scroll import PageScroll
from app.gui.widgets.text import Text

FIRST = 6
MOST_SPARE = 96
"""So many parts that are not shown now are kept for the next time: one walks back and forth between pages."""
SLICE_SECONDS = 0.008
"""So long may making more parts take in one turn of the event loop."""


_Key = tuple[Hashable, int]


class GrowingList(PageScroll):
    """Parts below each other, one for each item.

    Signals:
        grown: More parts were made.

    ``make``, a method of whoever holds the list, turns an item (a frozen value) into its part. What is shown
    again keeps its part with everything it knows: focus, whether it is open.
    """

    grown = Signal()

    def __init__(self, make: Callable[[Any], QWidget], parent: QWidget | None = None) -> None:
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 2, 0, 2)
        self._column.setSpacing(4)
        super().__init__(self._inner, parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._maker = weakref.WeakMethod(make)  # no cycle with the part that holds the list
        self._items: tuple[_Key, ...] = ()
        self._parts: list[QWidget] = []
        self._spare: dict[_Key, QWidget] = {}
        self._tail: QWidget | None = None
        self._more = Text("", ink="ink2", wrap=True)
        self._more.setContentsMargins(12, 6, 6, 6)
        self._column.addWidget(self._more)
        self._column.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._build_slice)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_scrolled)

    def show_items(self, items: Sequence[Hashable], tail: QWidget | None = None) -> None:
        """Show these items, and ``tail`` below the last of them; equal items keep their parts."""
        at = self.verticalScrollBar().value()
        wanted = _told_apart(items)
        shown = max(FIRST, len(self._parts))
        old = dict(zip(self._items, self._parts, strict=False))
        still = set(wanted[:shown])
        for item, part in old.items():
            if item not in still:
                self._column.removeWidget(part)
                part.hide()
                self._spare[item] = part
        if self._tail is not None:
            self._column.removeWidget(self._tail)
            self._tail.hide()
            self._tail.deleteLater()
        self._items, self._parts, self._tail = wanted, [], tail
        for index, item in enumerate(wanted[:shown]):
            kept = old.get(item) if item in still else None
            if kept is None and index >= FIRST and item not in self._spare:
                break
            still.discard(item)
            self._put(kept if kept is not None else self._next())
        for item in still & old.keys():  # behind one that is still to be made
            self._column.removeWidget(old[item])
            old[item].hide()
            self._spare[item] = old[item]
        while len(self._spare) > MOST_SPARE:
            self._spare.pop(next(iter(self._spare))).deleteLater()
        self._show_end()
        self.verticalScrollBar().setValue(at)
        self._on_scrolled()

    def parts(self) -> tuple[QWidget, ...]:
        """What was made so far, in order."""
        return tuple(self._parts)

    def is_whole(self) -> bool:
        """Whether every item has its part."""
        return len(self._parts) == len(self._items)

    def build_to(self, index: int) -> QWidget | None:
        """Make the parts up to this one; ``None`` when there is no such item."""
        if not 0 <= index < len(self._items):
            return None
        while len(self._parts) <= index:
            self._put(self._next())
        self._show_end()
        self.grown.emit()
        return self._parts[index]

    @Slot()
    def fill_room(self) -> None:
        """Make more where what there is does not fill the room: then nothing can be scrolled to ask for it.

        For a list that is a whole page; call it once the parts have their places.
        """
        bar = self.verticalScrollBar()
        if not self.is_whole() and self.isVisible() and bar.maximum() == bar.minimum():
            self._timer.start(0)

    def _next(self) -> QWidget:
        key = self._items[len(self._parts)]
        return self._spare.pop(key, None) or self._make(key[0])

    def _make(self, item: Hashable) -> QWidget:
        make = self._maker()
        assert make is not None
        part: QWidget = make(item)
        return part

    def _put(self, part: QWidget) -> None:
        at = len(self._parts)
        if self._column.indexOf(part) != at:
            self._column.insertWidget(at, part)
        self._parts.append(part)
        part.show()

    def _show_end(self) -> None:
        left = len(self._items) - len(self._parts)
        self._more.set_words(f"还有 {left} 项，往下翻就列出来。" if left else "")
        self._more.setVisible(bool(left))
        if self._tail is not None and not left and self._column.indexOf(self._tail) < 0:
            self._column.insertWidget(len(self._parts) + 1, self._tail)
            self._tail.show()

    @Slot()
    def _on_scrolled(self) -> None:
        bar = self.verticalScrollBar()
        near_end = bar.maximum() - bar.value() < self.viewport().height()
        if not self.is_whole() and near_end and self.isVisible() and not self._timer.isActive():
            self._timer.start(0)

    @Slot()
    def _build_slice(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        while not self.is_whole() and perf_counter() < until:
            self._put(self._next())
        self._show_end()
        self.grown.emit()


def _told_apart(items: Sequence[Hashable]) -> tuple[_Key, ...]:
    """Each item with a number, so that two equal ones have a part each."""
    seen: Counter[Hashable] = Counter()
    keys: list[_Key] = []
    for item in items:
        keys.append((item, seen[item]))
        seen[item] += 1
    return tuple(keys)
