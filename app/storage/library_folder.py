"""The folder of a library: what lies in it under which name, and the mark that says what it is.

The folder can be copied as a whole. Inside: ``library.toml`` (the mark), ``database.sqlite``, ``attachments``,
``backups``, ``exports`` and ``library.lock``.
"""

from __future__ import annotations

import errno
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

import tomli

from app.errors import UserError
from app.storage import migrate

_log = logging.getLogger(__name__)

FORMAT = 1
"""Raised when the layout of the folder changes; an older program then refuses it in plain words."""

MARK = "library.toml"
DATABASE = "database.sqlite"
LOCK = "library.lock"
ATTACHMENTS, BACKUPS, EXPORTS = "attachments", "backups", "exports"
_LONGEST_PATH = 500
"""Octets of the whole path of the library file; SQLite stops at 512, with the ending of its own files."""
_OURS = frozenset({MARK, LOCK, ATTACHMENTS, BACKUPS, EXPORTS})


def is_free(folder: Path) -> bool:
    """True where a library can be made: in an empty folder, or one in which making one was interrupted."""
    return all(part.name in _OURS or part.name.startswith(".new-") for part in folder.iterdir()) and not any(
        any((folder / name).iterdir()) for name in (ATTACHMENTS, BACKUPS, EXPORTS) if (folder / name).is_dir()
    )


def refuse_long_path(file: Path) -> None:
    """SQLite takes no longer paths and would answer as if the stick were gone.

    Raises:
        OSError: told as any other name that is too long.
    """
    if len(os.fsencode(file.absolute())) > _LONGEST_PATH:
        raise OSError(errno.ENAMETOOLONG, "longer than SQLite takes")


def mark_of(library_id: str, *, at: datetime, program_version: str) -> bytes:
    """What ``library.toml`` says; ``at`` is an aware instant."""
    written = at.astimezone(UTC).isoformat(timespec="seconds")
    return (
        "# 集体协商工作台的资料库。整个文件夹可以一起复制；里面的文件不要单独改。\n"
        f'format = {FORMAT}\nid = "{library_id}"\nwritten = {written}\n'
        f'program = "{program_version}"\n'
    ).encode()


def read_mark(folder: Path) -> str:
    """Learn from ``library.toml`` what this is: the library's id, empty where the mark is lost or broken.

    Raises:
        UserError: the folder is not there, is no library, or one of a newer program.
    """
    mark = folder / MARK
    if not folder.exists():
        raise UserError(
            f"找不到文件夹“{folder.name}”，可能是 U 盘没有插上，也可能挪了地方或改了名。",
            "资料库里的内容没有被打开，也没有动。",
            f"插上 U 盘再试一次；挪了地方的，在“打开资料库”里选它。原来在：{folder}",
            code="L-109",
        )
    if not folder.is_dir() or not (mark.is_file() or (folder / DATABASE).is_file()):
        raise UserError(
            f"“{folder.name}”不是资料库。",
            "里面的内容没有动。",
            f"选里面有 {DATABASE} 的那个文件夹；还没有资料库，就新建一个。",
            code="L-101",
        )
    try:
        said = tomli.loads(mark.read_text(encoding="utf-8"))
    except (FileNotFoundError, tomli.TOMLDecodeError, UnicodeDecodeError):
        _log.warning("library mark missing or unreadable")
        return ""
    if isinstance(said.get("format"), int) and said["format"] > FORMAT:
        raise migrate.newer_library()
    return str(said.get("id", ""))
