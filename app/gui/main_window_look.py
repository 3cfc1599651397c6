"""Another look: pages nobody sees go before it comes, for styling all their parts anew takes seconds."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.gui.desk import Desk
from app.gui.main_window_pages import PageHolder
from app.gui.widgets.text_area import TextAreaField


def let_hidden_go(holders: Iterable[PageHolder], shown: PageHolder, desk: Desk | None) -> None:
    """Delete the hidden pages on which nothing was typed; each is made anew, at its step, when it is opened.

    Nothing happens while a job works, which may do so for a page.
    """
    if desk is None or not desk.is_settled():
        return
    for holder in holders:
        page = holder.page
        if holder is shown or page is None or _was_typed_on(page):
            continue
        outer = holder.release(keep_step=True)
        if outer is not None:
            outer.deleteLater()
            QCoreApplication.sendPostedEvents(outer, QEvent.Type.DeferredDelete)  # before it is styled


def _was_typed_on(page: QWidget) -> bool:
    """Whether words may stand there that are kept nowhere else: those in the field of a fact are stored as typed."""
    lines = any(each.isModified() for each in page.findChildren(QLineEdit))
    return lines or any(
        each.value() and each.isVisibleTo(page) and not each.property("fact")
        for each in page.findChildren(TextAreaField)
    )
