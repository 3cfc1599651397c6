"""What another pack or year would change is told before anything changes; then it is done, or gone back."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from app.domain.case import Case
from app.domain.closing import StageClosing
from app.domain.stages import Stage
from app.errors import UserError
from app.exchange.law_archive import law_archive, read_archive
from app.paths import resource
from app.rules.brought_law import sort_files
from app.rules.calendars import Break, breaks_of
from app.rules.pack import PACK_FILES
from app.storage.installed_law import CALENDAR, PACK
from app.storage.library import Library
from app.usecases.check_case import check_case
from app.usecases.install_law import (
    carry_out,
    export_law,
    previous_of,
    propose_back,
    propose_file,
    propose_year,
)
from app.usecases.law_of_library import program_for
from app.usecases.make_demo import read_example
from app.usecases.preview_law import version_order
from app.usecases.program import Program

ACTOR = "李四"
TEN = 'values = [{ starts = 2017-01-01, amount = 10, unit = "day" }]'


def pack_files(key: str = "shandong", version: str = "2026.2", **changes: str) -> dict[str, bytes]:
    """The program's own pack with a version of its own; ``terms`` is an old text and a new one, parted by |."""
    files = {f"{key}/{name}": (resource("rules") / key / name).read_bytes() for name in PACK_FILES}
    for name, words in {"pack": f'version = "2026.1"|version = "{version}"', **changes}.items():
        old, new = words.split("|")
        text = files[f"{key}/{name}.toml"].decode()
        assert old in text, words
        files[f"{key}/{name}.toml"] = text.replace(old, new, 1).encode()
    return files


def zipped(folder: Path, files: dict[str, bytes], name: str = "包.zip") -> Path:
    file = folder / name
    file.write_bytes(law_archive(files))
    return file


@pytest.fixture
def twelve(tmp_path: Path) -> Path:
    """山东 with twelve days to reply instead of ten."""
    return zipped(tmp_path, pack_files(terms=f"{TEN}|{TEN.replace('10', '12')}"))


def put(library: Library, case: Case) -> str:
    with library.write(ACTOR) as work:
        made = work.add_case(case)
        work.commit()
    return made


@pytest.fixture
def case_id(library: Library) -> str:
    return put(library, read_example("shandong-linyi-single"))


def reply_day(program: Program, case: Case) -> date | None:
    return next(row.due for row in check_case(program, case).deadlines if row.rule == "reply_due")


def test_a_library_without_law_of_its_own_uses_the_very_same_program(program, library):
    assert program_for(program, library) is program


def test_values_findings_and_dates_are_told_before_anything_changes(program, library, case_id, twelve):
    proposal = propose_file(program, library, twelve)
    preview = proposal.preview
    assert proposal.title == "山东规则包 2026.2"
    (pack,) = preview.packs
    assert (pack.old, pack.new, pack.remark) == ("2026.1", "2026.2", "")
    (term,) = preview.terms
    assert (term.title, term.since, term.article) == ("答复期限（工资专项）", None, "《鲁工资》21条")
    assert (term.old, term.new) == (
        "10 日（对方收到要约起算），红线",
        "12 日（对方收到要约起算），红线",
    )
    reply = next(change for change in preview.dates if change.article == "《鲁工资》21条")
    assert (reply.old, reply.new) == ("3月22日（周日），周末顺延到3月23日", "3月24日（周二）")
    assert (preview.cases, preview.is_same) == (1, False)
    assert library.law() == ()
    assert program_for(program, library) is program


def test_what_was_looked_at_is_brought_in_and_gone_back_from(program, library, case_id, twelve):
    case = library.read_case(case_id)
    now = carry_out(program, library, propose_file(program, library, twelve), actor=ACTOR)
    assert (reply_day(program, case), reply_day(now, case)) == (date(2026, 3, 22), date(2026, 3, 24))
    assert program_for(program, library).packs.region("山东").version == "2026.2"
    assert [entry.action for entry in library.journal(limit=2)] == ["装上：山东规则包 2026.2"] * 2
    back = propose_back(program, library, PACK, "shandong", previous_of(library, PACK, "shandong"))
    assert back.title == "退回 山东规则包（程序自带的）"
    assert [change.new for change in back.preview.terms] == ["10 日（对方收到要约起算），红线"]
    assert carry_out(now, library, back, actor=ACTOR) is program
    assert library.journal(limit=1)[0].action == "退回：山东规则包（程序自带的）"
    assert [law.active for law in library.law()] == [False]
    assert library.verify_journal() == []


def test_findings_that_come_and_go_are_told(program, library, case_id, tmp_path):
    files = pack_files(terms=f"{TEN}|{TEN.replace('10', '2')}")
    preview = propose_file(program, library, zipped(tmp_path, files)).preview
    assert [(change.old, change.new) for change in preview.findings] == [("", "必须改")]
    assert "3月19日（周四）才书面答复" in preview.findings[0].sentence
    assert all(change.case.startswith("2026") for change in preview.findings)


