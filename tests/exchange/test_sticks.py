"""Which sticks are plugged in, told from what Linux says of its mounts and devices."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.exchange import sticks
from app.exchange.sticks import Stick, on_linux, sticks_present


class Computer:
    """A made-up ``/proc/self/mountinfo`` and ``/sys/class/block``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.mounts = folder / "mountinfo"
        self.devices = folder / "block"
        self.devices.mkdir()
        self._lines: list[str] = []

    def plug(self, device: str, bus: str, place: str, *, removable: bool = False, source: str = "") -> Path:
        whole = self._folder / "devices" / bus / "block" / device[:3]
        real = whole / device if device != device[:3] else whole
        real.mkdir(parents=True)
        (whole / "removable").write_text("1\n" if removable else "0\n")
        if real != whole:
            (real / "partition").write_text("1\n")
        (self.devices / device).symlink_to(real)
        mounted = self._folder / place
        mounted.mkdir(parents=True, exist_ok=True)
        self.mount(str(mounted), source or f"/dev/{device}")
        return mounted

    def mount(self, place: str, source: str) -> None:
        escaped = place.replace(" ", "\\040")
        self._lines.append(f"36 35 8:17 / {escaped} rw,nosuid shared:7 - vfat {source} rw,utf8")
        self.mounts.write_text("\n".join(self._lines) + "\n")

    def sticks(self) -> tuple[tuple[str, Path], ...]:
        return tuple((stick.name, stick.place) for stick in on_linux(self.mounts, self.devices))


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    made = Computer(tmp_path)
    made.plug("sda2", "pci0000/ata1/host0", "data")
    return made


def test_a_stick_is_told_with_its_label_and_its_room(computer: Computer) -> None:
    assert computer.sticks() == ()
    place = computer.plug("sdb1", "pci0000/usb1/1-2/host6", "media/KING STON")
    assert computer.sticks() == (("KING STON", place),)
    assert on_linux(computer.mounts, computer.devices)[0].free > 0


def test_a_stick_without_partitions_and_a_card_count_too(computer: Computer) -> None:
    computer.plug("sdc", "pci0000/usb1/1-3/host7", "media/整盘")
    computer.plug("sdd1", "pci0000/mmc/host8", "media/卡", removable=True)
    assert [name for name, _ in computer.sticks()] == ["整盘", "卡"]


def test_a_stick_mounted_twice_is_one_stick(computer: Computer) -> None:
    computer.plug("sdb1", "pci0000/usb1/1-2/host6", "media/A")
    computer.mount(str(computer.mounts.parent), "/dev/sdb1")
    assert [name for name, _ in computer.sticks()] == ["A"]


def test_what_is_no_stick_is_left_out(computer: Computer) -> None:
    computer.plug("sr0", "pci0000/usb1/1-4/host9", "media/CD", removable=True)
    computer.mount("/", "/dev/sdb1")
    computer.mount("/proc", "proc")
    computer.mount("/mnt", "/dev/nothing")
    with computer.mounts.open("a") as mounts:
        mounts.write("broken line\n36 35 8:17 / /x rw - \n")
    assert computer.sticks() == ()


def test_a_stick_pulled_meanwhile_and_a_computer_that_tells_nothing(computer: Computer) -> None:
    computer.plug("sdb1", "pci0000/usb1/1-2/host6", "media/A").rmdir()
    assert computer.sticks() == ()
    assert on_linux(computer.mounts.parent / "没有", computer.devices) == ()


class Windows:
    """The few answers of the system that are asked for; ``E:`` is a stick, ``F:`` a card reader without a card."""

    def SetThreadErrorMode(self, _mode: int, _old: object) -> int:  # noqa: N802 - as the system calls it
        return 1

    def GetLogicalDrives(self) -> int:  # noqa: N802 - as the system calls it
        return 0b110100

    def GetDriveTypeW(self, root: str) -> int:  # noqa: N802 - as the system calls it
        return 3 if root == "C:\\" else 2

    def GetVolumeInformationW(self, root: str, label: Any, _size: int, *_more: object) -> int:  # noqa: N802 - as the system calls it
        label.value = "KINGSTON"
        return int(root == "E:\\")


def test_windows_is_asked_for_its_removable_drives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=Windows()), raising=False)
    monkeypatch.setattr(sticks.shutil, "disk_usage", lambda _place: SimpleNamespace(free=7))
    with monkeypatch.context() as there:
        there.setattr(sticks.sys, "platform", "win32")
        found = sticks_present()
    assert found == (Stick(Path("E:\\"), "E: KINGSTON", 7),)


def test_this_computer_is_asked_without_a_fault() -> None:
    assert isinstance(sticks_present(), tuple)
