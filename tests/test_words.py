"""What the window says: no forbidden words, dates and numbers as people write them, short buttons."""

from __future__ import annotations

import fnmatch
import itertools
from pathlib import Path

import pytest

from app.bootstrap import make_program
from app.domain.union import AgreementKind, Form
from app.forms.pages import PAGES
from app.rules.standing import _STEPS
from tests.look.words import (
    ROOT,
    Sentence,
    blame,
    blame_button,
    buttons_of_source,
    sentences_of_code,
    sentences_of_source,
    sentences_of_tables,
)

FORMAL = (
    "app/documents/*",  # the papers themselves
    "resources/clauses/*",  # sentences of agreements
    "resources/profiles/*",  # the authorities' tables, word for word
    "resources/questionnaires/*",  # printed on questionnaires
    "resources/rules/*/wording.toml",  # printed on papers
    "resources/rules/laws.toml",  # titles of laws
    "resources/rules/papers.toml",  # titles of papers
    "resources/examples/*",
)

FOR_MAKERS = (
    "app/cli/*",  # the command line, where options and columns have English names
    "app/exchange/case_file.py",  # to whoever writes a case file by hand: names what stands in the file
    "app/exchange/case_schema.py",
    "app/exchange/case_values.py",
    "app/exchange/verify.py",  # names files and lines of a package, as the receiver's own tools do
    "app/figures/profiles.py",  # to whoever writes packs and tables
    "app/figures/question_bank.py",
    "app/rules/countable_terms.py",
    "app/rules/laws.py",
    "app/rules/pack.py",
    "app/rules/strict_toml.py",
    "app/rules/terms.py",
    "app/usecases/choose_case.py",  # only the command line chooses a case by its number
    "app/usecases/read_password.py",  # only the command line reads one from a file
    "app/documents/fonts.py",  # packages of fonts to install
    "resources/fonts/*",  # names of font files
)

ALLOWED = {
    ("app/domain/offer.py", "系统"): "办公系统 is what an enterprise calls its own mail and notices",
    ("resources/profiles/hedong-2017.toml", "系统"): "the authority's own name for its register",
    ("app/gui/stages/survey/chart_rows.py", "您"): "taken off the front of a question, never shown",
    ("app/exchange/survey_columns.py", "您"): "taken off the front of a question, never shown",
    ("app/exchange/survey_columns.py", "系统"): "a column's name in another program's file, never shown",
    ("app/exchange/survey_columns.py", "ip"): "the same",
    ("app/exchange/survey_columns.py", "id"): "the same",
    ("app/exchange/survey_columns.py", "qq"): "what a question asks for, never shown",
    ("app/gui/stages/survey/online.py", "csv"): "the ending of a file, which has no other name",
    ("app/usecases/export_calendar.py", "ics"): "the ending of a calendar file, which has no other name",
    ("app/gui/pages/plan_doors.py", "ics"): "the same",
    ("app/gui/pages/plan_doors.py", "Outlook"): "the calendar's own name, by which its users know it",
    ("app/exchange/package.py", "partial"): "a part of a file's name on the stick",
    ("app/storage/failures.py", "attachments"): "a folder's name in the library",
    ("app/storage/failures.py", "backups"): "a folder's name in the library",
    (
        "app/storage/library_folder.py",
        "format",
    ): "a line of a file, written so that it can be read without the program",
    ("app/storage/library_folder.py", "id"): "the same",
    ("app/storage/library_folder.py", "written"): "the same",
    ("app/storage/library_folder.py", "program"): "the same",
}
"""Findings that stay, each with its reason."""


def is_one_of(file: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatch(file, pattern) for pattern in patterns)


def faults_of(sentence: Sentence) -> list[str]:
    formal, for_makers = is_one_of(sentence.file, FORMAL), is_one_of(sentence.file, FOR_MAKERS)
    return [
        fault
        for fault in blame(sentence.words, formal=formal or for_makers, for_makers=for_makers)
        if (sentence.file, fault) not in ALLOWED
    ]


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    found = [*sentences_of_code(), *sentences_of_tables()]
    assert len(found) > 2_000
    return found


def test_every_sentence_is_in_the_house_s_words(sentences: list[Sentence]) -> None:
    wrong = [f"{each.place}: {faults_of(each)} {each.words!r}" for each in sentences if faults_of(each)]
    assert not wrong, "\n".join(["", *wrong])


