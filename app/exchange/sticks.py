"""Which USB sticks are plugged in: where they are, what they are called, how much room is left.

Asked of the operating system alone. Linux names the mounted devices in ``/proc/self/mountinfo`` and tells in
``/sys/class/block`` which hang on USB; Windows knows its removable drives by letter.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")
BLOCK_DEVICES = Path("/sys/class/block")
_ESCAPED = re.compile(r"\\([0-7]{3})")
_OWN = ("/", "/boot", "/usr", "/home", "/var", "/snap")
"""Where the computer's own system lies, even when it was started from a stick."""
_DRIVE_REMOVABLE = 2
_QUIET_ERRORS = 1
_LONGEST_LABEL = 261


@dataclass(frozen=True, slots=True)
class Stick:
    """One stick.

    Attributes:
        place: the folder it is at (the root of a drive letter, ``/media/…/KINGSTON``).
        name: drive letter and label as people know it (``E: KINGSTON``, ``KINGSTON``).
        free: octets that can still be written.
    """

    place: Path
    name: str
    free: int


def sticks_present() -> tuple[Stick, ...]:
    """Return the sticks that are plugged in and can be read; none where the system does not tell."""
    return _on_windows() if sys.platform == "win32" else on_linux(MOUNTS, BLOCK_DEVICES)


def on_linux(mounts: Path, devices: Path) -> tuple[Stick, ...]:
    """Return the mounted sticks; ``mounts`` and ``devices`` are where Linux tells of them."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ()
    found: dict[str, Stick] = {}
    for line in lines:
        fields = line.split(" ")
        if "-" not in fields[6:] or len(fields) < fields.index("-", 6) + 3:
            continue
        place = _unescaped(fields[4])
        source = _unescaped(fields[fields.index("-", 6) + 2])
        if place in _OWN or not source.startswith("/dev/") or source in found:
            continue
        if _hangs_on_usb(Path(os.path.realpath(source)).name, devices):
            _add(found, source, Path(place), Path(place).name)
    return tuple(found.values())


def _unescaped(field: str) -> str:
    """A field of mountinfo, in which spaces and the like stand as octal numbers."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 8)), field)


def _hangs_on_usb(device: str, devices: Path) -> bool:
    """Whether a partition or a whole device is on USB, or a medium that can be taken out (no CD drive)."""
    if device.startswith("sr"):
        return False
    try:
        real = (devices / device).resolve(strict=True)
        whole = real.parent if (real / "partition").exists() else real
        return "/usb" in str(real) or (whole / "removable").read_text().strip() == "1"
    except OSError:
        return False


def _add(found: dict[str, Stick], key: str, place: Path, name: str) -> None:
    try:
        found[key] = Stick(place, name, shutil.disk_usage(place).free)
    except OSError:
        return  # pulled a moment ago


def _on_windows() -> tuple[Stick, ...]:
    found: dict[str, Stick] = {}
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetThreadErrorMode(_QUIET_ERRORS, None)  # an empty card reader is no reason for a dialog
        letters = kernel.GetLogicalDrives()
        for at in range(26):
            letter = chr(ord("A") + at)
            root = f"{letter}:\\"
            if not letters >> at & 1 or kernel.GetDriveTypeW(root) != _DRIVE_REMOVABLE:
                continue
            label = ctypes.create_unicode_buffer(_LONGEST_LABEL)
            if kernel.GetVolumeInformationW(root, label, _LONGEST_LABEL, None, None, None, None, 0):
                _add(found, letter, Path(root), f"{letter}: {label.value}".strip())
    return tuple(found.values())
