"""Packs are data: strictly read, complete, dated, sourced, and never harder than what was read."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.domain.union import AgreementKind, Cycle, Form
from app.errors import UserError
from app.paths import resource
from app.rules.calendars import load_calendar
from app.rules.checks.table import TABLE
from app.rules.findings import Hardness, Read, cite
from app.rules.pack import load_packs
from app.rules.term_answer import answer_term
from app.rules.terms import MAY_BE_HARD, Bound
from app.rules.wording import MinutesSigners
from tests.rules.worked import calendar, packs

WAGE, GENERAL = AgreementKind.WAGE, AgreementKind.GENERAL
DAY = date(2026, 4, 25)

# Appendix A of the table of statutory periods: region, rule, variant, kind, amount, unit, hardness, articles.
APPENDIX_A = (
    ("national", "reply_due", "", WAGE, "20日", "红线", "《试行办法》17条、《规定》32条"),
    ("national", "rep_replace", "", WAGE, "15日", "红线", "《规定》31条"),
    ("national", "disclose_due", "", WAGE, "5日前", "提醒", "《试行办法》18条"),
    ("national", "file_due", "reminder", WAGE, "7日", "提醒", "《试行办法》21条"),
    ("national", "file_due", "", WAGE, "10日", "红线", "《规定》42条"),
    ("national", "file_due", "", GENERAL, "10日", "红线", "《规定》42条"),
    ("national", "effective", "", WAGE, "15日", "红线", "《劳动合同法》54条、《试行办法》22条"),
    ("national", "publish_due", "", WAGE, "5日", "红线", "《试行办法》23条"),
    ("national", "renewal_window", "", WAGE, "60日前", "提醒", "《试行办法》24条"),
    ("national", "renewal_window", "", GENERAL, "3个月前", "提醒", "《规定》38条"),
    ("national", "mediation_due", "", WAGE, "30日", "对方的期限", "《规定》52条"),
    ("national", "mediation_due", "extension", WAGE, "不超过15日", "对方的期限", "《规定》52条"),
    ("shandong", "rep_publish_due", "", WAGE, "5日", "红线", "《鲁工资》11条"),
    ("shandong", "reply_due", "", WAGE, "10日", "红线", "《鲁工资》21条"),
    ("shandong", "reply_due", "", GENERAL, "10日", "红线", "《鲁劳合》38条"),
    ("shandong", "disclose_due", "", WAGE, "10日前", "红线", "《鲁工资》23条"),
    ("shandong", "report_upper_before", "", WAGE, "5日前", "红线", "《鲁工资》24条"),
    ("shandong", "congress_notice", "", WAGE, "7日前", "红线", "《鲁厂务》12条"),
    ("shandong", "congress_result_publish", "", WAGE, "3日", "红线", "《鲁厂务》12条"),
    ("shandong", "congress_result_publish", "hang", WAGE, "不少于15日", "红线", "《鲁厂务》12条"),
    ("shandong", "period", "", WAGE, "60日", "红线", "《鲁工资》28条"),
    ("shandong", "file_due", "", WAGE, "10日", "红线", "《鲁工资》29条"),
    ("shandong", "file_due", "", GENERAL, "10日", "红线", "《鲁劳合》41条"),
    ("shandong", "effective", "", WAGE, "15日", "红线", "《劳动合同法》54条、《鲁工资》30条"),
    ("shandong", "publish_due", "", WAGE, "7日", "红线", "《鲁工资》31条"),
    ("shandong", "publish_due", "", GENERAL, "7日", "红线", "《鲁劳合》44条"),
    ("shandong", "upper_union_file", "", WAGE, "7日", "提醒", "《鲁工资》31条"),
    ("shandong", "terminate_file_due", "", WAGE, "7日", "红线", "《鲁工资》41条"),
    ("shandong", "report_freq", "", WAGE, "不少于1次", "红线", "《鲁工资》31条"),
    ("shandong", "mediation_due", "", WAGE, "30日", "对方的期限", "《鲁工资》45条"),
    ("shandong", "mediation_due", "extension", WAGE, "不超过15日", "对方的期限", "《鲁工资》45条"),
    ("shandong", "renewal_window", "", WAGE, "60日前", "提醒", "《试行办法》24条"),
    ("shandong", "renewal_window", "", GENERAL, "3个月前", "提醒", "《鲁劳合》42条"),
    ("shandong", "rep_replace", "", WAGE, "15日", "红线", "《规定》31条"),
    ("shandong", "rep_frontline", "", WAGE, "不少于1/3", "红线", "《鲁工资》7条"),
    ("shandong", "quota_90", "", WAGE, "不少于90%", "红线", "《鲁工资》20条"),
)


@pytest.mark.parametrize("row", APPENDIX_A, ids=lambda row: "-".join(str(part) for part in row[:4]))
def test_every_value_of_the_table_is_there(row: tuple[str, ...]):
    region, rule, variant, kind, words, hardness, articles = row
    term = packs().region(region).term(rule, DAY, AgreementKind(kind), variant=variant)
    assert term is not None
    assert (term.words, term.hardness.label, cite(term.sources)) == (words, hardness, articles)


# Where 《集体合同规定》 and 《工资集体协商试行办法》 differ, every kind of agreement takes its own (law.md §3).
TWO_MEASURES = (
    ("file_due", "reminder", "7日", None),
    ("file_due", "", "10日", "10日"),
    ("disclose_due", "", "5日前", None),
    ("publish_due", "", "5日", None),
    ("renewal_window", "", "60日前", "3个月前"),
    ("term", "usual", "一般1年", None),
    ("term", "min", None, "不少于1年"),
    ("term", "max", None, "不超过3年"),
    ("reply_due", "", "20日", "20日"),
    ("file_copies", "", "不少于3份", "不少于3份"),
    ("effective", "", "15日", "15日"),
)


@pytest.mark.parametrize("row", TWO_MEASURES, ids=lambda row: "-".join(str(part) for part in row[:2]))
def test_each_kind_of_agreement_takes_the_national_measure_that_is_its_own(row: tuple[str, str, str, str]):
    rule, variant, wage, others = row
    for kind in AgreementKind:
        for form in Form:
            term = packs().national.term(rule, DAY, kind, form, variant=variant)
            assert (term.words if term else None) == (wage if kind is WAGE else others), (kind, form)
            if term is not None and kind is not WAGE:
                assert all(source.law != "试行办法" for source in term.sources)


def test_the_national_seven_days_stand_beside_the_ten_where_the_region_has_none_of_its_own():
    for region, beside in (("national", True), ("tianjin", True), ("shandong", False)):
        pack = packs().region(region)
        line, early = pack.term("file_due", DAY), pack.term("file_due", DAY, variant="reminder")
        assert line is not None and early is not None
        assert (line.region == early.region) is beside
        assert (early.hardness, line.hardness) == (Hardness.SOFT, Hardness.HARD)


def test_what_is_not_laid_down_has_no_value_and_no_period():
    national, shandong = packs().national, packs().region("山东")
    for rule in ("period", "report_upper_before", "rep_publish_due", "congress_notice", "report_freq"):
        assert national.term(rule, DAY) is None
    for rule in ("period", "report_upper_before", "rep_publish_due", "minutes_sign", "rep_frontline"):
        assert shandong.term(rule, DAY, GENERAL) is None
        text = shandong.rule(rule, GENERAL)
        assert text is not None and text.silent


def test_a_value_does_not_apply_before_it_started():
    shandong = packs().region("shandong")
    old = shandong.term("reply_due", date(2016, 12, 31))
    new = shandong.term("reply_due", date(2017, 1, 1))
    assert old is not None and new is not None
    assert (old.amount, old.region, new.amount, new.region) == (20, "national", 10, "shandong")
    assert packs().national.term("reply_due", date(2000, 11, 7)) is None


def test_only_what_was_read_can_be_hard():
    for pack in packs():
        for text in pack.rules:
            if text.hardness is Hardness.HARD and not text.rule.startswith("data_"):
                assert any(source.read in MAY_BE_HARD for source in text.sources), text.rule
        for entry in pack.entries:
            for term in entry.values:
                assert term.hardness is not Hardness.HARD or any(s.read in MAY_BE_HARD for s in term.sources)


def test_every_check_belongs_to_a_rule_that_is_explained():
    known = set(packs().national.rule_ids())
    assert {row.rule for row in TABLE} <= known
    assert len({row.rule for row in TABLE}) == len(TABLE)


def test_regions_are_found_by_key_and_by_name_and_nothing_is_guessed():
    assert packs().region("shandong") is packs().region("山东")
    assert packs().region("全国") is packs().national
    assert packs().for_cycle(Cycle(region="山东")).key == "shandong"
    for name in ("火星", "", "Shandong"):
        with pytest.raises(UserError) as refused:
            packs().region(name)
        assert "规则包" in refused.value.what_happened
    with pytest.raises(UserError):
        packs().for_cycle(Cycle())


def test_names_and_signatories_follow_the_region():
    shandong, national = packs().region("shandong").wording, packs().national.wording
    assert shandong.offer == "要约书"
    assert shandong.agreement(WAGE) == "工资专项集体合同"
    assert shandong.agreement(WAGE, Form.AREA) == "区域性工资专项集体合同"
    assert shandong.agreement(GENERAL) == "集体合同"
    assert shandong.minutes_signers is MinutesSigners.ALL_PRESENT
    assert national.minutes_signers is MinutesSigners.NOT_LAID_DOWN
    assert len(shandong.filing_papers) == 5


def test_every_law_a_letter_may_cite_is_known():
    for pack in packs():
        wording = pack.wording
        assert {*wording.offer_laws, *wording.agreement_laws, *wording.filing_laws} <= pack.laws.keys()


def test_a_pack_is_the_same_every_time_it_is_read():
    assert [pack.fingerprint for pack in load_packs()] == [pack.fingerprint for pack in load_packs()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(resource("rules"), tmp_path / "rules")
    return tmp_path / "rules"


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("shandong/terms.toml", "amount = 10", "amout = 10", "缺少 amount"),
        ("shandong/terms.toml", "amount = 10", 'amount = "10"', "整数"),
        ("shandong/terms.toml", "amount = 10", "amount = -1", "整数"),
        ("shandong/terms.toml", "amount = 10,", "amount = 10, colour = 3,", "不认识 colour"),
        ("shandong/terms.toml", "starts = 2017-01-01, ", "", "缺少 starts"),
        ("shandong/terms.toml", "starts = 2017-01-01", 'starts = "2017"', "starts 应当是日期"),
        ("shandong/terms.toml", 'unit = "day"', 'unit = "tag"', "unit 只能是"),
        ("shandong/terms.toml", 'law = "鲁工资"', 'law = "鲁条例"', "没有《鲁条例》"),
        ("shandong/terms.toml", 'counts_from = "offer_received"\n', "", "counts_from"),
        ("shandong/terms.toml", 'kinds = ["general", "women", "safety"]\n', "", "写了两遍"),
        (
            "national/terms.toml",
            'article = "31条", read = "excerpt"',
            'article = "31条", read = "second_hand"',
            "不能作红线",
        ),
        ("national/rules.toml", 'id = "rep_min"', 'id = "rep_parity"', "写了两遍"),
        ("shandong/rules.toml", 'id = "rep_min"', 'id = "rep_minn"', "全国包里没有"),
        ("national/rules.toml", "says = ", "sagt = ", "缺少 says"),
        ("shandong/pack.toml", 'base = "national"\n', "", "base"),
        ("shandong/pack.toml", 'region = "shandong"', 'region = "lu"', "同名"),
        ("shandong/wording.toml", 'offer = "要约书"\n', "", "缺少 offer"),
        ("shandong/wording.toml", '"licence"', '"licenze"', "licenze"),
        ("laws.toml", 'short = "劳动合同法"', 'short = "劳动法"', "写了两遍"),
        ("papers.toml", 'per = "surveys"', 'per = "survey"', "没有 survey 这类记录"),
        ("papers.toml", 'when = ["notice_on"]', 'when = ["notised_on"]', "没有 notised_on"),
        ("shandong/terms.toml", "[[term]]", "[[term", "写法不对"),
    ],
)
def test_what_is_odd_is_refused_with_file_and_reason(
    folder: Path, file: str, old: str, new: str, reason: str
):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as refused:
        load_packs(folder)
    said = refused.value.what_happened
    assert Path(file).name in said and reason in said
    assert refused.value.unharmed and refused.value.what_to_do


def test_a_missing_file_is_refused(folder: Path):
    (folder / "shandong" / "terms.toml").unlink()
    with pytest.raises(UserError, match=r"terms\.toml"):
        load_packs(folder)


def test_dated_values_are_taken_by_day(folder: Path):
    path = folder / "shandong" / "terms.toml"
    text = path.read_text(encoding="utf-8")
    old = 'values = [{ starts = 2017-01-01, amount = 10, unit = "day" }]'
    new = old[:-1] + ', { starts = 2027-01-01, amount = 5, unit = "workday" }]'
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    pack = load_packs(folder).region("shandong")
    before, after = pack.term("reply_due", date(2026, 12, 31)), pack.term("reply_due", date(2027, 1, 1))
    assert before is not None and after is not None
    assert (before.words, after.words) == ("10日", "5个工作日")


def test_a_bad_year_of_holidays_is_refused(tmp_path: Path):
    (tmp_path / "2030.toml").write_text("year = 2029\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"2030\.toml"):
        load_calendar(tmp_path)


def test_a_term_is_resolved_without_a_case():
    shandong = packs().region("shandong")
    (row,) = answer_term(shandong, calendar(), "reply_due", DAY, DAY).rows
    assert (row.due, row.due_holiday, row.due_weekend) == (
        date(2026, 5, 5),
        date(2026, 5, 6),
        date(2026, 5, 6),
    )
    assert row.outer == date(2026, 5, 15)
    assert "劳动节假期" in row.why
    assert row.sources[0].text == "《鲁工资》21条"
    assert row.sources[0].read is Read.FULL_TEXT


def test_a_national_filing_term_names_its_reminder():
    (row,) = answer_term(packs().national, calendar(), "file_due", date(2026, 4, 2), DAY).rows
    assert (row.due, row.reminder) == (date(2026, 4, 12), date(2026, 4, 9))


def test_a_regional_period_names_the_shorter_national_day():
    (row,) = answer_term(packs().region("shandong"), calendar(), "publish_due", date(2026, 5, 22), DAY).rows
    assert (row.due, row.outer, row.reminder) == (date(2026, 5, 29), None, date(2026, 5, 27))


def test_a_threshold_is_told_without_a_day():
    (row,) = answer_term(packs().region("shandong"), calendar(), "rep_min", DAY, DAY).rows
    assert row.due is None and "3 人" in row.why


def test_nothing_laid_down_is_none_and_an_unknown_rule_is_refused():
    assert answer_term(packs().national, calendar(), "period", DAY, DAY).silent
    with pytest.raises(UserError, match="没有“nonsense”这条规则"):
        answer_term(packs().national, calendar(), "nonsense", DAY, DAY)


def test_a_year_not_loaded_gives_a_range():
    (row,) = answer_term(packs().region("shandong"), calendar(), "publish_due", date(2031, 4, 25), DAY).rows
    assert row.latest is not None and row.due_holiday is not None
    assert row.due_holiday < row.latest
    assert "放假安排还没装" in row.why


def test_periods_have_an_event_and_thresholds_have_none():
    for pack in packs():
        for entry in pack.entries:
            for term in entry.values:
                assert (term.bound in (Bound.WITHIN, Bound.BEFORE)) is (term.counts_from is not None)
