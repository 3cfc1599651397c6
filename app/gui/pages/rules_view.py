"""规则包: which packs and years of holidays are there, and what each rule says, by which article."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.union import AgreementKind, Form
from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.pages.packs_view import PacksView
from app.gui.widgets.item_row import ItemList, ItemView
from app.gui.widgets.line_field import LineField
from app.gui.widgets.record_table import ColumnView, RecordTable, RowView
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.findings import cite
from app.rules.pack import RulePack
from app.rules.rule_texts import RuleText

_FINGERPRINT = 8


class RulesView(QWidget):
    """What is there; a region is chosen in 工会和年度, and what is new is brought in by ``brought``."""

    def __init__(self, desk: Desk, ask: Ask, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.brought = PacksView(desk, ask)
        self._texts: dict[str, RuleText] = {}
        self._pending: set[str] = set()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        packs = Sheet("规则包")
        self.packs = ItemList()
        packs.add(self.packs)
        self._packs_sheet = packs
        years = Sheet("放假安排", "没装的年份，期限写成从哪天到哪天")
        self.years = ItemList("一年都还没装。")
        years.add(self.years)
        rules = Sheet("每条规则")
        self._rules_sheet = rules
        self.filter = LineField("找规则", hint="打几个字，例如：答复、公布、60 日", extent="field_text")
        self.filter.edited.connect(self._on_filter)
        rules.add(self.filter)
        self.table = RecordTable(
            "每条规则",
            (
                ColumnView(key="title", title="规则", share=2, bold=True),
                ColumnView(key="says", title="内容", share=4),
                ColumnView(key="basis", title="依据", share=2),
                ColumnView(key="read", title="核对程度", extent=150),
            ),
            empty_words="没有这样的规则。换几个字找找。",
            most=9,
        )
        self.table.row_selected.connect(self._on_selected)
        rules.add(self.table)
        self.detail = Sheet(tone="inset")
        self._says = Text("", bold=True, wrap=True)
        self._grading = Text("", ink="ink2", wrap=True)
        self._articles = Text("", ink="ink2", wrap=True)
        for text in (self._says, self._grading, self._articles):
            self.detail.add(text)
        self.detail.hide()
        rules.add(self.detail)
        for sheet in (self.brought, packs, years, rules):
            column.addWidget(sheet)
        column.addStretch(1)
        self.show_case()

    def is_built(self) -> bool:
        """Stands as soon as it is made, unlike a ``StepView``."""
        return True

    def pack(self) -> RulePack:
        """The pack of this year, the national one while no region is chosen."""
        return self._desk.program.pack_or_national(self._desk.case)

    def show_case(self) -> None:
        """Show the pack of the year."""
        self.brought.show_case()
        chosen, program = self.pack(), self._desk.program
        self._packs_sheet.set_remark(f"本年度用 {chosen.name} {chosen.version}")
        self.packs.show_items(
            [
                ItemView(
                    id=pack.key,
                    name=f"{pack.name} {pack.version}",
                    remark=f"{'本年度用 · ' if pack is chosen else ''}"
                    f"指纹 {pack.fingerprint[:_FINGERPRINT].upper()} · {pack.summary}",
                    shape="done" if pack is chosen else "later",
                )
                for pack in program.packs
            ]
        )
        self.years.show_items(
            [
                ItemView(
                    id=str(year), name=f"{year} 年", remark=f"{plan.source} · {plan.read}", shape="calendar"
                )
                for year, plan in sorted(program.calendar.plans.items())
            ]
        )
        cycle = self._desk.case.cycle
        kind, form = cycle.agreement_kind or AgreementKind.WAGE, cycle.form or Form.SINGLE
        found = ((rule, chosen.rule(rule, kind, form)) for rule in chosen.rule_ids())
        self._texts = {rule: text for rule, text in found if text is not None}
        self._pending = {rule for rule in self._texts if chosen.is_pending(rule, kind, form)}
        self._rules_sheet.set_remark(f"{len(self._texts)} 条，按{chosen.name}、{kind.label}、{form.label}")
        self._show_rules()

    def _show_rules(self) -> None:
        wanted = self.filter.typed().strip()
        rows = []
        for rule, text in self._texts.items():
            basis = cite(text.sources)
            if wanted and not any(wanted in words for words in (text.title, text.says, basis)):
                continue
            read = "法规未规定" if text.silent else text.read.label if text.sources else "数据本身"
            if rule in self._pending:
                read = "当地条文待核"
            rows.append(RowView(rule, {"title": text.title, "says": text.says, "basis": basis, "read": read}))
        if tuple(rows) != self.table.rows():
            self.table.show_rows(rows)

    @Slot()
    def _on_filter(self) -> None:
        self._show_rules()

    @Slot(object)
    def _on_selected(self, rule: object) -> None:
        text = self._texts.get(str(rule or ""))
        self.detail.setVisible(text is not None)
        if text is None:
            return
        self._says.set_words(f"{text.title}：{text.says}")
        self._grading.set_words(f"怎么检查：{text.grading}" if text.grading else "")
        self._grading.setVisible(bool(text.grading))
        articles = [f"{source.full}（{source.read.label}）" for source in text.sources]
        since = f"　{text.starts.year}年{text.starts.month}月{text.starts.day}日起" if text.starts else ""
        self._articles.set_words(
            f"{text.hardness.label} · "
            + ("；".join(articles) if articles else "法规未规定")
            + since
            + (f"　{self.pack().pending_note}" if str(rule) in self._pending else "")
        )
