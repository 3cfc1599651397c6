"""The invariants of ARCHITECTURE.md that belong to no single room; the others are tested where they live.

1 tests/forms, tests/storage/test_migrate.py · 2 here · 3 tests/test_house.py and here · 4 tests/usecases ·
5 here · 6 tests/figures · 7 here · 8 tests/rules · 9 here and tests/rules · 10 tests/exchange, tests/faults and
here · 11 tests/storage · 12 tests/gui · 13 here · 14 here.
"""

from __future__ import annotations

import dataclasses
import errno
import logging
import os
import shutil
import types
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path

import pytest

from app.bootstrap import make_program, start
from app.documents.catalogue import CATALOGUE
from app.domain.case import Case, collections
from app.domain.facts import Kind, Sensitivity, facts_of
from app.domain.redaction import FOR_SUBMISSION, redact
from app.errors import UserError
from app.exchange.case_file import dump_case
from app.paths import resource
from app.rules.findings import Grade, Read
from app.rules.pack import load_packs
from app.storage.library import Library
from app.usecases.check_case import check_case
from app.usecases.export_package import export_package
from app.usecases.make_demo import example_names, read_example
from app.usecases.whole_file import write_whole

CANARY = "金丝雀7391"
CANARY_ID = "11010519491231002X"  # the standard's own example, so that the check of codes is content


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    library = tmp_path_factory.mktemp("invariants") / "资料库"
    assert start(["demo", str(library)]) == 0
    return library


def open_library(folder: Path) -> Library:
    program = make_program()
    return Library.open(folder, clock=program.clock, program_version=program.version)


# 2. Records are frozen and detached.


def reachable(value, seen):
    if id(value) in seen:
        return
    seen[id(value)] = value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            reachable(getattr(value, field.name), seen)
    elif isinstance(value, tuple):
        for part in value:
            reachable(part, seen)


def test_nothing_but_plain_values_is_reachable_from_a_case(demo):
    with open_library(demo) as library:
        case = library.read_case(library.case_ids()[0])
    seen: dict[int, object] = {}
    reachable(case, seen)
    plain = (str, int, bool, Decimal, date, datetime, tuple, types.NoneType, Enum)
    odd = {
        type(value)
        for value in seen.values()
        if not isinstance(value, plain) and not type(value).__module__.startswith("app.domain.")
    }
    assert odd == set()
    assert len(seen) > 500


def test_every_record_is_frozen_and_slotted():
    for record_class in collections().values():
        made = record_class(id="x")
        with pytest.raises(dataclasses.FrozenInstanceError):
            made.id = "y"
        assert not hasattr(made, "__dict__")


# 3. The date is an argument.


def test_the_check_depends_on_the_day_it_is_given():
    program, case = make_program(), read_example("shandong-linyi-single")
    early = check_case(program, case, date(2026, 3, 31))
    late = check_case(program, case, date(2026, 11, 10))
    assert early == check_case(program, case, date(2026, 3, 31))
    assert early != late


# 5. A derived value is never stored.


def test_checking_and_making_papers_leave_the_facts_alone(demo, tmp_path):
    copy = tmp_path / "库"
    shutil.copytree(demo, copy)
    with open_library(copy) as library:
        program, case_id = make_program(), library.case_ids()[0]
        before = library.read_case(case_id)
        export_package(program, library, case_id, tmp_path / "盘", actor="测试")
        after = library.read_case(case_id)
    assert len(after.made_packages) == 1
    assert dataclasses.replace(after, made_packages=()) == before


def test_no_record_holds_a_due_date_a_rate_or_a_result():
    derived = ("_due", "due_date", "percent", "ratio", "passed", "verdict", "effective_on", "rate")
    named = [
        f"{collection}.{name}"
        for collection, record_class in collections().items()
        for name in facts_of(record_class)
        if name.endswith(derived)
    ]
    assert named == []


# 7. Exporters get a case from which what they may not see is removed.


def secret_case(case: Case) -> Case:
    """The case with a canary in every withheld text, one record of each withheld kind at least."""
    for collection, record_class in collections().items():
        hidden = [
            fact
            for fact in facts_of(record_class).values()
            if fact.sensitivity not in FOR_SUBMISSION and fact.kind in (Kind.TEXT, Kind.LONG_TEXT)
        ]
        if not hidden:
            continue
        held = case.records(collection) or (record_class(id="canary"),)
        for each in held:
            case = case.with_record(
                collection,
                each.replace(**{fact.name: CANARY_ID if fact.code else CANARY for fact in hidden}),
            )
    return case