def test_what_is_allowed_is_still_needed(sentences: list[Sentence]) -> None:
    needed = {
        (each.file, fault)
        for each in sentences
        for fault in blame(
            each.words,
            formal=is_one_of(each.file, FORMAL + FOR_MAKERS),
            for_makers=is_one_of(each.file, FOR_MAKERS),
        )
    }
    assert set(ALLOWED) - needed == set()
    files = [file.relative_to(ROOT).as_posix() for top in ("app", "resources") for file in _files(ROOT / top)]
    assert [pattern for pattern in FORMAL + FOR_MAKERS if not fnmatch.filter(files, pattern)] == []


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.suffix in (".py", ".toml", ".json")]


# ---- buttons


def test_buttons_are_short_and_say_what_they_do() -> None:
    wrong = [
        f"{each.place}: {list(blame_button(each.words))} {each.words!r}"
        for file in sorted((ROOT / "app").rglob("*.py"))
        for each in buttons_of_source(file.read_text("utf-8"), file.relative_to(ROOT).as_posix())
        if "{" not in each.words and list(blame_button(each.words))
    ]
    assert not wrong, "\n".join(["", *wrong])


def filled(words: str) -> set[str]:
    """The words with the names every region and every kind of agreement gives."""
    return {
        words.replace("{offer}", pack.wording.offer)
        .replace("{reminder}", pack.wording.reminder)
        .replace("{agreement}", pack.wording.agreement(kind, form))
        for pack in make_program().packs
        for kind, form in itertools.product(AgreementKind, Form)
    }


def test_buttons_that_add_a_record_are_short_in_every_region() -> None:
    buttons = {
        section.add for page in PAGES for step in page.steps for section in step.sections if section.add
    }
    assert len(buttons) > 30
    assert {words for each in buttons for words in filled(each) if list(blame_button(words))} == set()


def test_buttons_of_the_next_step_are_short_in_every_region() -> None:
    buttons = {words for _, step in _STEPS for words in (step.action, step.aside) if words}
    assert len(buttons) > 20
    assert {words for each in buttons for words in filled(each) if list(blame_button(words))} == set()


# ---- the judge of words itself


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("请您填写名称", "您"),
        ("请稍候", "请稍候"),
        ("系统自动计算", "系统"),
        ("数据库打不开", "数据库"),
        ("保存成功", "成功"),
        ("智能推荐", "智能"),
        ("未填写名称", "未"),
        ("须在会前公布", "须"),
        ("已经做好！", "！"),
        ("点 OK 继续", "OK"),
        ("最迟 2026-04-03", "2026-04-03"),
        ("最迟 04/03", "04/03"),
        ("上午 9:00 开会", "上午"),
        ("共 318人", "8人"),
        ("收到之日起10日内", "10日"),
        ("工资 5,480 元", "5,480"),
    ],
)
def test_each_kind_of_wrong_words_is_found(words: str, fault: str) -> None:
    assert fault in list(blame(words))


@pytest.mark.parametrize(
    "words",
    [
        "最迟 4月3日（周五），2026年4月3日 10:20",
        "收到之日起 10 日内；5 个工作日内；会前 10 日",
        "法规未规定，以当地窗口要求为准",
        "必须改 2 项，共 318 人，5480 元/月，1.3 个百分点",
        "写入 U 盘，用 WPS 打开 manifest-sha256.txt，按 Ctrl Enter",
        "鲁条例 21条",
        "写{offer}",
    ],
)
def test_right_words_are_not_blamed(words: str) -> None:
    assert list(blame(words)) == []


def test_words_are_read_from_code_and_not_from_its_comments() -> None:
    source = (
        '"""说明。"""\n# 注释\ndef f(n):\n    """说明。"""\n    return f"共 {n}人", "第一" "第二", "ascii"\n'
    )
    assert [each.words for each in sentences_of_source(source, "x.py")] == ["共 \ufffc人", "第一第二"]


def test_words_of_buttons_are_read_from_code() -> None:
    source = 'Button("确定")\nActionView("go", "去看看")\nSection("topics", "议题", add="添加议题")\n'
    words = [each.words for each in buttons_of_source(source, "x.py")]
    assert words == ["确定", "去看看", "添加议题"]
    assert [list(blame_button(each)) for each in words] == [["没有说做什么"], [], []]
