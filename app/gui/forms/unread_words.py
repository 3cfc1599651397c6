"""Fields of a record that stand outside a form: what they cannot read is kept too, and shown again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.domain.facts import Record
from app.gui.desk import Desk
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.line_field import LineField


class UnreadWords(QObject):
    """Shows the values of one record in its fields, and in place of a value what was typed and is none."""

    def __init__(self, desk: Desk, collection: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._collection = collection
        self._record_id = ""
        self._editors: dict[str, FieldEditor] = {}

    def watch(self, fact: str, editor: FieldEditor) -> None:
        """Follow the field of a fact; its property ``fact`` names it."""
        editor.setProperty("fact", fact)
        editor.unread.connect(self._on_unread)
        editor.edited.connect(self._on_edited)
        editor.left.connect(self._on_left)
        self._editors[fact] = editor

    def show_record(self, held: Record) -> None:
        """Show its values; what is typed and unread stays, or comes back, with its sentence."""
        same = held.id == self._record_id
        self._record_id = held.id
        for fact, editor in self._editors.items():
            if same and editor.is_dirty() and not editor.is_understood():
                continue
            editor.set_value(getattr(held, fact))
            words = self._desk.half_typed.words(self._collection, held.id, fact)
            if (
                words
                and isinstance(editor, LineField)
                and not self._desk.read_only
                and not editor.has_focus()
            ):
                editor.set_typed(words)
                editor.commit()

    @Slot()
    def _on_unread(self) -> None:
        editor = self.sender()
        if isinstance(editor, LineField) and self._record_id and not self._desk.read_only:
            fact = str(editor.property("fact"))
            self._desk.half_typed.keep(self._collection, self._record_id, fact, editor.typed())

    @Slot()
    def _on_edited(self) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor) and not editor.is_dirty():  # Esc
            self._drop(editor)

    @Slot()
    def _on_left(self) -> None:
        editor = self.sender()
        if isinstance(editor, FieldEditor):
            self._drop(editor)

    def _drop(self, editor: FieldEditor) -> None:
        if editor.is_understood() and self._record_id:
            self._desk.half_typed.drop(self._collection, self._record_id, [str(editor.property("fact"))])
