"""The records of a collection: as a list with the form of the selected one, as one form, or as rows to fill in."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Case, is_single
from app.domain.facts import Fact, Record, Sensitivity
from app.forms.layout import Section
from app.gui.desk import Desk
from app.gui.forms.editors import has_place, is_for
from app.gui.forms.fact_cells import FactCells, opens_with_keys
from app.gui.forms.locked_rows import LockedLine
from app.gui.forms.naming import in_region, label_of
from app.gui.forms.record_form import RecordForm
from app.gui.forms.section_rows import columns_of, held_in_cell, rows_of, states_of, watched_by
from app.gui.forms.starting import starting_values, wanted_first
from app.gui.widgets.button import Button
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.flow import FlowLayout
from app.gui.widgets.reading_order import bring_in
from app.gui.widgets.record_table import RecordTable
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text


class SectionView(Sheet):
    """Draws a :class:`app.forms.layout.Section`; every fact of it is reached here, with keyboard or mouse.

    Signals:
        record_shown: The form of another record is open. arg: collection, arg: its id, empty when none is.

    ``selects_first``: the first of several is opened at once (one alone always is). ``lazily``: the form
    is made piece by piece by :meth:`build_some`.
    """

    record_shown = Signal(str, str)

    def __init__(
        self,
        section: Section,
        desk: Desk,
        *,
        selects_first: bool = False,
        lazily: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            "" if section.headless else in_region(desk.program, desk.case, section.title),
            tone="bare" if section.joined else "plain",
            parent=parent,
        )
        self.section = section
        self._desk = desk
        self._selects_first = selects_first
        self._lazily = lazily
        self._facts: tuple[Fact, ...] = ()
        if section.joined:
            self._layout.insertWidget(0, Hairline())
        self._foot_row: FlowLayout | None = None
        self._foot_guests: list[QWidget] = []
        self._at_foot: list[QWidget] = []
        if section.headless:
            self.setAccessibleName(in_region(desk.program, desk.case, section.title))
            self._foot = QVBoxLayout()
            self._foot.setSpacing(4)
            self._foot_row = FlowLayout(gap=4)
            self._foot.addLayout(self._foot_row)
            self._layout.insertLayout(self._layout.count() - 1, self._foot)
        self.table: RecordTable | None = None
        self.form: RecordForm | None = None
        self._line: Hairline | None = None
        self._shown_id = ""
        self._rows_shown: tuple[Case, dict[str, str]] | None = None
        """The case and the states the rows were made of."""
        self._cells: FactCells | None = None
        self._refusal: Text | None = None
        self._head_add: Button | None = None
        self._head_remove: Button | None = None
        if not is_single(section.collection):
            self.table = self._make_table()
            self.add(self.table)
            if section.style == "grid":
                self._open_cells(self.table)
            if section.style == "one" or section.folded:
                self._make_head_buttons()
        secret = any(fact.sensitivity is Sensitivity.BOTTOM_LINE for fact in section.facts())
        self._always_hint = section.hint if secret else ""
        desk.case_changed.connect(self._on_case_changed)
        desk.checked.connect(self._on_checked)
        if not is_for(section, desk.case):
            self.hide()  # never shown before it has a parent: it would be a window of its own
        self._show_rows()
        if not lazily:
            self._open_at_first()

    # ---- building

    def build_some(self) -> bool:
        """Make the next piece; False when all stands."""
        if self._lazily:
            if self.form is None:
                self._open_at_first()
            elif not self.form.build_some():
                self._lazily = False
            if self.form is None:
                self._lazily = False
        return self._lazily

    def build_all(self) -> None:
        """Make what is not there yet."""
        while self.build_some():
            pass

    def _make_table(self) -> RecordTable:
        columns = columns_of(self.section, self._desk)
        add = "" if self._desk.read_only else in_region(self._desk.program, self._desk.case, self.section.add)
        table = RecordTable(
            in_region(self._desk.program, self._desk.case, self.section.title),
            columns,
            add_words=add,
            remove_words="" if self._desk.read_only else f"移除{label_of(self.section.collection)}",
            empty_words=self.section.hint or f"还没有{label_of(self.section.collection)}。",
        )
        table.row_selected.connect(self._on_row_selected)
        table.row_opened.connect(self._on_row_opened)
        table.add_requested.connect(self.add_record)
        table.remove_requested.connect(self._on_remove)
        return table

    def _make_form(self) -> RecordForm:
        self._facts = tuple(fact for fact in self.section.facts() if has_place(fact, self._desk.case))
        if self.table is not None:
            self._line = Hairline()
            self._add_own(self._line, after=self._refusal or self.table)
        form = RecordForm(
            self.section.collection,
            self._facts,
            self._desk,
            first=self.section.first,
            told=self.section.told,
            wide=self.section.wide,
        )
        self._add_own(form, after=self._line)
        if self._foot_row is not None:
            self._foot.addWidget(form.foot)
            self._order_foot(form)
        return form

    def _add_own(self, part: QWidget, *, after: QWidget | None) -> None:
        """Put a part below this section's others, above what was joined to its sheet."""
        self.body.insertWidget(self.body.indexOf(after) + 1 if after is not None else 0, part)

    def add_to_foot(self, part: QWidget) -> bool:
        """Put a button of a joined part into the row at the foot; False where there is no such row."""
        if self._foot_row is None:
            return False
        self._foot_guests.append(part)
        self._order_foot(self.form)
        return True

    def _order_foot(self, form: RecordForm | None) -> None:
        """更多内容, then what joined parts brought, then 添加 and 移除."""
        row = self._foot_row
        if row is None:
            return
        for part in self._at_foot:  # not takeAt: see FormGrid
            if shiboken6.isValid(part):
                row.removeWidget(part)
        wanted = (
            form.more if form is not None else None,
            *self._foot_guests,
            self._head_add,
            self._head_remove,
        )
        self._at_foot = [part for part in wanted if part is not None]
        for part in self._at_foot:
            hidden = part.isHidden()
            row.addWidget(part)
            part.setHidden(hidden)

    def _open_cells(self, table: RecordTable) -> None:
        """Let the cells of the rows be filled in where they stand."""
        self._cells = FactCells(table.view, self._desk, self._held_by)
        table.view.setItemDelegate(self._cells)
        opens_with_keys(table.view)
        self._locked = LockedLine()
        self.body.insertWidget(0, self._locked)
        self._refusal = Text("", ink="accentText", wrap=True)
        self._refusal.hide()
        self.add(self._refusal)
        self._cells.refused.connect(self._on_refused)
        self._cells.form_wanted.connect(self._open_form)
        if self.section.add and len(self.section.facts()) > len(self.section.cells):
            self.whole = Button("", "text", "chevron_down", in_table=True)
            self.whole.clicked.connect(self._on_whole)
            table.add_to_buttons(self.whole)
            self._tell_whole()

    _locked: LockedLine | None = None

    whole: Button | None = None
    """更多内容: the form of the row in hand, where rows are filled in where they stand."""

    @Slot()
    def _on_whole(self) -> None:
        chosen = self.table.selected() if self.table is not None else None
        if self._wants_form or not chosen:
            self._wants_form = False
            self._open("")
        else:
            self._open_form(chosen)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """更多内容 9 项: what stands in no cell."""
        if self.whole is None:
            return
        if self._wants_form and self._shown_id:
            self.whole.set_words("收起这些内容", "chevron_up")
        else:
            facts = [fact for fact in self.section.facts() if has_place(fact, self._desk.case)]
            rest = sum(fact.name not in self.section.cells for fact in facts)
            self.whole.set_words(f"更多内容 {rest} 项", "chevron_down")
        self.whole.setVisible(bool(self.records()))

    def _held_by(self, row_id: str, key: str) -> tuple[str, Record, Fact] | None:
        return held_in_cell(self.section, self._desk, row_id, key)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        if self._refusal is not None:
            self._refusal.set_words(sentence)
            self._refusal.setVisible(bool(sentence))

    def _make_head_buttons(self) -> None:
        """添加 and 移除 beside the heading, for the times when there is no list below it."""
        words = in_region(self._desk.program, self._desk.case, self.section.add)
        self._head_add = Button(words, "text", "plus", in_table=True)
        self._head_remove = Button(
            f"移除{label_of(self.section.collection)}", "text", "remove", in_table=True
        )
        self._head_add.clicked.connect(self.add_record)
        self._head_remove.clicked.connect(self._on_head_remove)
        for button in (self._head_add, self._head_remove):
            button.hide()
            if self._foot_row is None:
                self.head.addWidget(button)
        self._order_foot(self.form)

    @Slot()
    def _on_head_remove(self) -> None:
        if self._shown_id:
            self._on_remove(self._shown_id)

    def adder(self) -> QWidget | None:
        """The button that adds a record, where it stands now."""
        if self._head_add is not None and not self._head_add.isHidden():
            return self._head_add
        return self.table.add_button if self.table is not None else None

    def _show_list_or_not(self, count: int) -> None:
        """One record needs no list; a rarely needed section with none only its heading and 添加."""
        if self.table is None or self._head_add is None or self._head_remove is None:
            return
        alone = self.section.style == "one" and count == 1
        closed = self.section.folded and count == 0
        self.table.setVisible(not alone and not closed)
        writable = not self._desk.read_only
        self._show_line()
        self._head_add.setVisible(writable and (alone or closed))
        self._head_remove.setVisible(writable and alone)

    def _show_line(self) -> None:
        """A hairline stands between list and form; a form alone needs none."""
        if self._line is not None:
            listed = self.table is not None and not self.table.isHidden()
            self._line.setVisible(listed and bool(self._shown_id))

    def _drop_form(self) -> None:
        for part in (*self._form_parts(), self._line):
            if part is not None:
                part.hide()
                part.deleteLater()
        self.form = self._line = None

    def _form_parts(self) -> tuple[QWidget | None, ...]:
        """The form and what of it stands at the foot."""
        if self.form is None or self._foot_row is None:
            return (self.form,)
        return self.form, self.form.foot, self.form.more

    # ---- the records

    def records(self) -> tuple[Record, ...]:
        """The records of the case that are listed here."""
        held = self._desk.case.records(self.section.collection)
        return tuple(record for record in held if self.section.holds(record))

    def holds(self, record_id: str) -> bool:
        """Whether a record is listed here."""
        return any(record.id == record_id for record in self.records())

    def select(self, record_id: str) -> None:
        """Open the form of a record; nothing happens when it is not listed here."""
        if not self.holds(record_id):
            return
        if self.table is not None and self.table.selected() != record_id:
            self.table.select(record_id)
        self._open(record_id)

    def editor(self, fact: str) -> FieldEditor | None:
        """The editor of a fact of the open record, unfolded if need be."""
        return self.form.editor(fact) if self.form is not None else None

    def focus_fact(self, record_id: str, fact: str) -> QWidget | None:
        """Open a record and go to one of its facts; the widget that has the focus then."""
        self.build_all()
        if not record_id and self.records():
            record_id = self.records()[0].id
        self.select(record_id)
        if self.table is not None and self._held_by(record_id, fact) is not None:
            self.table.edit_cell(record_id, fact)
            return self._cells.editor() if self._cells is not None else None
        if fact and self.section.style == "grid" and self.holds(record_id):
            self._open_form(record_id)
        target: QWidget | None = self.editor(fact)
        if target is None:
            target = self.adder() if self.table is not None and not self.records() else self.table
        if target is None and self.form is not None:
            target = self.form.first_empty()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
        return target

    def commit(self) -> None:
        """Hand on everything that is typed now."""
        if self._cells is not None:
            self._cells.commit()
        if self.form is not None:
            self.form.commit()

    @Slot()
    def add_record(self) -> None:
        """Add a record, open its form and go to the first field."""
        if self._desk.read_only:
            return
        self.build_all()
        for collection, preset in wanted_first(self._desk.case, self.section):
            self._desk.add(collection, preset)
        made = self._desk.add(self.section.collection, starting_values(self._desk.case, self.section))
        if not self.holds(made.id):
            return  # refused, and told
        self.select(made.id)
        if self.table is not None and self.section.style == "grid":
            empty = [
                name
                for name in self.section.cells
                if name not in self.section.preset and getattr(made, name) in (None, "")
            ]
            if empty:
                self.table.edit_cell(made.id, empty[0])
            return
        if self.form is not None and (first := self.form.first_empty()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            bring_in(first)

    @Slot(str)
    def _on_remove(self, record_id: str) -> None:
        self._desk.remove(self.section.collection, record_id)
        adder = self.adder()
        if self.table is not None and adder is not None:
            listed = self.records() and not self.table.isHidden()
            (self.table if listed else adder).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_row_selected(self, record_id: object) -> None:
        self._open(str(record_id) if record_id else "")

    @Slot(str)
    def _on_row_opened(self, record_id: str) -> None:
        if self.table is not None and self.section.style == "grid":
            at = self.table.view.currentIndex()
            key = self.section.columns[at.column()] if at.isValid() else ""
            if self._held_by(record_id, key) is not None:
                self.table.view.edit(at)
                return
        self._open_form(record_id)
        if self.form is not None and (first := self.form.first_empty()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _open_form(self, record_id: str) -> None:
        """Open the form of a row; in rows that are filled in where they stand it is asked for."""
        self._wants_form = True
        self._open(record_id)
        self._tell_whole()

    _wants_form = False

    def _open_at_first(self) -> None:
        records = self.records()
        if records and (self.table is None or len(records) == 1 or self._selects_first):
            self.select(records[0].id)

    def _open(self, record_id: str) -> None:
        closed = self.section.style == "grid" and not self._wants_form
        if not record_id or not self.holds(record_id) or closed:
            if self._shown_id:
                self.record_shown.emit(self.section.collection, "")
            self._shown_id = ""
            for part in (*self._form_parts(), self._line):
                if part is not None:
                    part.hide()
            return
        if self.form is None:
            self.form = self._make_form()
            if not self._lazily:
                self.form.build_all()
        if self._shown_id != record_id or self.form.isHidden():
            self._shown_id = record_id
            for part in (*self._form_parts(), self._line):
                if part is not None:
                    part.setVisible(part is not self.form.more or self.form.has_more())
            self._show_line()
            self.record_shown.emit(self.section.collection, record_id)
        if self.form.record_id() != record_id:
            self.form.show_record(record_id)

    def shown_id(self) -> str:
        """The record whose form is open; empty when none is."""
        return self._shown_id

    # ---- keeping up

    @Slot(object)
    def _on_case_changed(self, changed: frozenset[str]) -> None:
        if "cycle" in changed:
            self._follow_cycle()
        if not changed & watched_by(self.section, self._facts):
            return
        self._show_rows()
        if self.form is not None:
            self.form.refresh(changed)
        if self._shown_id and not self.holds(self._shown_id):
            self._open(self.table.selected() or "" if self.table is not None else "")
        if not self._shown_id and len(self.records()) == 1:
            self._open_at_first()

    def _follow_cycle(self) -> None:
        case = self._desk.case
        if not self.section.headless:
            self.set_title(in_region(self._desk.program, case, self.section.title))
        self.setVisible(is_for(self.section, case))
        if self.table is not None and not self._desk.read_only:
            self.table.add_button.set_words(in_region(self._desk.program, case, self.section.add))
        wanted = tuple(fact for fact in self.section.facts() if has_place(fact, case))
        if self.form is not None and wanted != self._facts and not self._has_focus():
            shown_id, self._shown_id = self._shown_id, ""
            self._drop_form()
            if shown_id:
                self._open(shown_id)

    def _has_focus(self) -> bool:
        return self.form is not None and any(editor.has_focus() for editor in self.form.editors.values())

    @Slot(object)
    def _on_checked(self, _checkup: object) -> None:
        if self.table is not None and self.records():
            now = (self._desk.case, states_of(self.section, self._desk))
            if self._rows_shown is None or self._rows_shown[0] is not now[0] or self._rows_shown[1] != now[1]:
                self._show_rows()

    def _show_rows(self) -> None:
        records = self.records()
        self.set_remark(self._remark_for(len(records)))
        if self.table is None:
            return
        self._show_list_or_not(len(records))
        self._tell_whole()
        states = states_of(self.section, self._desk)
        self._rows_shown = (self._desk.case, states)
        rows = rows_of(self.section, self._desk, records, states)
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)
        if self._locked is not None:
            self._locked.show_for(self._desk, self.section, records)
            self.table.add_button.setVisible(not self._desk.read_only and not self._locked.next_is_locked)

    def _remark_for(self, count: int) -> str:
        if self._always_hint:
            return self._always_hint
        if self.section.headless or (self._head_add is not None and count == 0):
            return ""
        return f"{count} 条" if count > 1 else ""
