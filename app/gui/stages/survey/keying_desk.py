"""Where paper sheets are typed: number, one question after the other, and what two keyings disagree on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.answered_sheet import AnsweredSheet, HalfSheet
from app.domain.survey import Question, Survey
from app.figures.keyed_sheets import FIRST, SECOND, Conflict, KeyedSheets, number_of
from app.gui.desk import Desk
from app.gui.stages.survey import keying_words as said
from app.gui.stages.survey.keying_half import HalfKeeper, half_of, settling, storing
from app.gui.stages.survey.keying_open import conflict_id, question_name
from app.gui.stages.survey.keying_pad import is_save
from app.gui.stages.survey.keying_parts import KeyingParts
from app.gui.stages.survey.keying_steps import (
    SheetInHand,
    all_typed_twice,
    conflict_lines,
    next_number,
    number_trouble,
)
from app.gui.widgets.composing import Composition
from app.usecases.enter_sheet import Decision


class KeyingDesk(KeyingParts):
    """Modes: ``""`` nothing is on, ``type`` sheets are typed, ``settle`` conflicts are settled.

    Signals:
        sheet_saved: A sheet is on its way to disk, or a conflict was settled.
        left: The typing paused, or nothing is left to settle.
        settled: A conflict was settled in the library.
    """

    sheet_saved = Signal()
    left = Signal()
    settled = Signal()

    _gone = True  # holds again when Python lets go of the part before Qt does; then no filter may look at it

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gone = False
        self.desk = desk
        self._composition = Composition()
        self._survey = Survey()
        self._questions: tuple[Question, ...] = ()
        self._mode = ""
        self._keyed = FIRST
        self._number = ""
        self._offered = ""
        self._asked_twice = ""
        self._spoiling = False
        self._changing: AnsweredSheet | None = None
        self._conflict: Conflict | None = None
        self._found = KeyedSheets()
        self._sheets: dict[tuple[str, int], AnsweredSheet] = {}
        self._on_the_way: set[tuple[str, int]] = set()
        self._typed = (0, 0)
        self._saves = 0
        self._half = HalfKeeper(desk)
        self.hand: SheetInHand | None = None
        self._connect_parts()
        self.hide()

    def _connect_parts(self) -> None:
        for button, slot in (
            (self.save, self.save_sheet),
            (self.spoil, self._on_spoil),
            (self.drop, self._on_drop),
            (self.stop, self.pause),
        ):
            button.clicked.connect(slot)
        self.number.line.returnPressed.connect(self._on_number)
        self.number.edited.connect(self._on_number_edited)
        self.words.line.returnPressed.connect(self._on_words_entered)
        self.words.edited.connect(self._on_words_edited)
        for line in (self.number.line, self.words.line):
            line.installEventFilter(self)
        self.pad.pressed.connect(self._on_key)
        self.pad.went_on.connect(self._on_went_on)
        self.pad.went_back.connect(self._on_back)
        self.pad.save_asked.connect(self.save_sheet)
        self.pad.spoil_asked.connect(self._on_spoil)

    # ---- what the page asks

    def mode(self) -> str:
        """What is on; see the class."""
        return self._mode

    def typed(self) -> tuple[int, int]:
        """How many sheets were typed in the first and the second keying, those on their way to disk too."""
        return self._typed

    def is_half_typed(self) -> bool:
        """Whether a sheet was begun and is not stored."""
        return self._mode == "type" and self.hand is not None and self.hand.is_begun()

    def know(self, sheets: Sequence[AnsweredSheet], found: KeyedSheets) -> None:
        """These sheets are in the library now."""
        self._sheets = {(each.number, each.keyed): each for each in sheets}
        self._found = found
        waiting = [0, 0]
        for _, keyed in self._on_the_way - set(self._sheets):
            waiting[keyed - 1] += 1
        self._typed = (found.typed[0] + waiting[0], found.typed[1] + waiting[1])
        if self._mode == "settle" and self.hand is None:
            self._show_conflict()

    def offered(self) -> str:
        """The number that is taken where none is typed."""
        return self._offered

    def begin(self, survey: Survey, questions: Sequence[Question], keyed: int) -> None:
        """Type sheets, for the first or the second time; a sheet in hand stays in hand."""
        if self._holds_sheet():
            return
        self._survey, self._questions = survey, tuple(questions)
        self._number = self._number if keyed == self._keyed else ""
        self._keyed = keyed
        self._mode = "type"
        self._size_pad(self._questions)
        self.show()
        self._to_number(self._next_number())

    def resume(self, survey: Survey, questions: Sequence[Question], half: HalfSheet) -> None:
        """Go on with a sheet that was in hand when the window closed or the power went."""
        if self._holds_sheet():
            return
        self.begin(survey, questions, half.keyed)
        held = next((each for each in self._sheets.values() if each.id == half.changes), None)
        self._changing, self._number = held, half.number
        self.hand = SheetInHand(self._questions, half.answers, half.others)
        self.hand.jump_to_open()
        self._half.know(half)
        self.number.set_value(half.number)
        self._show_step()
        self._say(f"{half.number} 号上次录了一半，从这里接着录。")

    def half(self) -> HalfSheet | None:
        """The sheet in hand, if it was begun and is not stored."""
        if self.hand is None or not self.is_half_typed():
            return None
        return half_of(self.hand, self._survey, self._number, self._keyed, self._changing)

    def _keep_half(self) -> None:
        if self._mode == "type":
            self._half.keep(self._survey.id, self.half())

    def _holds_sheet(self) -> bool:
        """A sheet that was begun comes before anything else: it is shown again, and why."""
        if not self.is_half_typed():
            return False
        self.show()
        self._show_step()
        self._say(f"{self._number} 号还没存。先录完，按 Ctrl+Enter 存下。")
        return True

    def change(self, survey: Survey, questions: Sequence[Question], sheet: AnsweredSheet) -> None:
        """Open a sheet that was typed before; its number can be changed as well."""
        if self._holds_sheet():
            return
        self.begin(survey, questions, sheet.keyed)
        self._open(sheet)
        self.number.set_value(sheet.number)
        self._show_step()

    def settle(self, survey: Survey, questions: Sequence[Question], row: str = "") -> None:
        """Settle conflicts, that of a row first."""
        if self._holds_sheet():
            return
        self._survey, self._questions = survey, tuple(questions)
        self._mode, self.hand, self._changing = "settle", None, None
        self._size_pad(self._questions)
        self._show_conflict(row)
        self.show()

    @Slot()
    def pause(self) -> None:
        """Put the keys aside; a sheet in hand stays in hand until the window closes."""
        if not self.is_half_typed():
            self._mode, self.hand, self._changing = "", None, None
        self.hide()
        self.left.emit()

    # ---- the number

    def _next_number(self) -> str:
        typed = (*self._sheets, *self._on_the_way)
        return next_number(self._number, typed, self._keyed)

    def _is_done_twice(self) -> bool:
        return self._keyed == SECOND and all_typed_twice({*self._sheets, *self._on_the_way})

    def _to_number(self, number: str) -> None:
        self.hand, self._changing, self._asked_twice, self._spoiling = None, None, "", False
        self._offered = number
        self.number.commit()
        self.number.set_value("")
        self._show_step()

    @Slot()
    def _on_number_edited(self) -> None:
        self._asked_twice = ""
        self._say("")

    @Slot()
    def _on_number(self) -> None:
        if self._mode == "type":
            self._take_number(anew=False)

    def _take_number(self, *, anew: bool) -> bool:
        if not self.number.typed() and self._is_done_twice():
            self.pause()
            return False
        number = number_of(self.number.typed() or self._offered)
        if trouble := number_trouble(number, self._survey):
            self._say(trouble)
            return False
        there = (number, self._keyed) in self._sheets or (number, self._keyed) in self._on_the_way
        if (number, self._keyed) in self._on_the_way and not anew:
            self._say(f"{number} 刚录的还没存完，过一下再按 Enter。")
            return False
        if self._changing is None and there and not anew:
            held = self._sheets.get((number, self._keyed))
            if self._asked_twice != number or held is None:
                self._asked_twice = number
                self._say(said.TWICE.format(number=number))
                return False
            self._open(held)
        self._number = number
        self.number.commit()
        self.number.set_value(number)
        if self.hand is None:
            self.hand = SheetInHand(self._questions)
        self._show_step()
        return True

    def _open(self, sheet: AnsweredSheet) -> None:
        self._changing = sheet
        self._number = sheet.number
        self.hand = SheetInHand(self._questions, sheet.answers, sheet.others)

    # ---- keys

    @Slot(str)
    def _on_key(self, key: str) -> None:
        if self.hand is not None:
            if self.hand.press(key):
                self._after_step()
        elif self._mode == "settle" and self._conflict is not None and key in "123":
            self._decide(int(key))

    @Slot()
    def _on_went_on(self) -> None:
        if self.hand is None:
            return
        if self.hand.go_on():
            self._after_step()
        elif self._mode == "type":
            self.save_sheet()

    def _after_step(self) -> None:
        if self._mode == "settle" and self.hand is not None and self.hand.step() is None:
            self._decide(0)
            return
        self._show_step()

    @Slot()
    def _on_back(self) -> None:
        self.words.commit()
        if self._spoiling:
            self._spoiling = False
        elif self.hand is not None and not self.hand.go_back():
            if self._mode == "settle":
                self.hand = None
                self._show_conflict()
                return
            self.number.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.number.line.selectAll()
            self._keys.set_words(said.AT_NUMBER)
            return
        self._show_step()

    @Slot()
    def _on_words_edited(self) -> None:
        if self.hand is not None and not self._spoiling:
            self.hand.write(self.words.typed())
            self._keep_half()

    @Slot()
    def _on_words_entered(self) -> None:
        self.words.commit()
        if self._spoiling:
            self.save_sheet()
        elif self.hand is not None and self.hand.step() is not None:
            self.hand.go_on()
            self._after_step()

    @Slot()
    def _on_spoil(self) -> None:
        if self._mode == "type" and self.hand is not None:
            self._spoiling = True
            self._show_step()

    @Slot()
    def _on_drop(self) -> None:
        self._to_number(self._number or self._next_number())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._gone:
            return False
        kind = event.type()
        if self._composition.sees(event, kind):
            return True
        if not isinstance(event, QKeyEvent) or self._composition.is_going_on():
            return False
        if is_save(event) and kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress):
            event.accept()
            if kind == QEvent.Type.KeyPress:
                self.save_sheet()
            return True
        if event.key() == Qt.Key.Key_Escape and watched is self.number.line and self.hand is None:
            event.accept()
            if kind == QEvent.Type.KeyPress and self._mode == "type":
                self.number.set_value("")
                self.pause()
            return kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        back = kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Backspace
        if back and watched is self.words.line and not self.words.typed():
            self._on_back()
            return True
        return False

    # ---- storing

    @Slot()
    def save_sheet(self) -> None:
        """Ctrl Enter: store the sheet in hand, what was not answered left empty, and go to the next number."""
        if self._mode == "settle":
            if self.hand is not None:
                self.words.commit()
                self._decide(0)
            return
        if self._mode != "type":
            return
        if self.hand is None:
            self._take_number(anew=True)
            return
        self.words.commit()
        if not self._take_number(anew=True):
            return
        number, keyed, hand, before = self._number, self._keyed, self.hand, self._changing
        invalid = (self.words.typed().strip() or said.WHY_SPOILT) if self._spoiling else ""
        survey_id = self._survey.id
        made = AnsweredSheet(
            id="",
            batch="",
            survey=survey_id,
            number=number,
            keyed=keyed,
            answers=hand.finished(),
            others=dict(hand.others),
            invalid=invalid,
        )
        work = storing(self.desk, made, before)
        begun = any(each.survey == survey_id for each in self.desk.case.data_imports)

        def done(made: object) -> None:
            if isinstance(made, AnsweredSheet):
                self._on_the_way.discard((made.number, made.keyed))
                if before is not None and self._sheets.get((before.number, before.keyed)) == before:
                    del self._sheets[before.number, before.keyed]
                self._sheets[made.number, made.keyed] = made
                if not begun:
                    self.desk.reload()

        self._half.is_stored()
        self._saves += 1
        self._on_the_way.add((number, keyed))
        if before is None:
            self._typed = (self._typed[0] + (keyed == FIRST), self._typed[1] + (keyed == SECOND))
        self.desk.store_behind(f"sheets/{self._saves}", work, done)
        self._to_number(self._next_number())
        self.sheet_saved.emit()

    # ---- conflicts

    def _show_conflict(self, row: str = "") -> None:
        open_ones = self._found.conflicts
        self.hand = None
        self._conflict = next(
            (each for each in open_ones if conflict_id(each) == row), open_ones[0] if open_ones else None
        )
        if self._conflict is None:
            self._mode = ""
            self.hide()
            self.left.emit()
            return
        self._show_step()

    def _decide(self, use: int) -> None:
        conflict = self._conflict
        if conflict is None:
            return
        question = next((each for each in self._questions if each.id == conflict.question), None)
        if use == 3 and question is not None:
            self.hand = SheetInHand([question])
            self._show_step()
            return
        if use == 3:
            return
        decision = Decision(use)
        if self.hand is not None and question is not None:
            decision = Decision(
                0, self.hand.finished().get(question.id), self.hand.others.get(question.id, "")
            )
        self.hand = None
        self._conflict = None

        def over(_found: object) -> None:
            self.sheet_saved.emit()
            self.settled.emit()

        self.desk.run_writing(
            "核对答卷",
            settling(self.desk, self._survey.id, conflict, decision),
            done=over,
        )

    # ---- showing

    def _show_step(self) -> None:
        """Show what is typed next, and put the focus where its keys go."""
        self._keep_half()
        step = self.hand.step() if self.hand is not None else None
        settling = self._mode == "settle"
        self._what.set_words("核对不一致" if settling else said.NAMES[self._keyed])
        for part in (self._label, self.number):
            part.setVisible(not settling)
        self.spoil.setVisible(not settling and self.hand is not None and not self._spoiling)
        self.save.setVisible(self.hand is not None)
        self.drop.setVisible(self.is_half_typed())
        self._say((self.hand.refused or self.hand.trouble()) if self.hand is not None else "")
        if self.hand is None and not settling:
            self._ask_number(self._offered, self._typed[1] if self._is_done_twice() else 0)
        elif self._spoiling:
            self._stem.set_words(f"{self._number} 号作废")
            self._keys.set_words(said.SPOILT)
            self._show_words(said.WHY_SPOILT, "为什么作废")
        elif settling and self.hand is None:
            self._show_choice()
        elif step is None:
            self._show_place()
            self._stem.set_words(f"{self._number} 号录完了")
            self._keys.set_words(said.END)
            self.pad.show_lines((), f"{self._number} 号录完了")
            self._take_keys(self.pad)
        else:
            self._show_question()

    def _show_place(self) -> None:
        if self.hand is not None and self._mode == "type":
            at, of = self.hand.place()
            self._place.set_words(f"第 {at} 题，共 {of} 题")

    def _show_question(self) -> None:
        step = self.hand.step() if self.hand is not None else None
        if self.hand is None or step is None:
            return
        self._show_place()
        stem = step.words
        self._stem.set_words(stem)
        if step.wants_words:
            self._keys.set_words(said.WRITE)
            self._show_words(self.hand.words(), stem)
            return
        self._keys.set_words(said.keys_for(step.question.kind))
        self._say(said.trouble_words(self.hand.refused, self.hand.trouble()))
        self.pad.show_lines(self.hand.lines(), stem)
        self._take_keys(self.pad)

    def _show_choice(self) -> None:
        conflict = self._conflict
        if conflict is None:
            return
        left = len(self._found.conflicts)
        self._place.set_words(f"还有 {left} 处")
        self._stem.set_words(f"{conflict.number} 号　{question_name(self._questions, conflict.question)}")
        self._keys.set_words(said.SETTLE)
        self.pad.show_lines(conflict_lines(conflict), self._stem.words())
        self._take_keys(self.pad)
