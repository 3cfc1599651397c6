"""How long it takes to load all packs, to check a whole case, and to check it while typing.

Run as a script: ``python tests/bench/bench_check.py [--rounds 50]``. All packs are read anew from their files (at
most 100 ms); each worked example is checked in full (at most 50 ms; the richest is marked), and once more after one
fact changed, as while typing (at most 16 ms). Medians count, the best round is shown beside them.
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


def measured(work: Callable[[int], object], rounds: int) -> tuple[float, float]:
    """Median and best of ``rounds`` runs in milliseconds."""
    taken = []
    for number in range(rounds):
        began = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken), min(taken)


def main() -> None:
    """Measure and print."""
    from app.bootstrap import make_program
    from app.rules.pack import load_packs
    from app.usecases.check_case import check_case
    from app.usecases.make_demo import example_names, read_example

    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=50)
    options = parser.parse_args()
    load_packs()  # what is imported, and the files in the system's memory, are no part of it
    median, best = measured(lambda _number: load_packs(), max(5, options.rounds // 5))
    print(f"loading all packs {median:.1f} ms, best {best:.1f} (at most 100)")
    program = make_program()
    cases = {name: read_example(name) for name in example_names()}
    richest = max(cases, key=lambda name: sum(1 for _ in cases[name].everything()))
    for name, case in cases.items():
        delivery = case.deliveries[0]

        def typed(number: int, case=case, delivery=delivery) -> object:
            changed = delivery.replace(received_on=date(2026, 3, 1) + timedelta(days=number % 28))
            return check_case(program, case.with_record("deliveries", changed), ON)

        def whole(_number: int, case=case) -> object:
            return check_case(program, case, ON)

        whole(0)
        (full, least), (while_typing, quickest) = (measured(each, options.rounds) for each in (whole, typed))
        mark = "（记录最多）" if name == richest else ""
        print(
            f"{name}{mark}: whole check {full:.1f} ms, best {least:.1f} (at most 50), "
            f"while typing {while_typing:.1f} ms, best {quickest:.1f} (at most 16)"
        )


if __name__ == "__main__":
    main()
