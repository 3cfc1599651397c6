"""The evidence folder as one printable book: cover and 目录, every paper with running page numbers, 备考表.

Page numbers follow DA/T 22-2015 (单面编在右上角): one run of numbers over all papers, in the upper right
corner of each printed side; what comes before and after carries none. Because the 目录 needs the numbers, it
is made when all papers are bound.

Papers go to disk as they are bound and are joined file by file: the memory needed does not grow with them.
"""

from __future__ import annotations

import errno
import io
import logging
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, OutlineItem, Pdf

from app.documents.fonts import FontBook, system_fonts
from app.documents.page_marks import Marks, draw_marks
from app.documents.paper_pages import UnreadablePaperError, drawn_page, make_bindable, open_paper
from app.documents.picture_page import (
    A4,
    PICTURE_TYPES,
    BadPictureError,
    Picture,
    picture_content,
    place_picture,
    read_picture,
)
from app.durable import sync_file, sync_folder
from app.errors import UserError, disk_reason
from app.half_done import half_done_name, in_work, sweep_half_done
from app.progress import Progress, Silent

PDF_TYPE = "application/pdf"

_BATCH_OCTETS = 32 * 1024**2
_BATCH_PICTURES = 48
_GONE = "的原件找不到或读不出来"
_UNHARMED = "原件和资料库都没有动，也没有留下半本证据册。"

# What these libraries say about odd files is for programmers; here it becomes a slip or a sentence.
logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
logging.getLogger("PIL").setLevel(logging.CRITICAL)


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


class _Bindery:
    """Papers on their way into the book: pictures gather in batches, every PDF is a piece of its own."""

    def __init__(self, work: Path, fonts: FontBook, word: str) -> None:
        self.pieces: list[Path] = []
        self.placed: list[PlacedPart] = []
        self.next_page = 1
        self._work = work
        self._fonts = fonts
        self._word = word
        self._pictures: list[tuple[Picture, Marks]] = []

    def bind(self, part: Part, replaced: str = "") -> None:
        """Add the pages of one paper.

        Raises:
            UnreadablePaperError: it cannot be bound; nothing was added.
        """
        first = self.next_page
        try:
            if part.media_type in PICTURE_TYPES:
                self._bind_picture(part)
            elif part.media_type == PDF_TYPE:
                self._bind_pdf(part)
            else:
                raise UnreadablePaperError("不是 PDF 也不是图片，不能直接装订")
        except BadPictureError as error:
            raise UnreadablePaperError(str(error)) from error
        last = self.next_page - 1
        self.placed.append(PlacedPart(part.title, part.number, first, last, last - first + 1, replaced))

    def finish(self) -> None:
        """Write what is still gathered."""
        if not self._pictures:
            return
        book = Pdf.new()
        for picture, marks in self._pictures:
            assert marks.picture is not None
            content = picture_content(picture, marks.picture, "/Pic")
            book.pages.append(drawn_page(book, *A4, content, "/Pic", picture.embed(book)))
        self._save(book, [marks for _, marks in self._pictures])
        self._pictures.clear()

    def _bind_picture(self, part: Part) -> None:
        try:
            picture = read_picture(part.content)
        except OSError as error:
            raise UnreadablePaperError(_GONE) from error
        caption = part.caption or part.title
        marks = Marks(*A4, self.next_page, caption, place_picture(picture), self._word)
        self._pictures.append((picture, marks))
        self.next_page += 1
        gathered = sum(each.octets for each, _ in self._pictures)
        if len(self._pictures) >= _BATCH_PICTURES or gathered >= _BATCH_OCTETS:
            self.finish()

    def _bind_pdf(self, part: Part) -> None:
        try:
            source = open_paper(part.content)
        except OSError as error:
            raise UnreadablePaperError(_GONE) from error
        try:
            self.finish()
            looks = make_bindable(source)
            pages = enumerate(looks, self.next_page)
            marks = [Marks(seen.width, seen.height, at, word=self._word) for at, seen in pages]
            self._save(source, marks)
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise UnreadablePaperError("文件坏了，打不开") from error
        finally:
            source.close()
        self.next_page += len(looks)

    def _save(self, book: Pdf, marks: Sequence[Marks]) -> None:
        """Lay the marks over the pages and write them as the next piece."""
        piece = self._work / f"{len(self.pieces)}.pdf"
        with pikepdf.open(io.BytesIO(draw_marks(marks, self._fonts))) as overlays:
            for page, overlay in zip(book.pages, overlays.pages, strict=True):
                form = overlay.as_form_xobject(handle_transformations=False)
                page.obj.Resources.XObject["/No"] = book.copy_foreign(form)
                page.obj.Contents = book.make_stream(page.obj.Contents.read_bytes() + b"q /No Do Q\n")
            book.save(piece, object_stream_mode=ObjectStreamMode.generate, encryption=False)
        with pikepdf.open(piece) as again:
            if len(again.pages) != len(marks):
                raise UnreadablePaperError("文件坏了，有的页打不开")
        self.pieces.append(piece)


