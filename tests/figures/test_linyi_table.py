"""The 临沂 2017 table of the worked years: cut-off day, logic checks, nothing counted twice."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.case import Case
from app.domain.filing import Opinion, Review
from app.domain.union import AgreementKind, CoveredEnterprise
from app.exchange.case_file import load_case
from app.figures.campaign import campaign_figures
from app.figures.in_effect import in_effect_from
from app.figures.tables import linyi_2017
from app.paths import resource

NONE = [0] * 9
A1, A2, A3 = "shandong-linyi-single", "weihai-express-industry", "tianjin-hedong-area"

# Transcribed from 统计表_临沂2017式 of the cases.
EXPECTED = [
    (A1, date(2026, 5, 31), [[1, 1, 386, 1, 1, 386, 1, 1, 386], NONE, NONE]),
    (A2, date(2026, 6, 30), [NONE, NONE, [1, 9, 505, 1, 9, 505, 1, 9, 505]]),
    (A3, date(2026, 3, 31), [NONE, [1, 14, 268, 0, 0, 0, 0, 0, 0], NONE]),
    (A3, date(2026, 4, 30), [NONE, [1, 14, 268, 1, 14, 268, 1, 14, 268], NONE]),
]


def example(name: str) -> Case:
    return load_case(resource(f"examples/{name}.json").read_bytes())


def numbers(case: Case | list[Case], until: date) -> list[list[object]]:
    return [[cell.value for cell in row.cells] for row in linyi_2017(case, until).rows]


@pytest.mark.parametrize(("name", "until", "rows"), EXPECTED)
def test_the_worked_years(name: str, until: date, rows: list[list[int]]) -> None:
    case = example(name)
    table = linyi_2017(case, until)
    assert [[cell.value for cell in row.cells] for row in table.rows] == rows
    assert table.problems == ()
    assert [row.label for row in table.rows] == ["单独开展企业", "区域", "行业"]


@pytest.mark.parametrize("name", [A1, A2])
def test_the_cut_off_of_the_case_is_the_expected_one(name: str) -> None:
    expected = next(until for case, until, _ in EXPECTED if case == name)
    assert example(name).cycle.statistics_until == expected


def test_columns_title_header_and_note() -> None:
    table = linyi_2017(example(A1), date(2026, 5, 31), filled_on=date(2026, 6, 5))
    assert table.title == "工资集体协商“集中要约”行动情况统计表"
    assert [column.label for column in table.columns] == [
        "发出要约书份数", "覆盖企业数", "覆盖职工数",
        "签订工资专项集体合同份数", "覆盖企业数", "覆盖职工数",
        "审查备案数", "覆盖企业数", "覆盖职工数",
    ]  # fmt: skip
    assert [(field.label, field.value) for field in table.header] == [
        ("单位", "临沂砺岱沂机械制造有限公司工会委员会"),
        ("负责人", "孟砺川"),
        ("填报人", ""),
        ("填报时间", "2026年6月5日"),
    ]
    assert table.note == "“单独开展企业”不计算被区域性、行业性协商覆盖的企业；时间截止到2026年5月31日。"
    assert table.remarks == ("劳务派遣工 24 人不与本企业建立劳动关系，不计入覆盖职工数",)
    assert linyi_2017(example(A2), date(2026, 6, 30)).remarks == ("众包及外包人员 107 人不计入覆盖职工数",)


@pytest.mark.parametrize(
    ("name", "row", "until", "copies"),
    [
        (A1, 0, date(2026, 3, 11), [0, 0, 0]),
        (A1, 0, date(2026, 3, 12), [1, 0, 0]),
        (A1, 0, date(2026, 5, 7), [1, 0, 0]),
        (A1, 0, date(2026, 5, 8), [1, 1, 0]),
        (A1, 0, date(2026, 5, 21), [1, 1, 0]),
        (A1, 0, date(2026, 5, 22), [1, 1, 1]),
        (A2, 2, date(2026, 6, 4), [1, 1, 0]),
        (A2, 2, date(2026, 6, 5), [1, 1, 1]),
    ],
)
def test_each_thing_counts_from_its_own_day(name: str, row: int, until: date, copies: list[int]) -> None:
    assert numbers(example(name), until)[row][::3] == copies


def test_area_figures_follow_delivery_and_seal() -> None:
    assert numbers(example(A2), date(2026, 3, 17))[2][:3] == [1, 8, 472]
    assert numbers(example(A2), date(2026, 5, 17))[2][3:6] == [1, 8, 472]
    assert numbers(example(A2), date(2026, 5, 18))[2][3:6] == [1, 9, 505]


def test_every_cell_names_records_that_exist() -> None:
    for name, until, _ in EXPECTED:
        case = example(name)
        for row in linyi_2017(case, until).rows:
            for cell in row.cells:
                assert cell.rule
                assert bool(cell.origin) is bool(cell.value)
                for part in cell.origin:
                    assert case.find(part.collection, part.record_id) is not None
                    assert part.words


def test_several_cases_add_up_in_any_order() -> None:
    cases = [example(name) for name in (A1, A2, A3)]
    until = date(2026, 12, 31)
    together = [
        [1, 1, 386, 1, 1, 386, 1, 1, 386],
        [1, 14, 268, 1, 14, 268, 1, 14, 268],
        [1, 9, 505, 1, 9, 505, 1, 9, 505],
    ]
    assert numbers(cases, until) == together
    assert numbers(cases[::-1], until) == together
    table = linyi_2017(cases, until)
    assert table.header[0].value == ""
    assert table.rows[0].cells[0].origin[0].words.startswith("临沂砺岱沂机械制造有限公司工会委员会：")


def test_single_leaves_out_what_an_area_covers() -> None:
    single, area = example(A1), example(A3)
    twin = CoveredEnterprise(
        id="enterprise-15", name="同一家", code=single.enterprise.code, staff=386, sealed_on=date(2026, 4, 2)
    )
    area = area.with_record("covered_enterprises", twin)
    reached = area.deliveries[0].replace(enterprises=(*area.deliveries[0].enterprises, "enterprise-15"))
    area = area.with_record("deliveries", reached)
    table = linyi_2017([single, area], date(2026, 12, 31))
    assert [cell.value for cell in table.rows[0].cells] == NONE
    assert [cell.value for cell in table.rows[1].cells] == [1, 15, 654] * 3
    assert any("1 家单独开展的企业已被区域或行业协商覆盖" in remark for remark in table.remarks)


def test_other_agreements_are_not_wage_bargaining() -> None:
    case = example(A1)
    general = case.with_record("cycle", case.cycle.replace(agreement_kind=AgreementKind.GENERAL))
    assert numbers(general, date(2026, 12, 31)) == [NONE, NONE, NONE]


def test_missing_staff_is_unknown_and_said() -> None:
    case = example(A1)
    case = case.with_record("enterprise", case.enterprise.replace(staff=None))
    table = linyi_2017(case, date(2026, 5, 31))
    assert [cell.value for cell in table.rows[0].cells] == [1, 1, None] * 3
    assert table.problems == ("单独开展企业：有职工数没有填，合计不出来",)


def test_logic_checks_name_what_contradicts() -> None:
    case = example(A1).without("deliveries", "delivery-1")
    problems = linyi_2017(case, date(2026, 5, 31)).problems
    assert "单独开展企业：签订合同的份数 1 多于发出要约书的份数 0" in problems
    case = example(A2)
    for firm in case.covered_enterprises:
        case = case.with_record("covered_enterprises", firm.replace(sealed_on=None))
    assert "行业：签订合同 1 份，却没有覆盖企业" in linyi_2017(case, date(2026, 6, 30)).problems
    case = example(A1)
    case = case.with_record("enterprise", case.enterprise.replace(staff=0))
    problems = linyi_2017(case, date(2026, 5, 31)).problems
    assert "单独开展企业：发出要约书覆盖职工 0 人，少于覆盖企业 1 家" in problems
    without_signing = example(A1).without("signings", "signing-1")
    problems = linyi_2017(without_signing, date(2026, 5, 31)).problems
    assert "单独开展企业：审查备案的份数 1 多于签订合同的份数 0" in problems


def test_in_effect_from_the_earlier_of_opinion_and_fifteen_days() -> None:
    assert in_effect_from(example(A1), "agreement-1")[0] == date(2026, 5, 22)
    assert in_effect_from(example(A2), "agreement-1")[0] == date(2026, 6, 5)
    assert in_effect_from(example(A3), "agreement-1")[0] == date(2026, 4, 21)
    case = example(A1).without("reviews", "review-1")
    assert in_effect_from(case, "agreement-1")[0] == date(2026, 5, 28)
    filing = case.filings[0].replace(received_on=None)
    assert in_effect_from(case.with_record("filings", filing), "agreement-1") == (None, ())


def test_an_objection_leaves_no_day() -> None:
    case = example(A2)
    objection = Review(
        id="r", filing="filing-1", opinion=Opinion.OBJECTION, reached_workers_on=date(2026, 6, 1)
    )
    case = case.with_record("reviews", objection)
    assert in_effect_from(case, "agreement-1")[0] is None
    again = case.filings[0].replace(id="filing-2", received_on=date(2026, 6, 10), again=True)
    case = case.with_record("filings", again)
    assert in_effect_from(case, "agreement-1")[0] == date(2026, 6, 25)


def test_numbers_for_tables_of_unknown_columns() -> None:
    due = {"delivery-1": date(2026, 2, 25), "delivery-2": date(2026, 2, 25)}
    found = {
        figure.label: figure.value
        for figure in campaign_figures(example(A3), date(2026, 3, 31), reply_due=due)
    }
    assert (found["发出要约份数"], found["要约覆盖企业"], found["要约覆盖职工"]) == (1, 14, 268)
    assert (found["应约企业"], found["其中期限内应约"]) == (14, 13)
    assert found["签订份数"] == 0
    later = {figure.label: figure.value for figure in campaign_figures(example(A3), date(2026, 4, 30))}
    assert (later["签订份数"], later["签订覆盖企业"], later["签订覆盖职工"]) == (1, 14, 268)
    assert later["已审查份数"] == 1
    assert "其中期限内应约" not in later
    new_business = {figure.label: figure.value for figure in campaign_figures(example(A2), date(2026, 6, 30))}
    assert (new_business["签订覆盖企业"], new_business["签订覆盖职工"]) == (9, 505)
    assert new_business["覆盖从业人员"] == 612
    single = {figure.label: figure.value for figure in campaign_figures(example(A1), date(2026, 5, 31))}
    assert (single["应约企业"], single["覆盖从业人员"]) == (1, 386)
