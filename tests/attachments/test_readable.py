"""What cannot be opened is told when it comes in: broken, cut off, or something else under the name of a scan."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from app.attachments.media_type import media_type
from app.attachments.readable import can_be_opened, needs_password


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.effect_noise((80, 60), 40).convert("RGB").save(made, kind)
    return made.getvalue()


def pdf() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(made, "PDF")
    return made.getvalue()


def opens(folder: Path, name: str, content: bytes) -> bool:
    file = folder / name
    file.write_bytes(content)
    return can_be_opened(file, media_type(file), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("回执.jpg", b"\x7fELF\x02\x01\x01" + bytes(200)),
        ("回执.pdf", b"%PDF-1.7\nbroken\n"),
        ("回执.png", b"\x89PNG\r\n\x1a\n" + bytes(range(200))),
        ("随便.png", bytes(range(7, 250))),
        ("回执.gif", b"GIF89a"),
        ("空.pdf", bytes(100_000)),
        ("网页.jpg", "<html>登录</html>".encode()),
        ("纪要.docx", b"PK\x03\x04cut off"),
        ("半张.jpg", picture("JPEG")[:400]),
        ("半份.pdf", pdf()[:60]),
    ],
)
def test_what_cannot_be_opened(tmp_path: Path, name: str, content: bytes) -> None:
    assert not opens(tmp_path, name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("回执.jpg", picture("JPEG")),
        ("回执.png", picture("PNG")),
        ("其实是图.jpg", picture("PNG")),
        ("扫描.pdf", pdf()),
        ("纪要.txt", "第一次会议".encode()),
        ("录音.amr", b"#!AMR\n" + bytes(50)),
        ("别的.dat", b"\x00\x01\x02"),
    ],
)
def test_what_opens_or_is_believed(tmp_path: Path, name: str, content: bytes) -> None:
    assert opens(tmp_path, name, content)


def test_a_locked_pdf_is_told_from_a_broken_one(tmp_path: Path) -> None:
    import pikepdf

    locked, broken, whole = (tmp_path / f"{name}.pdf" for name in ("locked", "broken", "whole"))
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(whole)
        made.save(locked, encryption=pikepdf.Encryption(user="abc", owner="abc"))
    broken.write_bytes(b"%PDF-1.4 nothing in here")
    told = {file.stem: needs_password(file, "application/pdf") for file in (locked, broken, whole)}
    assert told == {"locked": True, "broken": False, "whole": False}
    assert not needs_password(locked, "image/png")
    assert not needs_password(tmp_path / "gone.pdf", "application/pdf")
