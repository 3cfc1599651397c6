"""Writing a package: the layout, outside judges, and everything that can go wrong on a stick."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.errors import CancelledError, DamagedError, UserError
from app.exchange import package, removable
from app.exchange.bag_info import read_bag_info, write_bag_info
from app.exchange.package import Entry, PackageReceipt, write_package
from app.exchange.verify import verify_package

INFO = {
    "Source-Organization": "某某机械有限公司工会委员会",
    "Bagging-Date": "2026-04-03",
    "External-Description": "2026 年度工资专项集体协商 报送包 " * 8,
    "Journal-Head": "ab" * 32,
}
BIG = bytes(range(256)) * 12_000


def entries(folder: Path) -> list[Entry]:
    folder.mkdir(exist_ok=True)
    photo, rare = folder / "photo", folder / "rare"
    photo.write_bytes(BIG)
    rare.write_bytes("委托书".encode())
    return [
        Entry("03 要约/要约书.pdf", b"%PDF-1.7 x"),
        Entry("04 会议/现场照片.jpg", photo, hashlib.sha256(BIG).hexdigest(), "现场照片"),
        Entry("02 代表/䶮㐆𬱖 委托书.txt", rare),
        Entry("case.json", b"{}"),
        Entry("空白.txt", b""),
    ]


def write(tmp_path: Path, name: str = "报送包") -> PackageReceipt:
    return write_package(
        tmp_path / name, entries(tmp_path / "原件"), INFO, tag_files={"封面.pdf": b"%PDF-cover"}
    )


def left_over(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "原件")


class Recorder:
    def __init__(self) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self.threads: set[str] = set()

    def step(self, done: int, total: int, what: str = "") -> None:
        self.steps.append((done, total, what))
        self.threads.add(threading.current_thread().name)


class CancelAt:
    def __init__(self, call: int) -> None:
        self.left = call

    def step(self, done: int, total: int, what: str = "") -> None:
        self.left -= 1
        if self.left <= 0:
            raise CancelledError


def test_layout_and_receipt(tmp_path: Path) -> None:
    receipt = write(tmp_path)
    files = sorted(p.relative_to(receipt.path).as_posix() for p in receipt.path.rglob("*") if p.is_file())
    assert files == sorted(
        ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "封面.pdf"]
        + [f"data/{entry.path}" for entry in entries(tmp_path / "原件")]
    )
    assert (receipt.path / "bagit.txt").read_bytes() == (
        b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    )
    tag_manifest = (receipt.path / "tagmanifest-sha256.txt").read_bytes()
    assert receipt.fingerprint == hashlib.sha256(tag_manifest).hexdigest()
    octets = len(BIG) + len("委托书".encode()) + len(b"%PDF-1.7 x") + 2
    assert (receipt.octets, receipt.files) == (octets, 5)
    lines = (receipt.path / "bag-info.txt").read_text(encoding="utf-8").splitlines()
    assert f"Payload-Oxum: {octets}.5" in lines
    assert "Bagging-Date: 2026-04-03" in lines
    assert (receipt.path / "data/04 会议/现场照片.jpg").read_bytes() == BIG
    assert left_over(tmp_path) == ["报送包"]


def test_bagit_python_accepts_it(tmp_path: Path) -> None:
    judge = Path(sys.executable).with_name("bagit.py")
    told = subprocess.run(
        [sys.executable, judge, "--validate", write(tmp_path).path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert "is valid" in told.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="sha256sum is a GNU program")
def test_sha256sum_accepts_it(tmp_path: Path) -> None:
    receipt = write(tmp_path)
    for manifest, count in (("manifest-sha256.txt", 5), ("tagmanifest-sha256.txt", 4)):
        told = subprocess.run(
            ["sha256sum", "--strict", "-c", manifest],
            cwd=receipt.path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert told.stdout.count(": OK") == count


def test_own_check_accepts_it_and_reads_the_info_back(tmp_path: Path) -> None:
    receipt = write(tmp_path)
    found = verify_package(receipt.path)
    assert found.ok, found.problems
    assert found.fingerprint == receipt.fingerprint
    assert (found.files, found.octets) == (receipt.files, receipt.octets)
    assert {label: found.info[label] for label in INFO} == {
        label: " ".join(value.split()) for label, value in INFO.items()
    }


def test_same_input_same_octets_whatever_the_order(tmp_path: Path) -> None:
    given = entries(tmp_path / "原件")
    one = write_package(tmp_path / "一", given, INFO)
    two = write_package(tmp_path / "二", given[::-1], INFO)
    assert one.fingerprint == two.fingerprint
    for path in sorted(one.path.rglob("*")):
        if path.is_file():
            assert (two.path / path.relative_to(one.path)).read_bytes() == path.read_bytes()


def test_an_empty_package_is_still_one(tmp_path: Path) -> None:
    receipt = write_package(tmp_path / "空", [], {})
    assert (receipt.octets, receipt.files) == (0, 0)
    assert verify_package(receipt.path).ok


def test_progress_goes_from_nothing_to_all_in_the_callers_thread(tmp_path: Path) -> None:
    recorder = Recorder()
    receipt = write_package(tmp_path / "包", entries(tmp_path / "原件"), INFO, progress=recorder)
    done = [step[0] for step in recorder.steps]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 2 * receipt.octets)
    assert {step[1] for step in recorder.steps} == {2 * receipt.octets}
    assert recorder.threads == {threading.current_thread().name}


@pytest.mark.parametrize("kind", ["folder", "file", "empty folder", "broken link"])
def test_nothing_is_overwritten(tmp_path: Path, kind: str) -> None:
    target = tmp_path / "报送包"
    match kind:
        case "folder":
            target.mkdir()
            (target / "旧").write_text("旧", encoding="utf-8")
        case "file":
            target.write_text("旧", encoding="utf-8")
        case "empty folder":
            target.mkdir()
        case _:
            target.symlink_to(tmp_path / "没有")
    before = target.lstat().st_ino
    with pytest.raises(UserError) as caught:
        write(tmp_path)
    assert caught.value.code == "P-101"
    assert target.lstat().st_ino == before
    assert left_over(tmp_path) == ["报送包"]


def test_a_target_that_appears_meanwhile_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = package.flush_tree

    def meanwhile(folder: Path) -> None:
        (tmp_path / "报送包").mkdir()
        real(folder)

    monkeypatch.setattr(package, "flush_tree", meanwhile)
    with pytest.raises(UserError) as caught:
        write(tmp_path)
    assert caught.value.code == "P-101"
    assert left_over(tmp_path) == ["报送包"]
    assert list((tmp_path / "报送包").iterdir()) == []


@pytest.mark.parametrize("call", range(1, 4))
def test_cancelling_leaves_nothing(tmp_path: Path, call: int) -> None:
    with pytest.raises(CancelledError):
        write_package(tmp_path / "报送包", entries(tmp_path / "原件"), INFO, progress=CancelAt(call))
    assert left_over(tmp_path) == []


def failing_write(number: int, after: int) -> object:
    real = os.write
    lock = threading.Lock()
    written = 0

    def write_some(descriptor: int, data: bytes) -> int:
        nonlocal written
        with lock:
            written += len(data)
            if written > after:
                raise OSError(number, os.strerror(number))
        return real(descriptor, data)

    return write_some


@pytest.mark.parametrize(
    ("number", "code", "word"),
    [
        (errno.ENOSPC, "P-102", "没有空间"),
        (errno.EROFS, "P-106", "不让写"),
        (errno.EIO, "P-107", "拔出"),
        (errno.ENODEV, "P-107", "拔出"),
        (errno.EINVAL, "P-108", "没有成功"),
    ],
)
@pytest.mark.parametrize("after", [0, 2_000_000])
def test_a_medium_that_fails_midway(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, word: str, after: int
) -> None:
    given = entries(tmp_path / "原件")
    monkeypatch.setattr(removable.os, "write", failing_write(number, after))
    with pytest.raises(UserError) as caught:
        write_package(tmp_path / "报送包", given, INFO)
    assert caught.value.code == code
    assert word in caught.value.what_happened
    assert left_over(tmp_path) == []


def test_too_little_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "free_space", lambda _: 1_000_000)
    with pytest.raises(UserError, match=r"1\.0 MB") as caught:
        write(tmp_path)
    assert caught.value.code == "P-102"
    assert left_over(tmp_path) == []


def test_a_missing_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_package(tmp_path / "没有" / "报送包", entries(tmp_path / "原件"), INFO)
    assert caught.value.code == "P-107"


def test_an_unfinished_folder_that_cannot_be_removed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = entries(tmp_path / "原件")
    monkeypatch.setattr(removable.os, "write", failing_write(errno.ENOSPC, 0))
    monkeypatch.setattr(package.shutil, "rmtree", lambda *_, **__: None)
    with pytest.raises(UserError) as caught:
        write_package(tmp_path / "报送包", given, INFO)
    assert "partial" in caught.value.unharmed


def test_what_reads_back_differently_is_not_handed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = package.copy_blocks

    def decaying(source: Sequence[memoryview], target: int, advance: object) -> tuple[str, int]:
        digest, octets = real(source, target, advance)  # type: ignore[arg-type]
        if octets == len(BIG):
            os.pwrite(target, b"\x00\x01\x03", 70_000)
        return digest, octets

    monkeypatch.setattr(package, "copy_blocks", decaying)
    with pytest.raises(DamagedError, match=r"现场照片\.jpg") as caught:
        write(tmp_path)
    assert caught.value.code == "P-105"
    assert left_over(tmp_path) == []


def test_what_appears_in_the_folder_meanwhile_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = package.flush_tree

    def intruder(folder: Path) -> None:
        (folder / "data" / "别的.txt").write_text("x", encoding="utf-8")
        real(folder)

    monkeypatch.setattr(package, "flush_tree", intruder)
    with pytest.raises(DamagedError):
        write(tmp_path)
    assert left_over(tmp_path) == []


def test_a_changed_original_is_named(tmp_path: Path) -> None:
    given = entries(tmp_path / "原件")
    (tmp_path / "原件" / "photo").write_bytes(BIG + b"!")
    with pytest.raises(DamagedError, match="现场照片") as caught:
        write_package(tmp_path / "报送包", given, INFO)
    assert caught.value.code == "P-104"
    assert left_over(tmp_path) == []


@pytest.mark.parametrize("loss", ["gone", "folder", "gone while writing"])
def test_a_lost_original_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loss: str) -> None:
    given = entries(tmp_path / "原件")
    photo = tmp_path / "原件" / "photo"
    if loss == "gone while writing":
        monkeypatch.setattr(package, "_check_room", lambda *_: photo.unlink())
    else:
        photo.unlink()
        if loss == "folder":
            photo.mkdir()
    with pytest.raises(UserError, match="现场照片") as caught:
        write_package(tmp_path / "报送包", given, INFO)
    assert caught.value.code == "P-103"
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    "paths",
    [
        ["../a"],
        ["/a"],
        ["a//b"],
        ["a\\b"],
        ["C:a"],
        [""],
        ["con"],
        ["a%b"],
        ["e\u0301"],
        ["a.pdf", "A.PDF"],
        ["a", "a/b"],
    ],
)
def test_unsafe_paths_are_a_callers_mistake(tmp_path: Path, paths: list[str]) -> None:
    with pytest.raises(ValueError, match="package"):
        write_package(tmp_path / "包", [Entry(path, b"x") for path in paths], {})
    assert left_over(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["bagit.txt", "Data", "manifest-md5.txt", "tagmanifest-sha256.txt", "a/b", "fetch.txt"]
)
def test_tag_files_cannot_take_the_bags_own_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="tag file"):
        write_package(tmp_path / "包", [], {}, tag_files={name: b"x"})


@pytest.mark.parametrize(
    "info", [{"Payload-Oxum": "1.1"}, {"Bagging-Date": "3.4."}, {"a b": "x"}, {"": "x"}, {"a:": "x"}]
)
def test_wrong_info_is_a_callers_mistake(tmp_path: Path, info: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"Oxum|Date|label"):
        write_package(tmp_path / "包", [], info)
    assert left_over(tmp_path) == []


def test_bag_info_folds_at_blanks_and_reads_back() -> None:
    value = "一 " * 100 + "x" * 200 + "\n第二行\x00"
    text = write_bag_info({"A": value, "B": "", "C": "1: 2"})
    lines = text.decode("utf-8").splitlines()
    assert all(len(line) <= 79 or " " not in line[1:] for line in lines)
    assert read_bag_info(text.decode("utf-8")) == (
        {"A": " ".join(value.replace("\x00", "").split()), "B": "", "C": "1: 2"},
        [],
    )
