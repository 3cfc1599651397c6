"""How long the whole check of a case takes, and the check while typing.

Run as a script: ``python tests/bench/bench_check.py [--rounds 50]``. The richest worked example is checked in full
(at most 50 ms), and once more after one fact changed, as while typing (at most 16 ms). Medians count.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ON = date(2026, 11, 10)


def median_ms(work: Callable[[int], object], rounds: int) -> float:
    """Median of ``rounds`` runs in milliseconds."""
    taken = []
    for number in range(rounds):
        began = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Measure and print."""
    from app.bootstrap import make_program
    from app.usecases.check_case import check_case
    from app.usecases.make_demo import example_names, read_example

    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    program = make_program()
    for name in example_names():
        case = read_example(name)
        delivery = case.deliveries[0]

        def typed(number: int, case=case, delivery=delivery) -> object:
            changed = delivery.replace(received_on=date(2026, 3, 1) + timedelta(days=number % 28))
            return check_case(program, case.with_record("deliveries", changed), ON)

        def whole(_number: int, case=case) -> object:
            return check_case(program, case, ON)

        whole(0)
        full, while_typing = median_ms(whole, options.rounds), median_ms(typed, options.rounds)
        print(
            f"{name}: whole check {full:.1f} ms (at most 50), while typing {while_typing:.1f} ms (at most 16)"
        )


if __name__ == "__main__":
    main()
