"""Manifests of a bag (RFC 8493 sections 2.1.3 and 2.2.1): one line ``digest  path`` for each file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

DIGEST_LENGTHS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
"""The algorithms that can be checked, with the length of their digests in hexadecimal."""

_LONGEST_LINE = 1 << 16
_LARGEST_FILE = 1 << 27
_MOST_STRANGE = 1000
_HEX = re.compile(r"[0-9A-Fa-f]+")


@dataclass
class Manifest:
    """What one manifest says.

    Attributes:
        name: its file name.
        algorithm: lower-case, from the file name.
        entries: digest in lower case by decoded path.
        strange: sentences about lines that could not be read, in Chinese.
    """

    name: str
    algorithm: str
    entries: dict[str, str] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)

    def complain(self, sentence: str) -> None:
        """Note a line that cannot be read; garbage of a hundred megabytes must not fill the memory with words."""
        if len(self.strange) < _MOST_STRANGE:
            self.strange.append(sentence)
        elif len(self.strange) == _MOST_STRANGE:
            self.strange.append(f"{self.name} 还有别的行读不出来，没有一一列出。")


def manifest_text(digests: Iterable[tuple[str, str]]) -> bytes:
    """Write ``(path, digest)`` pairs in path order with two blanks, as ``sha256sum -c`` reads them."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests)).encode("utf-8")


def read_manifest(file: Path, algorithm: str, encoding: str) -> Manifest:
    """Read a manifest line by line; whatever it holds, this ends and does not raise for content.

    Raises:
        OSError: the file cannot be read.
    """
    manifest = Manifest(file.name, algorithm)
    seen = 0
    number = 0
    with file.open("rb") as lines:
        while line := lines.readline(_LONGEST_LINE):
            number += 1
            seen += len(line)
            if seen > _LARGEST_FILE:
                manifest.complain(f"{file.name} 大得不正常，第 {number} 行以后没有读。")
                break
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                manifest.complain(f"{file.name} 第 {number} 行长得不正常，没有采用。")
                while (rest := lines.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                    seen += len(rest)
                    if seen > _LARGEST_FILE:
                        return manifest
                continue
            if number == 1 and line.startswith(b"\xef\xbb\xbf"):
                line = line[3:]
            _take_line(manifest, number, line, encoding)
    return manifest


def _take_line(manifest: Manifest, number: int, line: bytes, encoding: str) -> None:
    where = f"{manifest.name} 第 {number} 行"
    try:
        text = line.decode(encoding)
    except UnicodeDecodeError:
        manifest.complain(f"{where}的文字编码不对，读不出来。")
        return
    text = text.strip(" \t\r\n")
    if not text or text.startswith("#"):
        return
    digest, *rest = re.split(r"[ \t]+", text, maxsplit=1)
    if not rest or len(digest) != DIGEST_LENGTHS[manifest.algorithm] or _HEX.fullmatch(digest) is None:
        manifest.complain(f"{where}不是“校验值 文件名”的样子。")
        return
    path = _decoded(rest[0].removeprefix("*"))
    known = manifest.entries.setdefault(path, digest.lower())
    if known != digest.lower():
        manifest.complain(f"{where}又写了一遍同一份文件，校验值却不一样。")


def _decoded(path: str) -> str:
    """Undo the only encoding RFC 8493 allows in paths, and a leading ``./``."""
    plain = re.sub("%(0[DdAa]|25)", lambda found: chr(int(found[1], 16)), path)
    while plain.startswith("./"):
        plain = plain[2:]
    return plain
