"""Reading a rule file strictly: what is unknown, missing or of the wrong type is refused with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import tomli

from app.domain.facts import Choice
from app.errors import UserError

C = TypeVar("C", bound=Choice)
_MISSING: Any = object()
_UNHARMED = "资料库里的内容没有动，原来能用的规则包照样能用。"
_WHAT_TO_DO = "换一份完整的规则包；要是刚改过这个文件，按上面写的位置改回来。"


class Table:
    """One TOML table. Every key is taken once; :meth:`done` refuses the ones nobody asked for.

    Attributes:
        file: name of the file, for messages.
        place: where in the file, in words, such as ``term[3] reply_due``.
    """

    def __init__(self, data: Mapping[str, Any], file: str, place: str = "") -> None:
        self._left = dict(data)
        self.file = file
        self.place = place

    def refuse(self, reason: str) -> UserError:
        """Return the error to raise about this table."""
        at = f"{self.place}：" if self.place else ""
        return UserError(
            f"规则包文件 {self.file} 没有读成：{at}{reason}。", _UNHARMED, _WHAT_TO_DO, code="R-101"
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
            raise self.refuse(f"{key} 应当是文字")
        return value

    def whole(self, key: str, default: int = _MISSING) -> int:
        """Take a whole number that is not negative."""
        value = self._take(key, default)
        if type(value) is not int or value < 0:
            raise self.refuse(f"{key} 应当是不小于 0 的整数")
        return value

    def yes(self, key: str) -> bool:
        """Take a true or false; absent means false."""
        value = self._take(key, False)
        if not isinstance(value, bool):
            raise self.refuse(f"{key} 只能是 true 或 false")
        return value

    def day(self, key: str) -> date:
        """Take a date."""
        value = self._take(key, _MISSING)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.refuse(f"{key} 应当是日期")
        return value

    def texts(self, key: str, default: tuple[str, ...] = _MISSING) -> tuple[str, ...]:
        """Take a list of texts."""
        value = self._take(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(part, str) for part in value):
            raise self.refuse(f"{key} 应当是一串文字")
        return tuple(value)

    def choice(self, key: str, of: type[C], default: C = _MISSING) -> C:
        """Take one of a closed list, written by its file value."""
        value = self._take(key, default)
        members: Mapping[str, C] = _members(of)
        if not isinstance(value, str) or value not in members:
            known = "、".join(members)
            raise self.refuse(f"{key} 只能是 {known}，现在是 {value!r}")
        return members[value]

    def choices(self, key: str, of: type[C], default: frozenset[C]) -> frozenset[C]:
        """Take a set out of a closed list; absent means ``default``."""
        if not self.has(key):
            return default
        names = self.texts(key)
        if not names:
            raise self.refuse(f"{key} 不能是空的")
        known: Mapping[str, C] = _members(of)
        for name in names:
            if name not in known:
                raise self.refuse(f"{key} 里不认识 {name!r}")
        return frozenset(known[name] for name in names)

    def tables(self, key: str, *, required: bool = True) -> list[Table]:
        """Take a list of tables."""
        value = self._take(key, _MISSING if required else [])
        if not isinstance(value, list) or not all(isinstance(part, Mapping) for part in value):
            raise self.refuse(f"{key} 应当是一组条目")
        if required and not value:
            raise self.refuse(f"{key} 不能是空的")
        prefix = f"{self.place} " if self.place else ""
        return [Table(part, self.file, f"{prefix}{key}[{n}]") for n, part in enumerate(value, start=1)]

    def table(self, key: str) -> Table:
        """Take one table."""
        value = self._take(key, _MISSING)
        if not isinstance(value, Mapping):
            raise self.refuse(f"{key} 应当是一个条目")
        return Table(value, self.file, f"{self.place} {key}".strip())

    def keys(self) -> tuple[str, ...]:
        """Return the keys not taken yet, in the order of the file."""
        return tuple(self._left)

    def done(self) -> None:
        """Refuse keys nobody asked for.

        Raises:
            UserError: there is at least one.
        """
        if self._left:
            raise self.refuse(f"不认识 {next(iter(self._left))}")


@cache
def _members(of: type[C]) -> Mapping[str, C]:
    """The members of a closed list by their file values; looking up an enum by value is slow."""
    return {member.value: member for member in of}


def read_toml(path: Path) -> Table:
    """Read one file.

    Raises:
        UserError: it is not there, not readable, not UTF-8 or not TOML.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        data = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Table({}, name).refuse(f"文件打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise Table({}, name).refuse("不是 UTF-8 文字") from error
    except tomli.TOMLDecodeError as error:
        raise Table({}, name).refuse(f"写法不对（{error}）") from error
    return Table(data, name)
