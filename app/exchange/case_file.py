"""The case as a file: JSON that is lossless both ways, and refused as a whole if anything in it cannot be.

``dump_case`` is canonical: the same case gives the same bytes. Only what is known is written, collections in
the order of :class:`~app.domain.case.Case`, facts in the order of their declaration. ``load_case`` collects
every problem it meets, so that the person who wrote the file mends it in one go.

Figures that contradict each other (more valid sheets than returned ones) are facts and become findings;
figures that cannot be at all (negative, impossible dates, wrong check characters) are problems of the file.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from app.domain.case import Case, collections, is_single
from app.domain.facts import Fact, Kind, Record, facts_of
from app.errors import UserError
from app.exchange.case_schema import json_schema
from app.exchange.case_values import (
    FORMAT,
    ID_PATTERN,
    VERSION,
    BadValue,
    Written,
    read_value,
    shorten,
    write_value,
)

__all__ = ["FORMAT", "LARGEST_FILE", "VERSION", "CaseFileError", "dump_case", "json_schema", "load_case"]

LARGEST_FILE = 64 * 2**20
MOST_PROBLEMS = 50
"""Reading stops after so many; nobody mends more in one go."""

_TOLD_AT_ONCE = 8
_UNHARMED = "文件没有改动，资料库没有变。"
_HEADER = ("format", "version")


class CaseFileError(UserError):
    """A case file that cannot be read; ``problems`` holds every sentence, at most :data:`MOST_PROBLEMS`."""

    def __init__(
        self, what_happened: str, what_to_do: str, *, code: str, problems: Iterable[str] = ()
    ) -> None:
        super().__init__(what_happened, _UNHARMED, what_to_do, code=code)
        self.problems = tuple(problems)


def dump_case(case: Case) -> bytes:
    """Return the case as canonical JSON, UTF-8, two blanks of indent, with a line break at the end."""
    whole: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for collection in collections():
        held = case.records(collection)
        if is_single(collection):
            if known := _write_facts(held[0]):
                whole[collection] = known
        elif held:
            whole[collection] = [{"id": record.id, **_write_facts(record)} for record in held]
    return (json.dumps(whole, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def load_case(data: bytes, *, name: str = "") -> Case:
    """Return the case in a file's bytes; ``name`` is the file's name, for the sentences.

    Raises:
        CaseFileError: it is no case file, or something in it cannot be; all problems are named.
    """
    whole = _parse(data, f"案卷文件 {name} " if name else "这份案卷文件")
    reading = _Reading()
    known = {*_HEADER, *collections()}
    reading.unknown_keys("", whole, known)
    held: dict[str, Any] = {}
    for collection, record_class in collections().items():
        if collection not in whole:
            continue
        if is_single(collection):
            held[collection] = reading.one(collection, record_class, whole[collection])
        else:
            held[collection] = reading.many(collection, record_class, whole[collection])
    reading.dangling(held)
    if reading.problems:
        raise _refusal(f"案卷文件 {name} " if name else "这份案卷文件", reading.problems)
    return Case(**held)


def _write_facts(record: Record) -> dict[str, Any]:
    known: dict[str, Any] = {}
    for name, fact in facts_of(type(record)).items():
        value = getattr(record, name)
        if value != fact.empty:
            known[name] = write_value(fact, value)
    return known


class _Object(dict[str, Any]):
    """A JSON object that remembers which of its keys came twice."""

    twice: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What has been found wrong so far."""

    problems: list[str] = field(default_factory=list)

    def add(self, problem: str) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)

    def unknown_keys(self, where: str, found: _Object, known: Iterable[str]) -> None:
        names = list(known)
        lead = f"{where} " if where else ""
        for key in found.twice:
            self.add(f"{lead}“{shorten(key)}”写了两遍")
        for key in found:
            if len(self.problems) >= MOST_PROBLEMS:
                return  # looking for the nearest name is slow, and a hostile file has a hundred thousand
            if key not in names:
                near = difflib.get_close_matches(key[:80], names, n=1)
                hint = f"，是不是想写“{near[0]}”" if near else ""
                self.add(f"{lead}没有叫“{shorten(key)}”的{'内容' if where else '部分'}{hint}")

    def one(self, collection: str, record_class: type[Record], found: Any) -> Record:
        if not isinstance(found, _Object):
            self.add(f"{record_class.LABEL}（{collection}）要写成一组内容，例如 {{ }}")
            return record_class(id=collection)
        facts = facts_of(record_class)
        self.unknown_keys(record_class.LABEL, found, facts)
        return record_class(id=collection, **self._facts(record_class.LABEL, facts, found))

    def many(self, collection: str, record_class: type[Record], found: Any) -> tuple[Record, ...]:
        if not isinstance(found, list):
            self.add(f"{record_class.LABEL}（{collection}）要写成列表，例如 [ ]")
            return ()
        facts = facts_of(record_class)
        records: list[Record] = []
        seen: dict[str, int] = {}
        for number, written in enumerate(found, start=1):
            if len(self.problems) >= MOST_PROBLEMS:
                break
            where = f"{record_class.LABEL} 第{number}条"
            if not isinstance(written, _Object):
                self.add(f"{where} 要写成一组内容，例如 {{ }}")
                continue
            self.unknown_keys(where, written, ("id", *facts))
            record_id = self._id(where, written)
            if record_id and record_id in seen:
                self.add(f"{where} 的编号（id）“{record_id}”和第{seen[record_id]}条重复")
            seen.setdefault(record_id, number)
            records.append(record_class(id=record_id, **self._facts(where, facts, written)))
        return tuple(records)

    def _id(self, where: str, written: _Object) -> str:
        found = written.get("id")
        if "id" not in written:
            self.add(f"{where} 没有写编号（id）")
        elif not isinstance(found, str) or not re.fullmatch(ID_PATTERN, found, re.ASCII):
            self.add(f"{where} 的编号（id）只能用字母、数字和 - _ . ，字母或数字开头，不超过 80 个字符")
        else:
            return found
        return ""

    def _facts(self, where: str, facts: dict[str, Fact], written: _Object) -> dict[str, Any]:
        known: dict[str, Any] = {}
        for name, fact in facts.items():
            if name not in written:
                continue
            try:
                known[name] = read_value(fact, written[name])
            except BadValue as bad:
                self.add(f"{where} “{fact.label}” {bad}")
        return known

    def dangling(self, held: dict[str, Any]) -> None:
        """Name every link that leads nowhere."""
        labels = collections()
        ids = {name: {record.id for record in held.get(name, ())} for name in labels if not is_single(name)}
        for collection, record_class in collections().items():
            links = {name: fact for name, fact in facts_of(record_class).items() if fact.refers_to}
            if is_single(collection) or not links:
                continue
            for number, record in enumerate(held.get(collection, ()), start=1):
                for name, fact in links.items():
                    value = getattr(record, name)
                    wanted = labels[fact.refers_to].LABEL
                    for target in value if fact.kind is Kind.REFS else (value,) if value else ():
                        if target not in ids[fact.refers_to]:
                            self.add(
                                f"{record_class.LABEL} 第{number}条 “{fact.label}” "
                                f"写的是 {shorten(target) or '空白'}，案卷里没有这条{wanted}"
                            )


