"""Originals by content: taken whole or not at all, never changed."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import IO, Any

import pytest

from app.attachments import store as store_module
from app.attachments.media_type import DOCX, ENDINGS, OFD, XLSX, media_type
from app.attachments.store import AttachmentStore
from app.errors import CancelledError, DamagedError, UserError

PDF = b"%PDF-1.7\n" + b"x" * 3_000_000


@pytest.fixture
def store(tmp_path: Path) -> AttachmentStore:
    return AttachmentStore(tmp_path / "库" / "attachments")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "䶮 要约书.pdf"
    file.write_bytes(PDF)
    return file


def everything(tmp_path: Path) -> list[str]:
    folder = tmp_path / "库"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_adding_keeps_the_content_under_its_digest(
    store: AttachmentStore, source: Path, tmp_path: Path
) -> None:
    stored = store.add(source)
    assert stored.sha256 == sha256(PDF)
    assert (stored.size, stored.media_type) == (len(PDF), "application/pdf")
    assert everything(tmp_path) == [f"attachments/{stored.sha256[:2]}/{stored.sha256}"]
    assert store.path(stored.sha256).read_bytes() == PDF == source.read_bytes()
    assert store.read(stored.sha256) == PDF


def test_the_same_content_is_one_file(store: AttachmentStore, source: Path, tmp_path: Path) -> None:
    first = store.add(source)
    kept = store.path(first.sha256).stat().st_ino
    copy = tmp_path / "另一个名字.jpg"
    copy.write_bytes(PDF)
    assert store.add(copy) == first
    assert store.path(first.sha256).stat().st_ino == kept
    assert len(everything(tmp_path)) == 1


def test_adding_again_heals_a_damaged_copy(store: AttachmentStore, source: Path) -> None:
    stored = store.add(source)
    store.path(stored.sha256).write_bytes(b"!" * len(PDF))
    store.add(source)
    assert store.read(stored.sha256) == PDF


def test_a_link_is_followed(store: AttachmentStore, source: Path, tmp_path: Path) -> None:
    link = tmp_path / "快捷方式.pdf"
    link.symlink_to(source)
    assert store.add(link).sha256 == sha256(PDF)
    assert not store.path(sha256(PDF)).is_symlink()


def test_refusals_say_what_and_leave_nothing(store: AttachmentStore, tmp_path: Path) -> None:
    folder, empty, large = tmp_path / "文件夹", tmp_path / "空.pdf", tmp_path / "录像.mp4"
    folder.mkdir()
    empty.touch()
    with large.open("wb") as file:
        file.truncate(2 * 1024**3 + 1)
    broken = tmp_path / "断链"
    broken.symlink_to(tmp_path / "没有")
    cases = {folder: "A-101", empty: "A-104", large: "A-105", tmp_path / "没有.pdf": "A-102", broken: "A-102"}
    for source, code in cases.items():
        with pytest.raises(UserError, match=source.name) as caught:
            store.add(source)
        assert caught.value.code == code
    assert everything(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_without_waiting(store: AttachmentStore, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道")
    with pytest.raises(UserError) as caught:
        store.add(tmp_path / "管道")
    assert caught.value.code == "A-101"


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EACCES, "A-103"), (errno.EIO, "A-103"), (errno.ENOENT, "A-102")]
)
def test_an_unreadable_original(
    store: AttachmentStore,
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: str,
) -> None:
    real = Path.open

    def refusing(path: Path, *rest: Any, **named: Any) -> IO[Any]:
        if path == source:
            raise OSError(number, os.strerror(number))
        return real(path, *rest, **named)

    monkeypatch.setattr(Path, "open", refusing)
    with pytest.raises(UserError) as caught:
        store.add(source)
    assert caught.value.code == code
    assert everything(tmp_path) == []


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "A-107"), (errno.EROFS, "A-108")])
def test_a_disk_that_takes_no_more(
    store: AttachmentStore,
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    code: str,
) -> None:
    def failing(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store_module.os, "fsync", failing)
    with pytest.raises(UserError) as caught:
        store.add(source)
    assert caught.value.code == code
    assert everything(tmp_path) == []
    assert source.read_bytes() == PDF


def test_an_original_that_grows_meanwhile(store: AttachmentStore, source: Path, tmp_path: Path) -> None:
    class Append:
        def step(self, done: int, total: int, what: str = "") -> None:
            with source.open("ab") as file:
                file.write(b"x")

    with pytest.raises(UserError) as caught:
        store.add(source, progress=Append())
    assert caught.value.code == "A-106"
    assert everything(tmp_path) == []


def test_cancelling_leaves_nothing(store: AttachmentStore, source: Path, tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int, what: str = "") -> None:
            if done:
                raise CancelledError

    with pytest.raises(CancelledError):
        store.add(source, progress=Stop())
    assert everything(tmp_path) == []


def test_progress_counts_octets(store: AttachmentStore, source: Path) -> None:
    steps: list[tuple[int, int]] = []

    class Watch:
        def step(self, done: int, total: int, what: str = "") -> None:
            steps.append((done, total))

    store.add(source, progress=Watch())
    assert steps[0] == (0, len(PDF))
    assert steps[-1] == (len(PDF), len(PDF))


def test_reading_proves_the_content(store: AttachmentStore, source: Path) -> None:
    stored = store.add(source)
    place = store.path(stored.sha256)
    place.write_bytes(PDF[:-1] + b"y")
    with pytest.raises(DamagedError) as caught:
        store.read(stored.sha256)
    assert caught.value.code == "A-112"
    place.unlink()
    with pytest.raises(DamagedError) as caught:
        store.read(stored.sha256)
    assert caught.value.code == "A-111"


@pytest.mark.parametrize("digest", ["", "../" * 20, "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_only_digests_become_paths(store: AttachmentStore, digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        store.path(digest)


def test_verify_and_orphans(store: AttachmentStore, source: Path, tmp_path: Path) -> None:
    assert store.verify() == []
    assert store.orphans([]) == []
    stored = store.add(source)
    other = tmp_path / "b.txt"
    other.write_bytes(b"other")
    second = store.add(other)
    assert store.verify([stored.sha256, second.sha256]) == []
    assert store.orphans([stored.sha256]) == [second.sha256]
    store.path(stored.sha256).write_bytes(PDF[:-1])
    store.path(second.sha256).unlink()
    problems = store.verify([stored.sha256, second.sha256])
    assert sorted((problem.kind, problem.sha256) for problem in problems) == [
        ("changed", stored.sha256),
        ("missing", second.sha256),
    ]


def zipped(*names: str) -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return octets.getvalue()


def ole(stream: str) -> bytes:
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = (0).to_bytes(4, "little")
    return bytes(head) + stream.encode("utf-16-le") + bytes(512)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4", "application/pdf"),
        (b"\n\njunk %PDF-1.4", "application/pdf"),
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"BM\x00\x00\x00\x00\x00\x00\x00\x00", "image/bmp"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"\xff\xfb\x90\x00\x00", "audio/mpeg"),
        (zipped("[Content_Types].xml", "word/document.xml"), DOCX),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (zipped("OFD.xml", "Doc_0/Document.xml"), OFD),
        (zipped("a.txt"), "application/zip"),
        (b"PK\x03\x04broken", "application/zip"),
        (ole("WordDocument"), "application/msword"),
        (ole("Workbook"), "application/vnd.ms-excel"),
        (ole("Other"), "application/octet-stream"),
        ("会议记录".encode(), "text/plain"),
        ("会议记录".encode("gb18030"), "text/plain"),
        (b"\x00\x01\x02", "application/octet-stream"),
    ],
)
def test_the_kind_is_told_by_content(tmp_path: Path, content: bytes, kind: str) -> None:
    file = tmp_path / "骗人的名字.exe"
    file.write_bytes(content)
    assert media_type(file) == kind
    assert kind in ENDINGS or kind == "application/octet-stream"


def test_what_a_killed_program_was_adding_goes_the_next_time(
    store: AttachmentStore, source: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "库" / "attachments"
    folder.mkdir(parents=True)
    (folder / ".incoming.partial-0123abcd").write_bytes(b"half")
    stored = store.add(source)
    assert everything(tmp_path) == [f"attachments/{stored.sha256[:2]}/{stored.sha256}"]
