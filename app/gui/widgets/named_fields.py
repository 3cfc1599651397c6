"""Fields with their names before them, beside each other, in as many rows as the room asks for."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.gui.theme import current_theme
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.text import Text


class NamedFields(QWidget):
    """What a list is narrowed down by: short fields in a row, not a form to be filled in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=8)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, field: FieldEditor, wide: int = 150) -> None:
        """Put a field at the end, ``wide`` pixels at 100 %."""
        self._flow.addWidget(_Named(field, wide, self))


class _Named(QWidget):
    def __init__(self, field: FieldEditor, wide: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self._wide = wide
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 12, 0)
        row.setSpacing(8)
        label = Text(field.name)
        label.setBuddy(field)
        row.addWidget(label)
        row.addWidget(field)
        self._fit()

    def _fit(self) -> None:
        self._field.setFixedWidth(current_theme().px(self._wide))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
