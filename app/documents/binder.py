"""The evidence folder as one printable book: cover and 目录, every paper with running page numbers, 备考表.

Page numbers follow DA/T 22-2015 (单面编在右上角): one run of numbers over all papers, in the upper right
corner of each printed side; what comes before and after carries none. Because the 目录 needs the numbers, all
papers are counted before anything is drawn.

Papers are bound in batches that go to disk as they fill: the memory needed does not grow with the book.
"""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf

from app.documents.fonts import FontBook, system_fonts
from app.documents.page_marks import Marks, draw_marks
from app.documents.picture_page import (
    A4,
    PICTURE_TYPES,
    BadPictureError,
    picture_content,
    place_picture,
    read_picture,
)
from app.errors import UserError
from app.progress import Progress, Silent

PDF_TYPE = "application/pdf"

_BATCH_PAPERS = 48
_BATCH_OCTETS = 32 * 1024**2
_LARGEST_SIDE = 14_400.0  # points; what PDF readers accept (ISO 32000-1, annex C.2)
_GONE = "的原件找不到或读不出来"
_UNHARMED = "原件和资料库都没有动，也没有留下半本证据册。"


@dataclass(frozen=True)
class Part:
    """One paper of the book.

    Attributes:
        title: its name, as in the 目录.
        content: the octets, or the file that holds them.
        media_type: told by content; PDF and pictures can be bound.
        number: its number in the 目录 (件号), shown in the book's outline.
        caption: printed under a picture; the title if empty.
    """

    title: str
    content: bytes | Path
    media_type: str
    number: str = ""
    caption: str = ""


@dataclass(frozen=True)
class PlacedPart:
    """Where a paper stands in the book.

    Attributes:
        title, number: as given.
        first_page, last_page: running page numbers, as printed in the corners.
        pages: how many.
        replaced: a slip stands here because the paper itself could not be bound; says why, else empty.
    """

    title: str
    number: str
    first_page: int
    last_page: int
    pages: int
    replaced: str = ""


@dataclass(frozen=True)
class Book:
    """A book that was written.

    Attributes:
        path: the PDF.
        placed: the papers in order.
        pages: all pages, front and back matter included.
    """

    path: Path
    placed: tuple[PlacedPart, ...]
    pages: int


class _UnreadableError(Exception):
    """A paper cannot be bound; the message is the rest of a Chinese sentence that begins with its name."""


@dataclass(frozen=True)
class _Counted:
    """A paper whose pages are known; ``content`` may be a slip in its place."""

    part: Part
    content: bytes | Path
    is_picture: bool
    pages: int
    replaced: str = ""


@dataclass
class _Batch:
    """Bound pages that still live in memory, and the sources they refer to."""

    book: Pdf = field(default_factory=Pdf.new)
    sources: list[Pdf] = field(default_factory=list)
    marks: list[Marks] = field(default_factory=list)
    papers: int = 0
    octets: int = 0


def write_book(
    target: Path,
    *,
    title: str,
    parts: Sequence[Part],
    front: Callable[[Sequence[PlacedPart]], bytes] | None = None,
    back: Callable[[Sequence[PlacedPart]], bytes] | None = None,
    on_unreadable: Callable[[Part, str], bytes] | None = None,
    fonts: FontBook | None = None,
    progress: Progress | None = None,
) -> Book:
    """Bind ``parts`` into one PDF at ``target``, replacing what is there only when the book is whole.

    The same parts give the same octets.

    Args:
        target: the file to write.
        title: the book's title in its properties.
        parts: the papers in order; slips for missing ones are papers like any other.
        front: makes cover and 目录 (one PDF) from where the papers stand; empty octets for none.
        back: makes the 备考表 in the same way.
        on_unreadable: given a paper and the reason (the rest of a sentence that begins with its name),
            makes a slip (PDF) to bind instead. Without it such a paper stops the book.
        fonts: to draw numbers and captions; those of this computer when not given.
        progress: told papers counted and bound; may cancel.

    Raises:
        UserError: a paper cannot be bound, or the target cannot be written. The target is as it was.
        CancelledError: from ``progress``.
    """
    watched = progress or Silent()
    steps = 2 * len(parts) + 1
    counted: list[_Counted] = []
    for part in parts:
        watched.step(len(counted), steps, f"点页数：{part.title}")
        counted.append(_count(part, on_unreadable))
    placed = _place(counted)
    matter = [make(placed) if make else b"" for make in (front, back)]
    work = target.parent / f".{target.name[:40]}.partial-{secrets.token_hex(4)}"
    try:
        work.mkdir()
        chunks = list(_bind(work, counted, placed, fonts or system_fonts(), watched, steps))
        watched.step(steps - 1, steps, "合成一本")
        whole = work / "whole.pdf"
        pages = _join(whole, title, chunks, matter, placed)
        _flush(whole)
        whole.replace(target)
        _flush_folder(target.parent)
    except OSError as error:
        raise _cannot_write(error, target) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    watched.step(steps, steps)
    return Book(target, placed, pages)


