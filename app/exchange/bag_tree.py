"""What lies in a package folder, looked at without following anything out of it."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?:[. ].*)?", re.I)
_LINK_TAGS = (0xA000000C, 0xA0000003)  # symbolic link and junction as Windows marks them


@dataclass(frozen=True)
class FoundFile:
    """A regular file: its path relative to the package with ``/``, as the disk spells it, and its octets."""

    path: str
    octets: int


@dataclass
class Tree:
    """The regular files of a package and what is none.

    Attributes:
        files: by relative path as the disk spells it.
        folders: real folders, relative paths.
        links: symbolic links and junctions, relative paths.
        strange: pipes, devices and folders that could not be listed.
    """

    files: dict[str, FoundFile] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    _by_normal: dict[str, list[str]] = field(default_factory=dict)

    def find(self, path: str) -> FoundFile | None:
        """The file a manifest calls ``path``, whether name and disk are composed (NFC) or not (NFD)."""
        exact = self.files.get(path)
        if exact is not None:
            return exact
        alike = self._by_normal.get(unicodedata.normalize("NFC", path), [])
        return self.files[alike[0]] if len(alike) == 1 else None

    def add(self, found: FoundFile) -> None:
        """Take in a regular file."""
        self.files[found.path] = found
        self._by_normal.setdefault(unicodedata.normalize("NFC", found.path), []).append(found.path)


def look_at(folder: Path) -> Tree:
    """List everything below ``folder`` in name order; follows no link, never raises for what it finds."""
    tree = Tree()
    pending: list[tuple[Path, str]] = [(folder, "")]
    while pending:
        place, prefix = pending.pop()
        try:
            with os.scandir(place) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            tree.strange.append(prefix.rstrip("/"))
            continue
        for entry in listed:
            relative = prefix + entry.name
            try:
                status = entry.stat(follow_symlinks=False)
            except OSError:
                tree.strange.append(relative)
                continue
            if stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) in _LINK_TAGS:
                tree.links.append(relative)
            elif stat.S_ISDIR(status.st_mode):
                tree.folders.add(relative)
                pending.append((place / entry.name, relative + "/"))
            elif stat.S_ISREG(status.st_mode):
                tree.add(FoundFile(relative, status.st_size))
            else:
                tree.strange.append(relative)
    return tree


def is_dangerous(path: str) -> bool:
    """Whether a path from a manifest could lead out of the package, or to a device, on any system.

    Meant are absolute paths, ``..``, drive letters and NTFS streams (``:``), backslashes, a leading ``~``,
    control characters and Windows device names.
    """
    if not path or path.startswith(("/", "~")) or "\\" in path or ":" in path:
        return True
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in path):
        return True
    return any(part in ("", "..") or _DEVICE.fullmatch(part) is not None for part in path.split("/"))


def shown(path: str) -> str:
    """A path fit to be shown: control, direction and broken characters as visible escapes, length capped."""
    visible = "".join(
        char.encode("unicode_escape").decode("ascii")
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else char
        for char in path
    )
    return visible if len(visible) <= 200 else f"{visible[:120]}…{visible[-60:]}"
