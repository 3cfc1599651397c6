"""材料与证据: papers that must be there, files taken in, reasons written, facts edited, the book bound."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.documents.pdf import page_count
from app.domain.evidence import MadeDocument, Origin
from app.domain.stages import Stage
from app.gui.pages.needs_sheet import MOST_ROWS, NeedsSheet, need_key
from app.gui.widgets.item_row import ItemRow
from app.gui.widgets.text import Text
from app.rules.findings import Where
from tests.gui.demo_pages import MARCH, example_in_march, open_case
from tests.gui.heartbeat import MOST_MS, quietest
from tests.gui.window_driver import Hands


@pytest.fixture
def hands(qtbot, tmp_path: Path) -> Hands:
    made = open_case(qtbot, tmp_path, example_in_march(), MARCH)
    made.go("evidence", "offer")
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "签收照片.jpg"
    Image.new("RGB", (60, 40), (200, 190, 180)).save(file)
    return file


def stored(hands: Hands):
    hands.settle()
    return hands.desk.library.read_case(hands.desk.case_id)


def row_of(hands: Hands, paper: str):
    need = next(need for need in hands.page.needs.needs() if need.key == paper)
    return next(row for row in hands.page.needs.items.rows if row.item.id == need_key(need))


def drop(target, files: list[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    if isinstance(target, ItemRow):
        assert target.acceptDrops()
        assert sheet_of(target).drops.eventFilter(target, event)
    else:
        target.dropEvent(event)


def sheet_of(row: ItemRow) -> NeedsSheet:
    part = row.parentWidget()
    while not isinstance(part, NeedsSheet):
        part = part.parentWidget()
    return part


def test_each_stage_tells_what_is_missing_today(hands: Hands) -> None:
    tabs = {tab.id: tab for tab in hands.page.tabs()}
    assert tabs["offer"].remark.startswith("缺")
    assert tabs["fulfilment"].remark == ""
    assert row_of(hands, "offer_receipt").item.shape == "lacking"
    assert row_of(hands, "reply_letter").item.shape == "missing"
    lacking = [need for need in hands.page._needs if need.due and not need.have]
    assert hands.page.head().context.endswith(f"还缺 {len(lacking)} 件")


def test_a_file_added_to_a_paper_counts_as_it(hands: Hands, picture: Path) -> None:
    hands.ask.files.append([picture])
    row = row_of(hands, "offer_receipt")
    QTest.mouseClick(row.buttons["add"], Qt.MouseButton.LeftButton)
    (paper,) = stored(hands).evidence
    assert (paper.paper, paper.stage, paper.origin) == ("offer_receipt", Stage.OFFER, Origin.PHOTO)
    assert paper.proves == "deliveries/delivery-1"
    assert row_of(hands, "offer_receipt").item.shape == "done"


def test_files_dropped_on_a_row_become_that_paper(hands: Hands, picture: Path) -> None:
    drop(row_of(hands, "offer_receipt"), [picture])
    (paper,) = stored(hands).evidence
    assert paper.paper == "offer_receipt"


def test_files_dropped_on_the_page_go_to_the_stage(hands: Hands, picture: Path) -> None:
    drop(hands.page, [picture])
    (paper,) = stored(hands).evidence
    assert (paper.stage, paper.paper) == (Stage.OFFER, "")
    assert [row.id for row in hands.page.papers.table.rows()] == [paper.id]


def test_ctrl_u_asks_for_files(hands: Hands, picture: Path) -> None:
    hands.ask.files.append([picture])
    hands.page.papers.table.setFocus()
    hands.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert [paper.file_name for paper in stored(hands).evidence] == ["签收照片.jpg"]


def test_the_same_file_twice_is_said_and_kept_once(hands: Hands, picture: Path) -> None:
    for _ in range(2):
        drop(hands.page, [picture])
        hands.settle()
    assert len(stored(hands).evidence) == 1
    assert "没有重复添加" in hands.page.job.words()


def test_what_cannot_be_taken_is_named_and_the_rest_stays(
    hands: Hands, picture: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "空.pdf"
    empty.write_bytes(b"")
    drop(hands.page, [empty, picture])
    assert [paper.file_name for paper in stored(hands).evidence] == ["签收照片.jpg"]
    assert hands.page.job.words() == "已添加 1 件，1 件没有添加。"


def test_a_program_is_refused_with_a_sentence(hands: Hands, picture: Path, tmp_path: Path) -> None:
    program = tmp_path / "程序.EXE"
    program.write_bytes(b"MZ" + bytes(60))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(program)), QUrl.fromLocalFile(str(picture))])
    QGuiApplication.clipboard().setMimeData(data)
    hands.page.paste()
    assert [paper.file_name for paper in stored(hands).evidence] == ["签收照片.jpg"]
    assert hands.page.job.words() == "已添加 1 件，1 件没有添加。"
    assert any("是程序，不是材料" in part.words() for part in hands.page.job.findChildren(Text))


def test_a_reason_is_written_in_place_and_can_be_changed(hands: Hands) -> None:
    for words in ("企业当面拒收，没有签。", "企业当面拒收，有两人在场。"):
        row = row_of(hands, "offer_receipt")
        QTest.mouseClick(row.buttons["reason"], Qt.MouseButton.LeftButton)
        hands.fill(hands.page.needs.reason.editor, words)
        hands.press("写好原因")
        (slip,) = stored(hands).evidence
        assert (slip.origin, slip.missing_reason) == (Origin.MISSING, words)
    assert row_of(hands, "offer_receipt").item.remark == "企业当面拒收，有两人在场。"
    assert row_of(hands, "offer_receipt").buttons["reason"].accessibleName().startswith("改原因")
    assert hands.page.head().context.endswith("，另有 1 件写了原因")
    assert not hands.page.needs.reason.isVisible()


def test_a_reason_needs_words(hands: Hands) -> None:
    QTest.mouseClick(row_of(hands, "offer_receipt").buttons["reason"], Qt.MouseButton.LeftButton)
    hands.press("写好原因")
    assert hands.page.needs.reason.editor.error()
    hands.page.needs.reason.editor.setFocus()
    hands.key(Qt.Key.Key_Escape)
    assert not hands.page.needs.reason.isVisible()
    assert stored(hands).evidence == ()


def test_a_file_found_later_takes_the_place_of_the_reason(hands: Hands, picture: Path) -> None:
    QTest.mouseClick(row_of(hands, "offer_receipt").buttons["reason"], Qt.MouseButton.LeftButton)
    hands.fill(hands.page.needs.reason.editor, "还没取回")
    hands.press("写好原因")
    hands.settle()
    hands.ask.files.append([picture])
    QTest.mouseClick(row_of(hands, "offer_receipt").buttons["add"], Qt.MouseButton.LeftButton)
    (paper,) = stored(hands).evidence
    assert paper.origin is Origin.PHOTO
    assert row_of(hands, "offer_receipt").item.shape == "done"


def test_facts_are_edited_and_a_piece_is_assigned_to_a_paper(hands: Hands, picture: Path) -> None:
    drop(hands.page, [picture])
    hands.settle()
    (paper,) = hands.desk.case.evidence
    hands.page.papers.table.select(paper.id)
    hands.write("编号", "Z01", hands.page.papers)
    hands.write("地点", "办公楼二楼", hands.page.papers)
    need = next(need for need in hands.page.needs.needs() if need.key == "offer_receipt")
    hands.page.papers._on_fits(need_key(need))
    (changed,) = stored(hands).evidence
    assert (changed.code, changed.place, changed.paper) == ("Z01", "办公楼二楼", "offer_receipt")
    assert row_of(hands, "offer_receipt").item.remark == "Z01"


def test_a_piece_on_paper_only_is_recorded(hands: Hands) -> None:
    hands.press("登记一份纸质材料")
    (paper,) = stored(hands).evidence
    assert (paper.stage, paper.origin) == (Stage.OFFER, Origin.PAPER)
    assert hands.page.papers.shown_id() == paper.id


def test_removing_can_be_undone(hands: Hands, picture: Path) -> None:
    drop(hands.page, [picture])
    hands.settle()
    (paper,) = hands.desk.case.evidence
    hands.page.papers.table.select(paper.id)
    hands.press("移除材料")
    assert stored(hands).evidence == ()
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [held.id for held in stored(hands).evidence] == [paper.id]


def test_a_piece_is_looked_at_inside_the_window(hands: Hands, picture: Path) -> None:
    drop(hands.page, [picture])
    hands.settle()
    (paper,) = hands.desk.case.evidence
    hands.page.papers.table.select(paper.id)
    hands.press("预览")
    hands.settle()
    assert hands.page.preview is not None
    assert hands.page.preview.has_picture()
    hands.key(Qt.Key.Key_Escape)
    assert hands.page.preview is None


def test_a_paper_the_program_makes_leads_to_where_it_is_made(hands: Hands) -> None:
    opened: list[object] = []
    hands.page.door_opened.connect(opened.append)
    QTest.mouseClick(row_of(hands, "offer_letter").buttons["make"], Qt.MouseButton.LeftButton)
    assert opened == [("offer", "write")]


def test_the_book_is_bound_where_it_is_wanted(hands: Hands, picture: Path, tmp_path: Path) -> None:
    drop(hands.page, [picture])
    hands.settle()
    target = tmp_path / "证据册.pdf"
    hands.ask.saves.append(target)
    hands.press("生成证据册")
    hands.settle()
    assert page_count(target.read_bytes()) > 3
    assert hands.page.job.words().startswith("证据册已生成：")
    hands.press("打开证据册")
    assert hands.ask.shown == [target]


def test_a_cancelled_book_leaves_nothing(hands: Hands, tmp_path: Path) -> None:
    target = tmp_path / "证据册.pdf"
    hands.ask.saves.append(target)
    hands.press("生成证据册")
    hands.page.job.job.cancel()
    hands.settle()
    assert not target.exists()
    assert hands.page.job.words() == "已停下，没有写出证据册。"


def test_a_door_opens_a_piece(hands: Hands, picture: Path) -> None:
    drop(hands.page, [picture])
    hands.settle()
    (paper,) = hands.desk.case.evidence
    hands.page.show_step("survey")
    target = hands.page.open_where(Where("evidence", paper.id, "place"))
    assert hands.page.current_step() == "offer"
    assert target is hands.page.papers.form.editors["place"]


def test_a_copied_picture_is_pasted_as_a_piece(hands: Hands) -> None:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    QGuiApplication.clipboard().setImage(image)
    hands.page.papers.table.setFocus()
    hands.page.setFocus()
    QTest.keyClick(hands.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    (paper,) = stored(hands).evidence
    assert (paper.origin, paper.media_type, paper.stage) == (Origin.PHOTO, "image/png", Stage.OFFER)
    QGuiApplication.clipboard().clear()


def test_copied_files_are_pasted(hands: Hands, picture: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture))])
    QGuiApplication.clipboard().setMimeData(data)
    assert hands.page.paste()
    assert [paper.file_name for paper in stored(hands).evidence] == ["签收照片.jpg"]
    QGuiApplication.clipboard().clear()
    assert not hands.page.paste()


def test_a_folder_is_taken_in_whole_and_one_undo_takes_it_back(hands: Hands, tmp_path: Path) -> None:
    folder = tmp_path / "会议照片"
    (folder / "第二次").mkdir(parents=True)
    for at, name in enumerate(("甲.png", "第二次/乙.png", "Thumbs.db")):
        Image.new("RGB", (20 + at, 20), (at * 40, 9, 9)).save(folder / name, "PNG")
    drop(hands.page, [folder])
    assert sorted(paper.file_name for paper in stored(hands).evidence) == ["乙.png", "甲.png"]
    assert hands.page.job.words() == "已添加 2 件。"
    hands.desk.undo()
    assert stored(hands).evidence == ()


def test_space_looks_and_a_broken_paper_is_a_sentence(hands: Hands, tmp_path: Path) -> None:
    broken = tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing in here")
    drop(hands.page, [broken])
    (paper,) = stored(hands).evidence
    hands.page.papers.table.select(paper.id)
    hands.page.papers.table.setFocus()
    hands.key(Qt.Key.Key_Space)
    hands.settle()
    assert "打不开" in hands.page.preview.words()
    assert hands.page.preview.open.isVisible()
    assert hands.window.frame.failure is None
    hands.key(Qt.Key.Key_Escape)
    assert hands.page.preview is None
    assert stored(hands).evidence == (paper,)


def test_pieces_have_small_pictures_made_behind_the_window(hands: Hands, picture: Path) -> None:
    drop(hands.page, [picture])
    (paper,) = stored(hands).evidence
    thumbs = hands.page.papers.thumbs
    hands.page.papers.table.viewport().repaint()
    hands.qtbot.waitUntil(lambda: thumbs.picture(paper.sha256, paper.media_type) is not None, timeout=10_000)
    assert max(thumbs.picture(paper.sha256, paper.media_type).size().toTuple()) <= 112


def test_a_wide_window_shows_the_selected_piece_beside_the_list(hands: Hands, picture: Path) -> None:
    drop(hands.page, [picture])
    (paper,) = stored(hands).evidence
    assert not hands.page.pane.isVisible()
    hands.window.resize(1920, 1009)
    hands.settle()
    hands.page.papers.table.select(paper.id)
    hands.qtbot.waitUntil(hands.page.pane.view.has_picture, timeout=10_000)
    assert hands.page.pane.shown() == paper.id


def test_five_hundred_files_come_in_while_the_window_goes_on(hands: Hands, tmp_path: Path) -> None:
    taken: list[Path] = []

    def make() -> None:
        folder = tmp_path / f"五百张{len(taken)}"
        folder.mkdir()
        for at in range(500):
            (folder / f"照片{at:03}.png").write_bytes(_png(at, len(taken)))
        taken.append(folder)

    def take() -> None:
        drop(hands.page, [taken[-1]])
        progress = hands.page.job.progress
        hands.qtbot.waitUntil(lambda: "共 500 件" in progress.words(), timeout=20_000)
        hands.settle()
        hands.page.papers.table.select(hands.desk.case.evidence[-1].id)
        hands.settle()

    heart = quietest(take, prepare=make)
    assert len(stored(hands).evidence) == 500 * len(taken)
    assert len(hands.page.papers.table.rows()) == 500 * len(taken)
    assert heart.busiest_ms < MOST_MS, heart.report()


def _png(number: int, more: int) -> bytes:
    octets = io.BytesIO()
    Image.new("RGB", (64, 48), (number % 256, number // 256 * 90, more)).save(octets, "PNG")
    return octets.getvalue()


def test_a_door_to_a_paper_lands_on_its_row_however_long_the_list_is(hands: Hands) -> None:
    need = next(each for each in hands.page._needs if each.key == "offer_receipt")
    many = [dataclasses.replace(need, proves=f"deliveries/d{at}") for at in range(MOST_ROWS + 5)]
    hands.page.needs.show_needs(many, hands.desk.case)
    row = hands.page.show_need(many[-1])
    assert isinstance(row, ItemRow)
    assert row.item.id == need_key(many[-1])
    assert row.isAncestorOf(QApplication.focusWidget())


def test_a_door_to_a_paper_that_is_not_needed_any_more_shows_its_stage(hands: Hands) -> None:
    need = next(each for each in hands.page._needs if each.stage is Stage.SURVEY)
    gone = dataclasses.replace(need, proves="surveys/gone")
    assert hands.page.show_need(gone) is None
    assert hands.page.current_step() == "survey"


def test_a_kept_document_leads_to_the_paper_it_is(hands: Hands) -> None:
    made = MadeDocument(id="m", kind="topic_register", stage=Stage.SURVEY, sha256="0" * 64)
    hands.desk.change("made_documents", made)
    hands.settle()
    need = next((each for each in hands.page._needs if "m" in each.have), None)
    hands.window.case_room.open_door(Where("made_documents", "m"))
    assert hands.window.frame.current_page() == "evidence"
    assert need is not None
    assert hands.page.current_step() == need.stage.value


def test_a_broken_scan_is_kept_but_proves_nothing(hands: Hands, tmp_path: Path, picture: Path) -> None:
    broken = tmp_path / "回执.jpg"
    broken.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(200))
    drop(row_of(hands, "offer_receipt"), [broken])
    assert len(stored(hands).evidence) == 1
    row = row_of(hands, "offer_receipt").item
    assert (row.shape, row.remark) == ("explain", "打不开，再扫一份")
    (listed,) = hands.page.papers.table.rows()
    assert listed.shape == "explain"
    assert "打不开，再扫一份" in listed.remark
    assert "打不开" in hands.page.job.words()
    drop(row_of(hands, "offer_receipt"), [picture])
    assert len(stored(hands).evidence) == 2
    assert row_of(hands, "offer_receipt").item.shape == "done"


def test_what_was_added_and_is_undone_is_not_told_of_any_more(hands: Hands, tmp_path: Path) -> None:
    files = []
    for name, grey in (("甲.png", 10), ("乙.png", 200)):
        Image.new("L", (40, 40), grey).save(tmp_path / name)
        files.append(tmp_path / name)
    hands.ask.files.append(files)
    hands.key(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert hands.page.job.words() == "已添加 2 件。"
    hands.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    hands.settle()
    assert not any(paper.file_name in ("甲.png", "乙.png") for paper in stored(hands).evidence)
    assert hands.page.job.isHidden()


def locked_pdf(file: Path) -> Path:
    import pikepdf

    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(file, encryption=pikepdf.Encryption(user="abc", owner="abc"))
    return file


def test_a_paper_with_a_password_says_so_and_what_to_do(hands: Hands, tmp_path: Path) -> None:
    drop(row_of(hands, "offer_receipt"), [locked_pdf(tmp_path / "回执.pdf")])
    (paper,) = (each for each in stored(hands).evidence if each.file_name == "回执.pdf")
    assert paper.is_broken and paper.sha256, "kept, and proves nothing"
    said = [text.words() for text in hands.visible(Text, hands.page.job)]
    assert said == [
        "已添加 1 件，1 件有密码。",
        "回执.pdf 有密码，打不开，还不算有。用密码打开它，另存一份不带密码的，再添加一次。",
    ]
    listed = next(row for row in hands.page.papers.table.rows() if row.id == paper.id)
    assert "有密码就另存一份不带密码的" in listed.remark
    hands.page.look(paper.id)
    hands.settle()
    assert "这个文件有密码" in hands.page.preview.words()
