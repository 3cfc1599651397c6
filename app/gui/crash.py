"""When the program itself slips: what happened, that nothing saved is lost, and the record to send on."""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Callable

from PySide6 import __version__ as qt_version
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.failure_sheet import FailureSheet, FailureView
from app.gui.widgets.item_row import ActionView
from app.gui.widgets.text import Text

_log = logging.getLogger(__name__)

CODE = "X-900"


def crash_report(error: BaseException, program_version: str) -> str:
    """Versions and where it happened, for whoever mends the program.

    It is sent on, so it holds what the program is made of, never the words of an error: those may quote what
    somebody wrote, and so may the folder's name.
    """
    head = (
        f"集体协商工作台 {program_version}",
        f"Python {platform.python_version()} · Qt {qt_version} · {platform.system()} {platform.release()}",
    )
    lines: list[str] = []
    told: BaseException | None = error
    while told is not None:
        trace = [
            f"  {_place(frame.filename)}:{frame.lineno} {frame.name}\n    {frame.line}"
            for frame in traceback.extract_tb(told.__traceback__)
        ]
        lines = [*trace, type(told).__qualname__, *(["", "后来又出了："] if lines else []), *lines]
        told = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    return "\n".join((*head, "", *lines))


def _place(filename: str) -> str:
    """A file by the last parts of its name."""
    return "/".join(filename.replace("\\", "/").split("/")[-3:])


def log_crash(error: BaseException) -> None:
    """Note where it happened; never the words of the error, which may hold what somebody wrote."""
    places = [
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    _log.error("unexpected %s at %s", type(error).__name__, " ".join(places[-8:]))


class CrashView(QWidget):
    """The failure in three parts with the record below it; Esc and 回到原来那一页 lead back."""

    def __init__(
        self,
        error: BaseException,
        program_version: str,
        on_back: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_back = on_back
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        self.sheet = FailureSheet(
            FailureView(
                headline="程序刚才出了差错",
                what_happened="做这一步时，程序自己出了没料到的差错，不是操作的问题。",
                unharmed="已经自动保存的都在；这一步没有做完，做到一半的不会留下。",
                what_to_do="先回到原来那一页再试一次。还是不行，把下面的记录复制给帮忙的人看。",
                code=CODE,
                ways=(ActionView("back", "回到原来那一页", "undo"), ActionView("copy", "复制详细记录")),
            )
        )
        self.sheet.way_chosen.connect(self._on_way)
        self.sheet.record_requested.connect(self._on_record)
        column.addWidget(self.sheet)
        self.record = QPlainTextEdit(crash_report(error, program_version))
        self.record.setReadOnly(True)
        self.record.setTabChangesFocus(True)
        self.record.setAccessibleName("详细记录")
        self.record.setFont(current_theme().font())
        column.addWidget(self.record, 1)
        self.copied = Text("", ink="ink2")
        self.copied.hide()
        column.addWidget(self.copied)
        self.sheet.focus_first_way()

    def copy(self) -> None:
        """Put the record on the clipboard."""
        QGuiApplication.clipboard().setText(self.record.toPlainText())
        self.copied.set_words("已复制，可以粘贴到要发给对方的地方。")
        self.copied.show()

    def _on_record(self) -> None:
        self.record.setFocus()

    def _on_way(self, way: str) -> None:
        if way == "copy":
            self.copy()
        else:
            self._on_back()
