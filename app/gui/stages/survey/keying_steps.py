"""A paper sheet while it is typed: which question is on, and what a key does to it. Without Qt.

One key for a single answer: choosing goes on by itself. Several answers are switched by their keys, and Enter goes
on. 1–9 are the first nine options, 0 the tenth, letters those after it; where there are fewer than ten, 0 is 没有回答.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.answered_sheet import Answer
from app.domain.survey import Question, QuestionKind
from app.figures.keyed_sheets import impossible_answer

KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
NO_ANSWER = "0"
_WRITTEN = (QuestionKind.OPEN, QuestionKind.NUMBER)
_BESIDE = "其他"


@dataclass(frozen=True, slots=True)
class Step:
    """What is typed next: a question, for a matrix one of its rows, or the words beside an option (``beside``)."""

    question: Question
    row: int = -1
    beside: bool = False

    @property
    def wants_words(self) -> bool:
        """Whether words are typed here, not one of the options."""
        return self.beside or self.question.kind in _WRITTEN

    @property
    def words(self) -> str:
        """What is asked, as it is shown above the options."""
        question = self.question
        number = f"第{question.number or '？'}题"
        if self.beside:
            return f"{number} 其他写的是什么"
        stem = f"{number} {question.stem}"
        if question.asked_of:
            stem += f"（{question.asked_of}回答）"
        if 0 <= self.row < len(question.rows):
            return f"{stem}　{question.rows[self.row]}（第 {self.row + 1} 行，共 {len(question.rows)} 行）"
        return f"{stem}（最多选 {question.at_most} 项）" if question.at_most else stem


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option as it is shown: its key, its words, whether it is chosen, and its place in a ranking (1, 2 …)."""

    key: str
    words: str
    chosen: bool = False
    place: int = 0