def test_each_version_stays_and_the_one_before_is_known(program, library, tmp_path):
    for version in ("2026.2", "2026.3"):
        file = zipped(tmp_path, pack_files(version=version))
        carry_out(program, library, propose_file(program, library, file), actor=ACTOR)
    first, second = library.law()
    assert (first.active, second.active) == (False, True)
    assert previous_of(library, PACK, "shandong") == first.id
    carry_out(program, library, propose_back(program, library, PACK, "shandong", first.id), actor=ACTOR)
    assert program_for(program, library).packs.region("山东").version == "2026.2"
    assert previous_of(library, PACK, "shandong") == ""
    again = zipped(tmp_path, pack_files(version="2026.3"))
    carry_out(program, library, propose_file(program, library, again), actor=ACTOR)
    assert [law.active for law in library.law()] == [False, True]  # the row that was there already
    assert library.verify_journal() == []


def test_the_same_once_more_changes_nothing(program, library, twelve):
    carry_out(program, library, propose_file(program, library, twelve), actor=ACTOR)
    head = library.journal_head()
    proposal = propose_file(program, library, twelve)
    assert proposal.preview.is_same
    carry_out(program, library, proposal, actor=ACTOR)
    assert library.journal_head() == head


def test_an_older_or_equal_version_is_named(program, library, tmp_path):
    older = propose_file(program, library, zipped(tmp_path, pack_files(version="2025.12"))).preview
    assert older.packs[0].remark == "比现在用的旧：现在是 2026.1，这份是 2025.12，也可以用"
    equal = pack_files(version="2026.1", terms=f"{TEN}|{TEN.replace('10', '12')}")
    assert (
        "都是 2026.1，内容不一样"
        in propose_file(program, library, zipped(tmp_path, equal)).preview.packs[0].remark
    )
    assert version_order("2026.10") > version_order("2026.9") > version_order("2025.12")


def test_a_value_that_begins_later_is_told_with_its_day(program, library, tmp_path):
    later = TEN[:-1] + ', { starts = 2027-01-01, amount = 5, unit = "workday" }]'
    preview = propose_file(program, library, zipped(tmp_path, pack_files(terms=f"{TEN}|{later}"))).preview
    assert [(term.since, term.new) for term in preview.terms] == [
        (date(2027, 1, 1), "5 个工作日（对方收到要约起算），红线")
    ]


def test_a_new_region_is_compared_with_what_holds_there_now(program, library, tmp_path):
    text = {name: content for name, content in pack_files().items()}
    files = {name.replace("shandong", "qingdao"): content for name, content in text.items()}
    head = files["qingdao/pack.toml"].decode().replace('"shandong"', '"qingdao"').replace('"山东"', '"青岛"')
    head = head.replace('base = "national"', 'base = "shandong"').replace('"37"', '"3702"')
    files["qingdao/pack.toml"] = head.encode()
    proposal = propose_file(program, library, zipped(tmp_path, files))
    assert [change.remark for change in proposal.preview.packs] == ["新的地区"]
    assert proposal.preview.terms == ()  # it says what its base says
    now = carry_out(program, library, proposal, actor=ACTOR)
    assert now.packs.of_place("山东省", "青岛市").key == "qingdao"
    case = read_example("shandong-linyi-single")
    put(library, dataclasses.replace(case, cycle=case.cycle.replace(region="qingdao")))
    with pytest.raises(UserError, match="退不回去"):
        propose_back(program, library, PACK, "qingdao", "")


def test_a_closed_year_is_left_alone(program, library, twelve):
    closings = tuple(StageClosing(id=f"c{n}", stage=stage) for n, stage in enumerate(Stage))
    put(library, dataclasses.replace(read_example("shandong-linyi-single"), stage_closings=closings))
    preview = propose_file(program, library, twelve).preview
    assert (preview.cases, preview.dates, len(preview.terms)) == (0, (), 1)


def test_a_broken_pack_leaves_everything_as_it_was(program, library, tmp_path, twelve):
    carry_out(program, library, propose_file(program, library, twelve), actor=ACTOR)
    head = library.journal_head()
    broken = zipped(tmp_path, pack_files(version="2026.9", terms="amount = 10|amout = 10"))
    with pytest.raises(UserError, match=r"shandong/terms\.toml 第 \d+ 行"):
        propose_file(program, library, broken)
    assert library.journal_head() == head
    assert program_for(program, library).packs.region("山东").version == "2026.2"


@pytest.mark.logs_warnings
def test_what_the_checks_stumble_over_is_refused(program, library, case_id, twelve, monkeypatch):
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.usecases.install_law.preview_law", stumble)
    with pytest.raises(UserError, match="算不下去"):
        propose_file(program, library, twelve)


