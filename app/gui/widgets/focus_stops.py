"""Where the focus can go."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_stops(region: QWidget) -> list[QWidget]:
    """The widgets inside ``region``, itself included, that Tab stops at, in the order they were made."""
    return [
        widget
        for widget in (region, *region.findChildren(QWidget))
        if widget.isVisibleTo(region)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.focusProxy()
    ]


def is_alive(widget: QWidget) -> bool:
    """Whether the widget still exists and can be seen."""
    return shiboken6.isValid(widget) and widget.isVisible()
