"""Write a submission package: an ordinary folder in BagIt form (RFC 8493) that anyone can check.

The package grows in a hidden folder beside its target: payload first, several files side by side, each
copied and hashed in one go, flushed, read back from the medium and compared; then the tag files in the same
way; then the folder is listed and compared with what was meant; then it gets its name. Until that last step
nothing carries the target's name. Reading back one file while the next is written is what keeps the whole as
fast as a plain copy.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.durable import sync_folder
from app.errors import DamagedError, UserError, disk_reason
from app.exchange.bag_info import DECLARATION, write_bag_info
from app.exchange.bag_manifest import manifest_text
from app.exchange.bag_tree import look_at
from app.exchange.removable import (
    CREATE_FLAGS,
    FULL,
    GONE,
    READ_FLAGS,
    READ_FLAGS_NO_LINK,
    REFUSED,
    blocks,
    copy_blocks,
    flush_tree,
    free_space,
    hash_open_file,
)
from app.exchange.safe_names import is_safe_name, same_name
from app.exchange.side_by_side import Meter, side_by_side
from app.half_done import half_done_name, in_work, sweep_half_done
from app.progress import Progress, Silent

_WORKERS = 4  # while one flushes and one reads back, two others keep both cores busy
_SLACK = 4096  # what a file may take beyond its octets on common media
_UNHARMED = "资料库和原件都没有动，目标位置也没有留下半份报送包。"
_LEFT_OVER = "资料库和原件都没有动。那里可能留下一个名字带 partial 的半成品，可以删掉。"
_OWN_TAGS = frozenset({"bagit.txt", "bag-info.txt", "fetch.txt", "data"})


@dataclass(frozen=True)
class Entry:
    """One payload file.

    Attributes:
        path: where it lies inside ``data/``, with ``/``; every step a safe name (see safe_names).
        source: a file to copy or the octets themselves.
        sha256: what the source's SHA-256 was when it was attached; None if nobody knows it yet.
        title: the paper's name for messages; the path if empty.
    """

    path: str
    source: Path | bytes
    sha256: str | None = None
    title: str = ""

    @property
    def spoken(self) -> str:
        """How messages call it."""
        return self.title or self.path.rpartition("/")[2]


@dataclass(frozen=True)
class PackageReceipt:
    """A package that was written, flushed, read back and found whole.

    Attributes:
        path: its folder.
        fingerprint: SHA-256 of its ``tagmanifest-sha256.txt``; whoever recomputes it has the same package.
        octets: payload octets.
        files: payload files.
    """

    path: Path
    fingerprint: str
    octets: int
    files: int


class _SourceError(Exception):
    """The paper could not be read; tells reading failures from writing failures."""

    def __init__(self, entry: Entry, cause: OSError) -> None:
        super().__init__(str(cause))
        self.entry = entry


def write_package(
    target: Path,
    entries: Sequence[Entry],
    info: Mapping[str, str],
    *,
    progress: Progress | None = None,
    tag_files: Mapping[str, bytes] | None = None,
) -> PackageReceipt:
    """Write the package folder ``target``, which must not exist.

    Args:
        target: the folder to be; its name is the package's.
        entries: the payload, in any order; the package does not depend on it.
        info: fields of ``bag-info.txt`` in order, with ``Bagging-Date`` (YYYY-MM-DD) among them where wanted;
            ``Payload-Oxum`` is computed.
        tag_files: further files at the top of the package by name, e.g. a cover; listed in the tag manifest.
        progress: told octets of twice the payload (written, then read back); may cancel.

    Raises:
        UserError: the target exists, cannot be written, is full or went away; a paper is missing or changed.
        DamagedError: what was read back is not what was written.
        CancelledError: from ``progress``.
        ValueError: a path is not safe, two paths meet, a bag-info field is wrong (the caller's mistakes).
    """
    watched = progress or Silent()
    extra_tags = dict(tag_files or {})
    _check_names(entries, extra_tags)
    _check_info(info)
    if os.path.lexists(target):
        raise _exists(target)
    sizes = [_size(entry) for entry in entries]
    _check_room(target, sum(sizes), len(sizes))
    sweep_half_done(target)
    partial = half_done_name(target)
    try:
        partial.mkdir()
        with in_work(partial):
            digests = _write_payload(partial, entries, sum(sizes), watched)
            octets = sum(size for _, size in digests.values())
            tags = _tags(digests, octets, info, extra_tags)
            for name, content in tags.items():
                _write_file(partial / name, [memoryview(content)], Meter())
            flush_tree(partial)
            _check_listing(partial, {name: size for name, (_, size) in digests.items()}, tags)
            watched.step(2 * octets, 2 * octets, "可以拔出")
            _give_name(partial, target)
    except OSError as error:
        raise _medium_error(error, target, left=not _remove(partial)) from error
    except _SourceError as error:
        _remove(partial)
        raise _paper_gone(error.entry) from error
    except BaseException:
        _remove(partial)
        raise
    fingerprint = hashlib.sha256(tags["tagmanifest-sha256.txt"]).hexdigest()
    return PackageReceipt(target, fingerprint, octets, len(entries))


def make_place(target: Path) -> None:
    """Make the folder in which the package ``target`` is to lie, if it is not there.

    Raises:
        UserError: it cannot be made.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"放报送包的文件夹“{target.parent}”建不起来：{disk_reason(error)}。",
            _UNHARMED,
            "换一个自己的文件夹或 U 盘再导出。",
            code="P-109",
        ) from error


