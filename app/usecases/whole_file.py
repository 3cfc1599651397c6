"""Reading what somebody gives us and writing what somebody gets: in full, or with a sentence why not."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path

from app.errors import UserError, disk_reason
from app.half_done import half_done_name, in_work, sweep_half_done

_LONGEST_SHOWN = 80


def read_input(file: Path, *, at_most: int) -> bytes:
    """Return the bytes of a file of at most ``at_most`` bytes.

    Raises:
        UserError: it is not there, is no ordinary file, is too big, or cannot be read.
    """
    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):  # a device or a pipe may never end
            kind, do = ("文件夹", "选里面的文件。") if file.is_dir() else ("设备或管道", "选一个普通的文件。")
            raise UserError(
                f"{shown_name(file)} 是{kind}，不是文件。", "没有读入任何内容。", do, code="X-101"
            )
        with file.open("rb") as stream:
            content = stream.read(at_most + 1)
    except FileNotFoundError:
        raise UserError(
            f"找不到文件 {shown_name(file)}。",
            "没有读入任何内容。",
            "看看名字和所在文件夹对不对。",
            code="X-103",
        ) from None
    except OSError as error:
        raise UserError(
            f"{shown_name(file)} 读不出来：{disk_reason(error)}。",
            "没有读入任何内容。",
            "看看名字和所在文件夹对不对，或把它复制到本机再试。",
            code="X-104",
        ) from error
    if len(content) > at_most:
        size = max(status.st_size, len(content)) / 2**20
        raise UserError(
            f"{shown_name(file)} 有 {size:.0f} MB，太大了，不像是要找的文件。",
            "没有读入任何内容。",
            "看看是不是选错了。",
            code="X-102",
        )
    return content


def write_whole(target: Path, content: bytes) -> None:
    """Write a file so that it appears whole or not at all.

    Raises:
        UserError: the folder is missing or read-only, the disk is full, or the name is not possible.
    """
    temporary = half_done_name(target)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep_half_done(target)
        with temporary.open("xb") as stream, in_work(temporary):
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def cannot_write(target: Path, error: OSError) -> UserError:
    """Return the sentence for a file that could not be written."""
    if error.errno == errno.ENOSPC:
        do = "腾出一些空间再试，或换一个位置。"
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        do = "换一个自己的文件夹，例如桌面。"
    elif error.errno in (errno.ENAMETOOLONG, errno.EISDIR):
        do = "换一个短一点、没有用过的名字。"
    else:
        do = "换一个位置再试。"
    return UserError(
        f"{shown_name(target)} 没有写成：{disk_reason(error)}。",
        "资料库没有变，原来的同名文件也还在。",
        do,
        code="X-201",
    )


def shown_name(file: Path) -> str:
    """The name of a file as a sentence shows it: never empty, never a screenful."""
    name = file.name or str(file)
    return name if len(name) <= _LONGEST_SHOWN else f"{name[: _LONGEST_SHOWN - 1]}…"
