"""A stage page with a real library: records come and go, are saved, checked, undone; papers and evidence too."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.closing import StageClosing
from app.domain.offer import Conclusion, Proposer
from app.domain.stages import Stage
from app.domain.union import AgreementKind, Form
from app.errors import UserError
from app.forms.pages import page_of
from app.gui.forms.step_view import StepView
from app.rules.findings import Finding, Grade, Where
from app.rules.standing import Progress
from app.storage.library import Library
from app.usecases.make_demo import read_example
from app.usecases.start_year import start_year
from app.usecases.step_states import unfilled
from tests.gui.demo_pages import MARCH, NOVEMBER, example_in_march, open_case
from tests.gui.window_driver import Hands, fixed_program


@pytest.fixture
def library_folder(tmp_path: Path) -> Path:
    program = fixed_program()
    folder = tmp_path / "lib"
    with Library.create(folder, clock=program.clock, program_version="1") as library:
        start_year(
            library,
            year=2026,
            region="shandong",
            agreement_kind=AgreementKind.WAGE,
            form=Form.SINGLE,
            actor="测试",
        )
    return folder


@pytest.fixture
def hands(qtbot, tmp_path: Path, library_folder: Path) -> Hands:
    made = Hands(qtbot, tmp_path / "config")
    made.begin(library_folder)
    return made


def stored(hands: Hands):
    hands.settle()
    return hands.desk.library.read_case(hands.desk.case_id)


def test_a_record_is_added_typed_and_saved_by_keyboard(hands: Hands) -> None:
    hands.go("offer", "write")
    hands.press("写一份要约书")
    hands.write("编号", "砺工协约〔2026〕1号")
    hands.write("签发日期", date(2026, 3, 12))
    hands.press_button(hands.page.view().sections[0].form.more)
    hands.write("提出方", Proposer.WORKER)
    hands.write("书面形式", True)
    (offer,) = stored(hands).offers
    assert (offer.number, offer.proposer) == ("砺工协约〔2026〕1号", Proposer.WORKER)
    assert (offer.issued_on, offer.written) == (date(2026, 3, 12), True)
    assert hands.window.frame.status.cell("saved").words().startswith("已自动保存")


def test_the_list_shows_the_region_s_names_and_no_one_sees_what_is_not_for_a_single_enterprise(hands) -> None:
    hands.go("filing", "sign")
    titles = [view.accessibleName() for view in hands.page.view().sections if view.isVisible()]
    assert titles == ["签字盖章"]
    hands.go("negotiation", "draft")
    assert hands.page.view().sections[0].accessibleName() == "工资专项集体合同"
    hands.go("offer", "deliver")
    hands.press("登记一次送达")
    names = [field.name for field in hands.visible(type(hands.field("受送达单位")))]
    assert "包括的企业" not in names


def test_impossible_numbers_stay_in_the_field_with_a_sentence(hands: Hands) -> None:
    hands.go("survey", "run")
    hands.press("添加一次调查")
    field = hands.write("发放合计", -3)
    assert "最小是 0" in (field.error() or "")
    assert field.line.text() == "-3"
    assert stored(hands).surveys[0].issued is None
    hands.write("发放合计", 330)
    assert field.error() is None
    assert stored(hands).surveys[0].issued == 330


def test_half_typed_text_is_there_again_after_looking_at_another_record(hands: Hands) -> None:
    hands.go("offer", "deliver")
    hands.press("登记一次送达")
    hands.press("登记一次送达")
    section = hands.page.view().sections[0]
    first, second = (record.id for record in section.records())
    section.select(first)
    hands.write("收到日期", "三月十二")
    section.select(second)
    assert hands.field("收到日期").line.text() == ""
    section.select(first)
    assert hands.field("收到日期").line.text() == "三月十二"
    assert hands.field("收到日期").error()


def test_a_wrong_code_is_kept_and_explained_on_leaving(hands: Hands) -> None:
    hands.go("representatives", "workers")
    hands.press("添加职工方代表")
    hands.press_button(hands.page.view().sections[0].whole)
    field = hands.field("身份证号")
    field.setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("37130219900101")
    assert field.error() is None  # not while typing
    hands.key(Qt.Key.Key_Tab)
    assert field.error()
    assert stored(hands).representatives[0].id_number == "37130219900101"


def test_delete_takes_a_record_away_and_undo_brings_it_back(hands: Hands) -> None:
    hands.go("survey", "topics")
    hands.press("添加议题")
    hands.write("编号", "Y1")
    hands.write("议题", "夜班津贴")
    hands.settle()
    table = hands.page.view().sections[0].table
    table.view.setFocus()
    hands.key(Qt.Key.Key_Delete)
    assert "Y1 夜班津贴" in hands.window.frame.undo_bar.words()
    assert stored(hands).topics == ()
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [topic.name for topic in stored(hands).topics] == ["夜班津贴"]
    assert [row.cells["name"] for row in table.rows()] == ["夜班津贴"]
    assert hands.window.frame.head.undo.isVisible()
    hands.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert stored(hands).topics == ()


def test_insert_adds_and_enter_goes_to_the_first_empty_field(hands: Hands) -> None:
    hands.go("survey", "topics")
    hands.press("添加议题")
    hands.write("编号", "Y1")
    hands.settle()
    table = hands.page.view().sections[0].table
    table.view.setFocus()
    hands.key(Qt.Key.Key_Insert)
    assert len(stored(hands).topics) == 2
    table.view.setFocus()
    table.select(stored(hands).topics[0].id)
    hands.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget().accessibleName() == "议题"


def test_an_item_belongs_to_the_only_offer(hands: Hands) -> None:
    hands.go("offer", "write")
    hands.press("写一份要约书")
    hands.press("添加议题")
    case = stored(hands)
    assert case.offer_items[0].offer == case.offers[0].id


def finding_about(record_id: str, grade: Grade, *, past_mending: bool = False) -> Finding:
    return Finding(
        key=f"made_up:topics/{record_id}",
        rule="made_up",
        grade=grade,
        stage=Stage.SURVEY,
        sentence="“夜班津贴”没有写理由",
        where=Where("topics", record_id, "reason"),
        past_mending=past_mending,
    )


def with_findings(hands: Hands, monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    import dataclasses

    from app.usecases.check_case import check_case

    def found(program, case, on=None):
        kept = {written.finding: written for written in case.explanations}
        mine = tuple(dataclasses.replace(each, explanation=kept.get(each.key)) for each in findings)
        return dataclasses.replace(check_case(program, case, on), findings=mine)

    monkeypatch.setattr("app.gui.desk.check_if_ruled", found)
    hands.desk._check_timer.start()
    hands.settle()


def test_a_finding_leads_to_its_field_and_escape_back(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.go("survey", "topics")
    hands.press("添加议题")
    hands.settle()
    topic = hands.desk.case.topics[0]
    with_findings(hands, monkeypatch, finding_about(topic.id, Grade.MUST))
    hands.go("survey", "run")
    (card,) = hands.window.frame.panel.cards()
    assert card.finding.grade == "must"
    assert hands.window.frame.nav.button("survey").remark() == "必须改 1"
    card.setFocus()
    hands.key(Qt.Key.Key_Return)
    assert hands.page.current_step().key == "topics"
    assert QApplication.focusWidget().accessibleName() == "理由"
    hands.key(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is hands.window.frame.panel.cards()[0]


def test_what_cannot_be_mended_is_explained_in_the_page(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands.go("survey", "topics")
    hands.press("添加议题")
    hands.settle()
    topic = hands.desk.case.topics[0]
    with_findings(hands, monkeypatch, finding_about(topic.id, Grade.MUST, past_mending=True))
    hands.key(Qt.Key.Key_F8)  # the table needs the whole width: what was found slides over it
    hands.press("写如实说明")
    hands.write("情况", "晚了两日")
    hands.press("写好这条说明")  # the second field is still empty: it stays and says so
    assert hands.field("补救").error()
    hands.write("补救", "当日补交")
    hands.press("写好这条说明")
    (written,) = stored(hands).explanations
    assert (written.what_happened, written.made_good) == ("晚了两日", "当日补交")
    assert hands.page.explain_sheet() is None
    (card,) = hands.window.frame.panel.cards()
    assert (card.finding.grade, card.finding.closed) == ("must", "程序瑕疵")  # what it was stays to be seen
    assert card.accessibleName().startswith("必须改 · 程序瑕疵：")
    assert hands.window.frame.panel.counts()["must"] == 0  # but it is open no more
    assert hands.window.frame.nav.button("survey").remark() == ""


def test_an_open_finding_keeps_the_stage_from_ending_and_says_so(hands, monkeypatch) -> None:
    hands.go("survey", "run")

    def refuse(*_args, **_more):
        raise UserError("意愿调查还有 1 项没有处理。", "已经写下的都在。", "改过来。", code="S-101")

    monkeypatch.setattr("app.gui.desk.close_stage", refuse)
    hands.press("结束本阶段")
    hands.settle()
    failure = hands.window.frame.failure
    assert failure is not None
    assert failure.failure.what_happened == "意愿调查还有 1 项没有处理。"
    assert stored(hands).stage_closings == ()


def test_what_cannot_be_saved_stays_and_is_tried_again(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    hands.go("survey", "topics")
    hands.press("添加议题")
    hands.settle()
    from app.usecases.record_fact import record_fact

    def full(*_args, **_more):
        raise UserError("磁盘满了。", "以前的都在。", "腾出一些空间再试。", code="L-301")

    monkeypatch.setattr("app.gui.desk.record_fact", full)
    hands.write("议题", "夜班津贴")
    hands.settle()
    assert hands.field("议题").value() == "夜班津贴"
    assert hands.desk.library.read_case(hands.desk.case_id).topics[0].name == ""
    monkeypatch.setattr("app.gui.desk.record_fact", record_fact)
    hands.press("再试一次")
    assert stored(hands).topics[0].name == "夜班津贴"
    assert hands.window.frame.failure is None


def picture(folder: Path, name: str = "回执.png") -> Path:
    from PySide6.QtGui import QColor, QImage

    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setPixelColor(1, 1, QColor(len(name), 20, 30))
    assert image.save(str(folder / name))
    return folder / name


def test_a_dropped_file_becomes_evidence_is_looked_at_described_and_removed(hands, tmp_path: Path) -> None:
    hands.go("offer", "deliver")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path)))])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    hands.page.dropEvent(QDropEvent(QPointF(50, 50), action, data, button, key))
    hands.settle()
    (paper,) = stored(hands).evidence
    assert (paper.stage, paper.file_name, paper.title_text) == (Stage.OFFER, "回执.png", "回执")
    hands.press("查看：回执")
    hands.qtbot.waitUntil(lambda: hands.page.preview.has_picture(), timeout=10_000)
    hands.key(Qt.Key.Key_Escape)
    assert hands.page.preview is None
    hands.press("改信息：回执")
    hands.write("编号", "Z01")
    hands.write("形成日期", date(2026, 3, 12))
    assert stored(hands).evidence[0].code == "Z01"
    hands.press("移除：Z01 回执")
    assert stored(hands).evidence == ()
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(stored(hands).evidence) == 1


def test_what_was_added_and_is_undone_is_not_told_of_any_more(hands: Hands, tmp_path: Path) -> None:
    from app.gui.widgets.text import Text

    hands.go("offer", "deliver")
    hands.ask.files.append([picture(tmp_path, "甲.png")])
    hands.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    told = "已添加 1 件。"
    assert told in [text.words() for text in hands.visible(Text, hands.page)]
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert stored(hands).evidence == ()
    assert told not in [text.words() for text in hands.visible(Text, hands.page)]


def test_ctrl_u_takes_files_in_and_names_what_it_cannot(hands: Hands, tmp_path: Path) -> None:
    hands.go("offer", "deliver")
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    hands.ask.files.append([picture(tmp_path, "甲.png"), empty, picture(tmp_path, "乙乙.png")])
    hands.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert [paper.file_name for paper in stored(hands).evidence] == ["甲.png", "乙乙.png"]
    assert hands.window.frame.failure is not None


def test_taking_files_in_can_be_stopped(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    from app.attachments.store import AttachmentStore

    hands.go("offer", "deliver")
    original, reached, go_on = AttachmentStore.add, threading.Event(), threading.Event()

    def slow(store, source, *, progress=None):
        done = original(store, source)
        reached.set()
        assert go_on.wait(10)
        return done

    monkeypatch.setattr(AttachmentStore, "add", slow)
    hands.ask.files.append([picture(tmp_path, f"{name}.png") for name in ("一", "二二", "三三三")])
    hands.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert reached.wait(10)
    assert hands.window.frame.status.cell("job").words() == "正在添加材料"
    hands.press("取消", hands.page.materials())
    go_on.set()
    hands.settle()
    assert [paper.file_name for paper in stored(hands).evidence] == ["一.png"]
    assert hands.page.materials().words.words().startswith("已停下")
    assert hands.window.frame.status.cell("job").words() == ""


def test_the_check_follows_the_typing_before_anything_is_stored(hands: Hands) -> None:
    hands.go("survey", "run")
    hands.press("添加一次调查")
    hands.write("发放合计", 100)
    hands.settle()
    hands.field("收回合计").setFocus(Qt.FocusReason.TabFocusReason)
    hands.type("300")
    hands.settle()
    assert any("300" in finding.sentence for finding in hands.desk.checkup.findings)
    assert stored(hands).surveys[0].returned is None
    hands.key(Qt.Key.Key_Escape)  # gives back what was there
    hands.settle()
    assert not any("300" in finding.sentence for finding in hands.desk.checkup.findings)


def test_papers_are_looked_at_printed_opened_and_kept(hands: Hands) -> None:
    hands.go("offer", "write")
    hands.press("写一份要约书")
    hands.write("编号", "甲〔2026〕1号")
    hands.settle()
    papers = hands.page.papers()
    hands.qtbot.waitUntil(lambda: any(row.kind.key == "offer" for row in papers.rows()), timeout=10_000)
    (paper,) = [key for key, row in zip(papers._rows, papers.rows(), strict=True) if row.kind.key == "offer"]
    papers.do(paper, "preview")
    hands.qtbot.waitUntil(
        lambda: hands.page.preview is not None and hands.page.preview.has_picture(), timeout=20_000
    )
    hands.key(Qt.Key.Key_Escape)
    papers.do(paper, "print")
    hands.settle()
    assert hands.ask.printed[0][1] >= 1
    papers.do(paper, "open")
    hands.settle()
    papers.do(paper, "open")  # a second one never writes over the first, which may be edited by now
    hands.settle()
    assert len({path.name for path in hands.ask.shown}) == 2
    assert all(path.suffix == ".docx" and path.is_file() for path in hands.ask.shown)
    papers.do(paper, "keep")
    hands.settle()
    (made,) = stored(hands).made_documents
    assert made.kind == "offer"
    hands.write("编号", "甲〔2026〕2号")
    hands.settle()
    hands.qtbot.waitUntil(lambda: any(row.changed for row in papers.rows()), timeout=10_000)
    assert any(row.item.remark.startswith("内容已变") for row in papers.items.rows)


def test_history_and_basis_tell_what_was_done_and_why(hands: Hands) -> None:
    hands.go("survey", "topics")
    hands.press("添加议题")
    hands.write("议题", "夜班津贴")
    hands.settle()
    hands.key(Qt.Key.Key_F8)
    tab = hands.window.frame.panel.tabs.tab("history")
    QTest.mouseClick(tab, Qt.MouseButton.LeftButton)
    hands.settle()
    from app.gui.widgets.text import Text

    words = [each.words() for each in hands.visible(Text, hands.window.frame.panel)]
    assert any(words_of.startswith("添加议题") for words_of in words)


def test_every_control_of_every_stage_has_a_name(hands: Hands) -> None:
    from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit

    for page in ("survey", "representatives", "offer", "negotiation", "congress", "filing", "fulfilment"):
        hands.go(page)
        for step in hands.page.steps():
            hands.go(page, step.key)
            for view in hands.page.view().sections:
                if view.table is not None and view.isVisible() and not view.records():
                    view.add_record()
            for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
                for control in hands.visible(kind, hands.page):
                    assert control.accessibleName(), (page, step.key, control)
    hands.settle()


def test_an_empty_step_offers_its_first_record_and_not_a_blank_paper(hands) -> None:
    hands.go("representatives", "workers")
    primary = hands.page.head().primary
    assert primary.label == "添加职工方代表"
    hands.page.do("begin")
    hands.settle()
    assert len(hands.desk.case.representatives) == 1
    assert hands.page.head().primary.id != "begin"


def test_a_paper_is_made_from_the_red_button_and_then_printed(hands: Hands) -> None:
    hands.go("offer", "write")
    hands.press("写一份要约书")
    hands.settle()
    hands.qtbot.waitUntil(lambda: bool(hands.page.papers().rows()), timeout=10_000)
    hands.settle()
    primary = hands.page.head().primary
    assert (primary.id, primary.label) == ("make", "生成要约书")
    assert [action.label for action in hands.page.head().secondary] == ["预览", "结束本阶段"]
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert hands.page.preview is not None, "what is made is looked at"
    (made,) = stored(hands).made_documents
    assert made.kind == "offer"
    hands.qtbot.waitUntil(lambda: hands.page.head().primary.id == "print", timeout=10_000)
    assert hands.page.head().primary.label == "打印要约书"


def states(hands: Hands) -> dict[str, str]:
    return {tab.id: tab.state for tab in hands.page.tabs()}


def test_an_empty_record_keeps_its_step_open_and_the_red_button_with_it(hands: Hands) -> None:
    hands.go("survey", "design")
    hands.press("添加一次调查")
    hands.settle()
    assert states(hands)["design"] == "now"
    assert hands.page.head().primary.label == "写调查和题目"
    hands.go("representatives", "workers")
    hands.press("添加职工方代表")
    hands.settle()
    assert states(hands)["workers"] != "done"


def test_where_the_year_goes_on_elsewhere_the_empty_record_has_the_button(hands: Hands) -> None:
    hands.go("negotiation", "prepare")
    hands.press("登记企业方资料")
    hands.settle()
    assert states(hands)["prepare"] == "now"
    primary = hands.page.head().primary
    assert (primary.id, primary.label) == ("fill", "接着填这一条")
    hands.page.do("fill")
    (held,) = stored(hands).disclosures
    assert unfilled(hands.page._step(), hands.desk.case) == Where("disclosures", held.id)


def test_a_paper_that_is_delivered_is_of_the_only_offer(hands: Hands) -> None:
    hands.go("offer", "write")
    hands.press("写一份要约书")
    hands.go("offer", "deliver")
    hands.press("登记一次送达")
    case = stored(hands)
    assert case.deliveries[0].offer == case.offers[0].id
    assert states(hands)["deliver"] != "done"


def test_a_closed_stage_names_the_next_one(qtbot, tmp_path) -> None:
    from tests.gui.demo_pages import MARCH, example_in_march, open_case

    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("survey")
    hands.desk.close_stage(hands.page.stage)
    hands.settle()
    primary = hands.page.head().primary
    assert primary is not None and (primary.id, primary.label) == ("following", "去协商代表")


def test_the_papers_of_a_closed_stage_are_printed_from_its_head(qtbot, tmp_path) -> None:
    case = read_example("shandong-linyi-single")
    closing = StageClosing(id="closed", stage=Stage.OFFER, closed_on=date(2026, 4, 1), closed_by="测试")
    hands = open_case(qtbot, tmp_path, case.with_record("stage_closings", closing), NOVEMBER)
    hands.go("offer", "write")
    hands.settle()
    secondary = [(each.id, each.label) for each in hands.page.head().secondary]
    assert secondary == [("print", "打印要约书"), ("reopen", "重新打开本阶段")]
    hands.press("打印要约书", hands.window.frame.head)
    hands.settle()
    hands.qtbot.waitUntil(lambda: bool(hands.ask.printed), timeout=10_000)
    assert hands.page.preview is not None


def test_a_step_whose_case_was_left_is_built_no_further(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    page = page_of(Stage.NEGOTIATION)
    view = StepView(page.steps[0], hands.desk, hands.ask, stage=Stage.NEGOTIATION)
    qtbot.addWidget(view)
    hands.desk.retire()
    view.show()
    qtbot.waitUntil(lambda: not view._timer.isActive())
    assert not view.is_built() and not view.sections


def test_a_day_typed_ahead_completes_nothing_on_any_page(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    held = hands.desk.case.elections[0]
    hands.go("home")
    assert hands.page._view.step.step == "reply"
    hands.desk.add("replies", {"replied_on": date(2027, 3, 18), "conclusion": Conclusion.AGREE})
    hands.desk.change("elections", held.replace(determined_on=date(2027, 3, 1)))
    hands.settle()
    assert hands.page._view.step.step == "reply"
    done = {row.stage for row in hands.desk.overview().stages if row.progress is Progress.DONE}
    assert Stage.OFFER not in done
    hands.go("offer")
    assert hands.page.current_step().key == "reply"
    head = hands.page.head()
    assert head.primary is not None and head.primary.label == hands.desk.overview().step.action
    assert {tab.id: tab.state for tab in hands.page.tabs()}["reply"] == "now"
    hands.go("evidence")
    assert hands.page.current_step() == Stage.OFFER.value
    hands.desk.change("replies", hands.desk.case.replies[-1].replace(replied_on=MARCH))
    assert hands.desk.so_far().replies == hands.desk.case.replies  # kept until the case changes


def test_what_a_stage_lacks_on_closing_is_shown_and_can_be_explained(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("offer")
    shown = {card.finding.sentence for card in hands.window.frame.panel.cards()}
    assert not any("没有登记" in each and "书面答复" in each for each in shown)  # its day has not come
    hands.press("结束本阶段")
    hands.settle()
    failure = hands.window.frame.failure
    assert failure is not None and "书面答复" in failure.failure.what_happened
    assert stored(hands).stage_closings == ()
    for _ in range(9):
        wanted = [each for each in hands.window.frame.panel.cards() if each.finding.action == "写说明"]
        if not wanted:
            break
        hands.press("写说明", wanted[0])
        hands.write("情况", "对方口头说月底前答复。")
        hands.press("写好这条说明")
        hands.settle()
    assert any("书面答复" in each.finding.sentence for each in hands.window.frame.panel.cards())
    hands.press("结束本阶段")
    hands.settle()
    assert hands.window.frame.failure is None
    assert [each.stage for each in stored(hands).stage_closings] == [Stage.OFFER]
    assert hands.desk.asked is None


def test_a_stage_that_is_worked_on_again_is_not_asked_for_its_end(qtbot, tmp_path: Path) -> None:
    hands = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    hands.go("offer")
    hands.press("结束本阶段")
    hands.settle()
    assert hands.desk.asked is Stage.OFFER
    hands.go("survey")
    hands.press("结束本阶段")
    hands.settle()
    assert hands.desk.asked is None
    assert not any("书面答复" in each.sentence for each in hands.desk.checkup.findings)