def test_both_kinds_of_secret_are_declared():
    kinds = {
        fact.sensitivity
        for record_class in collections().values()
        for fact in facts_of(record_class).values()
    }
    assert {Sensitivity.PERSONAL, Sensitivity.BOTTOM_LINE} <= kinds


def test_nothing_withheld_is_left_after_redaction():
    case = secret_case(read_example("shandong-linyi-single"))
    assert CANARY in dump_case(case).decode()
    left = dump_case(redact(case, FOR_SUBMISSION)).decode()
    assert CANARY not in left
    assert CANARY_ID not in left
    assert redact(case, FOR_SUBMISSION).bottom_lines == ()


def test_nothing_withheld_reaches_the_package(demo, tmp_path):
    import pypdfium2
    from openpyxl import load_workbook

    copy = tmp_path / "库"
    shutil.copytree(demo, copy)
    with open_library(copy) as library:
        program, case_id = make_program(), library.case_ids()[0]
        case = library.read_case(case_id)
        secret = secret_case(case)
        with library.write("测试") as unit:
            for collection in ("representatives", "bottom_lines", "delegates"):
                for held in secret.records(collection):
                    unit.put(case_id, collection, held, action="试")
            personal = case.evidence[0].replace(personal=True, title_text=CANARY)
            unit.put(case_id, "evidence", personal, action="试")
            unit.commit()
        made = export_package(program, library, case_id, tmp_path / "盘", actor="测试")
    texts = []
    for file in made.path.rglob("*"):
        texts.append(file.name)
        if file.suffix == ".pdf":
            with pypdfium2.PdfDocument(file) as document:
                texts += [page.get_textpage().get_text_bounded() for page in document]
        elif file.suffix == ".xlsx":
            book = load_workbook(file)
            texts += [
                str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
            ]
        elif file.is_file():
            texts.append(file.read_bytes().decode("utf-8", "replace"))
    assert not [text for text in texts if CANARY in text or CANARY_ID in text]
    assert any("孟砺川" in text for text in texts), "the judge must be able to see what is there"


def test_papers_with_personal_data_are_marked():
    assert {kind.key for kind in CATALOGUE if kind.personal} == {"congress_codes", "filing_form"}


# 9. What was only read second-hand may remind, never block.


def test_second_hand_rules_never_make_a_must():
    program = make_program()
    for name in example_names():
        for finding in check_case(program, read_example(name), date(2026, 11, 10)).findings:
            if finding.grade is Grade.MUST and finding.sources:
                assert any(source.read in (Read.FULL_TEXT, Read.EXCERPT) for source in finding.sources), (
                    finding
                )


def test_every_statutory_value_says_where_it_stands_and_how_well_it_was_read():
    for pack in load_packs(resource("rules")):
        terms = pack.all_terms(date(2026, 11, 10))
        assert terms
        for term in terms:
            assert term.sources, term
            assert term.starts is not None


# 10. A file appears whole or not at all.


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    target = tmp_path / "案卷.json"
    target.write_bytes(b"old")

    def full(_handle):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="没有空间"):
        write_whole(target, b"new" * 1000)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["案卷.json"]


# 13. Same case, same bytes.


def test_the_same_library_gives_the_same_package(demo, tmp_path):
    manifests = []
    for name in ("一", "二"):
        copy = tmp_path / name
        shutil.copytree(demo, copy)
        with open_library(copy) as library:
            made = export_package(
                make_program(), library, library.case_ids()[0], tmp_path / f"盘{name}", actor="测试"
            )
        manifests.append((made.path / "manifest-sha256.txt").read_bytes())
    assert manifests[0] == manifests[1]


# 14. No person's name, ID number, phone or answer in a log.


def test_no_name_reaches_the_log(tmp_path, caplog):
    with caplog.at_level(logging.DEBUG):
        assert start(["demo", str(tmp_path / "库")]) == 0
        assert start(["export", str(tmp_path / "库"), str(tmp_path / "盘")]) == 0
        start(["load", str(tmp_path / "库"), str(tmp_path / "没有.json")])
    case = read_example("shandong-linyi-single")
    names = {person.name for person in case.representatives} | {case.union.chair, case.union.phone}
    said = [record.getMessage() for record in caplog.records if record.name.startswith("app")]
    assert not [line for line in said if any(name and name in line for name in names)]
