"""A year is lived with answers and names nobody else may see, and everything it writes is searched for them.

They may stand in two places: in the library's own file, where the screen takes open answers from to code them to
topics, and in a backup, which is that file again.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from app.bootstrap import start
from app.documents.catalogue import CATALOGUE
from app.domain.survey import Survey
from app.gui.crash import crash_report
from app.logs import start_logging
from app.storage.library import Library
from app.usecases.code_answers import code_answers, open_answers
from app.usecases.enter_sheet import enter_sheet
from app.usecases.make_document import keep_document
from app.usecases.program import Program
from app.usecases.survey_workbook import save_survey_tables
from tests.exchange.survey_tables import QUESTIONS, table_of, write_table
from tests.usecases.traces import GoneFiles, packed, traces_below, traces_in

SAID, BESIDE, TYPED = "金丝雀说食堂太贵", "金丝雀要修厕所", "金丝雀要换班车"
PERSON, SITE_NAME, NICKNAME = "欧阳金雀", "司马金雀", "金雀子昵称"
ID_NUMBER, PHONE, ADDRESS, WAY = "11010519491231002X", "13912344321", "203.0.113.77", "金雀渠道"
CANARIES = (SAID, BESIDE, TYPED, PERSON, SITE_NAME, NICKNAME, ID_NUMBER, PHONE, ADDRESS, WAY)
ANSWERS = {SAID, BESIDE, TYPED}
PASSWORD = "k9-Fh2mQ-77xa"


def _answers(folder: Path) -> Path:
    answered: list[dict[str, Any]] = [
        {"q1": at % 3, "q2": (0, at % 3 + 1), "q3": (0, 1, 2), "q4": (0, 1, 2), "q5": "3", "q6": SAID}
        for at in range(24)
    ]
    rows = table_of(QUESTIONS, answered)
    rows[0] += ["昵称", "7、您的姓名", "8、您的手机号"]
    for row in rows[1:]:
        row[3], row[5] = WAY, f"{ADDRESS}(山东-临沂)"
        row += [NICKNAME, SITE_NAME, PHONE]
    return write_table(folder / "1_按文本_调查_24_24.xlsx", rows)


def _roster(folder: Path) -> Path:
    rows = [["姓名", "性别", "车间", "岗位类别", "手机", "身份证号"]]
    rows += [
        [f"{PERSON}{at}", "女", "装配", "一线", PHONE, ID_NUMBER if at == 1 else ""] for at in range(1, 30)
    ]
    return write_table(folder / "花名册.xlsx", rows)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("demo") / "资料库"
    assert start(["demo", str(made)]) == 0
    return made


@pytest.fixture
def year(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A year with everything in it; the computer's folder for temporary files is ``temp``."""
    (tmp_path / "temp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temp"))
    return shutil.copytree(demo, tmp_path / "资料库")


def _open(folder: Path, program: Program) -> Library:
    return Library.open(folder, clock=program.clock, program_version=program.version)


def _live_the_year(library: Library) -> None:
    """Paper sheets and open answers coded to a topic."""
    case_id = library.case_ids()[0]
    for number in range(1, 8):
        enter_sheet(
            library, case_id, "own", number=f"{number}", answers={"q1": 0, "q6": TYPED}, others={"q2": BESIDE},
            actor="测试",
        )  # fmt: skip
    topic = library.read_case(case_id).topics[0].id
    coded = {each.sheet: (topic,) for each in open_answers(library, case_id, "q6")}
    assert code_answers(library, case_id, "q6", coded, actor="测试")


