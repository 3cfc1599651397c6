"""Work under way beside its target: named so that it is known, and taken away later if its program was killed."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def half_done_name(target: Path) -> Path:
    """Return a fresh hidden name beside ``target`` for the file or folder that is to become it."""
    return target.parent / f"{_stem(target)}{secrets.token_hex(4)}"


@contextlib.contextmanager
def in_work(place: Path) -> Iterator[None]:
    """Mark a file or folder as being worked at, until the end of the block or of the program, however it ends.

    Where it cannot be marked (Windows, some sticks) nothing happens.
    """
    if sys.platform == "win32":
        yield
        return
    handle = os.open(place, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def sweep_half_done(target: Path) -> None:
    """Take away what a killed program left beside ``target``; best effort, never a reason to fail."""
    ours = re.compile(re.escape(_stem(target)) + "[0-9a-f]{8}")
    left: list[Path] = []
    with contextlib.suppress(OSError):
        left = [place for place in target.parent.iterdir() if ours.fullmatch(place.name)]
    for place in left:
        with contextlib.suppress(OSError):
            if not place.is_symlink():
                _remove_if_abandoned(place)


def _stem(target: Path) -> str:
    return f".{target.name[:40]}.partial-"


def _remove_if_abandoned(place: Path) -> None:
    """Take it away unless somebody works at it, or this medium cannot tell.

    Raises:
        OSError: somebody does, or it cannot.
    """
    if sys.platform == "win32":
        # A folder in which somebody has a file open cannot be renamed there.
        place = place.rename(place.with_name(f"{place.name[:-8]}{secrets.token_hex(4)}"))
    else:
        handle = os.open(place, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        finally:
            os.close(handle)
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)
