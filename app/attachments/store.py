"""Originals on disk, found by their content: every file lies under its own SHA-256.

The same bytes added twice are one file. Nothing in here is ever changed; the database of the library knows
which evidence refers to which digest.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from app.attachments.media_type import media_type
from app.durable import sync_folder
from app.errors import DamagedError, UserError
from app.half_done import half_done_name, in_work, sweep_half_done
from app.progress import Progress, Silent

LARGEST = 2 * 1024**3
"""Octets of the largest file taken (2 GiB): what FAT32 sticks and old unpackers can still carry."""

_BLOCK = 1 << 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INCOMING = "incoming"
_PROGRAMS = (".exe", ".msi", ".com", ".scr", ".bat", ".cmd", ".ps1", ".vbs", ".jar", ".dll", ".lnk", ".apk")
"""How the name of something ends that runs, or leads to what runs: no paper, and a package is opened elsewhere."""
_UNHARMED = "原件没有动，资料库里也没有多出半份材料。"


@dataclass(frozen=True)
class Stored:
    """What the store knows of a file it took.

    Attributes:
        sha256: 64 lower-case hexadecimal digits; the key to everything else.
        size: octets.
        media_type: told by content, such as ``application/pdf``.
    """

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True)
class Problem:
    """A file of the store that is not as it was added.

    Attributes:
        kind: missing or changed.
        sha256: which.
        sentence: in Chinese, without the paper's name, which only the caller knows.
    """

    kind: Literal["missing", "changed"]
    sha256: str
    sentence: str


class AttachmentStore:
    """The folder of originals inside a library; one program writes to it at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, source: Path, *, progress: Progress | None = None) -> Stored:
        """Copy ``source`` into the store, reading it once; the original is not touched.

        A symbolic link is followed. Returning means the copy is on the disk.

        Args:
            source: a file of 1 octet to 2 GiB.
            progress: told octets done of octets to do; may cancel.

        Raises:
            UserError: not a file, gone, unreadable, empty, too large, changing meanwhile, or the disk full.
            CancelledError: from ``progress``.
        """
        watched = progress or Silent()
        name = source.name
        try:
            status = source.stat()
            _check_kind(name, status)
            with source.open("rb") as original:
                return self._take(name, original, watched)
        except OSError as error:
            raise _cannot_read(name, error) from error

    def path(self, sha256: str) -> Path:
        """Where the file with this digest lies, or would lie.

        Raises:
            ValueError: not a digest.
        """
        if _DIGEST.fullmatch(sha256) is None:
            raise ValueError("not a SHA-256 digest")
        return self._folder / sha256[:2] / sha256

    def read(self, sha256: str) -> bytes:
        """The content, proven to be what was added.

        Raises:
            DamagedError: missing, unreadable or changed.
        """
        try:
            content = self.path(sha256).read_bytes()
        except OSError as error:
            raise _lost(error) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedError(
                "这份材料的内容和添加时不一样了，可能是硬盘出了毛病。",
                "其他材料没有受影响。",
                "请从备份里恢复，或者重新添加这份材料。",
                code="A-112",
            )
        return content

    def is_sound(self, sha256: str) -> bool:
        """Whether the file with this digest is there, readable, and what was added; reads all of it."""
        try:
            return self._digest(sha256, Silent(), 0, 0) == sha256
        except OSError:
            return False

    def verify(self, known: Iterable[str] = (), progress: Progress | None = None) -> list[Problem]:
        """Read every file again.

        Args:
            known: digests the library refers to; those without a file are missing.
            progress: told octets read of octets to read; may cancel.

        Returns:
            Missing and changed files by digest; empty if all is well.
        """
        watched = progress or Silent()
        present = self._present()
        problems = [
            Problem("missing", sha256, "原件不在资料库里了。")
            for sha256 in set(known)
            if sha256 not in present
        ]
        total = sum(present.values())
        done = 0
        for sha256, size in sorted(present.items()):
            watched.step(done, total, "核对原件")
            try:
                digest = self._digest(sha256, watched, done, total)
            except OSError:
                problems.append(Problem("changed", sha256, "原件读不出来，可能是硬盘出了毛病。"))
            else:
                if digest != sha256:
                    problems.append(Problem("changed", sha256, "原件的内容和添加时不一样了。"))
            done += size
        watched.step(done, total, "核对原件")
        return sorted(problems, key=lambda problem: problem.sha256)

    def orphans(self, known: Iterable[str]) -> list[str]:
        """Digests in the store that the library does not refer to, sorted."""
        return sorted(self._present().keys() - set(known))

    def _take(self, name: str, original: BinaryIO, progress: Progress) -> Stored:
        before = os.fstat(original.fileno())
        _check_kind(name, before)
        incoming = half_done_name(self._folder / _INCOMING)
        try:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                sweep_half_done(self._folder / _INCOMING)
                copy = incoming.open("xb")
            except OSError as error:
                raise _cannot_write(name, error) from error
            # Marked until it has its place: another thread that adds a paper must not sweep it away.
            with in_work(incoming):
                with copy:
                    digest, size = _copy(name, original, copy, before.st_size, progress)
                after = os.fstat(original.fileno())
                if size != after.st_size or (before.st_size, before.st_mtime_ns) != (
                    after.st_size,
                    after.st_mtime_ns,
                ):
                    raise _changing(name)
                try:
                    kind = media_type(incoming)
                    self._keep(incoming, digest, size)
                except OSError as error:
                    raise _cannot_write(name, error) from error
                return Stored(digest, size, kind)
        finally:
            with contextlib.suppress(OSError):
                incoming.unlink(missing_ok=True)

    def _keep(self, incoming: Path, sha256: str, size: int) -> None:
        place = self.path(sha256)
        if self._is_whole(place, sha256, size):
            return
        # Not there, or there but damaged: the fresh copy takes its place and heals it.
        place.parent.mkdir(exist_ok=True)
        incoming.replace(place)
        sync_folder(place.parent)
        sync_folder(self._folder)

    def _is_whole(self, place: Path, sha256: str, size: int) -> bool:
        try:
            return place.stat().st_size == size and self._digest(sha256, Silent(), 0, 0) == sha256
        except OSError:
            return False

    def _digest(self, sha256: str, progress: Progress, done: int, total: int) -> str:
        digest = hashlib.sha256()
        with self.path(sha256).open("rb") as content:
            while block := content.read(_BLOCK):
                digest.update(block)
                done += len(block)
                progress.step(min(done, total), total, "核对原件")
        return digest.hexdigest()

    def _present(self) -> dict[str, int]:
        """Octets of every regular file of the store by digest."""
        return {place.name: place.stat().st_size for place in self._files()}

    def _files(self) -> Iterator[Path]:
        if not self._folder.is_dir():
            return
        for place in self._folder.glob("[0-9a-f][0-9a-f]/*"):
            if _DIGEST.fullmatch(place.name) and place.parent.name == place.name[:2] and place.is_file():
                yield place