# --- counting ---


def _count(part: Part, on_unreadable: Callable[[Part, str], bytes] | None) -> _Counted:
    try:
        if part.media_type in PICTURE_TYPES:
            read_picture(part.content)
            return _Counted(part, part.content, True, 1)
        if part.media_type == PDF_TYPE:
            return _Counted(part, part.content, False, _count_pages(part.content))
        reason = "不是 PDF 也不是图片，不能直接装订"
    except (_UnreadableError, BadPictureError) as unreadable:
        reason = str(unreadable)
    except OSError:
        reason = _GONE
    if on_unreadable is None:
        raise _cannot_bind(part, reason)
    slip = on_unreadable(part, reason)
    return _Counted(part, slip, False, _count_pages(slip), reason)


def _count_pages(content: bytes | Path) -> int:
    with _opened(content) as source:
        for page in source.pages:
            _seen(page)
        return len(source.pages)


@contextmanager
def _opened(content: bytes | Path) -> Iterator[Pdf]:
    source = _open(content)
    try:
        yield source
    finally:
        source.close()


def _readable(content: bytes | Path) -> io.BytesIO | Path:
    return io.BytesIO(content) if isinstance(content, bytes) else content


def _open(content: bytes | Path) -> Pdf:
    try:
        source = pikepdf.open(_readable(content), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise _UnreadableError("加了密码，打不开") from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise _UnreadableError("文件坏了，打不开") from error
    try:
        if len(source.pages) == 0:
            raise _UnreadableError("里面一页也没有")
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        source.close()
        raise _UnreadableError("文件坏了，打不开") from error
    except _UnreadableError:
        source.close()
        raise
    return source


def _place(counted: Sequence[_Counted]) -> tuple[PlacedPart, ...]:
    placed: list[PlacedPart] = []
    page = 1
    for paper in counted:
        last = page + paper.pages - 1
        placed.append(
            PlacedPart(paper.part.title, paper.part.number, page, last, paper.pages, paper.replaced)
        )
        page = last + 1
    return tuple(placed)


# --- binding ---


def _bind(
    work: Path,
    counted: Sequence[_Counted],
    placed: Sequence[PlacedPart],
    fonts: FontBook,
    progress: Progress,
    steps: int,
) -> Iterator[Path]:
    """Write the numbered pages of all papers in batches; yield the files."""
    batch = _Batch()
    chunk = 0
    try:
        for done, (paper, place) in enumerate(zip(counted, placed, strict=True)):
            progress.step(len(counted) + done, steps, f"装订：{paper.part.title}")
            try:
                if paper.is_picture:
                    _bind_picture(batch, paper, place.first_page)
                else:
                    _bind_pdf(batch, paper, place)
            except (_UnreadableError, BadPictureError) as changed:
                # It could be read a moment ago when its pages were counted.
                raise _cannot_bind(paper.part, str(changed)) from changed
            except OSError as gone:
                raise _cannot_bind(paper.part, _GONE) from gone
            batch.papers += 1
            if batch.papers >= _BATCH_PAPERS or batch.octets >= _BATCH_OCTETS:
                yield _save(batch, work / f"{chunk}.pdf", fonts)
                batch, chunk = _Batch(), chunk + 1
        if batch.papers:
            yield _save(batch, work / f"{chunk}.pdf", fonts)
    finally:
        for source in batch.sources:
            source.close()


def _bind_picture(batch: _Batch, paper: _Counted, number: int) -> None:
    picture = read_picture(paper.content)
    box = place_picture(picture)
    batch.octets += picture.octets
    _add_page(batch.book, *A4, picture_content(picture, box, "/Pic"), "/Pic", picture.embed(batch.book))
    caption = paper.part.caption or paper.part.title
    batch.marks.append(Marks(*A4, number, caption, box))


def _bind_pdf(batch: _Batch, paper: _Counted, place: PlacedPart) -> None:
    source = _open(paper.content)
    batch.sources.append(source)
    if isinstance(paper.content, bytes):
        batch.octets += len(paper.content)
    if len(source.pages) != paper.pages:
        raise _UnreadableError("在装订时被改动了")
    _print_annotations(source)
    for offset, page in enumerate(source.pages):
        seen = _seen(page)
        page.trimbox = page.mediabox = page.cropbox = Array(list(seen.box))
        form = batch.book.copy_foreign(page.as_form_xobject(handle_transformations=False))
        matrix = " ".join(f"{number:.5f}" for number in seen.matrix)
        _add_page(batch.book, seen.width, seen.height, f"q {matrix} cm /Pg Do Q\n".encode(), "/Pg", form)
        batch.marks.append(Marks(seen.width, seen.height, place.first_page + offset))


@dataclass(frozen=True)
class _Seen:
    """How a page is seen: its visible box, its upright size in points, the way from one to the other."""

    box: tuple[float, float, float, float]
    width: float
    height: float
    matrix: tuple[float, float, float, float, float, float]


def _seen(page: pikepdf.Page) -> _Seen:
    """Work out rotation, crop box and user unit (ISO 32000-1, 7.7.3.3 and 14.11.2)."""
    media = _box(page, "/MediaBox") or (0.0, 0.0, *A4)
    crop = _box(page, "/CropBox") or media
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    if x1 - x0 < 1 or y1 - y0 < 1:
        x0, y0, x1, y1 = media
    wide, high = x1 - x0, y1 - y0
    if wide < 1 or high < 1:
        raise _UnreadableError("有的页尺寸不对，打不开")
    unit = _number(page.obj.get("/UserUnit"), 1.0)
    scale = min(unit if unit > 0 else 1.0, _LARGEST_SIDE / wide, _LARGEST_SIDE / high)
    turn = int(_number(_inherited(page, "/Rotate"), 0.0)) % 360 // 90 * 90
    s = scale
    matrix = {
        0: (s, 0.0, 0.0, s, -s * x0, -s * y0),
        90: (0.0, -s, s, 0.0, -s * y0, s * x1),
        180: (-s, 0.0, 0.0, -s, s * x1, s * y1),
        270: (0.0, s, -s, 0.0, s * y1, -s * x0),
    }[turn]
    across, up = (high, wide) if turn in (90, 270) else (wide, high)
    return _Seen((x0, y0, x1, y1), across * s, up * s, matrix)


def _box(page: pikepdf.Page, name: str) -> tuple[float, float, float, float] | None:
    found = _inherited(page, name)
    if not isinstance(found, Array) or len(found) != 4:
        return None
    numbers = [_number(each, float("nan")) for each in found]
    if not all(abs(number) < 1e7 for number in numbers):
        return None
    (x0, x1), (y0, y1) = sorted(numbers[0::2]), sorted(numbers[1::2])
    return x0, y0, x1, y1


def _inherited(page: pikepdf.Page, name: str) -> object:
    node: object = page.obj
    for _ in range(64):  # deeper than any real page tree; a tree that bites its tail ends here
        if not isinstance(node, Dictionary):
            return None
        if name in node:
            return node[name]
        node = node.get("/Parent")
    return None


def _number(value: object, otherwise: float) -> float:
    try:
        return float(value) if value is not None else otherwise  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return otherwise


def _print_annotations(source: Pdf) -> None:
    """Make seals, stamps and filled fields part of the page as they would print; drop links and scripts."""
    try:
        source.generate_appearance_streams()
        source.flatten_annotations("print")
    except (pikepdf.PdfError, RuntimeError, ValueError):
        # Broken annotations are left out; the paper itself can still be bound.
        pass
    for page in source.pages:
        for name in ("/Annots", "/AA", "/B"):
            if name in page.obj:
                del page.obj[name]


def _add_page(
    book: Pdf, width: float, height: float, content: bytes, name: str, drawn: pikepdf.Object
) -> None:
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(width, 3), round(height, 3)]),
        Resources=Dictionary(XObject=Dictionary({name: drawn})),
        Contents=book.make_stream(content),
    )
    book.pages.append(pikepdf.Page(book.make_indirect(page)))


