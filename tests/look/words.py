"""Every sentence the user may read, where it stands, and what is wrong with its words.

Sentences are the strings with Chinese letters in ``app`` (no docstrings, no comments) and in the tables of
``resources``. An inserted value is written ``INSERTED``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli

ROOT = Path(__file__).resolve().parents[2]
INSERTED = "\ufffc"
CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words and where they stand: ``app/gui/pages/home_page.py:12`` or ``resources/…#papers.offer.title``."""

    words: str
    place: str

    @property
    def file(self) -> str:
        """The file, from the root."""
        return re.split(r"[:#]", self.place)[0]


# ---- where sentences come from


def sentences_of_code(folder: Path = ROOT / "app") -> Iterator[Sentence]:
    """Every string with Chinese letters in the code below ``folder``."""
    for file in sorted(folder.rglob("*.py")):
        place = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
        yield from sentences_of_source(file.read_text(encoding="utf-8"), place)


def sentences_of_source(source: str, place: str) -> Iterator[Sentence]:
    """Every string with Chinese letters in one module."""
    tree = ast.parse(source)
    inner: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            inner.add(id(node.value))  # a docstring
        if isinstance(node, ast.JoinedStr):
            inner.update(id(part) for part in node.values)
    for node in ast.walk(tree):
        words = words_of(node)
        if id(node) not in inner and words and CHINESE.search(words):
            yield Sentence(words, f"{place}:{node.lineno}")  # type: ignore[attr-defined]


def words_of(node: ast.AST) -> str:
    """The words of a string or an f-string, or nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else INSERTED for part in node.values
        )
    return ""


def sentences_of_tables(folder: Path = ROOT / "resources") -> Iterator[Sentence]:
    """Every string with Chinese letters in the tables below ``folder``."""
    for file in sorted(folder.rglob("*.toml")):
        place = file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else file.name
        yield from _told(tomli.loads(file.read_text(encoding="utf-8")), place, "")


def _told(value: Any, place: str, path: str) -> Iterator[Sentence]:
    if isinstance(value, str):
        if CHINESE.search(value):
            yield Sentence(value, f"{place}#{path}")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _told(each, place, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for at, each in enumerate(value):
            yield from _told(each, place, f"{path}[{at}]")


# ---- what is wrong with them


FORBIDDEN = {
    "您": "不称呼对方，直接说事",
    "亲，": "不称呼对方，直接说事",
    "请稍候": "写正在做什么，第几个，共几个",
    "请稍等": "写正在做什么，第几个，共几个",
    "抱歉": "直接说发生了什么",
    "对不起": "直接说发生了什么",
    "系统": "说程序、电脑，或哪个单位的什么",
    "数据库": "说资料库",
    "异常": "说哪里和哪里不一样",
    "参数": "说是哪一项",
    "智能": "",
    "一键": "",
    "赋能": "",
    "即将到期": "写还剩几天、是哪一天",
    "格式错误": "写现在是什么、应是什么、怎么办",
    "校验失败": "写哪里对不上",
    "暂无": "写这里会有什么",
    "处理中": "写正在做什么",
    "管理员": "写怎么办",
    "成功": "写做成了什么",
    "自动计算": "写从哪一天、按哪一条算的",
    "左右": "写准数；估算写约",
    "应予": "写要",
}
"""Words nobody may say (look.md, words and things to avoid), and what to say instead."""

FORMAL = ("未", "须", "应予")
"""Words of official papers; in the window one says 没有, 还没, 要."""

TERMS_OF_LAW = ("法规未规定", "未成年工", "必须改")
"""Words that hold one of ``FORMAL`` and stand in look.md or the law themselves."""

KEYS = {"Ctrl", "Enter", "Esc", "Tab", "Shift", "Alt", "Insert", "Delete", "Home", "End", "Space"}
NAMES = {"PDF", "WPS", "Windows", "ZIP", "JSON", "Excel", "USB", "JPG", "PNG", "KB", "MB", "GB"}
"""English one reads on keys, devices, files and in the task bar."""

BUTTON_LENGTH = 10
SAYS_NOTHING = ("确定", "提交", "保存", "确认", "OK", "是", "否", "好", "好的")
"""Words of buttons that do not name what they do."""

_UNITS = "人|份|元|天|家|张|票|次|项|处|页|个|名|万元|分钟|小时|秒|岁|字"
_FILE = re.compile(
    rf"[\w{INSERTED}*./-]*\.(?:txt|pdf|docx?|xlsx?|zip|toml|json|sqlite|ofd|jpe?g|png|tiff?)\b"
)
_INSERT = re.compile(r"\{[a-z_.]+\}|--[a-z-]+")
_ENGLISH = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z][A-Za-z]+(?![A-Za-z0-9_])")
_DATE = re.compile(rf"\d{{4}}-\d{{1,2}}(?:-\d{{1,2}})?|\d+/\d+|[上下]午|{INSERTED}-{INSERTED}-{INSERTED}")
_NO_SPACE = re.compile(rf"(?:\d|(?<![\w（“]){INSERTED})(?:{_UNITS})")
_DAYS_NO_SPACE = re.compile(rf"(?<![月\d])(?<!月{INSERTED})(?:\d+|{INSERTED})日")
_THOUSANDS = re.compile(r"\d,\d{3}")


def blame(words: str, *, formal: bool = False, for_makers: bool = False) -> Iterator[str]:
    """What is wrong with a sentence.

    ``formal``: an official paper, which keeps its words and its tight figures. ``for_makers``: told to those
    who write packs and files by hand, to whom the words of the file itself must be told.
    """
    for word in FORBIDDEN:
        if word in words.replace("没有成功", "") and not (formal and word == "应予"):
            yield word
    plain = words
    for term in TERMS_OF_LAW:
        plain = plain.replace(term, "")
    if not formal:
        yield from (word for word in FORMAL[:2] if word in plain)
    if "！" in words or "!" in words:
        yield "！"
    for word in _ENGLISH.findall(_INSERT.sub(" ", _FILE.sub(" ", words))) if not for_makers else ():
        if word not in KEYS | NAMES:
            yield word
    if not for_makers:
        yield from _DATE.findall(words)
    if not formal:
        for pattern in (_NO_SPACE, _DAYS_NO_SPACE, _THOUSANDS):
            yield from (match.group().replace(INSERTED, "…") for match in pattern.finditer(words))


def blame_button(words: str) -> Iterator[str]:
    """What is wrong with the words of a button."""
    if len(words.replace(" ", "")) > BUTTON_LENGTH:
        yield f"{len(words.replace(' ', ''))} 个字"
    if words in SAYS_NOTHING:
        yield "没有说做什么"


# ---- the words of buttons


def buttons_of_source(source: str, place: str) -> Iterator[Sentence]:
    """Words handed to ``Button(…)`` and ``ActionView(id, …)`` and to arguments that name a button."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        at = {"Button": 0, "ActionView": 1}.get(called)
        told = [node.args[at]] if at is not None and len(node.args) > at else []
        told += [
            each.value
            for each in node.keywords
            if each.arg in ("add", "add_words", "remove_words")
            or (called == "ActionView" and each.arg == "label")
        ]
        for each in told:
            words = words_of(each)
            if CHINESE.search(words) and INSERTED not in words:
                yield Sentence(words, f"{place}:{node.lineno}")