def _copy(name: str, original: BinaryIO, copy: BinaryIO, total: int, progress: Progress) -> tuple[str, int]:
    """Copy and hash in one reading, flush; return (SHA-256, octets)."""
    digest = hashlib.sha256()
    size = 0
    progress.step(0, total, f"添加 {name}")
    while block := original.read(_BLOCK):
        size += len(block)
        if size > total:  # it grows while it is read; it might never end
            raise _changing(name)
        digest.update(block)
        try:
            copy.write(block)
        except OSError as error:
            raise _cannot_write(name, error) from error
        progress.step(min(size, total), total, f"添加 {name}")
    try:
        copy.flush()
        os.fsync(copy.fileno())
    except OSError as error:
        raise _cannot_write(name, error) from error
    return digest.hexdigest(), size


def _check_kind(name: str, status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UserError(
            f"“{name}”是文件夹，不能当一份材料添加。", _UNHARMED, "请打开它，选里面的文件。", code="A-101"
        )
    if not stat.S_ISREG(status.st_mode):
        raise UserError(
            f"“{name}”不是普通文件，不能添加。", _UNHARMED, "请选扫描件、照片或文档。", code="A-101"
        )
    if name.lower().endswith(_PROGRAMS):
        raise UserError(
            f"“{name}”是程序，不是材料，没有添加。", _UNHARMED, "请选扫描件、照片或文档。", code="A-101"
        )
    if status.st_size == 0:
        raise UserError(
            f"“{name}”是空的，里面没有内容。",
            _UNHARMED,
            "请重新扫描或重新拷贝这个文件，再添加。",
            code="A-104",
        )
    if status.st_size > LARGEST:
        raise _too_large(name)


def _changing(name: str) -> UserError:
    return UserError(
        f"“{name}”正在被别的程序改动。", _UNHARMED, "请等它保存好、关掉以后再添加。", code="A-106"
    )


def _too_large(name: str) -> UserError:
    return UserError(
        f"“{name}”超过 2 GB，太大了。",
        _UNHARMED,
        "录像请先截取要用的一段，或者把它另存在别处，在材料里写明放在哪里。",
        code="A-105",
    )


def _cannot_read(name: str, error: OSError) -> UserError:
    if error.errno == errno.ENOENT or error.errno == errno.ENOTDIR:
        return UserError(
            f"“{name}”找不到了：可能被移走、改名，或者 U 盘已拔出。",
            _UNHARMED,
            "请找到它再添加一次。",
            code="A-102",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return UserError(
            f"“{name}”不让读：没有权限，或者正被别的程序占用。",
            _UNHARMED,
            "请关掉正在打开它的程序，或者先把它拷到桌面再添加。",
            code="A-103",
        )
    return UserError(
        f"“{name}”读不出来，可能是 U 盘或硬盘出了毛病。",
        _UNHARMED,
        "请先把它拷到桌面试试，拷得过来再添加。",
        code="A-103",
    )


def _cannot_write(name: str, error: OSError) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            f"资料库所在的盘没有空间了，“{name}”没有添加进去。",
            _UNHARMED,
            "请删掉不用的文件腾出空间，再添加一次。",
            code="A-107",
        )
    return UserError(
        f"“{name}”写不进资料库，可能是资料库只读或没有权限。",
        _UNHARMED,
        "请看看资料库文件夹能不能写，再添加一次。",
        code="A-108",
    )


def _lost(error: OSError) -> DamagedError:
    what = "不在资料库里了" if isinstance(error, FileNotFoundError) else "读不出来"
    return DamagedError(
        f"这份材料的原件{what}。",
        "其他材料没有受影响。",
        "请从备份里恢复，或者重新添加这份材料。",
        code="A-111",
    )
