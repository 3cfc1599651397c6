"""Due dates of what has not happened yet, of several parties, and their words."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta

import pytest

from app.domain.case import Case
from app.domain.offer import Offer, Proposer
from app.domain.union import AgreementKind, Cycle, Form
from app.rules.deadlines import deadlines
from app.rules.findings import Deadline, Turn, Verdict
from tests.rules.worked import ON, calendar, changed, packs, worked


def due(case: Case, on: date, rule: str, region: str = "shandong") -> list[Deadline]:
    return [each for each in deadlines(case, packs().region(region), calendar(), on) if each.rule == rule]


def planned(**more: object) -> Case:
    offer = Offer(
        id="o",
        proposer=Proposer.WORKER,
        issued_on=date(2026, 3, 12),
        proposed_meeting=datetime.fromisoformat("2026-04-10T14:00"),
    )
    cycle = Cycle(id="cycle", agreement_kind=AgreementKind.WAGE, form=Form.SINGLE)
    return dataclasses.replace(Case(cycle=cycle, offers=(offer,)), **more)


def test_a_planned_meeting_gives_estimates():
    for rule, day in (("disclose_due", date(2026, 3, 31)), ("report_upper_before", date(2026, 4, 5))):
        (row,) = due(planned(), date(2026, 3, 12), rule)
        assert (row.due, row.estimated, row.start, row.verdict) == (day, True, None, Verdict.RUNNING)
        assert "定在4月10日（周五）" in row.why and "约" in row.why


def test_the_meeting_agreed_in_the_reply_stands_before_the_one_proposed():
    case = changed(worked("linyi"), {"remove": ["meetings/*"]})
    reply = case.replies[0].replace(agreed_meeting=datetime.fromisoformat("2026-04-15T09:00"))
    case = case.with_record("replies", reply)
    (row,) = due(case, date(2026, 3, 20), "report_upper_before")
    assert row.due == date(2026, 4, 10)


def test_before_the_reply_the_sixty_days_are_estimated_from_its_last_day():
    case = changed(worked("linyi"), {"remove": ["replies/*", "signings/*", "meetings/*"]})
    (row,) = due(case, date(2026, 3, 15), "period")
    assert row.estimated and row.due == date(2026, 5, 22)
    assert "答复日还没有" in row.why


def test_each_delivery_has_its_own_reply_date_and_its_own_answer():
    rows = due(worked("weihai"), date(2026, 3, 28), "reply_due")
    assert [(row.start, row.due, row.actual) for row in rows] == [
        (date(2026, 3, 16), date(2026, 3, 26), date(2026, 3, 24)),
        (date(2026, 3, 18), date(2026, 3, 28), date(2026, 3, 28)),
    ]


def test_without_links_replies_are_matched_by_enterprise_or_name():
    case = worked("weihai")
    for reply in case.replies:
        case = case.with_record("replies", reply.replace(delivery=""))
    assert [row.actual for row in due(case, date(2026, 4, 1), "reply_due")] == [
        date(2026, 3, 24),
        date(2026, 3, 28),
    ]


def test_an_offer_by_the_employer_is_ours_to_answer():
    case = changed(worked("linyi"), {"set": {"offers/offer-1": {"提出方": "企业方"}}})
    (row,) = due(case, date(2026, 3, 13), "reply_due")
    assert row.turn is Turn.UNION


def test_the_period_ends_with_the_last_seal():
    case = changed(
        worked("weihai"),
        {"set": {"covered_enterprises/enterprise-9": {"合同盖章确认日期": date(2026, 5, 22)}}},
    )
    (row,) = due(case, date(2026, 6, 1), "period")
    assert row.actual == date(2026, 5, 22)


def test_effect_is_the_earlier_of_opinion_and_silence():
    case = changed(
        worked("linyi"),
        {
            "set": {
                "reviews/review-1": {"送达职工方日期": date(2026, 5, 30), "送达企业方日期": date(2026, 5, 30)}
            }
        },
    )
    (row,) = due(case, date(2026, 6, 30), "effective")
    assert (row.due, row.actual, row.verdict) == (date(2026, 5, 28), None, Verdict.DONE)
    (published,) = due(case, date(2026, 6, 30), "publish_due")
    assert published.start == date(2026, 5, 28)


def test_both_sides_must_have_the_opinion():
    case = changed(worked("linyi"), {"set": {"reviews/review-1": {"送达企业方日期": date(2026, 5, 25)}}})
    (row,) = due(case, date(2026, 6, 30), "effective")
    assert row.actual == date(2026, 5, 25)


def test_without_receipt_and_opinion_nothing_takes_effect():
    case = changed(
        worked("linyi"), {"remove": ["reviews/*"], "set": {"filings/filing-1": {"人社收到日期": "空"}}}
    )
    assert due(case, date(2026, 6, 30), "effective") == []
    assert due(case, date(2026, 6, 30), "publish_due") == []


def test_an_objection_stops_the_effect_until_filed_again():
    objected = changed(worked("linyi"), {"set": {"reviews/review-1": {"结论": "提出异议"}}})
    assert due(objected, date(2026, 7, 30), "publish_due") == []
    again = changed(
        objected,
        {
            "add": [
                {
                    "in": "filings",
                    "合同": "agreement-1",
                    "报送日期": date(2026, 6, 1),
                    "人社收到日期": date(2026, 6, 1),
                    "异议后重新报送": True,
                }
            ]
        },
    )
    (row,) = due(again, date(2026, 7, 30), "effective")
    assert row.due == date(2026, 6, 16)
    (filed,) = due(again, date(2026, 7, 30), "file_due")
    assert filed.actual == date(2026, 5, 13)


def test_while_the_review_runs_publication_is_an_estimate():
    case = changed(worked("linyi"), {"remove": ["reviews/*", "publications/*"]})
    (row,) = due(case, date(2026, 5, 20), "publish_due")
    assert row.estimated and row.due == date(2026, 6, 4)


def test_every_contract_year_that_began_wants_its_report():
    case = changed(worked("linyi"), {"set": {"agreements/agreement-1": {"期限至": date(2029, 5, 31)}}})
    rows = due(case, date(2027, 7, 1), "report_freq")
    assert [(row.due, row.verdict) for row in rows] == [
        (date(2027, 5, 31), Verdict.DONE),
        (date(2028, 5, 31), Verdict.RUNNING),
    ]


def test_a_notice_still_hanging_says_until_when():
    case = changed(worked("linyi"), {"set": {"sessions/session-2": {"撤下日期": "空"}}})
    row = next(
        each for each in due(case, date(2026, 5, 10), "congress_result_publish") if each.variant == "hang"
    )
    assert (row.due, row.verdict) == (date(2026, 5, 15), Verdict.RUNNING)
    assert "不要撤下" in row.why


def test_a_due_date_on_a_holiday_says_which_and_where_it_moves():
    row = next(
        each
        for each in due(worked("linyi"), date(2026, 11, 10), "congress_result_publish")
        if each.due == date(2026, 5, 2)
    )
    assert "在劳动节假期里，顺延到5月6日（周三）" in row.why


def test_a_backward_date_on_a_holiday_advises_an_earlier_day():
    (row,) = due(worked("linyi"), date(2026, 11, 10), "report_upper_before")
    assert "清明节假期，建议提前到4月3日（周五）" in row.why


def test_the_proof_stands_in_the_why():
    (row,) = due(worked("linyi"), date(2026, 11, 10), "reply_due")
    assert "Z01" in row.why and "全国外限 20日是4月1日（周三）" in row.why


def test_other_years_are_named():
    (row,) = due(worked("linyi"), date(2026, 11, 10), "renewal_window")
    assert "2027年4月1日（周四）" in row.why


def test_a_suspended_period_still_running_counts_until_today():
    case = changed(
        worked("linyi"),
        {
            "remove": ["signings/*"],
            "add": [{"in": "suspensions", "中止日期": date(2026, 4, 20), "不可抗力": True}],
        },
    )
    (row,) = due(case, date(2026, 4, 30), "period")
    assert row.due == date(2026, 5, 28)


def suspended(*spans: tuple[date, date | None], forced: bool = True) -> dict[str, object]:
    rows = [
        {"in": "suspensions", "中止日期": first, "不可抗力": forced} | ({"恢复日期": last} if last else {})
        for first, last in spans
    ]
    return {"add": rows}


def test_only_days_within_the_period_are_stopped_and_each_once():
    """The answer came on 24 March 2026; the sixty days run to 23 May."""
    for spans, day, told in (
        ([(date(2026, 4, 20), date(2026, 4, 30))], date(2026, 6, 2), "不可抗力中止 10 日不计入"),
        (
            [(date(2026, 4, 20), date(2026, 4, 30)), (date(2026, 4, 25), date(2026, 5, 5))],
            date(2026, 6, 7),
            "15 日",
        ),
        ([(date(2026, 3, 1), date(2026, 3, 20))], date(2026, 5, 23), ""),
        ([(date(2026, 6, 1), date(2026, 6, 20))], date(2026, 5, 23), ""),
        ([(date(2026, 3, 14), date(2026, 3, 26))], date(2026, 5, 25), "中止 2 日不计入"),
    ):
        case = changed(worked("weihai"), suspended(*spans))
        (row,) = due(case, date(2026, 6, 30), "period")
        assert row.due == day, spans
        assert told in row.why and (" 日不计入" in row.why) is bool(told)
        assert "满 60 日" in row.why


def test_where_the_text_leaves_open_whether_a_suspension_counts_both_days_are_told():
    case = changed(
        worked("linyi"),
        {
            "set": {
                "offers/offer-1": {"签发日期": date(2026, 3, 10)},
                "agreements/agreement-1": {"达成一致日期": date(2026, 5, 15)},
            },
        }
        | suspended((date(2026, 4, 20), date(2026, 4, 30)), forced=False),
    )
    (row,) = due(case, date(2026, 6, 30), "period", "hangzhou")
    assert (row.due, row.verdict) == (date(2026, 5, 9), Verdict.DONE_BETWEEN)
    assert "扣不扣，条文没有写，这里不扣；扣掉中止的 10 日就是5月19日" in row.why


def test_the_review_does_not_roll_and_says_so():
    case = changed(
        worked("linyi"),
        {"remove": ["reviews/*"], "set": {"filings/filing-1": {"人社收到日期": date(2026, 6, 5)}}},
    )
    (row,) = due(case, date(2026, 11, 10), "effective")
    assert row.due == row.due_weekend == date(2026, 6, 20)
    assert "那天在端午节假期里，审查期顺延不顺延条文没有写，这里不顺延" in row.why


def test_workdays_counted_back_name_the_days_passed_over():
    (row,) = due(worked("linyi"), date(2026, 11, 10), "disclose_due", "hangzhou")
    assert "倒数 7 个工作日" in row.why and "跳过" in row.why


def test_counting_back_in_a_year_not_loaded_says_so():
    case = changed(
        planned(), {"set": {"offers/o": {"建议会议时间": datetime.fromisoformat("2027-02-15T09:00")}}}
    )
    (row,) = due(case, date(2026, 12, 1), "report_upper_before")
    assert row.due == date(2027, 2, 10) and "2027 年放假安排还没装" in row.why


def test_effect_tells_the_other_start_where_the_measure_counts_from_handing_in():
    later = {"set": {"filings/filing-1": {"报送日期": date(2026, 5, 12), "人社收到日期": date(2026, 5, 14)}}}
    for kind, told in (("工资专项", True), ("综合", False)):
        case = changed(
            worked("linyi"),
            {"remove": ["reviews/*"], "set": {"cycle/cycle": {"合同类型": kind}} | later["set"]},
        )
        (row,) = due(case, date(2026, 11, 10), "effective")
        assert row.due == date(2026, 5, 29)
        assert ("《试行办法》22条写的是报送满 15 日，从报送日起算是5月27日" in row.why) is told
    (row,) = due(worked("linyi"), date(2026, 11, 10), "effective")
    assert "报送满" not in row.why


def test_mediation_may_take_longer():
    case = changed(
        worked("linyi"),
        {"add": [{"in": "escalations", "事项": "申请协商争议协调处理", "日期": date(2026, 4, 20)}]},
    )
    (row,) = due(case, date(2026, 5, 1), "mediation_due")
    assert row.due == date(2026, 5, 20) and "可以延长，不超过 15 日" in row.why


@pytest.mark.parametrize(
    ("region", "rule", "words"),
    [
        ("national", "disclose_due", ("最晚 5 日前", "前 5 天之内")),
        ("national", "effective", ("收到文本起算", "报送满 15 日")),
        ("shandong", "upper_union_file", ("两解",)),
        ("henan", "reply_due", ("没有写从哪一天起算",)),
    ],
)
def test_a_text_of_two_readings_tells_both_in_the_why(region: str, rule: str, words: tuple[str, ...]):
    case = changed(worked("linyi"), {"set": {"filings/filing-1": {"人社收到日期": date(2026, 5, 14)}}})
    if region == "henan":
        case = changed(case, {"set": {"cycle/cycle": {"合同类型": "综合"}}})
    rows = [each for each in deadlines(case, packs().region(region), calendar(), ON) if each.rule == rule]
    assert rows
    for word in words:
        assert word in rows[0].why, rows[0].why


def test_the_answer_to_a_letter_of_supervision_is_told_where_the_region_gives_it_days():
    sent = {"in": "escalations", "事项": "上级工会已发劳动法律监督意见书", "日期": date(2026, 4, 1)}
    case = changed(worked("linyi"), {"add": [sent]})
    for region, expected in (("zhejiang", 1), ("ningbo", 1), ("shandong", 0)):
        found = deadlines(case, packs().region(region), calendar(), date(2026, 4, 2))
        rows = [each for each in found if each.rule == "union_letter1"]
        assert len(rows) == expected
        assert all(row.due == date(2026, 4, 23) and row.turn is Turn.EMPLOYER for row in rows), rows


def test_a_draft_nobody_wrote_the_day_of_is_due_until_the_session_and_then_not_asked_for():
    case = worked("linyi")
    cycle = dataclasses.replace(case.cycle, region="henan", agreement_kind=AgreementKind.GENERAL)
    case = dataclasses.replace(case, cycle=cycle)
    held = next(each.held_on for each in case.sessions if each.id == "session-2")
    assert held is not None
    before = due(case, held - timedelta(days=20), "congress_submit_due", "henan")
    assert [each.what for each in before] == ["草案书面提交工会委员会"]
    assert due(case, held, "congress_submit_due", "henan") == []
