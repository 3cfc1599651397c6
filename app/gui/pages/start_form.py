"""The four pages of first use as widgets: two with fields, the place and its backups, and the last look."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.union import AgreementKind, Form
from app.gui.pages.start_facts import (
    CHECKS,
    CITY,
    DISTRICT,
    KINDS,
    PAGES,
    PARTS,
    PROVINCE,
    SHAPE,
    SHAPES,
    YEAR,
    Beginning,
    UnionShape,
    check_part,
    from_text,
    pack_of,
    to_text,
)
from app.gui.pages.start_fields import FieldGroup
from app.gui.pages.start_limits import LimitsSheet
from app.gui.pages.start_parts import ReviewRow, SidePage, hints_sheet, make_room
from app.gui.widgets.button import Button
from app.gui.widgets.choice_field import ChoiceField
from app.gui.widgets.editor import FieldEditor
from app.gui.widgets.line_field import LineField
from app.gui.widgets.row_stack import RowStack
from app.gui.widgets.sheet import Sheet
from app.gui.widgets.text import Text
from app.rules.pack import RulePack
from app.usecases.program import Program

FIRST_USE = (*(title for title, _ in PAGES), "备份与密码", "核对并开始")
PLACE, REVIEW = 3, 4

_USES = (
    ("info", "经营状况", "上级通知按它定协商重点，统计表也要填。"),
    ("info", "最低工资标准", "检查合同里的工资数时用，写明从哪里来。"),
    ("info", "代表总数", "表决的分母是全体代表，不是到会的人。"),
    ("history", "去年用过本程序", "点下面的“从去年的备份接着用”，这些不用再填。"),
)
_SAFE = (
    ("met", "只在这台电脑", "程序不联网，资料不会自己传出去。"),
    ("met", "随写随存", "每处改动都立刻存盘，关掉程序也不会丢。"),
    ("met", "试过才算备份", "每份备份做完都还原试一遍，能用才算数。"),
    ("hint", "另放一份", "U 盘或别的电脑上也放一份，电脑坏了找得回来。"),
)


class StartForm(QObject):
    """Holds the answers and their pages.

    Signals:
        changed: An answer is another one, and so may be the place.
        place_wanted: 换一个文件夹.
        page_wanted: A line of the last page was chosen. arg: the page, arg: the answer.
    """

    changed = Signal()
    place_wanted = Signal()
    page_wanted = Signal(int, str)

    def __init__(self, program: Program, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._today = program.clock.today()
        self.fields: dict[str, FieldEditor] = {}
        self._page_of: dict[str, int] = {}
        self._groups: list[FieldGroup] = []
        self.limits = LimitsSheet()
        first = SidePage(self._fact_page(1), self.limits)
        second = SidePage(self._fact_page(2), hints_sheet("这些用在哪里", _USES))
        self.pages: tuple[QWidget, ...] = (
            first,
            second,
            SidePage(self._place_page(), hints_sheet("资料怎样才稳当", _SAFE)),
            self._review_page(),
        )
        self._beginnings = {name: field.value() for name, field in self.fields.items()}
        for name, field in self.fields.items():
            field.setProperty("answer", name)
            field.edited.connect(self._on_edited)
            field.value_changed.connect(self._on_value)
        self._follow()

    # ---- building

    def _fact_page(self, at: int) -> Sheet:
        sheet = Sheet()
        sheet.body.setSpacing(10)
        for group in PAGES[at - 1][1]:
            part = FieldGroup(group, self.fields, self._today, first=not sheet.body.count())
            self._page_of.update(dict.fromkeys(part.names, at))
            self._groups.append(part)
            sheet.add(part)
        return sheet

    def _place_page(self) -> Sheet:
        sheet = Sheet("资料库放在哪个文件夹")
        self._place_words = Text("", wrap=True)
        sheet.add(self._place_words)
        self.choose_place = Button("换一个文件夹", "secondary", "folder")
        self.choose_place.clicked.connect(self.place_wanted)
        sheet.body.addWidget(self.choose_place, 0, Qt.AlignmentFlag.AlignLeft)
        sheet.add_line()
        sheet.add(Text("备份", "sheet"))
        sheet.add(
            Text(
                "备份放在资料库自己的文件夹里。建好以后在首页点“立即备份”就有第一份，"
                "在“设置”的“资料库和备份”里可以备份到 U 盘。",
                ink="ink2",
                wrap=True,
            )
        )
        sheet.add_line()
        sheet.add(Text("密码", "sheet"))
        sheet.add(
            Text(
                "资料库现在没有自己的密码：能登录这台电脑的人就能打开它，所以电脑要设开机密码。"
                "报送包要加密码的，导出时现写，程序不留底，写在纸上和公章放在一起。",
                ink="ink2",
                wrap=True,
            )
        )
        return sheet

    def _review_page(self) -> QWidget:
        page, column = make_room()
        sheet = Sheet("看一遍，对了就开始")
        sheet.add(Text("空着的以后在“设置”里补。点哪一行，回到哪一项。", ink="ink2", wrap=True))
        self.review = RowStack()
        sheet.add(self.review)
        column.addWidget(sheet)
        column.addStretch(1)
        return page

    # ---- answers

    def value(self, name: str) -> Any:
        """An answer; its empty value while there is none."""
        return self.fields[name].value()

    def union_name(self) -> str:
        """The union's name, for the folder."""
        return str(self.value("union.name")).strip()

    def shape(self) -> UnionShape:
        """工会类型, by default 单独基层工会."""
        return next((shape for shape in SHAPES if shape.key == self.value(SHAPE)), SHAPES[0])

    def kinds(self) -> tuple[AgreementKind, ...]:
        """What is bargained this year."""
        return tuple(self.value(KINDS))

    def _asked(self) -> list[str]:
        """Names of the answers that are asked for this kind of union."""
        wanted = "single" if self.shape().form is Form.SINGLE else "several"
        return [name for part in self._groups if part.group.only in ("", wanted) for name in part.names]

    def answers(self) -> dict[str, Any]:
        """Everything filled in, as JSON keeps it."""
        return {
            name: to_text(field.value())
            for name, field in self.fields.items()
            if field.value() not in (field.empty, None, "", ())
        }

    def take(self, answers: Mapping[str, Any]) -> None:
        """Put back what :meth:`answers` told; what fits no field any more is left out."""
        for name, kept in answers.items():
            field, value = self.fields.get(name), from_text(name, kept)
            if field is not None and value is not None:
                field.set_value(value)
                self._check(name)
        self._follow()

    def unread(self) -> dict[str, str]:
        """Words that stand in a field and are no answer, as they were typed."""
        return {
            name: field.typed()
            for name, field in self.fields.items()
            if isinstance(field, (LineField, ChoiceField)) and not field.is_understood()
        }

    def take_unread(self, words: Mapping[str, str]) -> None:
        """Put back what :meth:`unread` told, each with its sentence."""
        for name, typed in words.items():
            field = self.fields.get(name)
            if isinstance(field, (LineField, ChoiceField)) and isinstance(typed, str):
                field.set_typed(typed)
                field.commit()

    def clear(self) -> None:
        """Begin anew."""
        for name, field in self.fields.items():
            field.set_value(self._beginnings[name])
            field.set_error(None)
        self._follow()

    def commit(self) -> None:
        """Hand on what is being typed."""
        for field in self.fields.values():
            field.commit()

    def lacks(self) -> str:
        """What the library cannot be made without, in words."""
        if not self.value(PROVINCE):
            return "还没选地区"
        if not isinstance(self.value(YEAR), int):
            return "还没写年度"
        if not self.kinds():
            return "还没选本年协商什么"
        unread = next((name for name in self._asked() if not self.fields[name].is_understood()), "")
        if unread:
            return f"{self.fields[unread].name}还没写对"
        wrong = self.contradicted()
        return f"{self.fields[wrong].name}比{self.fields[PARTS[wrong]].name}多" if wrong else ""

    def beginning(self, place: Path) -> Beginning | None:
        """What was found out; ``None`` while something is lacking."""
        pack, year, kinds = self._pack(), self.value(YEAR), self.kinds()
        if pack is None or self.lacks() or not isinstance(year, int):
            return None
        shape = self.shape()
        facts: dict[str, dict[str, Any]] = {}
        for name in self._asked():
            value = self.value(name)
            if "." in name and value not in (None, "", ()):
                collection, fact = name.split(".")
                facts.setdefault(collection, {})[fact] = value
        facts.setdefault("union", {})["kind"] = shape.kind
        return Beginning(
            folder=place,
            union_name=self.union_name(),
            region=pack.key,
            region_name=self._region_words(),
            year=year,
            kind=kinds[0],
            kinds=kinds,
            form=shape.form,
            facts=facts,
        )

    def _pack(self) -> RulePack | None:
        """The rule pack of the place, a city's own where it has one; ``None`` while no province is chosen."""
        return pack_of(self._program.packs, self.value(PROVINCE), str(self.value(CITY) or ""))

    def _region_words(self) -> str:
        return "".join(str(self.value(name) or "") for name in (PROVINCE, CITY, DISTRICT))

    # ---- what is shown

    def filled(self, *, placed: bool) -> tuple[bool, ...]:
        """For each page, whether nothing on it is left open; ``placed``: somebody looked at the place."""
        asked = [name for name in self._asked() if name not in (CITY, DISTRICT)]
        pages = [all(self._is_filled(name) for name in asked if self._page_of[name] == at) for at in (1, 2)]
        return (*pages, placed, False)

    def _is_filled(self, name: str) -> bool:
        return self.fields[name].is_understood() and self.value(name) not in (None, "", ())

    def first_focus(self, at: int) -> QWidget | None:
        """The first answer of a page that is still open."""
        if at == PLACE:
            return self.choose_place
        mine = [name for name in self._asked() if self._page_of[name] == at]
        opened = (name for name in mine if self.value(name) in (None, "", ()))
        name = next(opened, mine[0] if mine else "")
        return self.fields[name] if name else None

    def go_to(self, name: str) -> None:
        """Put the focus on an answer."""
        if name in self.fields:
            self.fields[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_place(self, place: Path, *, chosen: bool) -> None:
        """Say where the library will lie."""
        words = f"会建在：{place}" if chosen else f"不另选，就建在：{place}"
        self._place_words.set_words(words)

    def show_review(self, place: Path) -> None:
        """List what was answered and what is open."""
        rows = [ReviewRow(*row) for row in self._review_lines(place)]
        for row in rows:
            row.activated.connect(self._on_review)
        self.review.show_rows(rows)

    def _review_lines(self, place: Path) -> list[tuple[str, str, str, tuple[int, str]]]:
        pack = self._pack()
        region = f"{self._region_words()}，按{pack.name}规则包 {pack.version}" if pack else "还没选"
        kinds = "、".join(kind.label for kind in self.kinds())
        year = self.value(YEAR)
        single = self.shape().form is Form.SINGLE
        asked = [name for name in self._asked() if "." in name]
        wrong = [name for name in self._asked() if self.fields[name].error()]
        open_facts = [name for name in asked if name not in wrong and self.value(name) in (None, "", ())]
        party = "enterprise.name" if single else "enterprise.body_name"
        answered = [
            ("done" if pack else "must", "所在地区", region, (1, PROVINCE)),
            (
                "done" if isinstance(year, int) else "must",
                "年度",
                f"{year} 年" if year else "还没写",
                (1, YEAR),
            ),
            ("done" if kinds else "must", "本年协商", kinds or "还没选", (1, KINDS)),
            ("done", "工会类型", self.shape().label, (1, SHAPE)),
            self._line_of("union.name", "工会"),
            self._line_of(party, "企业" if single else "企业方"),
        ]
        lines = [
            *(line for line in answered if line[3][1] not in wrong),
            *(
                ("must", self.fields[name].name, str(self.fields[name].error()), (self._page_of[name], name))
                for name in wrong
            ),
        ]
        if open_facts:
            first = open_facts[0]
            some = "、".join(self.fields[name].name for name in open_facts[:4])
            words = f"{some}{'等' if len(open_facts) > 4 else ''}，共 {len(open_facts)} 项，可以以后补"
            lines.append(("missing", "还空着", words, (self._page_of[first], first)))
        lines.append(("done", "资料库", str(place), (PLACE, "")))
        return lines

    def _line_of(self, name: str, what: str) -> tuple[str, str, str, tuple[int, str]]:
        words = str(self.value(name) or "")
        return (
            "done" if words else "missing",
            what,
            words or "还空着，可以以后补",
            (self._page_of[name], name),
        )

    @Slot()
    def _on_review(self) -> None:
        sender = self.sender()
        if isinstance(sender, ReviewRow):
            self.page_wanted.emit(*sender.door)

    # ---- keeping up

    @Slot()
    def _on_edited(self) -> None:
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            sender.set_error(None)
        self._follow()
        self.changed.emit()

    @Slot(object)
    def _on_value(self, _value: object) -> None:
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            self._check(str(sender.property("answer")))
        self._follow()
        self.changed.emit()

    def _check(self, name: str) -> None:
        check = CHECKS.get(name)
        if check is not None:
            self.fields[name].set_error(check(str(self.fields[name].value())))
        for part, whole in PARTS.items():
            if name in (part, whole):
                self.fields[part].set_error(self._against_whole(part))

    def _against_whole(self, part: str) -> str | None:
        return check_part(part, self.value(part), self.value(PARTS[part]))

    def contradicted(self) -> str:
        """The first answer asked that is greater than its whole; empty: none."""
        return next((name for name in self._asked() if name in PARTS and self._against_whole(name)), "")

    def _follow(self) -> None:
        """Show the limits of the region, and only the groups that are for this kind of union."""
        shape, kinds = self.shape(), self.kinds()
        province = str(self.value(PROVINCE) or "")
        kind = kinds[0] if kinds else AgreementKind.WAGE
        self.limits.show_region(self._pack(), province, kind, shape.form, self._today)
        wanted = "single" if shape.form is Form.SINGLE else "several"
        for part in self._groups:
            part.setVisible(part.group.only in ("", wanted))
