"""Where the table of a roster begins, and what its columns are (forms.md 3.2: columns by alias)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.domain.facts import facts_of
from app.domain.roster import Person
from app.errors import UserError
from app.exchange.file_kinds import refused
from app.exchange.spreadsheets import Cell, SheetTable

LABELS: Mapping[str, str] = MappingProxyType({name: fact.label for name, fact in facts_of(Person).items()})
"""What a column can be: the facts of a person, with their words."""

NOT_TAKEN = "不收"
"""The words of a column that is left out."""

_ALIASES: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "员工姓名", "职工姓名", "会员姓名", "人员姓名", "名字", "员工", "职工"),
    "sex": ("性别", "男女"),
    "born_on": ("出生日期", "出生年月日", "出生年月", "生日"),
    "id_number": (
        "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号", "居民身份证号", "居民身份证号码",
        "居民身份证", "证件号码", "证件号", "身份号码",
    ),
    "department": (
        "部门", "所在部门", "所属部门", "部门名称", "车间", "科室", "部门车间", "车间部门", "部门科室", "所在车间",
        "工作部门", "单位部门", "部门班组", "班组", "分会小组", "工会小组",
    ),
    "post": ("岗位", "工种", "岗位工种", "岗位名称", "职务", "职位", "岗位职务", "从事岗位", "工作岗位"),
    "level": ("岗位类别", "岗位类型", "人员类别", "人员类型", "岗位性质", "职工类别", "一线技术管理", "是否一线"),
    "employment": ("用工形式", "用工性质", "用工方式", "用工类型", "用工类别", "合同类型", "员工性质"),
    "joined_on": (
        "入职日期", "入职时间", "入厂日期", "入厂时间", "进厂时间", "进厂日期", "参加工作时间", "到岗日期",
        "进入本单位时间", "入职年月日",
    ),
    "member": ("是会员", "是否会员", "会员", "工会会员", "是否工会会员", "是否入会", "是否为会员", "入会情况"),
    "phone": ("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话", "移动电话", "电话号码"),
}  # fmt: skip

_BY_ALIAS = {alias: (name, rank) for name, each in _ALIASES.items() for rank, alias in enumerate(each)}
_ENDINGS = sorted((alias for alias in _BY_ALIAS if len(alias) > 1), key=len, reverse=True)
_OF_SOMEBODY_ELSE = re.compile(
    "紧急|联系人|配偶|家属|子女|父|母|负责人|上级|领导|介绍人|经办|填表|审核|班组长"
)
_IN_BRACKETS = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
_MARKS = re.compile(r"[\s*＊:：、/\\\-—_.·,，;；|]+")
_FIRST_ROWS = 30
_FEW_WORDS = 20
"""A heading is no longer than this; a longer text is a remark."""


def heading_key(text: object) -> str:
    """Return a heading without what does not tell: blanks, brackets, marks, width of letters."""
    plain = unicodedata.normalize("NFKC", str(text))
    return _MARKS.sub("", _IN_BRACKETS.sub("", plain)).casefold()


def guess(heading: str) -> tuple[str, int]:
    """Return which fact a heading names and how well, 0 best; ``("", 99)``: none is known."""
    key = heading_key(heading)
    if not key or len(key) > _FEW_WORDS:
        return "", 99
    if key in _BY_ALIAS:
        return _BY_ALIAS[key]
    if _OF_SOMEBODY_ELSE.search(key):
        return "", 99
    for alias in _ENDINGS:
        if key.endswith(alias):
            return _BY_ALIAS[alias][0], 50
    return "", 99


@dataclass(frozen=True, slots=True)
class RosterTable:
    """The table of a roster within a file.

    Attributes:
        sheet: the sheet it stands on.
        headings: the words above each column.
        begins: how many rows stand before the first person (titles and headings).
    """

    sheet: SheetTable
    headings: tuple[str, ...]
    begins: int


def find_table(file: str, tables: Sequence[SheetTable]) -> RosterTable:
    """Return the table with the most known headings; hidden sheets only where nothing else is one.

    Raises:
        UserError: no sheet has a row of headings.
    """
    for hidden in (False, True):
        found = [best for table in tables if table.hidden is hidden for best in _best(table)]
        if found:
            return max(found, key=lambda each: each[0])[1]
    raise refused(
        file,
        "没有找到表头",
        "表头那一行至少要有“姓名”，再有“部门”“性别”这样的一列；加上以后再导入。",
        "I-111",
    )


def _best(table: SheetTable) -> Iterable[tuple[int, RosterTable]]:
    """The row of headings, or two of them, with how many facts it names."""
    best: tuple[int, int, tuple[str, ...]] | None = None
    rows = table.rows[:_FIRST_ROWS]
    for number, row in enumerate(rows):
        single = tuple(_words(cell) for cell in row)
        known = _known(single)
        if best is None or known > best[0]:
            best = known, number + 1, single
        if number + 1 < len(rows):
            double = tuple(
                _words(below) or above for below, above in zip(rows[number + 1], single, strict=True)
            )
            if _known(double) > max(best[0], known):
                best = _known(double), number + 2, double
    if best is not None and best[0] >= 2:
        yield best[0], RosterTable(table, best[2], best[1])


def _words(cell: Cell) -> str:
    return " ".join(cell.split())[:40] if isinstance(cell, str) else ""


def _known(headings: Iterable[str]) -> int:
    return len({name for name, _ in map(guess, headings) if name})


Mapped = tuple[str, ...]
"""For each column the name of the fact it holds, or ``""`` where it is left out."""


def propose(headings: Sequence[str], remembered: Iterable[str] = ()) -> Mapped:
    """Return what the columns are, by what was chosen before, else by alias; each fact has one column at most.

    Args:
        headings: the words above the columns.
        remembered: lines of :func:`to_remember`, the last chosen first.
    """
    chosen: dict[str, str] = {}
    labels = {label: name for name, label in LABELS.items()} | {NOT_TAKEN: ""}
    for line in remembered:
        heading, _, label = line.rpartition("→")
        if label in labels:
            chosen.setdefault(heading_key(heading), labels[label])
    ranked = []
    for column, heading in enumerate(headings):
        key = heading_key(heading)
        name, rank = (chosen[key], -1) if key and key in chosen else guess(heading)
        if name:
            ranked.append((rank, column, name))
    made = [""] * len(headings)
    taken: set[str] = set()
    for _, column, name in sorted(ranked):
        if name not in taken:
            taken.add(name)
            made[column] = name
    return tuple(made)


def to_remember(headings: Sequence[str], mapped: Mapped) -> tuple[str, ...]:
    """Return one line for each column that was taken, or would have been without being asked."""
    lines = []
    for heading, name in zip(headings, mapped, strict=True):
        if heading_key(heading) and (name or guess(heading)[0]):
            lines.append(f"{heading}→{LABELS[name] if name else NOT_TAKEN}")
    return tuple(lines)


def with_column(mapped: Mapped, column: int, name: str) -> Mapped:
    """Return the mapping after ``column`` was chosen to be ``name``; another column of that name is left out."""
    return tuple(
        name if place == column else ("" if each == name else each) for place, each in enumerate(mapped)
    )


def without_name(file: str) -> UserError:
    """Return the error about a mapping without the column every person needs."""
    return refused(file, "没有一列是“姓名”", "在各列的选择里指明哪一列是姓名，再收下。", "I-112")