def test_no_answer_and_no_name_of_the_roster_is_in_anything_written(
    year: Path,
    program: Program,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    start_logging(tmp_path / "log", verbose=True)
    out, sources = tmp_path / "出", tmp_path / "来"
    out.mkdir()
    sources.mkdir()
    roster, answers = str(_roster(sources)), str(_answers(sources))
    gone = GoneFiles(tmp_path / "temp", CANARIES, monkeypatch)
    with_survey = _open(year, program)
    case_id = with_survey.case_ids()[0]
    with with_survey.write("测试") as work:
        work.put(
            case_id, "surveys", Survey(id="own", title_text="调查", issued=60, sheets_printed=20), action="加"
        )
        for each in QUESTIONS:
            work.put(case_id, "questions", each.replace(survey="own"), action="加")
        work.commit()
    with_survey.close()

    told = []
    for arguments in (
        ["roster", "import", str(year), roster, "--preview"],
        ["roster", "import", str(year), roster],
        ["survey", "import", str(year), answers, "--preview"],
        ["survey", "import", str(year), answers, "--json"],
        ["survey", "results", str(year)],
    ):
        assert start(arguments) == 0, capsys.readouterr()
        told.append(capsys.readouterr().out)

    library = _open(year, program)
    library.undo_last_group(case_id, "测试")
    assert not library.sheets(case_id, "own")
    library.redo(case_id, "测试")
    assert len(library.sheets(case_id, "own")) == 24
    _live_the_year(library)
    save_survey_tables(library, case_id, out / "各表.xlsx", survey_id="own")
    keep_document(program, library, case_id, "survey_summary", subject="own", actor="测试")
    journal = repr(library.journal())
    library.close()

    _attach_a_scan(year, tmp_path)
    (tmp_path / "密码.txt").write_text(PASSWORD, encoding="utf-8")
    subjects = {"survey_summary": ("own",)}
    papers = [
        [
            "document",
            str(year),
            kind.key,
            "-o",
            str(out / f"{kind.key}{suffix}"),
            *_subject(subjects, kind.key),
        ]
        for kind in CATALOGUE
        if kind.key in ("survey_summary", "topic_register", "offer", "congress_codes", "filing_form")
        for suffix in (".pdf", ".docx")
    ]
    for arguments in (
        ["survey", "results", str(year), "--json"],
        ["survey", "results", str(year)],
        ["dump", str(year), "-o", str(out / "案卷.json")],
        ["doctor", str(year)],
        ["doctor", str(year), "--json"],
        ["check", str(year), "--json"],
        *papers,
        ["plan", str(year), "-o", str(out / "挂墙.pdf")],
        ["calendar", str(year), "-o", str(out / "日历.ics")],
        ["binder", str(year), "-o", str(out / "证据册.pdf")],
        ["table", str(year), "linyi-2017", "-o", str(out / "统计表.xlsx")],
        ["export", str(year), str(out / "盘"), "--zip", "--password-file", str(tmp_path / "密码.txt")],
    ):
        code = start(arguments)
        said = capsys.readouterr()
        assert code == 0 or arguments[0] in ("document", "check", "doctor"), (arguments, said)
        told += [said.out, said.err]

    assert len(list(out.rglob("*"))) > 20
    assert traces_below(out, CANARIES, password=PASSWORD) == {}
    assert traces_in("\n".join(told).encode(), CANARIES) == set()
    assert traces_in(journal.encode(), CANARIES) == set()
    assert traces_below(tmp_path / "log", CANARIES) == {}
    # While it ran, and now: nothing in the computer's folder for temporary files.
    assert (gone.found, traces_below(tmp_path / "temp", CANARIES)) == (set(), {})
    assert gone.seen
    inside = traces_below(year, CANARIES)
    assert set(inside) == {"database.sqlite"} and inside["database.sqlite"] >= {SAID, TYPED, PERSON}
    assert _tables_with_traces(year / "database.sqlite") == {
        "survey_sheets": {SAID, TYPED, BESIDE},
        "roster_people": {PERSON, PHONE, ID_NUMBER},
    }


def _subject(subjects: dict[str, tuple[str, ...]], kind: str) -> list[str]:
    return ["--subject", subjects[kind][0]] if kind in subjects else []


def _attach_a_scan(year: Path, tmp_path: Path) -> None:
    """Something with a thumbnail; its words are no canary."""
    scan = tmp_path / "签到.pdf"
    page = Canvas(str(scan))
    page.drawString(72, 720, "sign-in")
    page.save()
    assert start(["attach", str(year), "1", str(scan)]) == 0


def _tables_with_traces(file: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    base = sqlite3.connect(file)
    try:
        for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            text = repr(base.execute(f'SELECT * FROM "{name}"').fetchall())
            if told := traces_in(text.encode(), CANARIES):
                found[name] = told
    finally:
        base.close()
    return found


def test_a_backup_is_made_without_the_computers_folder_for_temporary_files(
    year: Path, program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is copied and restored on trial are names and answers; a program that is killed would leave them there."""
    gone = GoneFiles(tmp_path, ("SQLite format 3",), monkeypatch)
    killed = year / ".backup.partial-0123abcd"
    killed.mkdir()
    (killed / "database.sqlite").write_bytes(b"SQLite format 3")
    assert start(["backup", str(year)]) == 0
    assert not killed.exists() and gone.found
    assert not list((tmp_path / "temp").iterdir())
    assert not [each for each in year.iterdir() if each.name.startswith(".backup")]


def test_what_a_killed_reader_left_of_a_library_is_taken_away_by_the_next(
    year: Path, program: Program, tmp_path: Path
) -> None:
    """A library on a stick that takes no writing is read from a copy; only while it is open."""
    left = tmp_path / "temp" / ".xieshang.partial-0123abcd"
    left.mkdir()
    (left / "database.sqlite").write_bytes(b"SQLite format 3")
    reader = Library.open(year, clock=program.clock, program_version=program.version, read_only=True)
    assert not left.exists() and len(list((tmp_path / "temp").iterdir())) == 1
    reader.close()
    assert not list((tmp_path / "temp").iterdir())


def test_what_a_crash_tells_quotes_nobody() -> None:
    """The record is there to be sent to somebody."""

    def broken() -> None:
        try:
            int(SAID)
        except ValueError as error:
            raise KeyError(PERSON) from error

    try:
        broken()
    except KeyError as error:
        report = crash_report(error, "1.0")
    assert traces_in(report.encode(), CANARIES) == set()
    assert "ValueError" in report and "KeyError" in report
    assert "usecases/test_answers_leave_no_trace.py:" in report and "int(SAID)" in report
    assert str(Path.cwd()) not in report


def test_a_bug_on_the_command_line_quotes_nobody(
    year: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise ValueError(SAID)

    monkeypatch.setattr("app.cli.survey_commands.sheets_of", broken)
    assert start(["survey", "results", str(year)]) != 0
    said = capsys.readouterr()
    assert "ValueError" in said.err and traces_in((said.out + said.err).encode(), CANARIES) == set()


@pytest.mark.parametrize("letters", ["utf-8", "gb18030", "utf-16-le"])
def test_the_looking_finds_what_is_there(letters: str) -> None:
    assert traces_in(packed("a.txt", packed("b.txt", SAID.encode(letters))), CANARIES) == {SAID}


def test_the_looking_finds_letters_in_figures_and_what_a_page_says(tmp_path: Path) -> None:
    import json

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    assert traces_in(json.dumps({"a": SAID}).encode(), CANARIES) == {SAID}
    assert traces_in(f"<t>{SAID}</t>".encode("ascii", "xmlcharrefreplace"), CANARIES) == {SAID}
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = Canvas(str(tmp_path / "页.pdf"))
    page.setFont("STSong-Light", 12)
    page.drawString(72, 720, SAID)
    page.save()
    assert traces_below(tmp_path, CANARIES) == {"页.pdf": {SAID}}
