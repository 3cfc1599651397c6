"""How long the results of a large survey take: all counts and all cross tables from its sheets.

Run as a script: ``python tests/bench/bench_survey.py [--rounds 5]``. 10,000 sheets of 40 questions (24 single, 8
multiple, 4 rankings, 2 matrices, 2 open) are counted with cross tables by every single choice; at most 1 s.
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


def main() -> None:
    """Measure and print."""
    from app.domain.answered_sheet import AnsweredSheet
    from app.domain.survey import Question, QuestionKind
    from app.figures.sheet_tally import tally

    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    kinds = [QuestionKind.SINGLE] * 24 + [QuestionKind.MULTIPLE] * 8 + [QuestionKind.RANKING] * 4
    kinds += [QuestionKind.MATRIX] * 2 + [QuestionKind.OPEN] * 2
    options = tuple("甲乙丙丁戊己")
    questions = tuple(
        Question(id=f"question{at:04}", number=at, kind=kind, options=options, rows=options)
        for at, kind in enumerate(kinds)
    )
    chance = random.Random(7)
    one = [lambda: chance.randrange(6), lambda: tuple(sorted(chance.sample(range(6), 3)))]
    rest = {
        QuestionKind.RANKING: lambda: tuple(chance.sample(range(6), 6)),
        QuestionKind.MATRIX: lambda: tuple(chance.randrange(6) for _ in range(6)),
        QuestionKind.OPEN: lambda: "写了几个字",
    }
    ways = {QuestionKind.SINGLE: one[0], QuestionKind.MULTIPLE: one[1], **rest}
    sheets = [
        AnsweredSheet(
            id=str(at), batch="b", survey="s", answers={each.id: ways[each.kind]() for each in questions}
        )
        for at in range(10_000)
    ]
    singles = tuple(each.id for each in questions if each.kind is QuestionKind.SINGLE)
    for words, by in (("by four groups", singles[:4]), ("by every single choice", singles)):
        taken = []
        for _ in range(rounds):
            began = time.perf_counter()
            counts = tally(questions, sheets, by=by)
            taken.append(time.perf_counter() - began)
        print(
            f"10,000 sheets x 40 questions, cross tables {words}: median {statistics.median(taken):.2f} s, "
            f"best {min(taken):.2f} s (at most 1), {len(counts)} records"
        )


if __name__ == "__main__":
    main()
