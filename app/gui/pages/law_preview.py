"""What another rule pack or year would change: three lists, and whether to do it. Nothing has changed yet."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.gui.pages.package_list import grouped
from app.gui.pages.preview_sheet import PreviewSheet
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.rules.dates_in_words import day_words
from app.usecases.install_law import Proposal
from app.usecases.preview_law import LawPreview

NONE = "没有"
_MOST = 6


class LawPreviewSheet(PreviewSheet):
    """Hidden until there is something to decide."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("装上", "不装", most=_MOST, parent=parent)
        self.proposal: Proposal | None = None
        self._terms = self.add_list(
            "数值和条文",
            ColumnView(key="what", title="规则", share=3, bold=True),
            ColumnView(key="old", title="现在", share=3),
            ColumnView(key="new", title="以后", share=3),
            ColumnView(key="article", title="依据", share=2),
        )
        self._findings = self.add_list(
            "检查结果",
            ColumnView(key="what", title="检查结果", share=6, bold=True),
            ColumnView(key="old", title="现在", extent=90),
            ColumnView(key="new", title="以后", extent=90),
            ColumnView(key="case", title="年度", share=2),
        )
        self._dates = self.add_list(
            "期限",
            ColumnView(key="what", title="期限", share=3, bold=True),
            ColumnView(key="old", title="现在", share=3),
            ColumnView(key="new", title="以后", share=3),
            ColumnView(key="case", title="年度", share=2),
        )
        self.terms, self.findings, self.dates = (
            each.table for each in (self._terms, self._findings, self._dates)
        )
        self.add_buttons()

    def show_proposal(self, proposal: Proposal, on: date, blocked: str = "") -> None:
        """Tell what would change; ``blocked`` says why it cannot be done."""
        self.proposal = proposal
        preview = proposal.preview
        back = proposal.back is not None
        self.set_title(f"{proposal.title}：会变什么")
        self.set_remark(f"看了 {preview.cases} 个没结束的年度")
        self.heads.set_words("\n".join(head_lines(preview)))
        for part, name, rows in (
            (self._terms, "数值和条文", term_rows(preview, on)),
            (self._findings, "检查结果", finding_rows(preview)),
            (self._dates, "期限", date_rows(preview)),
        ):
            part.fill(rows, f"{name}变 {len(rows)} 项", without=f"{name}没有变化")
        self.accept_button.set_words("退回" if back else "装上")
        self.leave_button.set_words("不退" if back else "不装")
        self.accept_button.set_blocked(blocked or None)
        self.show()
        # What is to be read first has the keys: in a low window the buttons are out of sight.
        first = next((each.view for each in self._lists() if each.rows()), self.accept_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lists(self) -> tuple[RecordTable, ...]:
        return self.terms, self.findings, self.dates

    def drop(self) -> None:
        """It is decided."""
        self.proposal = None
        self.hide()


def head_lines(preview: LawPreview) -> list[str]:
    """Versions and fingerprints, one pack or year a line."""
    lines = []
    for pack in preview.packs:
        mark = f"，指纹 {grouped(pack.fingerprint)}" if pack.fingerprint else ""
        remark = f"。{pack.remark}" if pack.remark else ""
        lines.append(f"{pack.name}：{pack.old or NONE} → {pack.new or NONE}{mark}{remark}")
    for year in preview.years:
        lines.append(f"{year.year} 年现在：{year.old}")
        lines.append(f"{year.year} 年以后：{year.new}")
    return lines


def term_rows(preview: LawPreview, on: date) -> list[RowView]:
    """Values first, then sentences that say something else."""
    several = len(preview.packs) > 1
    rows = []
    for number, term in enumerate(preview.terms):
        since = f"{day_words(term.since, on)}起：" if term.since else ""
        cells = {
            "what": f"{term.pack}　{term.title}" if several else term.title,
            "old": term.old,
            "new": f"{since}{term.new}",
            "article": term.article,
        }
        rows.append(RowView(f"term-{number}", cells))
    for number, rule in enumerate(preview.rules):
        what = f"{rule.pack}　{rule.title}" if several else rule.title
        rows.append(RowView(f"rule-{number}", {"what": what, "old": "", "new": rule.words, "article": ""}))
    return rows


def finding_rows(preview: LawPreview) -> list[RowView]:
    """Findings that come, go, or are graded otherwise."""
    return [
        RowView(
            f"finding-{number}",
            {"what": each.sentence, "old": each.old or NONE, "new": each.new or NONE, "case": each.case},
        )
        for number, each in enumerate(preview.findings)
    ]


def date_rows(preview: LawPreview) -> list[RowView]:
    """Due dates that move."""
    return [
        RowView(
            f"date-{number}",
            {"what": each.what, "old": each.old, "new": each.new, "case": each.case},
        )
        for number, each in enumerate(preview.dates)
    ]