@pytest.mark.logs_warnings
def test_a_pack_is_tried_with_worked_years_even_where_the_library_is_empty(
    program, library, twelve, monkeypatch
):
    tried = []

    def stumble(_program: Program, case: Case) -> None:
        tried.append(case.cycle.region)
        raise AttributeError

    monkeypatch.setattr("app.usecases.install_law.check_if_ruled", stumble)
    with pytest.raises(UserError, match="算不下去"):
        propose_file(program, library, twelve)
    assert tried == ["shandong"]


def test_a_brought_pack_a_newer_program_cannot_use_does_not_lock_the_library(
    program, library, twelve, monkeypatch, tmp_path
):
    carry_out(program, library, propose_file(program, library, twelve), actor=ACTOR)
    other = zipped(tmp_path, pack_files("zhejiang"))
    carry_out(program, library, propose_file(program, library, other), actor=ACTOR)
    monkeypatch.setattr("app.rules.terms.MAY_BE_HARD", frozenset())
    now = program_for(program, library)
    assert [problem[:6] for problem in now.law_problems] == ["规则包文件 "] * 2
    assert now.packs.region("山东").version == "2026.1"
    assert now.own() is program


def test_a_pack_goes_on_to_others_as_the_same_bytes(program, library, twelve):
    now = carry_out(program, library, propose_file(program, library, twelve), actor=ACTOR)
    assert export_law(now, PACK, "shandong") == twelve.read_bytes()
    own = sort_files("x", read_archive("x", export_law(program, PACK, "zhejiang")))
    assert own.packs.keys() == {"zhejiang"}
    with pytest.raises(UserError, match="没有“mars”的规则包"):
        export_law(program, PACK, "mars")
    with pytest.raises(UserError, match="2030"):
        export_law(program, CALENDAR, "2030")


# ---- years

SPRING = Break("春节", date(2027, 2, 5), date(2027, 2, 11))
YEAR_2027 = (
    Break("元旦", date(2027, 1, 1), date(2027, 1, 3)),
    SPRING,
    Break("清明节", date(2027, 4, 3), date(2027, 4, 5)),
    Break("劳动节", date(2027, 5, 1), date(2027, 5, 5)),
    Break("端午节", date(2027, 6, 9), date(2027, 6, 9)),
    Break("中秋节", date(2027, 9, 15), date(2027, 9, 15)),
    Break("国庆节", date(2027, 10, 1), date(2027, 10, 7)),
)


def test_a_typed_year_moves_dates_and_is_passed_on(program, library, case_id, tmp_path):
    case = library.read_case(case_id)
    signed = dataclasses.replace(
        case, deliveries=tuple(each.replace(received_on=date(2027, 1, 28)) for each in case.deliveries)
    )
    put(library, signed)
    proposal = propose_year(program, library, 2027, YEAR_2027, [date(2027, 1, 31)], "国办发明电〔2026〕9号")
    assert [change.year for change in proposal.preview.years] == [2027]
    assert proposal.preview.years[0].old == "没有"
    assert [(change.old, change.new) for change in proposal.preview.dates] == [
        ("约 2027年2月7日（周日）（估算）", "约 2027年2月12日（周五）（估算）")
    ]
    now = carry_out(program, library, proposal, actor=ACTOR)
    assert 2027 in now.calendar.loaded_years
    assert library.journal(limit=1)[0].action == "装上：2027 年放假安排"
    file = tmp_path / "2027.toml"
    file.write_bytes(export_law(now, CALENDAR, "2027"))
    assert propose_file(program, library, file).preview.is_same
    assert breaks_of(now.calendar.plans[2027]) == YEAR_2027
    back = propose_back(now, library, CALENDAR, "2027", "")
    assert carry_out(now, library, back, actor=ACTOR) is program
    assert library.verify_journal() == []


def test_what_cannot_be_in_a_typed_year_is_told_all_at_once(program, library):
    with pytest.raises(UserError) as refused:
        propose_year(program, library, 2027, [SPRING, SPRING], [date(2027, 2, 1), date(2027, 2, 6)], " ")
    said = refused.value.what_happened
    for words in (
        "“春节”和“春节”都有",
        "本来就是工作日",
        "在“春节”的放假里",
        "没有写依据",
        "缺 元旦、清明节",
    ):
        assert words in said
    assert refused.value.code == "R-115"


def test_a_corrected_year_replaces_the_program_s_own(program, library, case_id):
    plan = program.calendar.plans[2026]
    kept = [
        dataclasses.replace(each, last=date(2026, 4, 5)) if each.name == "清明节" else each
        for each in breaks_of(plan)
    ]
    proposal = propose_year(program, library, 2026, kept, sorted(plan.workdays), plan.source)
    now = carry_out(program, library, proposal, actor=ACTOR)
    assert not now.calendar.is_holiday(date(2026, 4, 6))
    assert program.calendar.is_holiday(date(2026, 4, 6))
