"""Making sure that what was written is on the disk, and a file there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_NOT_FOR_FOLDERS = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EBADF})
"""What some drivers for sticks (FUSE) say who know no fsync on folders; names are synced with the files there."""


def sync_file(file: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the folder's list of names is on the disk (Windows does that by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(handle)


def write_durably(file: Path, content: bytes) -> None:
    """Write a file through a temporary one beside it."""
    temporary = file.with_name(f".{file.name}.part")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(file.parent)
