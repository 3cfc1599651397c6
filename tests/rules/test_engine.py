"""The engine: closing by written reasons, keys, silence about what has not happened, and never a crash."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.case import Case, collections, is_single
from app.domain.evidence import Explanation, ExplanationKind
from app.domain.facts import Kind, Record, facts_of
from app.domain.offer import Offer, OfferItem
from app.domain.representatives import Representative
from app.domain.survey import Topic
from app.domain.union import AgreementKind, Cycle, Form, Side
from app.rules.engine import check, closes
from app.rules.findings import Checkup, Finding, Grade, Source, State, Verdict
from app.usecases.overview import left_words, overview
from tests.rules.worked import ON, calendar, changed, packs, worked
from tests.storage.record_strategies import records

SHANDONG = "shandong"
LATER = (
    "replies disclosures disclosure_gaps meetings positions sessions counts resolutions signings filings "
    "reviews publications inspections inspection_items fulfilment_reports polls agreements clauses "
    "union_reports clause_figures obligations"
)


def run(case: Case, region: str = SHANDONG, on: date = ON) -> Checkup:
    return check(case, packs().region(region), calendar(), on)


def of(case: Case, rule: str, on: date = ON) -> Finding:
    return next(each for each in run(case, on=on).findings if each.rule == rule)


def bare() -> Case:
    return dataclasses.replace(worked("linyi"), explanations=())


def explained(case: Case, key: str, kind: ExplanationKind | None, happened: str, made_good: str) -> Case:
    said = Explanation(id="e", finding=key, kind=kind, what_happened=happened, made_good=made_good)
    return dataclasses.replace(case, explanations=(said,))


def test_an_empty_case_has_nothing_to_report():
    for pack in packs():
        for kind in AgreementKind:
            for form in Form:
                case = Case(cycle=Cycle(id="cycle", agreement_kind=kind, form=form))
                checkup = check(case, pack, calendar(), ON)
                assert (checkup.findings, checkup.deadlines, checkup.satisfied) == ((), (), ())


def test_a_draft_not_yet_sent_is_no_finding():
    case = Case(
        offers=(Offer(id="o"),),
        topics=(Topic(id="t", name="工资"),),
        offer_items=(OfferItem(id="i", offer="o", topic="t"),),
        representatives=(Representative(id="r", side=Side.WORKER, name="张三"),),
    )
    assert [each for each in run(case).findings if each.grade is not Grade.NOTE] == []


@pytest.mark.parametrize("name", ["linyi", "weihai"])
def test_walking_through_the_year_nothing_in_the_future_is_reported_grave(name: str):
    """On the day of the offer, with everything later unwritten, nothing of the later stages is reported."""
    case = worked(name)
    early = changed(case, {"remove": [f"{collection}/*" for collection in LATER.split()]})
    on = date(2026, 3, 12) if name == "linyi" else date(2026, 3, 18)
    grave = {each.rule for each in run(early, on=on).findings if each.grade is Grade.MUST}
    assert grave <= {"reg_worker_rep"}


def test_a_frank_account_closes_what_nothing_can_mend():
    key = of(bare(), "disclose_due").key
    case = explained(bare(), key, ExplanationKind.FRANK, "财务月底才结账", "会前补看了全部资料")
    closed = of(case, "disclose_due")
    assert closed.state is State.FLAW and not closed.blocks and closed.past_mending


@pytest.mark.parametrize(
    ("kind", "happened", "made_good"),
    [
        (ExplanationKind.REASON, "财务月底才结账", "补看了"),
        (ExplanationKind.FRANK, "财务月底才结账", " "),
        (ExplanationKind.FRANK, "", "补看了"),
        (None, "财务月底才结账", "补看了"),
    ],
)
def test_half_an_account_does_not_close_a_must(kind: ExplanationKind | None, happened: str, made_good: str):
    key = of(bare(), "disclose_due").key
    assert of(explained(bare(), key, kind, happened, made_good), "disclose_due").blocks


def test_a_must_that_can_be_mended_is_not_closed_by_words():
    case = changed(bare(), {"set": {"counts/count-draft": {"无效": 2}}})
    key = of(case, "data_count_order").key
    frank = explained(case, key, ExplanationKind.FRANK, "抄错了", "以后注意")
    assert of(frank, "data_count_order").blocks


def test_a_reason_closes_an_explain_and_another_key_does_not():
    case = changed(bare(), {"set": {"offers/offer-1": {"提出方": "上级工会代职工方发出"}}})
    key = of(case, "upper_union_offer").key
    closed = explained(case, key, ExplanationKind.REASON, "依据某号通知", "")
    assert of(closed, "upper_union_offer").state is State.EXPLAINED
    other = explained(case, f"{key}x", ExplanationKind.REASON, "依据某号通知", "")
    assert of(other, "upper_union_offer").blocks


def test_closes_needs_the_very_finding():
    finding = of(bare(), "minutes_sign")
    said = Explanation(
        finding=finding.key, kind=ExplanationKind.FRANK, what_happened="出差", made_good="电话确认"
    )
    assert closes(said, finding)
    assert not closes(said, dataclasses.replace(finding, past_mending=False))


def test_an_explained_due_date_presses_nobody_any_more():
    session = bare().sessions[-1].replace(agenda_published_on=None)
    case = bare().with_record("sessions", session)

    def due(of_case: Case):
        return next(
            each
            for each in run(of_case).deadlines
            if each.rule == "congress_notice" and each.where.record_id == session.id
        )

    before = due(case)
    assert (before.verdict, before.state, before.presses) == (Verdict.OVERDUE, State.OPEN, True)
    pack = packs().region(SHANDONG)
    assert before in overview(case, pack, run(case), ON).open_due
    key = next(each for each in run(case).findings if each.rule == "congress_notice" and each.is_open).key
    said = explained(case, key, ExplanationKind.FRANK, "没有贴通知", "口头通知了每个代表")
    after = due(said)
    assert (after.state, after.presses) == (State.FLAW, False)
    assert left_words(after, ON) == "程序瑕疵"
    assert after not in overview(said, pack, run(said), ON).open_due
    half = explained(case, key, ExplanationKind.FRANK, "没有贴通知", "")
    assert due(half).presses  # words that close nothing change nothing


def test_a_late_finding_keeps_its_key_when_the_thing_is_done_at_last():
    missing = changed(bare(), {"remove": ["union_reports/report-before"]})
    late = changed(bare(), {"set": {"union_reports/report-before": {"日期": date(2026, 4, 8)}}})
    assert of(missing, "report_upper_before").key == of(late, "report_upper_before").key


def test_keys_are_unique_and_name_a_rule_and_a_place():
    for name in ("linyi", "weihai", "hedong"):
        for region in ("national", SHANDONG):
            keys = [each.key for each in run(worked(name), region).findings]
            assert len(keys) == len(set(keys))
            for key in keys:
                rule, _, place = key.partition(":")
                assert rule and place.partition("/")[0].partition("#")[0] in collections()


def test_what_is_in_order_is_counted():
    satisfied = run(worked("linyi")).satisfied
    assert "congress_pass" in satisfied and "disclose_due" not in satisfied
    assert len(satisfied) == len(set(satisfied))


def test_second_hand_is_marked_to_verify():
    finding = of(bare(), "disclose_due")
    assert not finding.verify
    news = Source("津工资", "（条号未核实）", next(iter(type(finding.sources[0].read)))).read
    assert news is finding.sources[0].read
    second = dataclasses.replace(finding.sources[0], read=type(finding.sources[0].read)("second_hand"))
    assert dataclasses.replace(finding, sources=(second,)).verify


def test_several_agreements_are_looked_at_one_by_one():
    case = worked("linyi")
    second = case.agreements[0].replace(id="agreement-2", term_until=date(2031, 5, 31))
    case = case.with_record("agreements", second)
    found = [each.key for each in run(case).findings if each.rule == "term"]
    assert found == ["term:agreements/agreement-2"]


def test_checking_does_not_change_anything_and_gives_the_same_again():
    case = worked("weihai")
    assert run(case) == run(case)


def _links(case: Case) -> dict[str, list[str]]:
    return {name: [each.id for each in case.records(name)] for name in collections()}


@st.composite
def odd_cases(draw: st.DrawFn) -> Case:
    """A worked year or nothing, some collections replaced by any records, their links partly real."""
    case = draw(st.sampled_from([Case(), worked("linyi"), worked("weihai"), worked("hedong")]))
    known = _links(case)
    for collection in draw(st.lists(st.sampled_from(list(collections())), max_size=5, unique=True)):
        single = is_single(collection)
        made = []
        for record_id in (collection,) if single else draw(st.sampled_from([("r",), ("r", "s")])):
            made.append(_linked(draw, draw(records(collection, record_id)), known))
        case = dataclasses.replace(case, **{collection: made[0] if single else tuple(made)})
    return case


def _linked(draw: st.DrawFn, held: Record, known: dict[str, list[str]]) -> Record:
    changes = {}
    for name, fact in facts_of(type(held)).items():
        ids = known.get(fact.refers_to, [])
        if fact.kind is Kind.REF and ids and draw(st.booleans()):
            changes[name] = draw(st.sampled_from(ids))
        if fact.kind is Kind.REFS and ids and draw(st.booleans()):
            changes[name] = tuple(draw(st.lists(st.sampled_from(ids), max_size=3)))
    return held.replace(**changes)


@settings(max_examples=150)
@given(
    case=odd_cases(),
    region=st.sampled_from(["national", SHANDONG]),
    on=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    kind=st.sampled_from(list(AgreementKind)),
    form=st.sampled_from(list(Form)),
)
def test_no_case_makes_the_check_stumble(case: Case, region: str, on: date, kind: AgreementKind, form: Form):
    case = dataclasses.replace(case, cycle=case.cycle.replace(agreement_kind=kind, form=form))
    checkup = run(case, region, on)
    keys = [each.key for each in checkup.findings]
    assert len(keys) == len(set(keys))
    for finding in checkup.findings:
        assert finding.sentence.strip()
        assert finding.where.collection in collections()
        hard = finding.rule.startswith("data_") or finding.sources
        assert finding.grade is not Grade.MUST or (hard and not finding.verify)


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize("name", ["linyi", "weihai", "hedong"])
def test_the_ends_of_the_calendar_do_no_harm(name: str, day: date):
    case = worked(name)
    moment = datetime.combine(day, time())
    for collection, held in list(case.everything()):
        facts = facts_of(type(held)).values()
        days = {fact.name: day for fact in facts if fact.kind is Kind.DATE}
        moments = {fact.name: moment for fact in facts if fact.kind is Kind.MOMENT}
        case = case.with_record(collection, held.replace(**days, **moments))
    for on in (ON, day):
        run(case, on=on)


@pytest.mark.parametrize("name", ["linyi", "weihai"])
def test_seen_from_the_day_before_the_year_began_nothing_grave_is_known(name: str):
    case = dataclasses.replace(worked(name), explanations=())
    found = [each for each in run(case, on=date(2026, 2, 1)).findings if each.grade is not Grade.NOTE]
    # That the whole year is written down ahead is all there is to say.
    assert [each for each in found if each.rule != "data_odd_day"] == []
