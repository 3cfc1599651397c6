"""Rule packs and holiday years as they travel: one folder, one .zip or one .toml, read into memory only.

Nothing of a stick's file is ever unpacked to the disk. What is read is limited while reading, whatever the
archive's own lists claim, and a name that is not plainly ``<folder>/<file>`` is refused before its content
is looked at.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from app.domain.printable import printable_name
from app.errors import UserError, disk_reason

LARGEST_FILE = 2 * 2**20
LARGEST_WHOLE = 8 * 2**20
MOST_FILES = 200

_DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_MAC_TWINS = "__MACOSX"
_DRIVE = re.compile(r"[A-Za-z]:")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,  # UnicodeDecodeError too
    NotImplementedError,
    RuntimeError,
    OverflowError,
    IndexError,
    KeyError,
    OSError,  # seeking before the beginning: the archive's own offsets lie
)
"""What the standard library raises over archives that are none, or lie about themselves."""


def refused(file: str, reason: str) -> UserError:
    """Return the error to raise about a file that was brought, before anything in it is understood."""
    return UserError(
        f"“{printable_name(file)[:60]}”不能装：{reason}。",
        "这台电脑上的规则包、放假安排和案卷都没有动。",
        "向给文件的人再要一份；规则包是一个文件夹或一个 .zip，放假安排是一个像 2027.toml 这样的文件。",
        code="R-111",
    )


def read_law_files(path: Path) -> dict[str, bytes]:
    """Return what a folder, a .zip or a single .toml brings: ``<folder>/<file>`` → content.

    A single .toml counts as a year of holidays and lies in ``calendar/``; so does one at the top of a .zip.

    Raises:
        UserError: it cannot be read, is too large, or holds a name that could lead elsewhere.
    """
    try:
        if path.is_dir():
            return _of_folder(path)
        if not path.is_file():
            raise refused(path.name, "找不到这个文件，或者它不是普通文件")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_WHOLE + 1)
    except OSError as error:
        raise refused(path.name, disk_reason(error)) from error
    if len(content) > LARGEST_WHOLE:
        raise refused(path.name, f"文件太大，超过 {LARGEST_WHOLE // 2**20} MB")
    if path.suffix.lower() == ".toml":
        return {f"calendar/{path.name}": _not_too_large(path.name, path.name, content)}
    return read_archive(path.name, content)


def read_archive(file: str, content: bytes) -> dict[str, bytes]:
    """Return what a .zip holds; ``file`` is what it is called in messages.

    Raises:
        UserError: it is no archive, or is refused for one of the reasons above.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _of_archive(file, archive)
    except UserError:
        raise
    except _BROKEN as error:
        raise refused(file, "不是完好的 ZIP 文件") from error


def _of_archive(file: str, archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise refused(file, f"里面有 {len(entries)} 个文件，最多 {MOST_FILES} 个")
    found: dict[str, bytes] = {}
    taken: set[str] = set()
    whole = 0
    for entry in entries:
        name = entry.orig_filename
        _refuse_name(file, name)
        shown = printable_name(name)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise refused(file, f"里面的“{shown}”不是普通文件，是指向别处的链接")
        if name.casefold() in taken:
            raise refused(file, f"里面有两个“{shown}”")
        taken.add(name.casefold())
        if entry.is_dir() or _is_dropping(name):
            continue
        if entry.flag_bits & 1:
            raise refused(file, f"里面的“{shown}”加了密码")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused(file, f"里面的“{shown}”压缩方式不认识")
        with archive.open(entry) as stream:
            content = _not_too_large(file, name, stream.read(LARGEST_FILE + 1))
        whole += len(content)
        if whole > LARGEST_WHOLE:
            raise refused(file, f"解开以后超过 {LARGEST_WHOLE // 2**20} MB")
        found[_placed(name)] = content
    if not found:
        raise refused(file, "里面是空的")
    return found


def _refuse_name(file: str, name: str) -> None:
    parts = name.removesuffix("/").split("/")
    if (
        not name.isprintable()
        or "\\" in name
        or _DRIVE.match(name)
        or any(part in ("", ".", "..") or part != part.strip() for part in parts)
    ):
        raise refused(file, f"里面有一个名字会写到别处去：“{printable_name(name)[:60]}”")
    if len(parts) > 2 and parts[0] != _MAC_TWINS:
        raise refused(file, f"“{printable_name(name)[:60]}”放得太深，应当是一个文件夹，文件直接放在里面")


def _is_dropping(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == _MAC_TWINS or parts[-1] in _DROPPINGS or parts[-1].startswith("._")


def _placed(name: str) -> str:
    return name if "/" in name else f"calendar/{name}"


def _not_too_large(file: str, name: str, content: bytes) -> bytes:
    if len(content) > LARGEST_FILE:
        raise refused(file, f"“{printable_name(name)[:60]}”太大，超过 {LARGEST_FILE // 2**20} MB")
    return content


def _of_folder(folder: Path) -> dict[str, bytes]:
    """A pack's own folder, or one that holds several of them."""
    found: dict[str, bytes] = {}
    whole = 0
    alone = (folder / "pack.toml").is_file()
    for path in _files_in(folder):
        inside = path.relative_to(folder).as_posix()
        name = f"{folder.name}/{inside}" if alone else _placed(inside)
        if len(found) == MOST_FILES:
            raise refused(folder.name, f"里面的文件超过 {MOST_FILES} 个")
        with path.open("rb") as stream:
            found[name] = _not_too_large(folder.name, inside, stream.read(LARGEST_FILE + 1))
        whole += len(found[name])
        if whole > LARGEST_WHOLE:
            raise refused(folder.name, f"里面一共超过 {LARGEST_WHOLE // 2**20} MB")
    if not found:
        raise refused(folder.name, "里面没有规则包，也没有放假安排")
    return found


def _files_in(folder: Path) -> list[Path]:
    """The files of a folder and of the folders right in it; deeper ones are foreign."""
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        below = sorted(path.iterdir()) if path.is_dir() and not path.is_symlink() else [path]
        for each in below:
            if each.is_symlink():
                raise refused(folder.name, f"里面的“{each.name}”不是普通文件，是指向别处的链接")
            if each.is_dir():
                raise refused(folder.name, f"“{each.name}”放得太深，应当是一个文件夹，文件直接放在里面")
            if not _is_dropping(each.name):
                found.append(each)
            if len(found) > MOST_FILES:
                raise refused(folder.name, f"里面的文件超过 {MOST_FILES} 个")
    return found


def law_archive(files: Mapping[str, bytes]) -> bytes:
    """Return a .zip of the files; the same files give the same bytes on every computer."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, files[name])
    return made.getvalue()
