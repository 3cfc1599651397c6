"""Every field a finding speaks of lights up: the first with its sentence, the others with where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.domain.evidence import Explanation, ExplanationKind
from app.domain.facts import facts_of
from app.domain.offer import Offer
from app.domain.stages import Stage
from app.gui.forms.lit_fields import lit_fields
from app.gui.forms.section_rows import rows_of, states_of
from app.rules.findings import Finding, Grade, Read, Source, Where
from tests.gui.demo_pages import MARCH, example_in_march, open_case

FACTS = facts_of(Offer)
TIME, PLACE = (Where("offers", "o1", fact) for fact in ("proposed_meeting", "proposed_place"))
READ = (Source("鲁工资", "21条", Read.FULL_TEXT),)


def finding(sentence: str, grade: Grade, *places: Where, kind: ExplanationKind | None = None) -> Finding:
    said = Explanation(id="e", kind=kind, what_happened="实情", made_good="补了") if kind else None
    return Finding(
        key=sentence,
        rule="offer_content",
        grade=grade,
        stage=Stage.OFFER,
        sentence=sentence,
        where=places[0],
        related=places[1:],
        sources=READ,
        past_mending=kind is ExplanationKind.FRANK,
        explanation=said,
    )


def lit(*findings: Finding):
    return lit_fields(findings, "offers", "o1", FACTS)


def test_all_fields_of_a_finding_are_lit_and_only_the_first_says_the_sentence() -> None:
    shown = lit(finding("要约没有写时间和地点", Grade.MUST, TIME, PLACE))
    assert shown.wrong["proposed_meeting"] == "要约没有写时间和地点"
    assert "建议会议时间" in shown.wrong["proposed_place"] and "同一项" in shown.wrong["proposed_place"]


def test_a_related_field_far_from_the_first_says_the_sentence_itself() -> None:
    shown = lit(finding("签发早于调查", Grade.MUST, Where("surveys", "s1", "started_on"), TIME))
    assert shown.wrong == {"proposed_meeting": "签发早于调查"}


def test_what_is_to_be_explained_and_what_was_shows_its_word() -> None:
    for kind, grade, word in (
        (None, Grade.EXPLAIN, "请说明"),
        (ExplanationKind.REASON, Grade.EXPLAIN, "已说明"),
        (ExplanationKind.FRANK, Grade.MUST, "程序瑕疵"),
    ):
        shown = lit(finding("没有凭证", grade, TIME, PLACE, kind=kind))
        assert shown.said == {
            "proposed_meeting": (word, "没有凭证"),
            "proposed_place": (word, "没有凭证"),
        }
        assert not shown.wrong


def test_the_gravest_open_finding_counts_and_the_own_field_before_a_related_one() -> None:
    found = (
        finding("提示", Grade.NOTE, TIME),
        finding("说明过", Grade.EXPLAIN, TIME, kind=ExplanationKind.REASON),
        finding("还要说明", Grade.EXPLAIN, TIME),
        finding("只是涉及", Grade.EXPLAIN, Where("offers", "o1", "claims"), PLACE),
        finding("本身", Grade.EXPLAIN, PLACE),
        finding("别的记录", Grade.MUST, Where("offers", "o2", "proposed_place")),
    )
    shown = lit(*found)
    assert shown.said["proposed_meeting"] == ("请说明", "还要说明")
    assert shown.said["proposed_place"] == ("请说明", "本身")
    assert not shown.wrong


def test_the_form_shows_both_fields_and_the_words_of_what_was_explained(qtbot, tmp_path: Path) -> None:
    case = example_in_march()
    bare = case.offers[0].replace(proposed_meeting=None, proposed_place="", issued_on=date(2026, 3, 12))
    hands = open_case(qtbot, tmp_path, case.with_record("offers", bare), MARCH)
    hands.go("offer", "write")
    hands.settle()
    assert "没有写时间" in (hands.field("建议会议时间").error() or "")
    assert "同一项" in (hands.field("建议地点").error() or "")
    assert hands.field("建议地点").accessibleName() == "建议地点"


def test_rows_of_related_records_are_marked_too(qtbot, tmp_path: Path) -> None:
    case = example_in_march()
    for person in case.representatives:
        if person.side is not None and person.side.value == "worker":
            case = case.with_record("representatives", person.replace(frontline=None))
    hands = open_case(qtbot, tmp_path, case, MARCH)
    hands.go("representatives")
    found = next(each for each in hands.desk.checkup.findings if each.rule == "rep_frontline")
    assert found.related
    section = next(
        section
        for step in hands.page.page.steps
        for section in step.sections
        if section.collection == "representatives"
    )
    rows = rows_of(section, hands.desk, hands.desk.case.representatives, states_of(section, hands.desk))
    marked = {row.id for row in rows if row.states}
    assert {place.record_id for place in (found.where, *found.related)} <= marked
