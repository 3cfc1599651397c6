"""Surveys for the attack: questionnaires with groups that go together and answers of every slant."""

from __future__ import annotations

import random
from dataclasses import dataclass

from hypothesis import strategies as st

from app.domain.answered_sheet import Answer, AnsweredSheet
from app.domain.case import Case
from app.domain.roster import StaffGroup
from app.domain.survey import GroupBy, Question, QuestionKind, Survey
from app.figures.sheet_tally import group_questions, tally
from tests.figures.attacker import Survey as Known
from tests.figures.judge import Asked

SHOP = Question(
    id="shop", survey="s", number=1, kind=QuestionKind.SINGLE, stem="您的部门", asks_group=GroupBy.DEPARTMENT,
    options=("铸造", "装配", "质检", "仓储"),
)  # fmt: skip
SEX = Question(
    id="sex", survey="s", number=2, kind=QuestionKind.SINGLE, stem="您的性别", asks_group=GroupBy.SEX,
    options=("男", "女"),
)  # fmt: skip
LEVEL = Question(
    id="level", survey="s", number=3, kind=QuestionKind.SINGLE, stem="您的岗位类别", asks_group=GroupBy.LEVEL,
    options=("一线", "技术", "管理"),
)  # fmt: skip
RISE = Question(
    id="rise", survey="s", number=4, kind=QuestionKind.SINGLE, stem="工资涨多少", options=("少", "中", "多")
)
WISH = Question(
    id="wish", survey="s", number=5, kind=QuestionKind.MULTIPLE, stem="最希望协商的事项",
    options=("工资", "餐补", "工时"), at_most=2,
)  # fmt: skip
CLEAR = Question(
    id="clear", survey="s", number=6, kind=QuestionKind.SINGLE, stem="知道吗", options=("知道", "不知道")
)
SCALE = Question(
    id="scale", survey="s", number=7, kind=QuestionKind.MATRIX, stem="您是否满意",
    options=("满意", "一般", "不满意"), rows=("食堂", "班车"),
)  # fmt: skip
GRADES = Question(
    id="grades", survey="s", number=9, kind=QuestionKind.MATRIX, stem="满意程度",
    options=("非常满意", "满意", "一般", "不满意", "非常不满意"), rows=("食堂", "班车"),
)  # fmt: skip
_BANDS = ("满意", "一般", "不满意")
_FOLDS = ((0, 1), (2,), (3, 4))


@dataclass(frozen=True)
class Made:
    """``sheets`` as the program has them; ``must``: the questions nobody could leave out."""

    questions: tuple[Question, ...]
    sheets: tuple[AnsweredSheet, ...]
    must: frozenset[str]

    @property
    def case(self) -> Case:
        counts = tally(self.questions, self.sheets, by=group_questions(self.questions))
        return Case(
            surveys=(Survey(id="s", title_text="调查", issued=100, returned=90, valid=len(self.sheets)),),
            questions=self.questions,
            answer_counts=counts,
            staff_groups=tuple(
                StaffGroup(id=f"{each.id}{at}", by=each.asks_group, name=name, people=30 + at)
                for each in self.questions
                if each.asks_group is not None
                for at, name in enumerate(each.options)
            ),
        )

    @property
    def known(self) -> Known:
        """What is on the questionnaire."""
        asked = {each.id: self._asked(each) for each in self.questions}
        by = {each.asks_group.label: asked[each.id] for each in self.questions if each.asks_group is not None}
        rest = [
            self._asked(each, row)
            for each in self.questions
            if each.asks_group is None
            for row in each.rows or ("",)
        ]
        return Known(len(self.sheets), by, rest)

    def _asked(self, question: Question, row: str = "") -> Asked:
        return Asked(
            question.number or 0,
            f"{question.id}#{row}" if row else question.id,
            _BANDS if question.id == GRADES.id else question.options,
            question.kind is QuestionKind.MULTIPLE,
            question.at_most or 0,
            question.id in self.must,
            row,
            _FOLDS if question.id == GRADES.id else (),
        )

    @property
    def answers(self) -> list[dict[str, object]]:
        """The answers in words; each row of a matrix is a question."""
        named = {each.id: each for each in self.questions}
        found = []
        for sheet in self.sheets:
            words: dict[str, object] = {}
            for name, answer in sheet.answers.items():
                options, rows = named[name].options, named[name].rows
                if name == GRADES.id:
                    options = tuple(_BANDS[at] for at, fold in enumerate(_FOLDS) for _ in fold)
                if rows and isinstance(answer, tuple):
                    words |= {
                        f"{name}#{row}": options[at]
                        for row, at in zip(rows, answer, strict=True)
                        if at is not None
                    }
                elif isinstance(answer, tuple):
                    words[name] = tuple(options[at] for at in answer if at is not None)
                else:
                    words[name] = options[int(answer)]
            found.append(words)
        return found


@st.composite
def surveys(draw: st.DrawFn, *, most: int = 60) -> Made:
    """Sizes, slants and what goes together are drawn, the sheets follow from them by chance."""
    groups = draw(st.sampled_from([(SHOP,), (SHOP, SEX), (SEX, LEVEL), (SHOP, LEVEL), (SHOP, SEX, LEVEL)]))
    others = draw(
        st.sampled_from(
            [(RISE,), (WISH,), (RISE, CLEAR), (RISE, WISH), (SCALE, CLEAR), (WISH, GRADES), (GRADES,)]
        )
    )
    questions = groups + others
    must = draw(st.sampled_from([frozenset(), frozenset(each.id for each in questions)]))
    chance = random.Random(draw(st.integers(0, 10**9)))
    slant = {each.id: [chance.choice((0, 1, 1, 2, 5, 12)) for _ in each.options] for each in questions}
    tied = draw(st.sampled_from([0.0, 0.6, 0.9, 1.0]))  # how far everything follows from the first group
    left_out = 0.0 if must else draw(st.sampled_from([0.02, 0.2]))
    full = draw(st.booleans())  # everybody ticks all that is allowed
    sheets = []
    for at in range(draw(st.integers(5, most))):
        first = chance.choices(range(len(groups[0].options)), _some(slant[groups[0].id]))[0]
        answers: dict[str, Answer] = {}
        for question in questions:
            if chance.random() < left_out:
                continue
            chosen = chance.choices(range(len(question.options)), _some(slant[question.id]))[0]
            if question is groups[0]:
                chosen = first
            elif chance.random() < tied:
                chosen = (first + len(question.stem)) % len(question.options)
            if question.kind is QuestionKind.MULTIPLE:
                more = chance.randrange(len(question.options))
                both = {chosen, more if not full else more if more != chosen else (chosen + 1) % 3}
                answers[question.id] = tuple(sorted(both))
            elif question.rows:
                other = chance.randrange(len(question.options))
                answers[question.id] = (chosen, chance.choice((chosen, other)))
            else:
                answers[question.id] = chosen
        sheets.append(AnsweredSheet(id=f"{at}", batch="b", survey="s", answers=answers))
    return Made(questions, tuple(sheets), must)


def _some(weights: list[int]) -> list[int]:
    return weights if any(weights) else [1] * len(weights)
