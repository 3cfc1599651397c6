"""Reading a rule file strictly: what is unknown, missing or of the wrong type is refused with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import tomli

from app.domain.facts import Choice
from app.domain.printable import UNPRINTABLE
from app.errors import UserError, disk_reason
from app.rules.places import Place
from app.rules.toml_lines import Step, line_of

C = TypeVar("C", bound=Choice)
_MISSING: Any = object()
_UNHARMED = "资料库里的内容没有动，原来能用的规则包照样能用。"
_WHAT_TO_DO = "换一份完整的规则包；要是刚改过这个文件，按上面写的位置改回来。"
_SYNTAX_PLACE = re.compile(r"\(at line (\d+), column \d+\)")

_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Letters nobody sees, some of which turn round what stands after them."""

LONGEST_TEXT = 4_000
"""Characters of one text; the longest sentence that ships has a few hundred."""

LARGEST_WHOLE = 10_000
"""No law counts more days, persons or copies; a period beyond it would leave the calendar."""


class Table:
    """One TOML table. Every key is taken once; :meth:`done` refuses the ones nobody asked for.

    Attributes:
        file: name of the file, for messages.
        place: where in the file, in words, such as ``term[3] reply_due``.
        kind: what sort of file it is, for messages.
    """

    def __init__(
        self,
        data: Mapping[str, Any],
        file: str,
        place: str = "",
        *,
        text: str = "",
        steps: tuple[Step, ...] = (),
        kind: str = "规则包",
    ) -> None:
        """``text`` is the whole file and ``steps`` the way to this table: both only to name the line."""
        self._left = dict(data)
        self._text = text
        self._steps = steps
        self.file = file
        self.place = place
        self.kind = kind

    def refuse(self, reason: str, key: str = "", *, line: int = 0) -> UserError:
        """Return the error to raise about this table, or about one key of it."""
        line = line or line_of(self._text, self._steps, key)
        at = f"{self.place}：" if self.place else ""
        return UserError(
            f"{self.kind}文件 {self.file} {f'第 {line} 行' if line else ''}没有读成：{at}{reason}。",
            _UNHARMED,
            _WHAT_TO_DO.replace("规则包", self.kind),
            code="R-101" if self.kind == "规则包" else "R-103",
        )

    def has(self, key: str) -> bool:
        """Return whether ``key`` is there and not taken yet."""
        return key in self._left

    def _take(self, key: str, default: Any) -> Any:
        value = self._left.pop(key, default)
        if value is _MISSING:
            raise self.refuse(f"缺少 {key}")
        return value

    def text(self, key: str, default: str = _MISSING) -> str:
        """Take a text; one without a default may not be blank."""
        value = self._take(key, default)
        if not isinstance(value, str) or (default is _MISSING and not value.strip()):
            raise self.refuse(f"{key} 应当是文字", key)
        return self._plain(value, key)

    def _plain(self, value: str, key: str) -> str:
        """Return a text that can be shown and printed."""
        if len(value) > LONGEST_TEXT:
            raise self.refuse(f"{key} 太长，最多 {LONGEST_TEXT} 个字", key)
        if UNPRINTABLE.search(value) or _UNSEEN.search(value):
            raise self.refuse(f"{key} 里有显示不出来的字符", key)
        return value

    def whole(self, key: str, default: int = _MISSING) -> int:
        """Take a whole number that is not negative and that a calendar can count."""
        value = self._take(key, default)
        if type(value) is not int or not 0 <= value <= LARGEST_WHOLE:
            raise self.refuse(f"{key} 应当是不小于 0 的整数，最大 {LARGEST_WHOLE}", key)
        return value

    def yes(self, key: str) -> bool:
        """Take a true or false; absent means false."""
        value = self._take(key, False)
        if not isinstance(value, bool):
            raise self.refuse(f"{key} 只能是 true 或 false", key)
        return value

    def day(self, key: str) -> date:
        """Take a date."""
        value = self._take(key, _MISSING)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(f"{key} 应当是日期", key)
        return value

    def texts(self, key: str, default: tuple[str, ...] = _MISSING) -> tuple[str, ...]:
        """Take a list of texts."""
        value = self._take(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
            raise self.refuse(f"{key} 应当是一串文字", key)
        return tuple(self._plain(part, key) for part in value)

    def days(self, key: str) -> tuple[date, ...]:
        """Take a list of dates."""
        value = self._take(key, _MISSING)
        whole = isinstance(value, list) and all(
            isinstance(part, date) and not isinstance(part, datetime) for part in value
        )
        if not whole:
            raise self.refuse(f"{key} 应当是一串日期", key)
        return tuple(value)

    def choice(self, key: str, of: type[C], default: C = _MISSING) -> C:
        """Take one of a closed list, written by its file value."""
        value = self._take(key, default)
        members: Mapping[str, C] = _members(of)
        if not isinstance(value, str) or value not in members:
            known = "、".join(members)
            raise self.refuse(f"{key} 只能是 {known}，现在是 {_short(value)}", key)
        return members[value]

    def choices(self, key: str, of: type[C], default: frozenset[C]) -> frozenset[C]:
        """Take a set out of a closed list; absent means ``default``."""
        if not self.has(key):
            return default
        names = self.texts(key)
        if not names:
            raise self.refuse(f"{key} 不能是空的", key)
        known: Mapping[str, C] = _members(of)
        for name in names:
            if name not in known:
                raise self.refuse(f"{key} 里不认识 {_short(name)}", key)
        return frozenset(known[name] for name in names)

    def tables(self, key: str, *, required: bool = True) -> list[Table]:
        """Take a list of tables."""
        value = self._take(key, _MISSING if required else [])
        if not isinstance(value, list) or not all(isinstance(part, Mapping) for part in value):
            raise self.refuse(f"{key} 应当是一组条目", key)
        if required and not value:
            raise self.refuse(f"{key} 不能是空的", key)
        prefix = f"{self.place} " if self.place else ""
        return [self._below(part, f"{prefix}{key}[{n}]", key, n) for n, part in enumerate(value, start=1)]

    def _below(self, data: Mapping[str, Any], place: str, key: str, number: int) -> Table:
        steps = (*self._steps, (key, number))
        return Table(data, self.file, place, text=self._text, steps=steps, kind=self.kind)

    def table(self, key: str) -> Table:
        """Take one table."""
        value = self._take(key, _MISSING)
        if not isinstance(value, Mapping):
            raise self.refuse(f"{key} 应当是一个条目", key)
        return self._below(value, f"{self.place} {key}".strip(), key, 0)

    def keys(self) -> tuple[str, ...]:
        """Return the keys not taken yet, in the order of the file."""
        return tuple(self._left)

    def done(self) -> None:
        """Refuse keys nobody asked for.

        Raises:
            UserError: there is at least one.
        """
        if self._left:
            key = next(iter(self._left))
            raise self.refuse(f"不认识 {_short(key, quoted=False)}", key)


@cache
def _members(of: type[C]) -> Mapping[str, C]:
    """The members of a closed list by their file values; looking up an enum by value is slow."""
    return {member.value: member for member in of}


def _short(value: object, *, quoted: bool = True) -> str:
    """A value out of a file as a message may quote it: one line that can be shown, not too long."""
    written = repr(value) if quoted else UNPRINTABLE.sub("□", str(value))
    return written if len(written) <= 60 else f"{written[:60]}…"


def read_toml(path: Place, kind: str = "规则包") -> Table:
    """Read one file; ``kind`` is what sort of file it is, for messages.

    Raises:
        UserError: it is not there, not readable, not UTF-8 or not TOML.
    """
    name = f"{path.parent.name}/{path.name}".lstrip("/")
    nothing = Table({}, name, kind=kind)
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
        data = tomli.loads(text)
    except FileNotFoundError as error:
        raise nothing.refuse("没有这个文件") from error
    except OSError as error:
        raise nothing.refuse(f"文件打不开（{disk_reason(error)}）") from error
    except UnicodeDecodeError as error:
        raise nothing.refuse("不是 UTF-8 文字") from error
    except tomli.TOMLDecodeError as error:
        found = _SYNTAX_PLACE.search(str(error))
        raise nothing.refuse("写法不对", line=int(found[1]) if found else 0) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets within brackets
        raise nothing.refuse("写法不对，有一处太长或者套得太深") from error
    return Table(data, name, text=text, kind=kind)
