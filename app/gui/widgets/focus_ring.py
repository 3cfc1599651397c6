"""The focus ring: two pixels outside, with a gap of two, around whatever has the focus by key."""

from __future__ import annotations

import weakref

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.painted import fill_round, start_painting

REACH = 4
"""How far the ring reaches beyond the control: gap 2 and line 2."""


class FocusRing(QWidget):
    """One per window. Frames what has the focus from outside, if its property ``ring`` is true.

    The ring lies over the whole window, so that no tight layout cuts it off; inside a scrolled page it ends
    at the page's edge. ``show_for`` puts it at once around a widget that got the focus when a page was
    opened.
    """

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._gone = False
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        _tell_weakly(app, weakref.ref(self))

    def follow_focus(self, now: QWidget | None) -> None:
        """The focus went to ``now``; a ring is for the keyboard, not for the mouse."""
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        self.show_for(None if by_mouse else now)

    def target(self) -> QWidget | None:
        """What the ring is around, or None."""
        return self._target

    def show_for(self, widget: QWidget | None) -> None:
        """Frame ``widget`` (or what stands for it), or nothing."""
        self._let_go()
        target = _ringed(widget) if widget is not None and self._window.isAncestorOf(widget) else None
        if target is None:
            self.hide()
            return
        self._target = target
        step: QWidget | None = target
        while step is not None and step is not self._window:
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._follow()
        self.setVisible(target.isVisible())
        self.raise_()

    def _follow(self) -> None:
        if self._target is None:
            return
        area = self._target.property("ring_area")
        inner = area if isinstance(area, QRect) else self._target.rect()
        place = inner.translated(self._target.mapTo(self._window, QPoint(0, 0))).adjusted(
            -REACH, -REACH, REACH, REACH
        )
        self.setGeometry(place)
        page = self._scrolled_page()
        if page is None:
            self.clearMask()
            return
        seen = QRect(page.mapTo(self._window, QPoint(0, 0)), page.size()).intersected(place)
        self.setMask(seen.translated(-place.topLeft()) if not seen.isEmpty() else QRect(-1, -1, 1, 1))

    def _scrolled_page(self) -> QWidget | None:
        for step in self._watched[1:]:
            if isinstance(step.parentWidget(), QAbstractScrollArea):
                return step
        return None

    def _let_go(self) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._target = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone:
            return False
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif kind == QEvent.Type.Hide and watched is self._target:
            self.hide()
        elif kind == QEvent.Type.Show and watched is self._target:
            self._follow()
            self.show()
            self.raise_()
        elif kind == QEvent.Type.DynamicPropertyChange and watched is self._target:
            self._follow()
            self.setVisible(bool(self._target and self._target.property("ring")))
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        fill_round(painter, QRectF(self.rect()), theme.radius("control") + 3, None, theme.colour("focus"), 2)


def _tell_weakly(app: QApplication, ring: weakref.ref[FocusRing]) -> None:
    """Tell the ring of every move of the focus for as long as it lives, without keeping it alive."""

    def on_focus_changed(_before: QWidget | None, now: QWidget | None) -> None:
        there = ring()
        if there is None or not shiboken6.isValid(there):
            app.focusChanged.disconnect(on_focus_changed)
        elif not there._gone:
            there.follow_focus(now)

    app.focusChanged.connect(on_focus_changed)


def _ringed(widget: QWidget) -> QWidget | None:
    """The widget itself or the nearest box around it that wants the ring."""
    step: QWidget | None = widget
    for _ in range(3):
        if step is None:
            return None
        if step.property("ring"):
            return step
        step = step.parentWidget()
    return None
