"""The form of one record: an editor for each of its facts, in the order of the printed paper.

What is asked every year stands there at once, the rest under 更多内容, which opens by itself when something in it
has to be mended or is jumped to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.codes import tidy_code
from app.domain.facts import Fact, Kind, Record
from app.figures.kept_counts import COLLECTIONS, fixed_facts
from app.gui.desk import Desk
from app.gui.forms.editors import CODE_CHECKS, is_link, is_wide, make_editor, make_wide_editor, options_of
from app.gui.forms.lit_fields import Lit, lit_fields
from app.gui.forms.locked_rows import STILL_COUNTED, lock_of
from app.gui.forms.told_fields import told_line
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField, ManyField, Option
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.fixed_field import FixedField
from app.gui.widgets.form_grid import FormGrid
from app.gui.widgets.line_field import LineField
from app.gui.widgets.text import Text
from app.gui.widgets.text_area import TextAreaField

MOST_AT_BEGINNING = 2
"""A record with no more facts than these was just added."""

AT_ONCE = 10
"""How many editors are made in one go, so that the window never waits."""

_TYPED = (LineField, ChoiceField, TextAreaField)
"""Fields whose words can be kept as they were typed."""


class RecordForm(QWidget):
    """Shows one record at a time; what an editor hands on goes to the desk, what is typed is tried out.

    ``first``: names of the facts that always stand there, in this order; empty: all of them. ``told``: fact after
    which a computed line stands → its key. ``wide``: facts that take a whole row. ``foot`` holds 更多内容; whoever
    shows the form may put it elsewhere.
    """

    def __init__(
        self,
        collection: str,
        facts: Sequence[Fact],
        desk: Desk,
        *,
        first: Sequence[str] = (),
        told: Mapping[str, str] | None = None,
        wide: Sequence[str] = (),
        columns: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._collection = collection
        self._desk = desk
        self._record_id = ""
        self._offered: dict[str, list[Option]] = {}
        self._lit = Lit()
        self._left: set[str] = set()
        self._begun_here = False
        self._fixed: frozenset[str] = frozenset()
        self.facts: Mapping[str, Fact] = {fact.name: fact for fact in facts}
        self.editors: dict[str, FieldEditor] = {}
        chosen = [self.facts[name] for name in first if name in self.facts]
        self._to_build = chosen or list(facts)
        self._rest = [fact for fact in facts if fact not in self._to_build]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._grid = FormGrid(columns=columns)
        column.addWidget(self._grid)
        self.foot = QWidget()
        below = QVBoxLayout(self.foot)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        self.foot_row = QHBoxLayout()
        self.foot_row.setSpacing(8)
        below.addLayout(self.foot_row)
        self.more = Button("", "text", "chevron_down", in_table=True)
        self.more.clicked.connect(self._on_more)
        self.foot_row.addWidget(self.more)
        self.foot_row.addStretch(1)
        self.more.setVisible(bool(self._rest))
        self._rest_grid = FormGrid(columns=columns)
        self._rest_grid.hide()
        below.addWidget(self._rest_grid)
        column.addWidget(self.foot)
        self._help = Text("", ink="ink2", wrap=True)
        self._help.hide()
        column.addWidget(self._help)
        self._told = dict(told or {})
        self._whole_row = frozenset(wide)
        self._lines: dict[str, FixedField] = {}
        desk.checked.connect(self._on_checked)

    # ---- building

    def build_some(self, count: int = AT_ONCE) -> bool:
        """Make the next few editors; False when all stand."""
        now, self._to_build = self._to_build[:count], self._to_build[count:]
        held = self._held()
        for fact in now:
            self._make(fact, held)
        return bool(self._to_build)

    def build_all(self) -> None:
        """Make what is not there yet, but for what is folded away."""
        self.build_some(len(self._to_build))

    def unfold(self) -> None:
        """Show what stands under 更多内容 too."""
        self.build_all()
        rest, self._rest = self._rest, []
        held = self._held()
        for fact in rest:
            self._make(fact, held, self._rest_grid)
        self._fold(open_=True)

    def is_unfolded(self) -> bool:
        """Whether every fact is shown."""
        return not self._rest and (self.more.isHidden() or not self._rest_grid.isHidden())

    def has_more(self) -> bool:
        """Whether anything waits under 更多内容, folded or not."""
        return bool(self._rest) or self._rest_grid.has_fields()

    def editor(self, name: str) -> FieldEditor | None:
        """The editor of a fact, unfolded if need be; ``None`` when it has no place here."""
        if name not in self.editors and any(fact.name == name for fact in self._rest):
            self.unfold()
        found = self.editors.get(name)
        if found is not None and self._rest_grid.isAncestorOf(found):
            self._fold(open_=True)
        return found

    @Slot()
    def _on_more(self) -> None:
        if self._rest_grid.isHidden():
            self.unfold()
        else:
            self._fold(open_=False)

    def _fold(self, *, open_: bool) -> None:
        self._rest_grid.setVisible(open_)
        self._tell_rest()

    def _tell_rest(self) -> None:
        """更多 5 项，已填 2."""
        if not self._rest_grid.isHidden():
            self.more.set_words("收起这些内容", "chevron_up")
            return
        first = {name for name, editor in self.editors.items() if self._grid.isAncestorOf(editor)}
        waiting = {fact.name for fact in self._to_build}
        rest = [fact for name, fact in self.facts.items() if name not in first | waiting]
        held = self._held()
        filled = sum(getattr(held, fact.name) not in (None, "", ()) for fact in rest) if held else 0
        words = f"更多 {len(rest)} 项，已填 {filled}" if filled else f"更多内容 {len(rest)} 项"
        self.more.set_words(words, "chevron_down")

    def _make(self, fact: Fact, held: Record | None, grid: FormGrid | None = None) -> None:
        whole_row = fact.name in self._whole_row
        editor = (make_wide_editor if whole_row else make_editor)(fact, self._desk, self._collection)
        editor.setProperty("fact", fact.name)
        editor.setProperty("collection", self._collection)
        editor.setToolTip(fact.help)
        editor.setAccessibleDescription(fact.help)
        if self._desk.read_only or self._is_locked(fact.name):
            editor.set_read_only(True)
        editor.value_changed.connect(self._on_value_changed)
        editor.edited.connect(self._on_edited)
        editor.entered.connect(self._on_entered)
        editor.left.connect(self._on_left)
        editor.unread.connect(self._on_unread)
        self.editors[fact.name] = editor
        if isinstance(editor, (ChoiceField, ManyField)) and is_link(fact):
            self._offered[fact.name] = options_of(fact, self._desk, self._collection)
        if held is not None:
            self._show_value(fact.name, editor, getattr(held, fact.name))
        (grid or self._grid).add(fact.label, editor, wide=whole_row or is_wide(fact))
        if held is not None:
            self._take_up(fact.name, editor)
        if fact.name in self._told:
            self._make_told(self._told[fact.name], held, grid or self._grid)

    def _make_told(self, key: str, held: Record | None, grid: FormGrid) -> None:
        told = told_line(key, self._desk, held)
        line = FixedField(told.label, source=told.source)
        line.set_words(told.words, told.source)
        self._lines[key] = line
        grid.add(told.label, line)

    def _tell_lines(self) -> None:
        for key, line in self._lines.items():
            told = told_line(key, self._desk, self._held())
            line.set_words(told.words, told.source)

    # ---- the record

    def _is_locked(self, name: str) -> bool:
        if name in self._fixed:
            return True
        return name not in STILL_COUNTED and lock_of(self._desk.case, self._held()) is not None

    def _tell_locked(self) -> None:
        for name, editor in self.editors.items():
            locked = self._desk.read_only or self._is_locked(name)
            if locked is not editor.is_read_only():
                editor.set_read_only(locked)

    def record_id(self) -> str:
        """The record that is shown; empty when none is."""
        return self._record_id

    def show_record(self, record_id: str) -> None:
        """Show another record; what was being typed is handed on before."""
        other = record_id != self._record_id
        if other:
            self._leave()
        self._record_id = record_id
        held = self._held()
        self._tell_locked()
        if held is None:
            return
        if other:
            self._left.clear()
            filled = sum(getattr(held, name) != fact.empty for name, fact in self.facts.items())
            self._begun_here = filled <= MOST_AT_BEGINNING
        if self._rest_grid.isVisibleTo(self):
            self._fold(open_=False)
        self._tell_rest()
        self._tell_lines()
        self._show_findings()
        for name, editor in self.editors.items():
            self._show_value(name, editor, getattr(held, name), keep_unread=not other)
            if other:
                self._take_up(name, editor)
        self._fix()
        if any(self._desk.half_typed.words(self._collection, record_id, fact.name) for fact in self._rest):
            self.unfold()

    def refresh(self, changed: frozenset[str]) -> None:
        """The case changed: take over this record's values, and what can be picked."""
        held = self._held()
        if held is None:
            self._record_id = ""
            return
        own = self._collection in changed
        self._tell_locked()
        self._tell_lines()
        if own and self._rest_grid.isHidden():
            self._tell_rest()
        for name, editor in self.editors.items():
            fact = self.facts[name]
            if own or (is_link(fact) and fact.refers_to in changed):
                self._show_value(name, editor, getattr(held, name), keep_unread=True)
        if own or "counts" in changed:
            self._fix()

    def _fix(self) -> None:
        """What a closed count keeps is shown only, until the count is opened again."""
        if self._desk.read_only or self._collection not in COLLECTIONS:
            return
        fixed = fixed_facts(self._desk.case, self._collection, self._record_id)
        if fixed != self._fixed:
            self._fixed = fixed
            self._tell_locked()

    def commit(self) -> None:
        """Hand on everything that is typed now."""
        for name, editor in self.editors.items():
            editor.commit()
            self._drop_if_read(name, editor)

    def first_empty(self) -> FieldEditor | None:
        """The first field still to fill, else the first one."""
        editors = list(self.editors.values())
        return next(
            (editor for editor in editors if editor.value() == editor.empty), editors[0] if editors else None
        )

    def _held(self) -> Record | None:
        found: Record | None = self._desk.case.find(self._collection, self._record_id)
        return found

    def _leave(self) -> None:
        """Hand on what is typed; what cannot be understood yet is kept as it stands and shown again later."""
        self.commit()
        for editor in self.editors.values():
            if self._record_id and not editor.is_understood() and isinstance(editor, _TYPED):
                editor.blockSignals(True)  # nobody emptied it
                editor.set_typed("")
                editor.blockSignals(False)

    def _take_up(self, name: str, editor: FieldEditor) -> None:
        """Show again what was typed here and could not be read, with its sentence."""
        words = self._desk.half_typed.words(self._collection, self._record_id, name)
        if words and isinstance(editor, _TYPED) and not self._desk.read_only:
            editor.set_typed(words)
            editor.commit()

    def _drop_if_read(self, name: str, editor: FieldEditor) -> None:
        if self._record_id and editor.is_understood():
            self._desk.half_typed.drop(self._collection, self._record_id, [name])

    def _show_value(self, name: str, editor: FieldEditor, value: Any, *, keep_unread: bool = False) -> None:
        fact = self.facts[name]
        if keep_unread and editor.is_dirty() and not editor.is_understood():
            return  # what was typed stays with its sentence until it is mended or Esc gives the old value back
        if isinstance(editor, (ChoiceField, ManyField)) and not editor.is_dirty():
            self._offer(fact, editor, value)
        editor.set_value(value)
        self._check_code(fact, editor, value)

    def _offer(self, fact: Fact, editor: ChoiceField | ManyField, value: Any) -> None:
        if not (is_link(fact) or (isinstance(editor, ChoiceField) and editor.empty == "")):
            return
        wanted = options_of(fact, self._desk, self._collection, value)
        if wanted != self._offered.get(fact.name):
            self._offered[fact.name] = wanted
            editor.set_options(wanted)

    def _check_code(self, fact: Fact, editor: FieldEditor, value: Any) -> None:
        """What is wrong with the value itself, else what the check of the case says about the field."""
        if editor.is_dirty() and editor.has_focus():
            return
        wrong = CODE_CHECKS[fact.code](value) if fact.code else None
        may_tell = self._may_tell(fact, value)
        told = self._lit.wrong.get(fact.name) if may_tell else None
        editor.set_error(wrong or told)
        word, sentence = (
            self._lit.said.get(fact.name, ("", "")) if may_tell and not (wrong or told) else ("", "")
        )
        if word != editor.marked() or word:
            editor.set_mark(word, sentence)

    def _may_tell(self, fact: Fact, value: Any) -> bool:
        """In a record just begun, an empty field that nobody has come to yet is not wrong, only not filled in."""
        return value != fact.empty or not self._begun_here or fact.name in self._left

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self._record_id and self.isVisible():
            self._show_findings()

    def _show_findings(self) -> None:
        """Put the sentence of what must be mended below its field; no new one below the field in hand."""
        lit = lit_fields(self._desk.checkup.findings, self._collection, self._record_id, self.facts)
        if lit == self._lit:
            return
        self._lit = lit
        held = self._held()
        if any(fact.name in lit.wrong for fact in self._rest):
            self.unfold()
        for name, editor in self.editors.items():
            if held is not None and (not editor.has_focus() or editor.error()):
                self._check_code(self.facts[name], editor, getattr(held, name))

    # ---- from the editors

    def _sender(self) -> FieldEditor | None:
        sender = self.sender()
        return sender if isinstance(sender, FieldEditor) else None

    @Slot(object)
    def _on_value_changed(self, value: object) -> None:
        editor, held = self._sender(), self._held()
        if editor is None or held is None:
            return
        name = str(editor.property("fact"))
        if self.facts[name].code and isinstance(value, str):
            value = tidy_code(value)
        self._desk.change(self._collection, held.replace(**{name: value}))

    @Slot()
    def _on_edited(self) -> None:
        editor, held = self._sender(), self._held()
        if editor is None or held is None:
            return
        name = str(editor.property("fact"))
        if editor.has_focus():
            self._tell_help(editor)
        if self.facts[name].code:
            editor.set_error(None)  # checked again on leaving
        if editor.is_understood():
            self._desk.try_out(self._collection, held.replace(**{name: editor.value()}))
            if not editor.is_dirty():  # Esc
                self._drop_if_read(name, editor)
        else:
            self._desk.drop_draft()

    @Slot()
    def _on_left(self) -> None:
        editor, held = self._sender(), self._held()
        if editor is None or held is None:
            return
        name = str(editor.property("fact"))
        self._left.add(name)
        self._drop_if_read(name, editor)
        if not editor.has_focus():
            self._check_code(self.facts[name], editor, getattr(held, name))

    @Slot()
    def _on_unread(self) -> None:
        """Keep the words for the next time the record is shown, today or after another start."""
        editor = self._sender()
        if self._held() is not None and isinstance(editor, _TYPED) and not self._desk.read_only:
            name = str(editor.property("fact"))
            self._desk.half_typed.keep(self._collection, self._record_id, name, editor.typed())

    @Slot()
    def _on_entered(self) -> None:
        editor = self._sender()
        if editor is not None:
            self._tell_help(editor)

    def _tell_help(self, editor: FieldEditor) -> None:
        """Say below the form what the field in hand means, unless the empty field says so itself."""
        self._help.set_words(self._help_below(editor))
        # Room is kept where any field here may need it: nothing moves while one goes from field to field.
        told = any(
            fact.help and not _is_example(fact) for name, fact in self.facts.items() if name in self.editors
        )
        self._help.setVisible(told)

    def _help_below(self, editor: FieldEditor) -> str:
        fact = self.facts[str(editor.property("fact"))]
        if _is_example(fact):
            return ""
        if isinstance(editor, LineField) and not editor.typed():
            line = editor.line
            hint = line.placeholderText()
            if hint == fact.help and line.fontMetrics().horizontalAdvance(hint) < line.width():
                return ""
        return fact.help


def _is_example(fact: Fact) -> bool:
    """Whether the help of a text only shows how one looks, which the empty field does."""
    return fact.kind in (Kind.TEXT, Kind.LONG_TEXT) and fact.help.startswith("例如")