def _parse(data: bytes, subject: str) -> _Object:
    """Return the outermost object with its header checked; numbers stay as written."""
    if len(data) > LARGEST_FILE:
        raise CaseFileError(
            f"{subject}太大（{len(data) // 2**20} MB），最多 64 MB。",
            "请确认选的是案卷文件，照片和扫描件不放在里面。",
            code="C-101",
        )
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise CaseFileError(
            f"{subject}开头有编码标记（BOM）。", "请另存为“UTF-8（无 BOM）”再试。", code="C-102"
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as broken:
        raise CaseFileError(
            f"{subject}不是 UTF-8 编码（第 {broken.start + 1} 个字节）。",
            "请另存为 UTF-8 再试。",
            code="C-102",
        ) from None
    try:
        whole = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=Written,
            parse_float=Written,
            parse_constant=Written,
        )
    except RecursionError:
        raise CaseFileError(
            f"{subject}一层套一层太多，不是案卷文件。", "请换一份由本程序导出的案卷文件。", code="C-103"
        ) from None
    except json.JSONDecodeError as broken:
        place = f"第 {broken.lineno} 行第 {broken.colno} 个字符" if text.strip() else "文件是空的"
        raise CaseFileError(
            f"{subject}不是能读的 JSON（{place}）。",
            "请换一份由本程序导出的案卷文件，或改好再试。",
            code="C-104",
        ) from None
    _check_header(whole, subject)
    assert isinstance(whole, _Object)
    return whole


def _check_header(whole: Any, subject: str) -> None:
    if not isinstance(whole, _Object) or whole.get("format") != FORMAT:
        raise CaseFileError(
            f'{subject}不是案卷文件（开头没有 "format": "{FORMAT}"）。',
            "请换一份由本程序导出的案卷文件。",
            code="C-105",
        )
    version = whole.get("version")
    if not isinstance(version, Written) or not re.fullmatch(r"[1-9]\d{0,8}", version.digits, re.ASCII):
        raise CaseFileError(f"{subject}的版本（version）要写成整数 {VERSION}。", "改好再试。", code="C-105")
    if int(version.digits) > VERSION:
        raise CaseFileError(
            f"{subject}是更新的程序写的（版本 {version.digits}，本程序能读到 {VERSION}）。",
            "请更新本程序再读，或请对方用旧版本导出。",
            code="C-106",
        )


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        times = Counter(names)
        made.twice = tuple(name for name in times if times[name] > 1)
    return made


def _refusal(subject: str, problems: list[str]) -> CaseFileError:
    told = "；".join(problems[:_TOLD_AT_ONCE])
    count = ("至少有" if len(problems) >= MOST_PROBLEMS else "有") + f" {len(problems)} 处"
    more = "；还有别的，改好这些再看" if len(problems) > _TOLD_AT_ONCE else ""
    return CaseFileError(
        f"{subject}{count}写得不对：{told}{more}。",
        "请照上面改好再装；没有的内容可以不写。",
        code="C-107",
        problems=problems,
    )
