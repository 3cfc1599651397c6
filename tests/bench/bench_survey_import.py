"""How long 10,000 answers to 40 questions take to come in, beside merely reading the same file.

Run as a script: ``python tests/bench/bench_survey_import.py [--sheets 10000] [--rounds 3]``. A 问卷星 table is made
(按文本: 26 single, 8 multiple, 2 rankings, a matrix of 3, an open question); looking at it and storing it, with
all counts, may take at most 2.5 times what python-calamine needs to read it. Medians of the same run count.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

OPTIONS = ("甲方案", "乙方案", "丙方案", "丁方案", "戊方案", "己方案")
GRADES = ("非常满意", "满意", "一般", "不满意", "非常不满意")


def make_file(path: Path, sheets: int) -> None:
    """Write a table of answers as 问卷星 does, the same one each time."""
    import openpyxl

    chance = random.Random(7)
    book = openpyxl.Workbook(write_only=True)
    table = book.create_sheet("Sheet1")
    head = ["序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP"]
    head += [f"{at}、对第{at}件事的看法" for at in range(1, 37)]
    head += [
        "37、对下列事项是否满意—1.工资",
        "2.食堂",
        "3.班车",
        "38、您的性别",
        "39、您的岗位类别",
        "40、其他意见",
    ]
    table.append(head)
    for row in range(1, sheets + 1):
        cells: list[object] = [
            row,
            "2026/3/1 12:00:00",
            "125秒",
            "微信",
            "直接访问",
            f"10.0.{row % 250}.{row % 97}",
        ]
        cells += [chance.choice(OPTIONS) for _ in range(26)]
        cells += ["┋".join(sorted(chance.sample(OPTIONS, 3))) for _ in range(8)]
        cells += ["→".join(chance.sample(OPTIONS, 3)) for _ in range(2)]
        cells += [chance.choice(GRADES) for _ in range(3)]
        cells += [
            chance.choice("男女"),
            chance.choice(("一线", "管理", "技术")),
            "(空)" if row % 7 else "多点津贴",
        ]
        table.append(cells)
    book.save(path)


def main() -> None:
    """Measure and print."""
    from datetime import date

    from python_calamine import CalamineWorkbook

    from app.bootstrap import make_program
    from app.domain.case import Case
    from app.storage.library import Library
    from app.usecases.import_survey import import_survey, preview_survey

    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    program = make_program()
    plain, whole, seen = [], [], []
    with tempfile.TemporaryDirectory(prefix="bench-survey-") as name:
        file = Path(name) / f"1_按文本_调查_{options.sheets}_{options.sheets}.xlsx"
        make_file(file, options.sheets)
        for number in range(options.rounds):
            began = time.perf_counter()
            CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
            plain.append(time.perf_counter() - began)
            with Library.create(
                Path(name) / f"library{number}", clock=program.clock, program_version=program.version
            ) as library:
                with library.write("测速") as work:
                    case_id = work.add_case(Case())
                    work.commit()
                began = time.perf_counter()
                preview = preview_survey(library, case_id, file)
                seen.append(time.perf_counter() - began)
                held = import_survey(library, case_id, preview, actor="测速", taken_on=date(2026, 3, 2))
                whole.append(time.perf_counter() - began)
                assert held.kept == options.sheets, held.refused[:3]
                assert len(library.read_case(case_id).questions) == 40
    base = statistics.median(plain)
    taken = statistics.median(whole)
    print(
        f"{options.sheets} sheets x 40 questions: reading alone {base:.2f} s, looked at {statistics.median(seen):.2f} s, "
        f"imported {taken:.2f} s = {taken / base:.2f} times (at most 2.5)"
    )


if __name__ == "__main__":
    main()
