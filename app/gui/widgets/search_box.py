"""Where things are found: Ctrl K, then words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldBox
from app.gui.widgets.painted import Painted, fill_round, start_painting
from app.gui.widgets.shape import Shape

REST_MS = 200


class KeyCap(Painted):
    """A small framed key name."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        from PySide6.QtGui import QFontMetrics

        theme = current_theme()
        return QSize(QFontMetrics(theme.font()).horizontalAdvance(self._words) + 12, theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current_theme()
        painter = start_painting(self)
        fill_round(
            painter,
            QRectF(self.rect()),
            theme.radius("control"),
            theme.colour("sunken"),
            theme.colour("line2"),
        )
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink2"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)


class SearchBox(FieldBox):
    """A field with a magnifier and its key.

    Signals:
        searched: The words to look for, after a short rest or Enter. arg: str, empty when cleared.
        chosen: Enter or arrow down: to the answers. arg: the words.
    """

    searched = Signal(str)
    chosen = Signal(str)

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(
        self, hint: str = "找文书、议题、条文", key: str = "Ctrl K", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gone = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.inner.addWidget(Shape("search", "ink2"))
        self.line = QLineEdit()
        self.line.setProperty("inbox", True)
        self.line.setFrame(False)
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.inner.addWidget(self.line, 1)
        if key:
            cap = KeyCap(key)
            self.inner.addWidget(cap)
            self.set_end(5)
        self.setFocusProxy(self.line)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._on_rest)
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self._on_return)
        self.line.installEventFilter(self)

    def words(self) -> str:
        """What is looked for."""
        return self.line.text().strip()

    def show_words(self, words: str) -> None:
        """Show words that were looked for already, without looking again."""
        self._rest.stop()
        self.line.setText(words)

    def _on_edited(self) -> None:
        self._rest.start()

    def _on_rest(self) -> None:
        self.searched.emit(self.words())

    def _on_return(self) -> None:
        self._rest.stop()
        self.searched.emit(self.words())
        self.chosen.emit(self.words())

    def sizeHint(self) -> QSize:
        theme = current_theme()
        return QSize(theme.px(264), theme.height("control"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone:
            return False
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.show_state(focused=event.type() == QEvent.Type.FocusIn)
            self._rest.stop()  # who leaves does not look any more
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.line.text():
            if event.key() == Qt.Key.Key_Escape:
                self.line.clear()
                self.searched.emit("")
                return True
            if event.key() == Qt.Key.Key_Down:
                self._on_return()  # to the first answer; the arrows walk on from there
                return True
        return super().eventFilter(watched, event)
