"""Reading what somebody gives us and writing what somebody gets: in full, or with a sentence why not."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from app.errors import UserError


def read_input(file: Path, *, at_most: int) -> bytes:
    """Return the bytes of a file of at most ``at_most`` bytes.

    Raises:
        UserError: it is not there, is a folder, is too big, or cannot be read.
    """
    try:
        if file.is_dir():
            raise UserError(
                f"{file.name} 是文件夹，不是文件。", "没有读入任何内容。", "选里面的文件。", code="X-101"
            )
        size = file.stat().st_size
        if size > at_most:
            raise UserError(
                f"{file.name} 有 {size / 2**20:.0f} MB，太大了，不像是要找的文件。",
                "没有读入任何内容。",
                "看看是不是选错了。",
                code="X-102",
            )
        return file.read_bytes()
    except FileNotFoundError:
        raise UserError(
            f"找不到文件 {file.name}。", "没有读入任何内容。", "看看名字和所在文件夹对不对。", code="X-103"
        ) from None
    except OSError as error:
        raise UserError(
            f"{file.name} 读不出来：{error.strerror}。",
            "没有读入任何内容。",
            "把它复制到本机再试。",
            code="X-104",
        ) from error


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all.

    Raises:
        UserError: the folder is missing or read-only, the disk is full, or the name is not possible.
    """
    temporary = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=target.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise cannot_write(target, error) from error


def cannot_write(target: Path, error: OSError) -> UserError:
    """Return the sentence for a file that could not be written."""
    if error.errno == errno.ENOSPC:
        what, do = "磁盘满了", "腾出一些空间再试，或换一个位置。"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what, do = "这个位置不让写", "换一个自己的文件夹，例如桌面。"
    elif error.errno == errno.ENAMETOOLONG:
        what, do = "文件名太长", "换一个短一点的名字。"
    else:
        what, do = error.strerror or "写不进去", "换一个位置再试。"
    return UserError(
        f"{target.name} 没有写成：{what}。", "资料库没有变，原来的同名文件也还在。", do, code="X-201"
    )
