from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import records
from ticking_clock import TickingClock

from app.domain.agreement import ClauseFigure
from app.domain.case import Case, collections, is_single
from app.domain.facts import Choice, Kind, Record, facts_of
from app.domain.negotiation import Meeting
from app.domain.offer import Delivery
from app.domain.union import Union
from app.errors import DamagedError
from app.storage.library import Library
from app.storage.values import to_plain


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, str]]:
    folder = tmp_path_factory.mktemp("shared") / "资料库"
    with Library.create(folder, clock=TickingClock(), program_version="0.1.0") as library:
        with library.write("测试") as work:
            case_id = work.add_case(Case())
            work.commit()
        yield library, case_id


@pytest.mark.parametrize("collection", collections())
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_any_record_comes_back_as_it_was(
    shared: tuple[Library, str], collection: str, data: st.DataObject
) -> None:
    library, case_id = shared
    ids = [collection] if is_single(collection) else ["1", "2", "3"]
    drawn = [data.draw(records(collection, record_id)) for record_id in ids]
    if collection == "counts":  # one that is closed and does not add up is refused by the writer
        drawn = [held.replace(closed_on=None) for held in drawn]
    with library.write("测试") as work:
        for held in drawn:
            work.put(case_id, collection, held, action="测试")
        work.commit()
    back = library.read_case(case_id)
    for held in drawn:
        found = back.find(collection, held.id)
        assert found == held
        assert {name: _exact(getattr(found, name)) for name in facts_of(type(held))} == {
            name: _exact(getattr(held, name)) for name in facts_of(type(held))
        }


def _exact(value: Any) -> Any:
    """Decimals equal each other with different digits, choices equal plain texts: look closer."""
    return (type(value), str(value) if not isinstance(value, Decimal) else format(value, "f"))


def test_the_journal_agrees_with_all_that_was_written_at_random(shared: tuple[Library, str]) -> None:
    assert shared[0].verify_journal() == []


def test_a_whole_case_comes_back_in_the_order_it_was_put(
    library: Library, case_id: str, sample: Case
) -> None:
    assert library.read_case(case_id) == sample
    reordered = dataclasses.replace(sample, offers=sample.offers[::-1])
    with library.write("李四") as work:
        other = work.add_case(reordered)
        work.commit()
    assert library.read_case(other) == reordered
    assert library.read_case(case_id) == sample


def test_what_comes_out_is_frozen_and_reaches_nothing_of_the_storage(library: Library, case_id: str) -> None:
    case = library.read_case(case_id)
    with pytest.raises(dataclasses.FrozenInstanceError):
        case.union.name = "改"  # type: ignore[misc]
    allowed = (str, int, bool, tuple, Decimal, date, datetime, Choice, type(None))
    for _, held in case.everything():
        assert isinstance(held, Record)
        assert all(isinstance(getattr(held, name), allowed) for name in ("id", *facts_of(type(held))))


def test_digits_of_a_decimal_and_minutes_of_a_moment_stay(library: Library, case_id: str) -> None:
    with library.write("李四") as work:
        work.put(case_id, "clause_figures", ClauseFigure(id="f", value=Decimal("5480.00")), action="写数字")
        work.put(
            case_id,
            "deliveries",
            Delivery(id="d9", sent_at=datetime.fromisoformat("2026-03-24T10:20:59")),
            action="写",
        )
        work.commit()
    case = library.read_case(case_id)
    assert str(case.find("clause_figures", "f").value) == "5480.00"
    assert case.find("deliveries", "d9").sent_at == datetime.fromisoformat("2026-03-24T10:20")


SPOILT = [
    ("agreements", "kind", "soup"),
    ("agreements", "agreed_on", "2026-02-30"),
    ("agreements", "women_content", 2),
    ("clause_figures", "value", "NaN"),
    ("clause_figures", "value", "abc"),
    ("clauses", "article", "x"),
    ("inspections", "workers", "{"),
    ("inspections", "workers", "[1]"),
    ("answer_counts", "numbers", "[true]"),
    ("deliveries", "sent_at", "2026-04-03T10:20+08:00"),
]


@pytest.mark.parametrize(("collection", "fact", "stored"), SPOILT)
def test_what_this_program_never_writes_is_named_and_not_guessed(
    library: Library, case_id: str, collection: str, fact: str, stored: object
) -> None:
    with library.write("李四") as work:
        work.put(case_id, collection, collections()[collection](id="spoilt"), action="添加")
        work.commit()
    _by_hand(library.database_file, f"UPDATE {collection} SET {fact} = ? WHERE id = 'spoilt'", stored)
    with pytest.raises(DamagedError) as caught:
        library.read_case(case_id)
    record_class = collections()[collection]
    assert record_class.LABEL in str(caught.value)
    assert facts_of(record_class)[fact].label in str(caught.value)


def test_a_case_without_its_single_record_is_damaged(library: Library, case_id: str) -> None:
    _by_hand(library.database_file, 'DELETE FROM "union"')
    with pytest.raises(DamagedError, match="正好有一条"):
        library.read_case(case_id)


def test_no_such_case(library: Library) -> None:
    with pytest.raises(KeyError):
        library.read_case("nobody")


WRONG_TYPES = [
    (Kind.TEXT, None),
    (Kind.DATE, datetime.fromisoformat("2026-04-03")),
    (Kind.MOMENT, date(2026, 4, 3)),
    (Kind.INTEGER, True),
    (Kind.YES_NO, 1),
    (Kind.DECIMAL, 1.5),
    (Kind.DECIMAL, Decimal("NaN")),
    (Kind.DECIMAL, Decimal("1E+1000000")),
    (Kind.TEXTS, "abc"),
    (Kind.INTEGERS, ("1",)),
    (Kind.CHOICE, "wage"),
]


@pytest.mark.parametrize(("kind", "value"), WRONG_TYPES)
def test_a_value_of_the_wrong_kind_is_a_mistake_of_the_program(kind: Kind, value: object) -> None:
    fact = next(
        fact
        for record_class in collections().values()
        for fact in facts_of(record_class).values()
        if fact.kind is kind
    )
    with pytest.raises(TypeError):
        to_plain(fact, value)


def test_a_record_goes_only_into_its_own_collection(library: Library, case_id: str) -> None:
    with library.write("李四") as work, pytest.raises(TypeError):
        work.put(case_id, "meetings", Union(id="u"), action="放错")
    with library.write("李四") as work, pytest.raises(ValueError, match="id"):
        work.put(case_id, "meetings", Meeting(), action="没有编号")
    with library.write("李四") as work, pytest.raises(ValueError, match="id"):
        work.put(case_id, "union", Union(id="another"), action="第二个工会")
    with library.write("李四") as work, pytest.raises(KeyError):
        work.put(case_id, "nothing", Union(id="u"), action="没有这一类")


def _by_hand(file: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement, values)
