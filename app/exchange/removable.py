"""Moving bytes onto a stick so that they are really there: copy, flush, forget, read again.

The operating system keeps what was written in memory for a while. A package counts as written only after it
was flushed and read back from the medium; these functions do one of those steps each.
"""

from __future__ import annotations

import errno
import hashlib
import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from app.durable import sync_folder

BLOCK = 1 << 20
"""Octets moved at once; large enough that handing a block to another thread costs nothing."""

_O_BINARY: int = getattr(os, "O_BINARY", 0)
_O_NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
_O_NONBLOCK: int = getattr(os, "O_NONBLOCK", 0)

READ_FLAGS = os.O_RDONLY | _O_BINARY | _O_NONBLOCK
"""Open for reading without hanging on a named pipe."""

READ_FLAGS_NO_LINK = READ_FLAGS | _O_NOFOLLOW
"""The same, refusing a symbolic link in the last step of the path."""

CREATE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _O_BINARY

GONE = frozenset({errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOENT, errno.ESTALE, errno.ENOTCONN})
"""What the system answers when the medium went away under our hands."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system answers when the medium is full."""

REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
"""What the system answers when writing is not allowed."""


class Digest(Protocol):
    """What is needed of a hashlib object."""

    def update(self, data: memoryview, /) -> None:
        """Take in more octets."""
        ...

    def hexdigest(self) -> str:
        """The digest in lower-case hexadecimal."""
        ...


def free_space(folder: Path) -> int:
    """Octets that can still be written to the medium holding ``folder``."""
    return shutil.disk_usage(folder).free


def flush_tree(folder: Path) -> None:
    """Make the names in ``folder`` and in every folder below it durable (files are flushed when written)."""
    for inner, _, _ in os.walk(folder, topdown=False, onerror=_raise):
        sync_folder(Path(inner))


def _raise(error: OSError) -> None:
    raise error


def drop_cache(descriptor: int) -> None:
    """Forget the memory copy of a flushed file, so that the next reading comes from the medium.

    Best effort: without ``posix_fadvise`` (Windows, macOS) the re-reading may be answered from memory.
    """
    if hasattr(os, "posix_fadvise"):
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        except OSError:
            return


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write every octet; a short write is continued, never ignored."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def blocks(descriptor: int) -> Iterator[memoryview]:
    """The content of an open file in blocks; each is valid until the one after the next is asked for."""
    buffers = (bytearray(BLOCK), bytearray(BLOCK))
    turn = 0
    with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as reader:
        while True:
            count = reader.readinto(buffers[turn])
            if not count:
                return
            yield memoryview(buffers[turn])[:count]
            turn ^= 1


class BesideHasher:
    """Feeds digests in a thread of its own while the caller reads or writes the same block.

    hashlib lets other threads run while it works, so hashing costs no time of its own on two cores. At most
    one block is under way, which is what :func:`blocks` allows with its two buffers.
    """

    def __init__(self, digests: list[Digest]) -> None:
        self._digests = digests
        self._inbox: queue.SimpleQueue[memoryview | None] = queue.SimpleQueue()
        self._idle = threading.Semaphore(1)
        self._thread: threading.Thread | None = None

    def feed(self, block: memoryview) -> None:
        """Take in one block; waits for the previous one."""
        if self._thread is None:
            if len(block) < BLOCK:  # a small file: a thread would cost more than it saves
                self._digest(block)
                return
            self._thread = threading.Thread(target=self._run, name="digest", daemon=True)
            self._thread.start()
        self._idle.acquire()
        self._inbox.put(block)

    def close(self) -> None:
        """Wait until everything fed is in the digests."""
        if self._thread is not None:
            self._inbox.put(None)
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        while (block := self._inbox.get()) is not None:
            self._digest(block)
            self._idle.release()

    def _digest(self, block: memoryview) -> None:
        for digest in self._digests:
            digest.update(block)


@contextmanager
def _beside(digests: list[Digest]) -> Iterator[BesideHasher]:
    hasher = BesideHasher(digests)
    try:
        yield hasher
    finally:
        hasher.close()


def hash_open_file(
    descriptor: int, algorithms: tuple[str, ...], advance: Callable[[int], None]
) -> tuple[dict[str, str], int]:
    """Read an open file to its end; return the digests by algorithm and the octets read.

    Args:
        descriptor: of the open file; it stays open.
        algorithms: as hashlib names them.
        advance: told the octets of each block; may raise to stop.
    """
    digests: dict[str, Digest] = {name: hashlib.new(name, usedforsecurity=False) for name in algorithms}
    octets = 0
    with _beside(list(digests.values())) as hasher:
        for block in blocks(descriptor):
            hasher.feed(block)
            octets += len(block)
            advance(len(block))
    return {name: digest.hexdigest() for name, digest in digests.items()}, octets


def copy_blocks(source: Iterable[memoryview], target: int, advance: Callable[[int], None]) -> tuple[str, int]:
    """Write the blocks to ``target``, hashing beside; flush; return (SHA-256, octets)."""
    digest = hashlib.sha256()
    octets = 0
    with _beside([digest]) as hasher:
        for block in source:
            hasher.feed(block)
            write_all(target, block)
            octets += len(block)
            advance(len(block))
    os.fsync(target)
    drop_cache(target)
    return digest.hexdigest(), octets
