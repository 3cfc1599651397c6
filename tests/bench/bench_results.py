"""How long the results of 10,000 sheets take: counting them, deciding what is shown, and every table.

Run as a script: ``python tests/bench/bench_results.py [--sheets 10000] [--rounds 5]``. 40 questions, seven of them
asking for a group (24 departments, 12 posts, 3 kinds of post, 3 of employment, 2 sexes, 6 ages, member or not) and one
a matrix of 10 rows, so 294 cross tables. All together may take at most one second; deciding what is shown is told
apart, as the window waits for it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZES = (24, 12, 3, 3, 2, 6, 2)
ROWS = 10


def main() -> None:
    """Measure and print."""
    from app.domain.answered_sheet import Answer, AnsweredSheet
    from app.domain.case import Case
    from app.domain.survey import GroupBy, Question, QuestionKind, Survey
    from app.figures.published import published
    from app.figures.sheet_tally import KEPT_GROUPS, group_questions, tally
    from app.figures.survey_tables import survey_tables

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    groups: tuple[GroupBy, ...] = KEPT_GROUPS
    questions = [
        Question(
            id=f"g{at}", survey="s", number=at, kind=QuestionKind.SINGLE, stem=by.label, asks_group=by,
            options=tuple(f"{by.label}{each}" for each in range(size)),
        )
        for at, (by, size) in enumerate(zip(groups, SIZES, strict=True))
    ]  # fmt: skip
    grades = ("非常满意", "满意", "一般", "不满意", "非常不满意")
    matters = tuple(f"事项{each + 1}" for each in range(ROWS))
    questions.append(
        Question(
            id="m", survey="s", number=39, kind=QuestionKind.MATRIX, stem="满意", options=grades, rows=matters
        )
    )
    for at in range(len(SIZES), 39):
        kind = QuestionKind.MULTIPLE if at >= 32 else QuestionKind.SINGLE
        options = tuple("甲乙丙丁戊己")
        questions.append(Question(id=f"q{at}", survey="s", number=at, kind=kind, stem="题", options=options))
    chance = random.Random(7)
    sheets = []
    for each in range(asked.sheets):
        answers: dict[str, Answer] = {}
        for question in questions:
            if chance.random() < 0.03:
                continue
            width = len(question.options)
            if question.kind is QuestionKind.MULTIPLE:
                answers[question.id] = tuple(sorted(chance.sample(range(width), 2)))
            elif question.kind is QuestionKind.MATRIX:
                answers[question.id] = tuple(chance.randrange(width) for _ in matters)
            else:
                answers[question.id] = min(int(chance.expovariate(1) * width / 4), width - 1)
        sheets.append(AnsweredSheet(id=f"{each:05}", batch="b", survey="s", answers=answers))
    survey = Survey(id="s", title_text="调查", valid=asked.sheets)
    whole, deciding = [], []
    found = 0
    for _ in range(asked.rounds):
        began = time.perf_counter()
        counts = tally(questions, sheets, by=group_questions(questions))
        case = Case(surveys=(survey,), questions=tuple(questions), answer_counts=counts)
        counted = time.perf_counter()
        decided = published(case, survey)
        deciding.append((time.perf_counter() - counted) * 1000)
        found = len(decided.crossings)
        survey_tables(case, survey, decided)
        whole.append((time.perf_counter() - began) * 1000)
    print(f"{asked.sheets} sheets, {found} cross tables, median (best) of {asked.rounds} rounds")
    print(f"all results: {statistics.median(whole):.0f} ms ({min(whole):.0f}), at most 1000")
    print(f"deciding what is shown: {statistics.median(deciding):.0f} ms ({min(deciding):.0f})")


if __name__ == "__main__":
    main()
