from __future__ import annotations

import pytest

from app.domain.case import collections
from app.domain.facts import Fact, Kind, facts_of
from app.storage import tables


@pytest.mark.parametrize("collection", collections())
def test_every_fact_is_one_column_and_nothing_else_is(collection: str) -> None:
    columns = [column.name for column in tables.table(collection).columns]
    assert columns == ["case_id", "id", "position", *facts_of(collections()[collection])]


@pytest.mark.parametrize("collection", collections())
def test_the_case_is_the_only_thing_a_record_is_bound_to(collection: str) -> None:
    """Links between records are no foreign keys: facts come in any order."""
    bound = {key.parent.name: key.target_fullname for key in tables.table(collection).foreign_keys}
    assert bound == {"case_id": "cases.id"}


def test_every_constraint_has_a_name() -> None:
    for table in tables.metadata().tables.values():
        assert all(constraint.name for constraint in table.constraints), table.name
        assert all(index.name for index in table.indexes), table.name


def test_decimals_are_kept_as_text_so_that_no_digit_changes() -> None:
    for collection, record_class in collections().items():
        for name, fact in facts_of(record_class).items():
            if fact.kind is Kind.DECIMAL:
                assert str(tables.table(collection).c[name].type) == "TEXT"


@pytest.mark.parametrize("name", sorted(tables.RESERVED))
def test_a_fact_cannot_take_the_name_of_a_column_of_ours(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        tables._column(Fact(name=name, label="", kind=Kind.TEXT))