def discard_package(package: Path) -> None:
    """Take away a package that could not be recorded; its name goes first, so that no half of it bears it."""
    partial = half_done_name(package)
    try:
        package.rename(partial)
    except OSError:
        return  # the medium is gone, and with it the package
    _remove(partial)


def _check_names(entries: Sequence[Entry], tags: Mapping[str, bytes]) -> None:
    taken: set[str] = set()
    folders: set[str] = set()
    for entry in entries:
        steps = entry.path.split("/")
        if not all(is_safe_name(step) for step in steps):
            raise ValueError(f"not a safe path in a package: {entry.path!r}")
        folders.update(same_name("/".join(steps[:depth])) for depth in range(1, len(steps)))
        if same_name(entry.path) in taken:
            raise ValueError(f"two files of one name in a package: {entry.path!r}")
        taken.add(same_name(entry.path))
    if taken & folders:
        raise ValueError(f"a file and a folder of one name in a package: {sorted(taken & folders)}")
    tag_names = [same_name(name) for name in tags]
    reserved = re.compile(r"(tag)?manifest-.*\.txt")
    for name in tags:
        if not is_safe_name(name) or same_name(name) in _OWN_TAGS or reserved.fullmatch(same_name(name)):
            raise ValueError(f"not a name for a tag file: {name!r}")
    if len(set(tag_names)) != len(tag_names):
        raise ValueError("two tag files of one name")


def _check_info(info: Mapping[str, str]) -> None:
    if any(label.lower() == "payload-oxum" for label in info):
        raise ValueError("Payload-Oxum is computed, not given")
    dated = info.get("Bagging-Date")
    if dated is not None and re.fullmatch(r"\d{4}-\d{2}-\d{2}", dated) is None:
        raise ValueError(f"Bagging-Date is not YYYY-MM-DD: {dated!r}")
    write_bag_info(info)


def _size(entry: Entry) -> int:
    if isinstance(entry.source, bytes):
        return len(entry.source)
    try:
        status = entry.source.stat()
    except OSError as error:
        raise _paper_gone(entry) from error
    if not stat.S_ISREG(status.st_mode):
        raise _paper_gone(entry)
    return status.st_size


def _check_room(target: Path, octets: int, files: int) -> None:
    try:
        free = free_space(target.parent)
    except OSError as error:
        raise _medium_error(error, target) from error
    wanted = octets + files * _SLACK
    if free < wanted:
        raise UserError(
            f"“{target.parent}”的空间不够：报送包要 {_in_mb(wanted)} MB，只剩 {_in_mb(free)} MB。",
            _UNHARMED,
            "请换一个空间大的 U 盘或文件夹，或者先腾出空间再导出。",
            code="P-102",
        )


def _in_mb(octets: int) -> str:
    return f"{octets / 1_000_000:.1f}"


def _write_payload(
    partial: Path, entries: Sequence[Entry], total: int, progress: Progress
) -> dict[str, tuple[str, int]]:
    """Copy every entry below ``data/``; return (SHA-256, octets) by path relative to the package."""
    data = partial / "data"
    data.mkdir()
    for folder in sorted({parent for entry in entries for parent in Path(entry.path).parents}):
        (data / folder).mkdir(parents=True, exist_ok=True)
    written: dict[str, tuple[str, int]] = {}
    meter = Meter()

    def work(entry: Entry) -> None:
        meter.now = entry.path
        digest, octets = _write_entry(data / entry.path, entry, meter)
        if entry.sha256 is not None and entry.sha256.lower() != digest:
            raise DamagedError(
                f"“{entry.spoken}”的原件和当初添加时不一样了。",
                _UNHARMED,
                "请在材料与证据里重新添加这份材料，再导出。",
                code="P-104",
            )
        written[f"data/{entry.path}"] = (digest, octets)

    def tick() -> None:
        # A source that grew since it was measured must not push the meter over the end.
        what = f"写入并读回核对 {meter.now}" if meter.now else "写入并读回核对"
        progress.step(min(meter.octets, 2 * total), 2 * total, what)

    ordered = sorted(entries, key=lambda entry: entry.path)
    side_by_side(ordered, work, meter, tick, workers=_WORKERS)
    return written


