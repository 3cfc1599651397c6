"""The evidence folder as a book: numbers, upright pages, foreign files, whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Page, Pdf, Stream
from pikepdf import open as open_pdf
from PIL import Image, ImageCms, ImageOps

from app.documents import binder
from app.documents.binder import Book, Part, PlacedPart, write_book
from app.errors import CancelledError, UserError

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
A4 = (595.0, 842.0)


def pdf_of(book: Pdf, **options: object) -> bytes:
    octets = io.BytesIO()
    book.save(octets, **options)  # type: ignore[arg-type]
    return octets.getvalue()


def paper(
    pages: int = 1, size: tuple[float, float] = A4, change: Callable[[Dictionary], None] | None = None
) -> bytes:
    """A PDF whose pages have a red upper left quarter (before any turning)."""
    book = Pdf.new()
    for _ in range(pages):
        wide, high = size
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, wide, high]),
            Contents=book.make_stream(f"1 0 0 rg 0 {high / 2} {wide / 2} {high / 2} re f".encode()),
        )
        book.pages.append(Page(book.make_indirect(page)))
        if change:
            change(book.pages[-1].obj)
    return pdf_of(book)


def photo(
    kind: str = "JPEG", orientation: int = 1, mode: str = "RGB", size: tuple[int, int] = (640, 400)
) -> bytes:
    """A picture in four colours, no two corners alike."""
    wide, high = size
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, wide // 2, high // 2))
    image.paste("lime", (wide // 2, 0, wide, high // 2))
    image.paste("blue", (0, high // 2, wide // 2, high))
    exif = Image.Exif()
    exif[0x0112] = orientation
    octets = io.BytesIO()
    image.convert(mode).save(octets, kind, exif=exif)
    return octets.getvalue()


def bind(tmp_path: Path, parts: Sequence[Part], **options: object) -> Book:
    return write_book(tmp_path / "证据册.pdf", title="2026 年度证据册", parts=parts, **options)  # type: ignore[arg-type]


def seen(book: Book, page: int) -> Image.Image:
    with pypdfium2.PdfDocument(book.path) as document:
        picture: Image.Image = document[page].render(scale=1).to_pil().convert("RGB")
        return picture


def words(book: Book, page: int, *, corner: bool = False) -> str:
    with pypdfium2.PdfDocument(book.path) as document:
        wide, high = document[page].get_size()
        text = document[page].get_textpage()
        found = (
            text.get_text_bounded(wide * 0.75, high * 0.9, wide, high) if corner else text.get_text_range()
        )
        return str(found).strip()


def is_red(image: Image.Image, across: float, down: float) -> bool:
    red, green, blue = image.getpixel((int(image.width * across), int(image.height * down)))  # type: ignore[misc]
    return red > 200 and green < 90 and blue < 90


def sheet(text: str, pages: int = 1) -> Callable[[Sequence[PlacedPart]], bytes]:
    return lambda _: paper(pages)


def test_numbers_run_over_all_papers_and_only_over_them(tmp_path: Path) -> None:
    told: list[Sequence[PlacedPart]] = []

    def contents(placed: Sequence[PlacedPart]) -> bytes:
        told.append(placed)
        return paper(2)

    parts = [
        Part("要约书", paper(3), PDF, "0001"),
        Part("会议照片", photo(), JPEG, "0002"),
        Part("集体合同", paper(2), PDF, "0003"),
    ]
    book = bind(tmp_path, parts, front=contents, back=sheet("备考表"))
    assert [
        (part.title, part.number, part.first_page, part.last_page, part.pages) for part in book.placed
    ] == [
        ("要约书", "0001", 1, 3, 3),
        ("会议照片", "0002", 4, 4, 1),
        ("集体合同", "0003", 5, 6, 2),
    ]
    assert told == [book.placed]
    assert book.pages == 9
    assert [words(book, page, corner=True) for page in range(9)] == ["", "", "1", "2", "3", "4", "5", "6", ""]


def test_the_word_of_a_practice_case_is_beside_every_number(tmp_path: Path) -> None:
    parts = [Part("要约书", paper(2), PDF), Part("会议照片", photo(), JPEG)]
    book = bind(tmp_path, parts, word="练习")
    assert [words(book, page, corner=True).split() for page in range(3)] == [
        ["练习", "1"],
        ["练习", "2"],
        ["练习", "3"],
    ]


def test_outline_title_and_page_labels(tmp_path: Path) -> None:
    parts = [Part("要约书", paper(3), PDF, "0001"), Part("回执", paper(), PDF)]
    book = bind(tmp_path, parts, front=sheet("封面", 2), back=sheet("备考表"))
    with open_pdf(book.path) as read:
        with read.open_outline() as outline:
            entries = [(item.title, read.pages.index(Page(item.destination[0]))) for item in outline.root]
        assert entries == [("0001 要约书", 2), ("回执", 5)]
        assert [page.label for page in read.pages] == ["i", "ii", "1", "2", "3", "4", "i"]
        assert str(read.docinfo["/Title"]) == "2026 年度证据册"


def test_qpdf_finds_nothing_to_complain_about(tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    parts = [Part("a", paper(2), PDF), Part("b", photo(), JPEG), Part("c", photo("PNG"), PNG)]
    book = bind(tmp_path, parts, front=sheet("封面"))
    told = subprocess.run(["qpdf", "--check", book.path], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert "WARNING" not in told.stdout + told.stderr


def test_same_parts_same_octets(tmp_path: Path) -> None:
    parts = [Part("a", paper(2), PDF), Part("照片䶮", photo(), JPEG), Part("b", photo("PNG"), PNG)]
    first = bind(tmp_path, parts).path.read_bytes()
    assert bind(tmp_path, parts).path.read_bytes() == first


def turned(degrees: int) -> Callable[[Dictionary], None]:
    def change(page: Dictionary) -> None:
        page.Rotate = degrees

    return change


@pytest.mark.parametrize(
    ("degrees", "red"),
    [
        (0, (0.2, 0.2)),
        (90, (0.8, 0.2)),
        (180, (0.8, 0.8)),
        (270, (0.2, 0.8)),
        (-90, (0.2, 0.8)),
        (450, (0.8, 0.2)),
    ],
)
def test_turned_pages_are_bound_as_they_are_seen(
    tmp_path: Path, degrees: int, red: tuple[float, float]
) -> None:
    book = bind(tmp_path, [Part("a", paper(size=(300, 500), change=turned(degrees)), PDF)])
    image = seen(book, 0)
    assert image.size == ((500, 300) if degrees % 180 else (300, 500))
    corners = [(across, down) for across in (0.2, 0.8) for down in (0.2, 0.8)]
    assert [corner for corner in corners if is_red(image, *corner)] == [red]
    assert words(book, 0, corner=True) == "1"


def test_crop_box_with_its_own_origin_and_user_unit(tmp_path: Path) -> None:
    def change(page: Dictionary) -> None:
        page.MediaBox = Array([-100, -50, 500, 950])
        page.CropBox = Array([500, 400, 0, 0])
        page.UserUnit = 2
        page.Rotate = 90

    book = bind(tmp_path, [Part("a", paper(size=(500, 400), change=change), PDF)])
    image = seen(book, 0)
    assert image.size == (800, 1000)
    assert is_red(image, 0.8, 0.2)
    assert not is_red(image, 0.2, 0.2)
    assert words(book, 0, corner=True) == "1"


def test_boxes_inherited_from_the_page_tree(tmp_path: Path) -> None:
    with open_pdf(io.BytesIO(paper(2, (300, 500)))) as source:
        for page in source.pages:
            del page.obj["/MediaBox"]
        source.Root.Pages.MediaBox = Array([0, 0, 300, 500])
        source.Root.Pages.Rotate = 180
        book = bind(tmp_path, [Part("a", pdf_of(source), PDF)])
    assert [seen(book, page).size for page in range(2)] == [(300, 500)] * 2
    assert is_red(seen(book, 1), 0.8, 0.8)


def test_an_unbalanced_page_does_not_move_the_number(tmp_path: Path) -> None:
    def change(page: Dictionary) -> None:
        page.Contents.write(b"q q 0.1 0 0 0.1 0 0 cm 1 1 1 rg")

    book = bind(tmp_path, [Part("a", paper(change=change), PDF)])
    assert words(book, 0, corner=True) == "1"


@pytest.mark.parametrize("size", [(1190.0, 842.0), (200.0, 300.0), (30_000.0, 10_000.0)])
def test_numbers_grow_with_the_page(tmp_path: Path, size: tuple[float, float]) -> None:
    book = bind(tmp_path, [Part("a", paper(size=size), PDF)])
    with pypdfium2.PdfDocument(book.path) as document:
        page = document[0]
        wide, high = page.get_size()
        left, bottom, right, top = page.get_textpage().get_charbox(0)
    assert max(wide, high) <= 14_400
    assert wide * 0.85 < left < right < wide
    assert high * 0.85 < bottom < top < high
    assert 0.004 < (top - bottom) / min(wide, high) < 0.03


def test_seals_are_printed_into_the_page_and_links_are_gone(tmp_path: Path) -> None:
    with open_pdf(io.BytesIO(paper(size=(400, 400)))) as source:
        stamp = Stream(source, b"1 0 0 rg 0 0 100 100 re f")
        stamp.Type, stamp.Subtype, stamp.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
        seal = Dictionary(
            Type=Name.Annot, Subtype=Name.Stamp, F=4, Rect=Array([280, 20, 380, 120]), AP=Dictionary(N=stamp)
        )
        link = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([0, 0, 9, 9]),
            A=Dictionary(S=Name.URI, URI="http://example.invalid"),
        )
        source.pages[0].obj.Annots = Array([source.make_indirect(seal), source.make_indirect(link)])
        source.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        book = bind(tmp_path, [Part("a", pdf_of(source), PDF)])
    assert is_red(seen(book, 0), 0.82, 0.82)
    with open_pdf(book.path) as read:
        assert "/Annots" not in read.pages[0].obj
        assert "/OpenAction" not in read.Root
    assert b"example.invalid" not in book.path.read_bytes()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright(tmp_path: Path, orientation: int) -> None:
    content = photo(orientation=orientation)
    book = bind(tmp_path, [Part("照片", content, JPEG)])
    page = seen(book, 0)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")
    scale = min((595.276 - 40 * 72 / 25.4) / upright.width, (841.89 - 52 * 72 / 25.4) / upright.height, 1)
    wide, high = upright.width * scale, upright.height * scale
    left, top = 25 * 72 / 25.4 + (595.276 - 40 * 72 / 25.4 - wide) / 2, 20 * 72 / 25.4
    for across in (0.25, 0.75):
        for down in (0.25, 0.75):
            drawn = page.getpixel((int(left + across * wide), int(top + down * high)))
            meant = upright.getpixel((int(across * upright.width), int(down * upright.height)))
            assert isinstance(drawn, tuple)
            assert isinstance(meant, tuple)
            assert all(abs(one - other) < 12 for one, other in zip(drawn, meant, strict=True))


def test_jpeg_octets_pass_through(tmp_path: Path) -> None:
    content = photo()
    book = bind(tmp_path, [Part("照片", content, JPEG)])
    with open_pdf(book.path) as read:
        image = read.pages[0].obj.Resources.XObject["/Pic"]
        assert image.read_raw_bytes() == content
        assert image.Filter == Name.DCTDecode


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1"])
def test_plain_png_data_pass_through(tmp_path: Path, mode: str) -> None:
    content = photo("PNG", mode=mode)
    book = bind(tmp_path, [Part("截图", content, PNG)])
    with open_pdf(book.path) as read:
        raw = read.pages[0].obj.Resources.XObject["/Pic"].read_raw_bytes()
    assert raw[:64] in content
    page = seen(book, 0)
    assert is_red(page, 0.3, 0.12) is (mode in ("RGB", "P"))


@pytest.mark.parametrize(
    ("kind", "mode", "media"),
    [
        ("PNG", "RGBA", PNG), ("PNG", "LA", PNG), ("PNG", "I;16", PNG),
        ("JPEG", "CMYK", JPEG), ("JPEG", "L", JPEG),
        ("TIFF", "RGB", "image/tiff"), ("GIF", "P", "image/gif"), ("BMP", "RGB", "image/bmp"),
        ("WEBP", "RGB", "image/webp"),
    ],
)  # fmt: skip
def test_other_pictures(tmp_path: Path, kind: str, mode: str, media: str) -> None:
    if mode == "I;16":
        octets = io.BytesIO()
        Image.new("I;16", (64, 64), 65535).save(octets, kind)
        content = octets.getvalue()
    else:
        content = photo(kind, mode=mode)
    book = bind(tmp_path, [Part("图", content, media)])
    assert book.pages == 1
    if mode not in ("LA", "L", "I;16"):
        assert is_red(seen(book, 0), 0.3, 0.12)


def test_a_colour_profile_travels_along(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    octets = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(octets, "JPEG", icc_profile=profile)
    broken = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(broken, "JPEG", icc_profile=b"junk" * 50)
    book = bind(tmp_path, [Part("a", octets.getvalue(), JPEG), Part("b", broken.getvalue(), JPEG)])
    with open_pdf(book.path) as read:
        spaces = [page.obj.Resources.XObject["/Pic"].ColorSpace for page in read.pages]
        assert spaces[0][0] == Name.ICCBased
        assert spaces[0][1].read_bytes() == profile
        assert spaces[1] == Name.DeviceRGB


def test_captions_stand_under_the_picture(tmp_path: Path) -> None:
    parts = [
        Part("照片一", photo(), JPEG, caption="2026年4月16日 第一次协商会议，䶮师傅发言"),
        Part("照片二 标题作说明", photo(), JPEG),
        Part("长", photo(), JPEG, caption="很长的说明，" * 100),
    ]
    book = bind(tmp_path, parts)
    assert "䶮师傅发言" in words(book, 0)
    assert "标题作说明" in words(book, 1)
    assert words(book, 2).count("很长的说明") < 40
    assert "…" in words(book, 2)


def unreadable() -> dict[str, tuple[bytes | Path, str]]:
    whole = paper(2)
    locked = io.BytesIO()
    with open_pdf(io.BytesIO(whole)) as source:
        source.save(locked, encryption=Encryption(user="a", owner="b"))
    with open_pdf(io.BytesIO(whole)) as source:
        junk = Stream(source, b"junk" * 40)
        junk.Filter = Name.FlateDecode
        source.pages[1].obj.Contents = source.make_indirect(junk)
        broken_page = pdf_of(source, compress_streams=False)
    return {
        "locked": (locked.getvalue(), PDF),
        "cut": (whole[: len(whole) // 3], PDF),
        "empty": (b"", PDF),
        "no pages": (pdf_of(Pdf.new()), PDF),
        "broken page": (broken_page, PDF),
        "cut photo": (photo()[:1500], JPEG),
        "cut png": (photo("PNG")[:-200], PNG),
        "text": (b"text", "text/plain"),
        "gone": (Path("没有这个文件.pdf"), PDF),
        "gone photo": (Path("没有这个文件.jpg"), JPEG),
    }


@pytest.mark.parametrize("name", sorted(unreadable()))
def test_what_cannot_be_bound_is_named_or_replaced(tmp_path: Path, name: str) -> None:
    content, kind = unreadable()[name]
    content = tmp_path / content if isinstance(content, Path) else content
    parts = [
        Part("前一份", photo(), JPEG),
        Part("送达回执", content, kind, "0007"),
        Part("后一份", paper(2), PDF),
    ]
    with pytest.raises(UserError, match="送达回执") as caught:
        bind(tmp_path, parts)
    assert caught.value.code == "D-301"
    assert list(tmp_path.iterdir()) == []
    reasons: list[str] = []

    def slip(part: Part, reason: str) -> bytes:
        reasons.append(reason)
        return paper(3)

    book = bind(tmp_path, parts, on_unreadable=slip)
    assert [(part.first_page, part.last_page, part.replaced) for part in book.placed] == [
        (1, 1, ""),
        (2, 4, reasons[0]),
        (5, 6, ""),
    ]
    assert book.placed[1].number == "0007"
    assert [words(book, page, corner=True) for page in range(6)] == list("123456")


def test_an_owner_lock_alone_does_not_stop_binding(tmp_path: Path) -> None:
    with open_pdf(io.BytesIO(paper())) as source:
        content = pdf_of(source, encryption=Encryption(user="", owner="b"))
    book = bind(tmp_path, [Part("a", content, PDF)])
    assert is_red(seen(book, 0), 0.2, 0.2)
    with open_pdf(book.path) as read:
        assert not read.is_encrypted


def test_originals_in_files_stay_as_they_are(tmp_path: Path) -> None:
    file, picture = tmp_path / "a.pdf", tmp_path / "b.jpg"
    file.write_bytes(paper(change=turned(90)))
    picture.write_bytes(photo())
    before = file.read_bytes(), picture.read_bytes()
    bind(tmp_path, [Part("a", file, PDF), Part("b", picture, JPEG)])
    assert (file.read_bytes(), picture.read_bytes()) == before


def test_many_batches_keep_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binder, "_BATCH_PICTURES", 2)
    parts = [
        Part(f"第{number}份", photo(size=(64, 40)), JPEG)
        if number % 4
        else Part(f"第{number}份", paper(2), PDF)
        for number in range(11)
    ]
    book = bind(tmp_path, parts)
    assert book.pages == book.placed[-1].last_page == 14
    assert [words(book, page, corner=True) for page in range(14)] == [str(number) for number in range(1, 15)]
    for number, part in enumerate(book.placed):
        if number % 4:
            assert f"第{number}份" in words(book, part.first_page - 1)


def test_a_book_without_papers(tmp_path: Path) -> None:
    assert bind(tmp_path, []).pages == 0
    assert bind(tmp_path, [], front=sheet("封面", 2)).pages == 2


class CancelAt:
    def __init__(self, step: int) -> None:
        self.at = step

    def step(self, done: int, total: int, what: str = "") -> None:
        assert done <= total
        if done == self.at:
            raise CancelledError


@pytest.mark.parametrize("step", [0, 1, 2])
def test_cancelling_keeps_the_old_book_and_nothing_else(tmp_path: Path, step: int) -> None:
    (tmp_path / "证据册.pdf").write_bytes(b"old")
    with pytest.raises(CancelledError):
        bind(tmp_path, [Part("a", paper(), PDF), Part("b", photo(), JPEG)], progress=CancelAt(step))
    assert [path.name for path in tmp_path.iterdir()] == ["证据册.pdf"]
    assert (tmp_path / "证据册.pdf").read_bytes() == b"old"


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "D-302"), (errno.EACCES, "D-303")])
def test_a_disk_that_takes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def failing(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(UserError) as caught:
        bind(tmp_path, [Part("a", paper(), PDF)])
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write_book(tmp_path / "没有" / "a.pdf", title="x", parts=[])
    assert caught.value.code == "D-303"