class SheetInHand:
    """Answers to the questions so far, and the place at which the typing is; at the end ``step`` is ``None``."""

    def __init__(
        self,
        questions: Sequence[Question],
        answers: Mapping[str, Answer] | None = None,
        others: Mapping[str, str] | None = None,
    ) -> None:
        """``answers`` and ``others`` are those of a sheet that is changed."""
        self.questions = tuple(each for each in questions if each.kind in _WRITTEN or each.options)
        self.answers: dict[str, Answer] = dict(answers or {})
        self.others: dict[str, str] = dict(others or {})
        self.keys = 0
        """How many keys were pressed for answers."""
        self._at = 0

    # ---- where it is

    def steps(self) -> list[Step]:
        """All that is asked, with what was answered so far."""
        found: list[Step] = []
        for question in self.questions:
            if question.kind is QuestionKind.MATRIX:
                found += [Step(question, row) for row in range(max(1, len(question.rows)))]
                continue
            found.append(Step(question))
            if question.kind not in _WRITTEN and self._beside(question):
                found.append(Step(question, beside=True))
        return found

    def step(self) -> Step | None:
        """What is typed now, ``None`` after the last question."""
        steps = self.steps()
        return steps[self._at] if self._at < len(steps) else None

    def is_begun(self) -> bool:
        """Whether something was typed."""
        return bool(self.keys)

    def place(self) -> tuple[int, int]:
        """The question that is on, counted from 1, and how many there are."""
        step = self.step()
        at = len(self.questions) if step is None else self.questions.index(step.question) + 1
        return at, len(self.questions)

    # ---- keys

    def press(self, key: str) -> bool:
        """A key with a digit or letter; False if it means nothing here."""
        step = self.step()
        if step is None or step.wants_words:
            return False
        question = step.question
        at = KEYS.find(key)
        if key == NO_ANSWER and len(question.options) < 10:
            self.keys += 1
            self._skip(step)
            return True
        if not 0 <= at < len(question.options):
            return False
        self.keys += 1
        if question.kind is QuestionKind.SINGLE:
            self._answer(question, at)
            self._at += 1
        elif question.kind is QuestionKind.MATRIX:
            self._set_row(step, at)
            self._at += 1
        else:
            self._switch(question, at)
        return True

    def write(self, words: str) -> None:
        """The words of the step, as they stand in the field."""
        step = self.step()
        if step is None or not step.wants_words:
            return
        held: dict[str, str] | dict[str, Answer] = self.others if step.beside else self.answers
        if held.get(step.question.id, "") == words:
            return
        self.keys += 1
        if words.strip():
            held[step.question.id] = words
        else:
            held.pop(step.question.id, None)

    def words(self) -> str:
        """What is written at this step so far."""
        step = self.step()
        if step is None:
            return ""
        held = (self.others if step.beside else self.answers).get(step.question.id, "")
        return held if isinstance(held, str) else ""

    def go_on(self) -> bool:
        """Enter or the space bar: to the next step; False after the last."""
        if self.step() is None:
            return False
        self.keys += 1
        self._at += 1
        return True

    def go_back(self) -> bool:
        """Backspace: one step back; False at the first."""
        if not self._at:
            return False
        self._at -= 1
        return True

    def jump(self, question_id: str) -> None:
        """Go to a question."""
        steps = self.steps()
        self._at = next((at for at, each in enumerate(steps) if each.question.id == question_id), self._at)

    # ---- what is shown

    def lines(self) -> tuple[OptionLine, ...]:
        """The options of the question that is on."""
        step = self.step()
        if step is None or step.wants_words:
            return ()
        question = step.question
        answer = self.answers.get(question.id)
        chosen: tuple[int | None, ...] = ()
        if isinstance(answer, tuple):
            chosen = answer[step.row : step.row + 1] if question.kind is QuestionKind.MATRIX else answer
        elif isinstance(answer, int):
            chosen = (answer,)
        ranked = question.kind is QuestionKind.RANKING
        return tuple(
            OptionLine(
                KEYS[at] if at < len(KEYS) else "",
                option,
                at in chosen,
                chosen.index(at) + 1 if ranked and at in chosen else 0,
            )
            for at, option in enumerate(question.options)
        )

    def trouble(self) -> str:
        """Why the answer that stands here will not count, in words; empty if it does."""
        step = self.step()
        answer = None if step is None or step.beside else self.answers.get(step.question.id)
        return impossible_answer(step.question, answer) if step is not None and answer is not None else ""

    # ---- inside

    def _answer(self, question: Question, answer: Answer | None) -> None:
        if answer is None or answer == ():
            self.answers.pop(question.id, None)
        else:
            self.answers[question.id] = answer
        if not self._beside(question):
            self.others.pop(question.id, None)

    def _skip(self, step: Step) -> None:
        if step.row >= 0:
            self._set_row(step, None)
        else:
            self._answer(step.question, None)
        self._at += 1

    def _set_row(self, step: Step, at: int | None) -> None:
        held = self.answers.get(step.question.id)
        rows = list(held) if isinstance(held, tuple) else []
        rows += [None] * (max(1, len(step.question.rows)) - len(rows))
        rows[step.row] = at
        self._answer(step.question, tuple(rows) if any(each is not None for each in rows) else None)

    def _switch(self, question: Question, at: int) -> None:
        held = self.answers.get(question.id)
        chosen = [each for each in held if each is not None] if isinstance(held, tuple) else []
        if at in chosen:
            chosen.remove(at)
        else:
            chosen.append(at)
        if question.kind is QuestionKind.MULTIPLE:
            chosen.sort()
        self._answer(question, tuple(chosen))
        if question.kind is QuestionKind.RANKING and len(chosen) == self._places(question):
            self._at += 1

    def _places(self, question: Question) -> int:
        return min(question.at_most or len(question.options), len(question.options))

    def _beside(self, question: Question) -> bool:
        """Whether an option was chosen beside which something may be written."""
        answer = self.answers.get(question.id)
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return any(
            isinstance(at, int) and at < len(question.options) and question.options[at].startswith(_BESIDE)
            for at in chosen
        )