def write_book(
    target: Path,
    *,
    title: str,
    parts: Sequence[Part],
    front: Callable[[Sequence[PlacedPart]], bytes] | None = None,
    back: Callable[[Sequence[PlacedPart]], bytes] | None = None,
    on_unreadable: Callable[[Part, str], bytes] | None = None,
    word: str = "",
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
        word: printed before every page number (练习).
        fonts: to draw numbers and captions; those of this computer when not given.
        progress: told papers bound, then the joining as one more step; may cancel.

    Raises:
        UserError: a paper cannot be bound, a caption cannot be drawn, or the target cannot be written. The
            target is as it was.
        CancelledError: from ``progress``.
    """
    watched = progress or Silent()
    steps = len(parts) + 1
    work = half_done_name(target)
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder")
        sweep_half_done(target)
        work.mkdir()
        with in_work(work):
            bindery = _Bindery(work, fonts or system_fonts(), word)
            for done, part in enumerate(parts):
                watched.step(done, steps, f"装订：{part.title}")
                try:
                    bindery.bind(part)
                except UnreadablePaperError as unreadable:
                    reason = str(unreadable)
                    if on_unreadable is None:
                        raise _cannot_bind(part, reason) from unreadable
                    slip = Part(part.title, on_unreadable(part, reason), PDF_TYPE, part.number)
                    bindery.bind(slip, replaced=reason)
            bindery.finish()
            watched.step(len(parts), steps, "合成一本")
            placed = tuple(bindery.placed)
            whole, pages = _join(work, title, bindery.pieces, placed, front, back)
            sync_file(whole)
            whole.replace(target)
            sync_folder(target.parent)
    except OSError as error:
        raise cannot_write_book(error, target) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    watched.step(steps, steps)
    return Book(target, placed, pages)


def _join(
    work: Path,
    title: str,
    pieces: Sequence[Path],
    placed: Sequence[PlacedPart],
    front: Callable[[Sequence[PlacedPart]], bytes] | None,
    back: Callable[[Sequence[PlacedPart]], bytes] | None,
) -> tuple[Path, int]:
    """Join front matter, pieces and back matter; return the file and its pages."""
    before, opening = _matter(work / "front.pdf", front, placed)
    _, closing = _matter(work / "back.pdf", back, placed)
    bound, whole = work / "bound.pdf", work / "whole.pdf"
    files = [*opening, *pieces, *closing]
    if files:
        # This job copies from file to file; appending pages to an open book would keep all of them in memory.
        pages = [{"file": str(file)} for file in files]
        pikepdf.Job({"empty": "", "pages": pages, "outputFile": str(bound), "staticId": ""}).run()
    else:
        Pdf.new().save(bound)
    with pikepdf.open(bound, access_mode=pikepdf.AccessMode.stream) as book:
        _label(book, title, before, placed)
        book.save(whole, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
        return whole, len(book.pages)


def _matter(
    file: Path, make: Callable[[Sequence[PlacedPart]], bytes] | None, placed: Sequence[PlacedPart]
) -> tuple[int, list[Path]]:
    """Let front or back matter be made; return its pages and its file, if there is any."""
    content = make(placed) if make else b""
    if not content:
        return 0, []
    with pikepdf.open(io.BytesIO(content)) as matter:
        pages = len(matter.pages)
    file.write_bytes(content)
    return pages, [file]


def _label(book: Pdf, title: str, before: int, placed: Sequence[PlacedPart]) -> None:
    """Give the file its title, an outline of the papers and, in readers, the printed page numbers."""
    with book.open_outline() as outline:
        outline.root.extend(
            OutlineItem(f"{part.number} {part.title}".strip(), before + part.first_page - 1)
            for part in placed
        )
    numbered = placed[-1].last_page if placed else 0
    labels = {0: "/r", before: "/D", before + numbered: "/r"}
    nums: list[object] = []
    for start, style in sorted(labels.items()):
        if start < len(book.pages):
            nums += [start, Dictionary(S=Name(style))]
    book.Root.PageLabels = Dictionary(Nums=Array(nums))
    book.Root.Lang = pikepdf.String("zh-CN")
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    book.docinfo["/Title"] = title


def _cannot_bind(part: Part, reason: str) -> UserError:
    return UserError(
        f"“{part.title}”{reason}，证据册没有做成。",
        _UNHARMED,
        "请换一份能打开的 PDF 或照片，或者把它改成“缺”并写明原因，再做一次。",
        code="D-301",
    )


def cannot_write_book(error: OSError, target: Path) -> UserError:
    """The sentence for a book that could not be written to ``target``."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            f"“{target.parent}”没有空间了，证据册没有做成。",
            _UNHARMED,
            "请换个位置，或者先腾出空间，再做一次。",
            code="D-302",
        )
    return UserError(
        f"“{target.name[:80]}”写不进“{target.parent}”：{disk_reason(error)}。",
        _UNHARMED,
        "请关掉正在看它的程序，或者换个名字或位置，再做一次。",
        code="D-303",
    )
