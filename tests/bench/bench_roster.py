"""How long a roster of 20,000 takes from the file to the library.

Run as a script: ``python tests/bench/bench_roster.py [--people 20000]``. Reading, understanding and keeping together
may take 5 seconds; the reader of spreadsheets alone is shown beside them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

HEADS = (
    "序号",
    "员工姓名",
    "身份证号码",
    "车间",
    "岗位",
    "岗位类别",
    "用工形式",
    "入职时间",
    "是否会员",
    "手机号",
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def invented_number(number: int) -> str:
    """An ID number whose check holds; nobody's."""
    born = f"{1966 + number % 40}{1 + number % 12:02d}{1 + number % 28:02d}"
    body = f"371302{born}{number % 1000:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def written(path: Path, people: int) -> Path:
    """A roster as a personnel office keeps it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("花名册")
    sheet.append(["职工花名册"])
    sheet.append(HEADS)
    for number in range(people):
        sheet.append(
            [
                number + 1,
                f"张{chr(0x4E00 + number % 5000)}{chr(0x5000 + number // 5000)}",
                invented_number(number),
                f"{number % 40}车间",
                f"{number % 60}工种",
                ("一线", "技术", "管理")[number % 3],
                ("合同制", "劳务派遣")[number % 2],
                "2024年3月5日",
                ("是", "否")[number % 2],
                f"139{number:08d}",
            ]
        )
    book.save(path)
    return path


def main() -> None:
    """Measure and print."""
    from python_calamine import CalamineWorkbook

    from app.bootstrap import make_program
    from app.domain.case import Case
    from app.storage.library import Library
    from app.usecases.import_roster import import_roster, open_roster, preview_roster, proposed_columns

    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    options = parser.parse_args()
    program = make_program()
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder) / "花名册.xlsx", options.people)
        began = time.perf_counter()
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        alone = time.perf_counter() - began
        with Library.create(Path(folder) / "库", clock=program.clock, program_version="0") as library:
            with library.write("测") as unit:
                case_id = unit.add_case(Case())
                unit.commit()
            began, before = time.perf_counter(), time.process_time()
            opened = open_roster(path)
            read = time.perf_counter()
            mapped = proposed_columns(opened, ())
            preview = preview_roster(library.read_case(case_id), opened, mapped, date(2026, 11, 10))
            understood = time.perf_counter()
            made = import_roster(library, case_id, preview, actor="测")
            kept, worked = time.perf_counter(), time.process_time() - before
    print(
        f"roster of {made.kept}: read {read - began:.2f} s (calamine alone {alone:.2f}), "
        f"understood {understood - read:.2f} s, kept {kept - understood:.2f} s, "
        f"together {kept - began:.2f} s (at most 5), of the processor {worked:.2f} s"
    )


if __name__ == "__main__":
    main()
