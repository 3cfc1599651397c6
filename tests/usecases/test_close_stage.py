"""A stage is closed as if it were over: what it had to bring is asked for then."""

from __future__ import annotations

import pytest

from app.domain.closing import StageClosing
from app.domain.representatives import Representative, Role
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Enterprise, Form, Side
from app.errors import UserError
from app.rules.findings import Grade
from app.usecases.check_case import check_case
from app.usecases.close_stage import close_stage
from app.usecases.start_year import start_year
from app.usecases.step_states import stage_findings


def year(library) -> str:
    return start_year(
        library,
        year=2026,
        region="shandong",
        agreement_kind=AgreementKind.WAGE,
        form=Form.SINGLE,
        actor="测试",
    )


def put(library, case_id: str, *records: tuple[str, object]) -> None:
    with library.write("测试") as unit:
        for collection, held in records:
            unit.put(case_id, collection, held, action="写")
        unit.commit()


def people(side: Side, number: int) -> list[tuple[str, object]]:
    return [
        (
            "representatives",
            Representative(
                id=f"{side.value}{at}",
                side=side,
                role=Role.CHIEF if not at else Role.MEMBER,
                name=f"{side.value}{at}",
                frontline=True,
            ),
        )
        for at in range(number)
    ]


def test_two_representatives_and_nobody_opposite_do_not_end_the_stage(program, library) -> None:
    case_id = year(library)
    put(library, case_id, *people(Side.WORKER, 2))
    before = check_case(program, library.read_case(case_id)).findings
    assert not [
        each for each in before if each.rule == "rep_min"
    ]  # still being written: nobody is shouted at
    with pytest.raises(UserError) as refused:
        close_stage(program, library, case_id, Stage.REPRESENTATIVES, actor="测试")
    assert "职工方代表 2 人，每方不少于 3 人" in refused.value.what_happened
    assert "企业方代表 0 人" in refused.value.what_happened
    assert library.read_case(case_id).stage_closings == ()


def test_a_wrong_code_in_the_settings_keeps_the_package_back_and_no_stage(program, library) -> None:
    case_id = year(library)
    put(
        library,
        case_id,
        ("enterprise", Enterprise(id="enterprise", code="91371311FAKE00013A")),
        *people(Side.WORKER, 1),
    )
    (found,) = [
        each for each in check_case(program, library.read_case(case_id)).findings if each.rule == "data_code"
    ]
    assert found.blocks
    assert found.place == "设置"
    assert not any(stage_findings([found], stage) for stage in Stage)
    with pytest.raises(UserError) as refused:
        close_stage(program, library, case_id, Stage.REPRESENTATIVES, actor="测试")
    assert "代码" not in refused.value.what_happened


def test_a_wrong_number_of_a_representative_stops_the_stage_it_stands_in(program, library) -> None:
    case_id = year(library)
    ((_, person),) = people(Side.WORKER, 1)
    put(library, case_id, ("representatives", person.replace(id_number="371311199001010000")))
    (found,) = [
        each for each in check_case(program, library.read_case(case_id)).findings if each.rule == "data_code"
    ]
    assert stage_findings([found], Stage.REPRESENTATIVES) == [found]


def test_how_they_were_chosen_and_made_known_is_asked_for(program, library) -> None:
    case_id = year(library)
    put(library, case_id, *people(Side.WORKER, 3), *people(Side.EMPLOYER, 3))
    with pytest.raises(UserError) as refused:
        close_stage(program, library, case_id, Stage.REPRESENTATIVES, actor="测试")
    assert "怎样确定" in refused.value.what_happened
    assert "公布日期" in refused.value.what_happened


def test_a_stage_closed_before_is_found_out_later(program, library) -> None:
    case_id = year(library)
    case = library.read_case(case_id)
    closed = case.with_record("stage_closings", StageClosing(id="c", stage=Stage.REPRESENTATIVES))
    rules = {each.rule for each in check_case(program, closed).findings if each.grade is Grade.MUST}
    assert "rep_min" in rules
