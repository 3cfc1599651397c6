"""Looks for words in everything that was written, however it is packed and in whatever letters."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import pyzipper

_LETTERS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


def traces_in(data: bytes, words: Sequence[str], *, password: str = "") -> set[str]:
    """The words that stand in these bytes: plain, in parts of archives, in what a PDF says and is made of."""
    plain = b"\n".join(_pieces(data, password))
    small = plain.lower()
    return {
        each
        for each in words
        if any(each.encode(letters) in plain for letters in _LETTERS)
        or any("".join(way(ord(letter)) for letter in each).encode() in small for way in _IN_FIGURES)
    }


_IN_FIGURES = ("\\u{:04x}".format, "&#{};".format, "&#x{:x};".format)
"""How JSON and XML may write a letter."""


def _pieces(data: bytes, password: str) -> Iterator[bytes]:
    yield data
    if data[:4] == b"PK\x03\x04":
        with pyzipper.AESZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield info.filename.encode() + info.comment
                yield from _pieces(archive.read(info, pwd=password.encode() or None), password)
    elif data[:5] == b"%PDF-":
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                yield page.get_textpage().get_text_bounded().replace("\r\n", "").encode()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            yield repr(dict(pdf.docinfo)).encode()
            for held in pdf.objects:
                if isinstance(held, pikepdf.Stream) and "/Subtype" not in held:
                    yield held.read_bytes()


def traces_below(folder: Path, words: Sequence[str], *, password: str = "") -> dict[str, set[str]]:
    """The files with such words in them or in their names, by their names."""
    found: dict[str, set[str]] = {}
    for file in sorted(folder.rglob("*")):
        told = traces_in(file.name.encode(), words)
        if file.is_file():
            told |= traces_in(file.read_bytes(), words, password=password)
        if told:
            found[file.relative_to(folder).as_posix()] = told
    return found


class GoneFiles:
    """Looks into files of a folder before they are taken away, so that what was there for a moment counts too."""

    def __init__(self, folder: Path, words: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder, self._words = folder, words
        self.found: set[str] = set()
        self.seen = 0
        unlink, rmtree = os.unlink, shutil.rmtree

        def look_and_unlink(path: str, *args: object, **options: object) -> None:
            self._look(Path(os.fsdecode(path)))
            unlink(path, *args, **options)  # type: ignore[arg-type]

        def look_and_rmtree(path: str, *args: object, **options: object) -> None:
            for file in Path(os.fsdecode(path)).rglob("*"):
                self._look(file)
            rmtree(path, *args, **options)  # type: ignore[arg-type]

        monkeypatch.setattr(os, "unlink", look_and_unlink)
        monkeypatch.setattr(os, "remove", look_and_unlink)
        monkeypatch.setattr(shutil, "rmtree", look_and_rmtree)

    def _look(self, file: Path) -> None:
        if file.is_file() and not file.is_symlink() and file.is_relative_to(self._folder):
            self.seen += 1
            self.found |= traces_in(file.read_bytes(), self._words)


def packed(name: str, data: bytes) -> bytes:
    """An archive with one file, for the test of the looking itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return made.getvalue()
