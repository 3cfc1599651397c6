"""The keys of the whole window (look.md §6), and the regions that F6 walks."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from app.gui.widgets.focus_stops import focus_stops, is_alive

if TYPE_CHECKING:
    from app.gui.shell.main_frame import MainFrame


class FrameKeys(QObject):
    """Binds keys to what the frame offers; lives as long as the frame."""

    def __init__(self, frame: MainFrame) -> None:
        super().__init__(frame)
        self._frame_ref = weakref.ref(frame)  # no cycle: a window goes as soon as nobody holds it
        control = Qt.KeyboardModifier.ControlModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        for keys, slot in (
            (QKeySequence(Qt.Key.Key_F1), frame.help_requested),
            (QKeySequence(Qt.Key.Key_F4), self._on_origin),
            (QKeySequence(Qt.Key.Key_F6), self._on_next_region),
            (QKeySequence(shift | Qt.Key.Key_F6), self._on_previous_region),
            (QKeySequence(Qt.Key.Key_F8), frame.panel_place.show_next),
            (QKeySequence(shift | Qt.Key.Key_F8), frame.panel_place.show_previous),
            (QKeySequence(control | Qt.Key.Key_Return), self._on_primary),
            (QKeySequence(control | Qt.Key.Key_Enter), self._on_primary),
            (QKeySequence(control | Qt.Key.Key_K), self._on_search),
            (QKeySequence(control | Qt.Key.Key_S), frame.restore_point_requested),
            (QKeySequence(control | Qt.Key.Key_P), frame.print_requested),
            (QKeySequence(control | Qt.Key.Key_U), frame.attach_requested),
            (QKeySequence(control | Qt.Key.Key_Z), frame.undo_requested),
            (QKeySequence(control | Qt.Key.Key_Y), frame.redo_requested),
            (QKeySequence(control | shift | Qt.Key.Key_Z), frame.redo_requested),
        ):
            shortcut = QShortcut(keys, frame)
            shortcut.activated.connect(slot)
        for page in frame.nav.pages():
            key = frame.nav.button(page).item.key
            if key:
                shortcut = QShortcut(QKeySequence(f"Ctrl+{key}"), frame)
                shortcut.setProperty("page", page)
                shortcut.activated.connect(self._on_page_key)

    @property
    def _frame(self) -> MainFrame:
        frame = self._frame_ref()
        assert frame is not None
        return frame

    @Slot()
    def _on_page_key(self) -> None:
        sender = self.sender()
        if isinstance(sender, QObject):
            self._frame.page_requested.emit(str(sender.property("page")))

    @Slot()
    def _on_primary(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self._frame.isAncestorOf(focus):
            focus.clearFocus()  # hands on what is being typed first
            self._press_primary()
            if is_alive(focus) and QApplication.focusWidget() is None:
                focus.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._press_primary()

    def _press_primary(self) -> None:
        """The red button of the head; where there is none, the one the page itself carries."""
        head = self._frame.head
        if head.primary is not None:
            head.press_primary()
            return
        ask = getattr(self._frame.inner_page(), "primary", None)
        button = ask() if callable(ask) else None
        if isinstance(button, QAbstractButton) and button.isVisible() and button.isEnabled():
            button.click()

    @Slot()
    def _on_origin(self) -> None:
        """F4: what the part with the focus did not keep for itself goes to the page, then to the window."""
        show = getattr(self._frame.inner_page(), "show_origin", None)
        if callable(show) and show() is True:
            return
        self._frame.origin_requested.emit()

    @Slot()
    def _on_search(self) -> None:
        self._frame.search_requested.emit()  # first: whoever listens may remember where the focus was
        self._frame.head.open_search()

    # ---- regions

    def regions(self) -> list[QWidget]:
        """What F6 walks: navigation, head, steps, failure, page, panel or strip, status bar.

        Only what can be seen and holds something to stop at.
        """
        return [region for region in self.shown_regions() if focus_stops(region)]

    def shown_regions(self) -> list[QWidget]:
        """The same, those without a stop too, which takes less time to tell."""
        frame = self._frame
        wanted = [frame.nav, frame.head, frame.steps, frame.failure, frame.shown_page()]
        wanted += [frame.panel, frame.strip, frame.status]
        return [region for region in wanted if region is not None and region.isVisible()]

    def _walk_regions(self, step: int) -> None:
        regions = self.regions()
        if not regions:
            return
        focus = QApplication.focusWidget()
        at = next(
            (
                i
                for i, region in enumerate(regions)
                if focus and (region is focus or region.isAncestorOf(focus))
            ),
            None,
        )
        target = regions[0 if at is None else (at + step) % len(regions)]
        stops = focus_stops(target)
        proxy = target.focusProxy()
        wanted = proxy if proxy in stops else stops[0]
        assert wanted is not None
        wanted.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_next_region(self) -> None:
        self._walk_regions(1)

    @Slot()
    def _on_previous_region(self) -> None:
        self._walk_regions(-1)