def _save(batch: _Batch, chunk: Path, fonts: FontBook) -> Path:
    """Lay the marks over the pages, write the batch and let go of its sources."""
    with _opened(draw_marks(batch.marks, fonts)) as overlays:
        for page, overlay in zip(batch.book.pages, overlays.pages, strict=True):
            form = overlay.as_form_xobject(handle_transformations=False)
            page.obj.Resources.XObject["/No"] = batch.book.copy_foreign(form)
            page.contents_add(b"q /No Do Q\n")
            page.contents_coalesce()
        batch.book.save(chunk, object_stream_mode=ObjectStreamMode.generate)
    batch.book.close()
    for source in batch.sources:
        source.close()
    batch.sources.clear()
    return chunk


# --- joining ---


def _join(
    whole: Path, title: str, chunks: Sequence[Path], matter: Sequence[bytes], placed: Sequence[PlacedPart]
) -> int:
    """Write front matter, batches and back matter as one file; return its pages."""
    book = Pdf.new()
    sources: list[Pdf] = []
    try:
        contents: list[bytes | Path] = [matter[0], *chunks, matter[1]]
        for content in contents:
            if content:
                source = pikepdf.open(_readable(content), access_mode=pikepdf.AccessMode.stream)
                sources.append(source)
                book.pages.extend(source.pages)
        before = len(sources[0].pages) if matter[0] else 0
        numbered = placed[-1].last_page if placed else 0
        with book.open_outline() as outline:
            outline.root.extend(
                OutlineItem(f"{part.number} {part.title}".strip(), before + part.first_page - 1)
                for part in placed
            )
        roman, arabic = Dictionary(S=Name.r), Dictionary(S=Name.D)
        labels = {0: roman if before else arabic, before: arabic, before + numbered: roman}
        if before + numbered == len(book.pages):
            labels.pop(before + numbered)
        nums = [each for start, label in sorted(labels.items()) for each in (start, label)]
        book.Root.PageLabels = Dictionary(Nums=Array(nums))
        book.Root.Lang = pikepdf.String("zh-CN")
        book.docinfo["/Title"] = title
        book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pages = len(book.pages)
        book.save(whole, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return pages
    finally:
        book.close()
        for source in sources:
            source.close()


def _flush(file: Path) -> None:
    with file.open("rb+") as written:
        os.fsync(written.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _cannot_bind(part: Part, reason: str) -> UserError:
    return UserError(
        f"“{part.title}”{reason}，证据册没有做成。",
        _UNHARMED,
        "请换一份能打开的 PDF 或照片，或者把它改成“缺”并写明原因，再做一次。",
        code="B-101",
    )


def _cannot_write(error: OSError, target: Path) -> UserError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            f"“{target.parent}”没有空间了，证据册没有做成。",
            _UNHARMED,
            "请换个位置，或者先腾出空间，再做一次。",
            code="B-102",
        )
    return UserError(
        f"“{target.name}”写不进“{target.parent}”：可能没有权限，或者这个文件正开着。",
        _UNHARMED,
        "请关掉正在看它的程序，或者换个位置，再做一次。",
        code="B-103",
    )
