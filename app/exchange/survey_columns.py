"""The head line of a table of answers: which columns are questions, which belong together, which tell who answered.

问卷星 writes its columns in several ways (forms.md 3.1): ``3、题干`` alone; ``3、题干(选项)`` or ``3、(选项)`` once for
each option; ``6、题干—1.行`` followed by ``2.行``; ``第6题(行)``; ``25、(其他（请补充）:)`` for a blank beside a choice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

# fmt: off
METADATA = frozenset((
    "序号", "编号", "答卷编号", "答卷序号", "提交答卷时间", "提交时间", "答题时间", "开始时间",
    "开始答题时间", "结束时间", "结束答题时间", "所用时间", "答题时长", "填写时长", "来源",
    "来源详情", "来源渠道", "来自ip", "ip", "ip地址", "ip省份", "ip城市", "用户id",
    "用户", "用户标识", "用户来源", "总分", "得分", "省份", "城市", "国家", "地区",
    "地理位置", "昵称", "微信昵称", "微信性别", "头像", "openid", "unionid",
    "设备", "操作系统", "浏览器", "自定义字段", "填写者", "提交者", "答卷状态", "状态",
    "是否有效", "标签", "备注",
))
# fmt: on
"""Columns the site adds, by their names without blanks."""

NUMBERS = ("序号", "编号", "答卷编号", "答卷序号")
USERS = ("用户id", "用户", "用户标识", "openid")
ADDRESSES = ("来自ip", "ip", "ip地址")
TIMES = ("提交答卷时间", "提交时间", "填写时间", "结束时间")
"""Columns by which a sheet that is there twice is told, by their names as :func:`plain_name` gives them."""

_NUMBERED = re.compile(r"^(\d{1,3})\s*[、:]\s*(.*)$", re.DOTALL)
_OLD = re.compile(r"^第\s*(\d{1,3})\s*题\s*(.*)$", re.DOTALL)
_BARE = re.compile(r"^(\d{1,3})\s*(\(.*\))$", re.DOTALL)
_DOTTED = re.compile(r"^(\d{1,3})\.\s*(.+)$", re.DOTALL)
_ROW = re.compile(r"^(.*?)—+\s*\d{1,3}\s*[.、]\s*(.+)$", re.DOTALL)
_NOTE = re.compile(
    r"[\[【(][^\[【(]{0,6}(?:选题|填空题?|排序题?|量表题?|矩阵题?|必答|选填|可多选|单选|多选)[^\]】)]{0,12}[\]】)]"
)
_IDENTITY = re.compile(
    "姓名|名字|署名|手机|电话|联系方式|联系人|工号|员工号|员工编号|职工编号|身份证|证件号|微信号|微信名|qq|邮箱|"
    "电子邮件|住址|家庭地址|车牌|银行卡|卡号|社保号"
)


def cleaned(text: str) -> str:
    """Return a text with one form for each letter, and without blanks at its ends."""
    return unicodedata.normalize("NFKC", text).strip()


def stem_key(text: str) -> str:
    """Return what two writings of the same question share."""
    words = _NOTE.sub("", cleaned(text))
    return re.sub(r"[\W_]+|请问|[您你]的?", "", words).casefold()


def asks_who(text: str) -> bool:
    """Whether a question asks for something a person can be recognised by."""
    return bool(_IDENTITY.search(cleaned(text).casefold()))


@dataclass(slots=True)
class FilePart:
    """One column of a question; ``label`` is its option, row or blank, empty for the question itself."""

    at: int
    header: str
    label: str = ""


@dataclass(slots=True)
class FileQuestion:
    """A question as the file has it.

    Attributes:
        number: its number, ``None`` where the head names none.
        stem: may be empty where the head tells only the number.
        parts: its columns from left to right.
        rows: the parts are rows of a matrix for certain.
    """

    number: int | None
    stem: str
    parts: list[FilePart] = field(default_factory=list)
    rows: bool = False

    @property
    def title(self) -> str:
        """How the user is told which question is meant."""
        number = f"第{self.number}题" if self.number is not None else ""
        return f"{number}{'　' if number and self.stem else ''}{self.stem}" or self.parts[0].header


@dataclass(frozen=True, slots=True)
class Head:
    """What the head line says: the questions, and for each column that is none its place and name."""

    questions: tuple[FileQuestion, ...]
    metadata: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]


def looks_like_head(row: Sequence[object]) -> int:
    """How many cells of a row are names of columns of such a table."""
    names = [cleaned(cell) for cell in row if isinstance(cell, str)]
    known = sum(plain_name(name) in METADATA for name in names)
    return known + sum(bool(_NUMBERED.match(name) or _OLD.match(name)) for name in names)


def read_head(names: Sequence[str], known_stems: Sequence[str] = ()) -> Head:
    """Sort the columns. ``known_stems`` are questions of the survey: a column named so needs no number."""
    stems = {stem_key(stem) for stem in known_stems}
    found: list[FileQuestion] = []
    metadata, others = [], []
    for at, header in enumerate(names):
        name = cleaned(header)
        last = found[-1] if found else None
        numbered = _NUMBERED.match(name) or _OLD.match(name) or _BARE.match(name)
        if not name:
            continue
        if plain_name(name) in METADATA:
            metadata.append((at, header))
        elif numbered:
            number = int(numbered[1])
            if last is None or last.number != number:
                last = FileQuestion(number, "")
                found.append(last)
            last.parts.append(FilePart(at, header, numbered[2].strip()))
        elif (dotted := _DOTTED.match(name)) and last is not None and _is_matrix(last):
            last.parts.append(FilePart(at, header, dotted[2].strip()))
            last.rows = True
        elif dotted:
            found.append(FileQuestion(int(dotted[1]), "", [FilePart(at, header, dotted[2].strip())]))
        elif stem_key(name) in stems or asks_who(name):
            found.append(FileQuestion(None, "", [FilePart(at, header, name)]))
        else:
            others.append((at, header))
    for question in found:
        _name_parts(question)
    return Head(tuple(found), tuple(metadata), tuple(others))


def plain_name(name: str) -> str:
    """Return the name of a column in small letters without blanks; ``name`` is cleaned."""
    return re.sub(r"\s+", "", name).casefold()


def _is_matrix(question: FileQuestion) -> bool:
    return question.rows or any(_ROW.match(part.label) for part in question.parts)


def _name_parts(question: FileQuestion) -> None:
    """Tell the stem from the options, rows or blanks; until here each label is all behind the number."""
    parts = question.parts
    rows = [_ROW.match(part.label) for part in parts]
    if any(rows):
        question.rows = True
        for part, row in zip(parts, rows, strict=True):
            if row is not None:
                question.stem, part.label = question.stem or row[1].strip(), row[2].strip()
        return
    if len(parts) > 1:
        dashed = [part.label.partition("—") for part in parts]
        if all(dash and label for _, dash, label in dashed) and len({stem for stem, _, _ in dashed}) == 1:
            question.stem, question.rows = dashed[0][0].strip(), True
            for part, (_, _, label) in zip(parts, dashed, strict=True):
                part.label = label.strip("— ")
            return
    tails = [_tail(part.label) for part in parts]
    named = [(head, label) for head, label in tails if label]
    heads = {head for head, _ in named}
    if len(parts) == 1:
        head, label = tails[0]
        if label and not head:
            parts[0].label = label  # only a blank or a row of a question without words
        else:
            question.stem, parts[0].label = parts[0].label, ""
        return
    for part, (head, label) in zip(parts, tails, strict=True):
        if label and (not head or len(heads - {""}) == 1):
            question.stem, part.label = question.stem or head, label
        else:
            question.stem, part.label = question.stem or part.label, ""


def _tail(text: str) -> tuple[str, str]:
    """Part ``题干(选项)`` into both; brackets inside the option are kept."""
    if not text.endswith(")"):
        return text, ""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[at], 0)
        if depth == 0:
            return text[:at].strip(), text[at + 1 : -1].strip()
    return text, ""
