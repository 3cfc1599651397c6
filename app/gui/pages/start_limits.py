"""选山东以后: what follows from the region, each limit with its article; all of it from the rule pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.union import AgreementKind, Form
from app.gui.pages.year_rows import spaced
from app.gui.theme import current_theme
from app.gui.widgets.button import Button
from app.gui.widgets.shape import Shape
from app.gui.widgets.sheet import Hairline, Sheet
from app.gui.widgets.text import Text
from app.rules.findings import Read
from app.rules.pack import RulePack
from app.rules.rule_texts import Flag, RuleText
from app.rules.terms import Bound, Event, Term, TermUnit
from app.rules.thresholds import is_half, word_of

_SHOWN = (
    ("reply_due", "书面答复"),
    ("rep_publish_due", "代表公布"),
    ("disclose_due", "互相提供资料"),
    ("report_upper_before", "报上级工会"),
    ("period", "协商总期限"),
    ("congress_pass", "全体代表赞成"),
    ("file_due", "报人社审查"),
    ("publish_due", "向职工公布"),
    ("congress_quorum", "职代会到会"),
)
"""Which rules of the pack are shown, and what each is about in a few letters."""

_SHARES = {(2, 3): "三分之二", (1, 3): "三分之一"}
_MEETINGS = (Event.FIRST_MEETING, Event.SESSION)


@dataclass(frozen=True, slots=True)
class Limit:
    """One consequence: what, how long or how many, article in short, and how well it was read.

    ``says`` is the pack's paraphrase with the law's whole name, shown when the article is opened.
    """

    what: str
    words: str
    article: str
    read: Read | None
    says: str


def limits_of(pack: RulePack, kind: AgreementKind, form: Form, on: date) -> tuple[Limit, ...]:
    """Return the limits of a pack on a day, in the order of the year."""
    found = []
    for rule, what in _SHOWN:
        term, text = pack.term(rule, on, kind, form), pack.rule(rule, kind, form)
        sources = term.sources if term is not None else (text.sources if _is_laid_down(text) and text else ())
        source = sources[0] if sources else None
        says = text.says.rstrip("。") + "。" if text is not None else ""
        if source is not None:
            says = f"{source.full}（{source.read.label}）：{says}"
        found.append(
            Limit(
                what,
                limit_words(term, text) if term is not None else _without_number(text),
                source.text if source is not None else "",
                source.read if source is not None else None,
                says,
            )
        )
    return tuple(found)


def _is_laid_down(text: RuleText | None) -> bool:
    return text is not None and not text.silent


def _without_number(text: RuleText | None) -> str:
    """What is laid down, but not by a number that can be counted out; else 法规未规定."""
    if text is None or not _is_laid_down(text):
        return "法规未规定"
    if Flag.BEFORE_MEETING in text.flags:
        return "首次会议前"
    return "有规定，看依据" if text.unchecked else "有规定，没写天数"


def limit_words(term: Term, text: RuleText | None = None) -> str:
    """10 日内, 会前 10 日, 过半数 or 半数以上 as the articles have it, 三分之二."""
    if is_half(term):
        return word_of(text)
    if term.unit is TermUnit.SHARE:
        share = _SHARES.get((term.amount, term.per), f"{term.amount}/{term.per}")
        return f"超过{share}" if term.bound is Bound.MORE_THAN else share
    if term.bound is Bound.BEFORE:
        before = "会" if term.counts_from in _MEETINGS else "提"
        return f"{before}前 {spaced(term.words.removesuffix('前'))}"
    return spaced(term.words) + ("内" if term.bound is Bound.WITHIN else "")


class LimitsSheet(Sheet):
    """The side column of first use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.head.insertWidget(0, Shape("book", "ink1", px=16))
        self._key: object = None
        self.articles: list[Button] = []
        self._says: dict[Button, Text] = {}
        self.body.setSpacing(6)

    def show_region(
        self, pack: RulePack | None, place: str, kind: AgreementKind, form: Form, on: date
    ) -> None:
        """Show the limits of a pack; ``place`` is the province, ``pack`` none while none is chosen."""
        key = (pack.key if pack is not None else "", place, kind, form, on)
        if key == self._key:
            return
        self._key = key
        self.clear()
        self.articles, self._says = [], {}
        if pack is None:
            self.set_title("选了地区以后")
            self.add(Text("期限、票数和文书名称照当地规定算好，每一条都写明依据。", ink="ink2", wrap=True))
            return
        own = pack.base is not None
        self.set_title(f"选{pack.name if own else place}以后")
        self.add(
            Text(
                "下面这些期限会自动算好，每一条都能点开看依据。"
                if own
                else "还没有当地的规则包，先按全国规定算。当地另有规定的，以当地窗口要求为准。",
                ink="ink2",
                wrap=True,
            )
        )
        limits = limits_of(pack, kind, form, on)
        for limit in limits:
            self._add_limit(limit)
        self._add_remark("met", "ok", _read_words(limits))
        copies = pack.wording.of(kind).filing_copies_text
        self._add_remark("hint", "info", f"报送{'' if copies.startswith('份数') else '份数：'}{copies}。")

    def _add_limit(self, limit: Limit) -> None:
        row = QWidget()
        grid = QGridLayout(row)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(Text(limit.what, ink="ink2"), 0, 0)
        grid.addWidget(Text(limit.words, bold=bool(limit.article), elide=True), 0, 1)
        grid.setColumnMinimumWidth(0, current_theme().px(100))
        grid.setColumnStretch(1, 1)
        says = Text(limit.says, ink="ink2", wrap=True)
        says.hide()
        if limit.says:
            button = Button(limit.article or "依据", "article")
            button.speak_as(f"{limit.what}，{limit.words}，{limit.article or '法规未规定'}：看依据")
            button.clicked.connect(self._on_article)
            self.articles.append(button)
            self._says[button] = says
            grid.addWidget(button, 0, 2)
        grid.addWidget(says, 1, 0, 1, 3)
        grid.addWidget(Hairline(), 2, 0, 1, 3)
        self.add(row)

    def _add_remark(self, shape: str, ink: str, words: str) -> None:
        if not words:
            return
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 2, 0, 0)
        line.setSpacing(8)
        line.addWidget(Shape(shape, px=16))
        line.addWidget(Text(words, ink=ink if shape == "met" else "ink2", wrap=True), 1)
        self.add(row)

    @Slot()
    def _on_article(self) -> None:
        sender = self.sender()
        for button, says in self._says.items():
            says.setVisible(button is sender and says.isHidden())


def _read_words(limits: tuple[Limit, ...]) -> str:
    parts = [
        (sum(limit.read is read for limit in limits), words)
        for read, words in (
            (Read.FULL_TEXT, "条原文已核对"),
            (Read.EXCERPT, "条摘录已核对"),
            (Read.SECOND_HAND, "条二手来源，待核"),
        )
    ]
    return "，".join(f"{count} {words}" for count, words in parts if count)
