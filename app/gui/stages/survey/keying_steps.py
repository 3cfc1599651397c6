"""A paper sheet while it is typed: which question is on, and what a key does to it. Without Qt.

One key for a single answer: choosing goes on by itself. Several answers are switched by their keys, and Enter goes
on. 1–9 are the first nine options, 0 the tenth, letters those after it; where there are fewer than ten, 0 is 没有回答.
A ranking is typed as it stands on the paper, from top to bottom: for each option the number written beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from app.domain.answered_sheet import Answer
from app.domain.survey import Question, QuestionKind, Survey
from app.domain.written_numbers import asks_percent, written_number
from app.figures.keyed_sheets import FIRST, SECOND, Conflict, impossible_answer, number_of, was_printed

KEYS = "1234567890abcdefghijklmnopqrstuvwxyz"
NO_ANSWER = "0"
NO_RANKING = "x"
"""The paper bears a number twice: the ranking does not count."""
_PLACES = "0123456789abcdefghijklmnopqrstuvw"
"""Keys of the numbers written beside the options of a ranking, by the number; 0 is none."""
_WRITTEN = (QuestionKind.OPEN, QuestionKind.NUMBER)
_BESIDE = "其他"


@dataclass(frozen=True, slots=True)
class Step:
    """What is typed next: a question, or the words beside an option (``beside``).

    Of a matrix it is one of its rows, of a ranking one of its options (``row``).
    """

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
        if question.kind is QuestionKind.RANKING and 0 <= self.row < len(question.options):
            at_most = f"（最多排 {question.at_most} 项）" if question.at_most else ""
            of = len(question.options)
            return f"{stem}{at_most}　“{question.options[self.row]}”旁边写的是几（第 {self.row + 1} 项，共 {of} 项）"
        if 0 <= self.row < len(question.rows):
            return f"{stem}　{question.rows[self.row]}（第 {self.row + 1} 行，共 {len(question.rows)} 行）"
        return f"{stem}（最多选 {question.at_most} 项）" if question.at_most else stem


@dataclass(frozen=True, slots=True)
class OptionLine:
    """One option as it is shown: its key, its words, whether it is chosen.

    In a ranking no key, but ``place``, the number written beside it (0 for none), and chosen is the one that is on.
    """

    key: str
    words: str
    chosen: bool = False
    place: int = 0


def conflict_lines(conflict: Conflict) -> tuple[OptionLine, ...]:
    """What may be chosen where two keyings differ."""
    both = (OptionLine("1", f"第一遍：{conflict.first}"), OptionLine("2", f"第二遍：{conflict.second}"))
    return (*both, OptionLine("3", "都不对，照纸上再录")) if conflict.question else both


def number_trouble(number: str, survey: Survey) -> str:
    """Why no sheet can bear this number, in words; empty if one can."""
    if not number:
        return "编号要写数字，例如 0012。"
    if was_printed(survey, number):
        return ""
    return f"只印了 {survey.sheets_printed} 份，没有 {number} 号。看看编号；印得更多，就先改“印制”份数。"


def next_number(last: str, typed: Collection[tuple[str, int]], keyed: int) -> str:
    """The number after the last one; at first the one after the highest, or the first that lacks this keying.

    ``typed`` are numbers with the keying they were typed in.
    """
    numbers = {number for number, _ in typed}
    there = {number for number, each in typed if each == keyed}
    if last:
        after = int(last) + 1
    else:
        lacking = numbers - there
        after = min(map(int, lacking)) if lacking else max(map(int, there), default=0) + 1
    while number_of(str(after)) in there:
        after += 1
    return number_of(str(after))


def all_typed_twice(typed: Collection[tuple[str, int]]) -> bool:
    """Whether the second keying has every number of the first."""
    first = {number for number, keyed in typed if keyed == FIRST}
    return bool(first) and all((number, SECOND) in typed for number in first)


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
        self.refused = ""
        """Why the last key was not taken, or what to look at in what was just written, in words."""
        self._at = 0

    # ---- where it is

    def steps(self) -> list[Step]:
        """All that is asked, with what was answered so far."""
        found: list[Step] = []
        for question in self.questions:
            if question.kind is QuestionKind.MATRIX:
                found += [Step(question, row) for row in range(max(1, len(question.rows)))]
                continue
            if question.kind is QuestionKind.RANKING:
                found += [Step(question, row) for row in range(len(question.options))]
            else:
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
        self.refused = ""
        if question.kind is QuestionKind.RANKING:
            return self._rank(step, key)
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
        self.refused = self._odd()
        self._at += 1
        return True

    def _odd(self) -> str:
        """What to look at in the number just written; it counts all the same."""
        step = self.step()
        if step is None or step.beside or step.question.kind is not QuestionKind.NUMBER:
            return ""
        value = written_number(self.words()).value
        if value is None or value <= 100 or not asks_percent(step.question.stem):
            return ""
        number = step.question.number or "？"
        return f"第{number}题问的是百分之几，填的是 {self.words()}：看看纸上是不是这样，退格键回去改。"

    def go_back(self) -> bool:
        """Backspace: one step back; False at the first."""
        if not self._at:
            return False
        self._at -= 1
        self.refused = ""
        return True

    def finished(self) -> dict[str, Answer]:
        """The answers as they are stored: numbers a ranking passes over are no places."""
        return {
            question.id: self._closed_up(question, self.answers[question.id])
            for question in self.questions
            if question.id in self.answers
        }

    def jump(self, question_id: str) -> None:
        """Go to a question."""
        steps = self.steps()
        self._at = next((at for at, each in enumerate(steps) if each.question.id == question_id), self._at)

    def jump_to_open(self) -> None:
        """Go on behind what was answered last: the sheet was begun before."""
        self.keys = max(self.keys, 1)
        steps = self.steps()
        answered = [at for at, each in enumerate(steps) if self._is_answered(each)]
        self._at = answered[-1] + 1 if answered else 0

    def _is_answered(self, step: Step) -> bool:
        held = (self.others if step.beside else self.answers).get(step.question.id)
        if step.question.kind is QuestionKind.RANKING:
            return isinstance(held, tuple) and step.row in held
        if isinstance(held, tuple) and step.row >= 0:
            return step.row < len(held) and held[step.row] is not None
        return held is not None

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
        if question.kind is QuestionKind.RANKING:
            return tuple(
                OptionLine("", option, at == step.row, chosen.index(at) + 1 if at in chosen else 0)
                for at, option in enumerate(question.options)
            )
        return tuple(
            OptionLine(KEYS[at] if at < len(KEYS) else "", option, at in chosen)
            for at, option in enumerate(question.options)
        )

    def trouble(self) -> str:
        """Why the answer that stands here will not count, in words; empty if it does."""
        step = self.step()
        answer = None if step is None or step.beside else self.answers.get(step.question.id)
        if step is None or answer is None:
            return ""
        return impossible_answer(step.question, self._closed_up(step.question, answer))

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

    def _rank(self, step: Step, key: str) -> bool:
        """The number written beside an option; it is refused if another option bears it already."""
        question, options = step.question, step.question.options
        held = self.answers.get(question.id)
        places = [None if each == step.row else each for each in held] if isinstance(held, tuple) else []
        if key == NO_RANKING:
            self.keys += 1
            self._answer(question, None)
            self._at += len(options) - step.row
            return True
        place = _PLACES.find(key)
        if not 0 <= place <= len(options):
            return False
        other = places[place - 1] if 0 < place <= len(places) else None
        if other is not None:
            self.refused = f"“{options[other]}”已经是 {place}。看看纸上写的是几；纸上真写重了按 X，这题不算。"
            return True
        self.keys += 1
        if place:
            places += [None] * (place - len(places))
            places[place - 1] = step.row
        while places and places[-1] is None:
            places.pop()
        self._answer(question, tuple(places))
        self._at += 1
        return True

    @staticmethod
    def _closed_up(question: Question, answer: Answer) -> Answer:
        if question.kind is QuestionKind.RANKING and isinstance(answer, tuple):
            return tuple(each for each in answer if each is not None)
        return answer

    def _beside(self, question: Question) -> bool:
        """Whether an option was chosen beside which something may be written."""
        answer = self.answers.get(question.id)
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return any(
            isinstance(at, int) and at < len(question.options) and question.options[at].startswith(_BESIDE)
            for at in chosen
        )
