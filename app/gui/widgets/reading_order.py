"""Tab goes where the eye goes: row by row, left to right, region by region, whatever was made first.

Qt's own order is that in which widgets were made or got their parent; parts that come later, as rows and buttons
do, would all be stops behind everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget

from app.gui.widgets.focus_ring import FocusRing

_MARGIN = 24
_OVERLAP = 2
"""Pixels by which neighbours may reach into each other, as rings and hairlines do."""


def go_on(regions: Sequence[QWidget], onward: bool) -> bool:
    """Move the focus to the next stop, or the one before; behind the last comes the first.

    Returns whether there was a stop to go to.
    """
    here = QApplication.focusWidget()
    if here is None:
        return False
    at = next((at for at, each in enumerate(regions) if each is here or each.isAncestorOf(here)), None)
    if at is None:
        return False
    # Only the regions on the way are read: a whole page has hundreds of parts.
    stops = list(stops_in(regions[at]))
    step: QWidget | None = here
    while step is not None and step not in stops:
        step = step.parentWidget()  # the editor of a cell stands for its table
    if step is None:
        return False
    left = stops[stops.index(step) + 1 :] if onward else stops[: stops.index(step)]
    for further in range(1, len(regions) + 1):
        if left:
            break
        left = list(stops_in(regions[(at + (further if onward else -further)) % len(regions)]))
    target = left[0 if onward else -1]
    reason = Qt.FocusReason.TabFocusReason if onward else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    bring_in(target)
    return True


def stops_in(region: QWidget) -> Iterator[QWidget]:
    """The stops of a region as they are read; what has parts comes before its parts."""
    if not region.isEnabled():
        return
    if region.focusPolicy() & Qt.FocusPolicy.TabFocus and region.focusProxy() is None:
        yield region
    if isinstance(region, QAbstractItemView):
        return
    shown = [
        each
        for each in region.children()
        if isinstance(each, QWidget)
        and each.isVisible()
        and not each.isWindow()
        and not isinstance(each, FocusRing)
    ]
    for part in _as_read(shown):
        yield from stops_in(part)


def _as_read(parts: list[QWidget]) -> list[QWidget]:
    """Bands from top to bottom; what no line divides into bands, in columns from left to right; and so on."""
    if len(parts) < 2:
        return parts
    for upright in (True, False):
        groups = _divided(parts, upright=upright)
        if len(groups) > 1:
            return [part for group in groups for part in _as_read(group)]
    return sorted(parts, key=lambda part: (part.y(), part.x()))


def _divided(parts: list[QWidget], *, upright: bool) -> list[list[QWidget]]:
    """Groups between which a straight line can be drawn without cutting through a part."""
    spans = sorted(
        (
            (part.y(), part.y() + part.height(), at) if upright else (part.x(), part.x() + part.width(), at)
            for at, part in enumerate(parts)
        )
    )
    groups: list[list[QWidget]] = []
    end = 0
    for first, last, at in spans:
        if groups and first < end - _OVERLAP:
            groups[-1].append(parts[at])
            end = max(end, last)
        else:
            groups.append([parts[at]])
            end = last
    return groups


def bring_in(target: QWidget) -> None:
    """Scroll whatever it lies in so that it is seen."""
    step = target.parentWidget()
    while step is not None:
        if isinstance(step, QScrollArea):
            step.ensureWidgetVisible(target, _MARGIN, _MARGIN)
        step = step.parentWidget()