def _write_entry(place: Path, entry: Entry, meter: Meter) -> tuple[str, int]:
    if isinstance(entry.source, bytes):
        return _write_file(place, [memoryview(entry.source)], meter)
    try:
        source = os.open(entry.source, READ_FLAGS)
    except OSError as error:
        raise _SourceError(entry, error) from error
    try:
        return _write_file(place, _read_entry(source, entry), meter)
    finally:
        os.close(source)


def _read_entry(source: int, entry: Entry) -> Iterator[memoryview]:
    try:
        yield from blocks(source)
    except OSError as error:
        raise _SourceError(entry, error) from error


def _write_file(place: Path, source: Iterable[memoryview], meter: Meter) -> tuple[str, int]:
    """Write one new file, flush it, read it back from the medium; return (SHA-256, octets)."""
    target = os.open(place, CREATE_FLAGS, 0o644)
    try:
        written = copy_blocks(source, target, meter.advance)
    finally:
        os.close(target)
    again = os.open(place, READ_FLAGS_NO_LINK)
    try:
        digests, octets = hash_open_file(again, ("sha256",), meter.advance)
    finally:
        os.close(again)
    if (digests["sha256"], octets) != written:
        raise _read_differently(place.name)
    return written


def _tags(
    digests: Mapping[str, tuple[str, int]], octets: int, info: Mapping[str, str], extra: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The files at the top of the package in the order they are written, the tag manifest last."""
    tags = {
        **dict(sorted(extra.items())),
        "bagit.txt": DECLARATION,
        "bag-info.txt": write_bag_info({**info, "Payload-Oxum": f"{octets}.{len(digests)}"}),
        "manifest-sha256.txt": manifest_text((path, digest) for path, (digest, _) in digests.items()),
    }
    listed = manifest_text((name, hashlib.sha256(content).hexdigest()) for name, content in tags.items())
    return {**tags, "tagmanifest-sha256.txt": listed}


def _check_listing(partial: Path, payload: Mapping[str, int], tags: Mapping[str, bytes]) -> None:
    """What the medium lists must be what was meant, no more and no less."""
    if not partial.is_dir():
        raise OSError(errno.ENODEV, "the medium went away")
    meant = {**payload, **{name: len(content) for name, content in tags.items()}}
    tree = look_at(partial)
    found = {name: file.octets for name in meant if (file := tree.find(name)) is not None}
    differing = sorted(name for name in meant if found.get(name) != meant[name])
    if differing or len(tree.files) != len(meant) or tree.links or tree.strange:
        raise _read_differently(next(iter(differing), partial.name))


def _read_differently(name: str) -> DamagedError:
    return DamagedError(
        f"写完读回来核对时，“{name}”和写进去的不一样。",
        _UNHARMED,
        "多半是 U 盘或接口有毛病，请换一个 U 盘或 USB 口再导出。",
        code="P-105",
    )


def _give_name(partial: Path, target: Path) -> None:
    if os.path.lexists(target):  # somebody else put it there while we wrote
        raise FileExistsError(target)
    for attempt in range(5):
        try:
            partial.rename(target)
            break
        except PermissionError:
            # On Windows a virus scanner may still hold a file that was just written.
            if os.name != "nt" or attempt == 4:
                raise
            time.sleep(0.3)
    sync_folder(target.parent)


def _remove(partial: Path) -> bool:
    """Take the unfinished folder away if the medium lets us; return whether it is gone."""
    shutil.rmtree(partial, ignore_errors=True)
    return not os.path.lexists(partial)


def _paper_gone(entry: Entry) -> UserError:
    return UserError(
        f"“{entry.spoken}”的原件找不到或读不出来。",
        _UNHARMED,
        "请在材料与证据里看看这份材料还在不在，重新添加后再导出。",
        code="P-103",
    )


def _medium_error(error: OSError, target: Path, *, left: bool = False) -> UserError:
    place = target.parent
    unharmed = _LEFT_OVER if left else _UNHARMED
    if isinstance(error, FileExistsError):
        return _exists(target)
    if error.errno in FULL:
        return UserError(
            f"写到一半，“{place}”没有空间了。",
            unharmed,
            "请换一个空间大的 U 盘，或者先腾出空间再导出。",
            code="P-102",
        )
    if error.errno in REFUSED:
        return UserError(
            f"“{place}”不让写：可能是只读，或者没有权限。",
            unharmed,
            "请把 U 盘的写保护开关拨开，或者换个位置再导出。",
            code="P-106",
        )
    if error.errno in GONE:
        return UserError(
            f"写的时候找不到“{place}”了：U 盘可能被拔出，或者文件夹被移走。",
            _LEFT_OVER,
            "请插好 U 盘，再导出一次。",
            code="P-107",
        )
    return UserError(
        f"往“{place}”写报送包没有成功（{disk_reason(error)}）。",
        unharmed,
        "请换个位置或换个 U 盘再导出。",
        code="P-108",
    )


def _exists(target: Path) -> UserError:
    return UserError(
        f"这里已经有“{target.name}”了。",
        "已有的内容没有动。",
        "把它移到别处，或者换个位置再导出。",
        code="P-101",
    )
