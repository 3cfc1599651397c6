"""Papers of one kind are listed by what differs."""

from __future__ import annotations

from app.gui.pages.papers_sheet import differing


def test_papers_of_one_kind_are_told_apart_by_what_differs() -> None:
    alike = ["第三届职代会第1次会议", "第三届职代会第12次会议", "第三届职代会工作报告会"]
    assert [differing(each, alike) for each in alike] == ["第1次会议", "第12次会议", "工作报告会"]


def test_papers_called_the_same_keep_their_words() -> None:
    assert differing("第2次", ["第2次", "第2次"]) == "第2次"
