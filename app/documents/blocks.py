"""The neutral document: what a paper says and how its parts relate, without PDF, DOCX or screen.

A letter turns a case into a :class:`Document`; the renderers (``pdf``, ``docx``) turn it into bytes. All text
is data: ``<``, ``&`` and any markup in a name come out literally. Lengths are millimetres, sizes are points.

Layout follows GB/T 9704-2012 (党政机关公文格式) where it applies: A4, 天头 37, 订口 28, 版心 156×225,
3号 仿宋, 22 lines of 28 characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from app.documents.page import BALLOT as BALLOT
from app.documents.page import FORM as FORM
from app.documents.page import FORM_LANDSCAPE as FORM_LANDSCAPE
from app.documents.page import OFFICIAL as OFFICIAL
from app.documents.page import OFFICIAL_LANDSCAPE as OFFICIAL_LANDSCAPE
from app.documents.page import PageSetup as PageSetup
from app.documents.question_paper import QuestionPaper
from app.figures.charts import Chart


class Align(Enum):
    """Horizontal position of text in its column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


class TextRole(Enum):
    """What a paragraph is, which decides its typeface.

    BODY 3号 仿宋; HEADING_1 ``一、`` 黑体; HEADING_2 ``（一）`` 楷体; HEADING_3 ``1.`` 仿宋 bold;
    ARTICLE ``第×条`` with the number in 黑体; REMARK small print, not indented; NOTE a centred line in 楷体.
    """

    BODY = "body"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    ARTICLE = "article"
    REMARK = "remark"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look. ``underline`` also draws blanks to be filled in by hand."""

    text: str
    bold: bool = False
    underline: bool = False


Text = str | tuple[Run, ...]
"""What every text-bearing field accepts: a plain string, or runs. ``\\n`` starts a new line."""


def runs_of(text: Text) -> tuple[Run, ...]:
    """Return ``text`` as runs, empty ones dropped."""
    runs = (Run(text),) if isinstance(text, str) else text
    return tuple(run for run in runs if run.text)


def plain(text: Text) -> str:
    """Return the bare characters of ``text``."""
    return text if isinstance(text, str) else "".join(run.text for run in text)


def blank(width: int = 8) -> Run:
    """Return an underlined gap of ``width`` full-width characters, to be filled in with a pen."""
    return Run("\u3000" * width, underline=True)


# --- single blocks ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Title:
    """The title: 2号 小标宋, centred, one body line of room below (half on forms).

    Long ones break at line feeds, or else into lines of about equal length.
    """

    text: Text
    size: float | None = None


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A line under the title (for example the date a draft was passed): 3号 楷体, centred."""

    text: Text


@dataclass(frozen=True, slots=True)
class NumberLine:
    """发文字号, centred 3号 仿宋, such as ``鲁华工约〔2025〕1号`` (see :func:`doc_number`)."""

    text: str
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Addressee:
    """主送机关: flush left, ends with a full-width colon (added when missing)."""

    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. Headings stay with what follows them.

    ``indent`` is the first-line indent in characters; None means 2 for body and headings, else 0.
    """

    text: Text
    role: TextRole = TextRole.BODY
    indent: float | None = None
    align: Align | None = None
    keep_with_next: bool = False
    size: float | None = None


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One label with its value in a form. ``span`` counts the label/value pairs it stretches over."""

    label: str
    value: Text = ""
    span: int = 1
    min_height: float = 0.0


@dataclass(frozen=True, slots=True)
class KeyValues:
    """A bordered form grid of labels and values, ``columns`` pairs a row.

    ``label_width`` is the share of one pair given to the label (0..1).
    """

    items: tuple[KeyValue, ...]
    columns: int = 2
    label_width: float = 0.34
    row_height: float = 9.0


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: relative width and alignment of its body cells."""

    width: float = 1.0
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell. Cells covered by a span are left out of the row's tuple (as in HTML)."""

    text: Text = ""
    colspan: int = 1
    rowspan: int = 1
    align: Align | None = None
    bold: bool = False


CellLike = Cell | str
"""What a row may hold: a :class:`Cell`, or a plain string for an ordinary one."""


@dataclass(frozen=True, slots=True)
class Row:
    """A table row with its own least height (mm). ``group`` makes it a heading row inside the body."""

    cells: tuple[CellLike, ...]
    min_height: float = 0.0
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A bordered table. ``header`` rows are 黑体, centred and repeated on every page.

    ``rows`` may hold tuples of cells or :class:`Row`. ``caption`` stands centred above, ``note`` small below.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[CellLike, ...] | Row, ...] = ()
    header: tuple[tuple[CellLike, ...] | Row, ...] = ()
    row_height: float = 8.0
    size: float | None = None
    caption: str = ""
    note: str = ""
    borders: bool = True


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One place to sign: ``label`` names the party or person, ``role`` what they sign as.

    ``name`` is printed only when it is typed by law or custom; a handwritten one is left blank.
    """

    label: str
    role: str = ""
    name: str = ""
    with_seal: bool = False
    with_date: bool = False


@dataclass(frozen=True, slots=True)
class SignatureArea:
    """Signature places side by side, ``columns`` a row; never split across pages within one row."""

    parties: tuple[SignatureField, ...]
    columns: int = 2
    title: str = ""


@dataclass(frozen=True, slots=True)
class Issuer:
    """署名 and 成文日期 (GB/T 9704 7.3.5): date 4 characters from the right, issuer centred over it (sealed).

    Without ``sealed`` the issuer stands 2 characters from the right. Several issuers stand one above another.
    ``date_text`` is already worded (2026年4月3日) or blank for the pen.
    """

    names: tuple[str, ...]
    date_text: str = ""
    sealed: bool = True


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件说明: ``附件：1. …`` two characters in, no closing punctuation; one alone has no number."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AttachmentHead:
    """``附件1`` in 3号 黑体 at the upper left of an attachment's own page (put a PageBreak before it)."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class Boxes:
    """Check boxes in a line: ``表决意见  同意□  反对□  弃权□``. ``checked`` are the ticked labels (☑)."""

    options: tuple[str, ...]
    label: str = ""
    checked: tuple[str, ...] = ()
    size: float | None = None
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty space of ``lines`` body lines, or ``height`` millimetres when given."""

    lines: float = 1.0
    height: float | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class CutLine:
    """A dashed line across the page along which a receipt is cut off."""

    label: str = "可沿此线裁下"


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin solid line across the text (版记 and the like), ``weight`` in millimetres."""

    weight: float = 0.25


@dataclass(frozen=True, slots=True)
class Image:
    """A picture from ``data`` (bytes), at most ``width``×``height`` millimetres, caption below."""

    data: bytes
    caption: str = ""
    width: float | None = None
    height: float = 110.0


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart drawn from the same data as on the screen, its caption below (``图1　最想谈的事``)."""

    chart: Chart
    caption: str = ""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that must not be parted by a page end when one page can hold them."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet cut into ``columns``×``rows`` equal pieces with dashed cut lines, for ballots.

    ``pieces`` are placed one after another, new sheets as needed; with ``count`` the first piece is repeated
    ``count`` times. The grid takes whole pages: it starts a page and ends one.
    """

    pieces: tuple[tuple[Block, ...], ...]
    columns: int = 2
    rows: int = 2
    count: int | None = None

    def placed(self) -> tuple[tuple[Block, ...], ...]:
        """Return every piece to print, repeats included."""
        return self.pieces if self.count is None else self.pieces[:1] * self.count

    @property
    def per_sheet(self) -> int:
        """Pieces on one sheet."""
        return self.columns * self.rows


Block = (
    Title
    | Subtitle
    | NumberLine
    | Addressee
    | Paragraph
    | KeyValues
    | Table
    | SignatureArea
    | Issuer
    | Attachments
    | AttachmentHead
    | Boxes
    | Spacer
    | PageBreak
    | CutLine
    | Rule
    | Image
    | ChartBlock
    | KeepTogether
    | Grid
)
"""Everything a document is made of."""


PRACTICE = "练习"
"""The word on every print of a practice case."""


@dataclass(frozen=True, slots=True)
class Document:
    """One paper, ready to be rendered.

    ``draft`` prints 草稿 on every page (a 必须改 is open), ``practice`` prints 练习 (the practice case).
    ``footer`` is one small line under the text of every page, such as the head of the journal.
    ``page_sign`` is a line for hand-written marks at the foot of every page (本页签字), empty for none.
    ``questions`` are the questions of a questionnaire, whose PDF has boxes at recorded places instead of running
    blocks (see ``question_layout``).
    """

    kind: str
    title: str
    blocks: tuple[Block, ...]
    page: PageSetup = OFFICIAL
    draft: bool = False
    practice: bool = False
    footer: str = ""
    show_page_numbers: bool = True
    page_sign: str = ""
    questions: QuestionPaper | None = None

    @property
    def mark(self) -> str:
        """The words every page carries: 练习, 草稿, both or none."""
        words = ((PRACTICE, self.practice), ("草稿", self.draft))
        return "\u3000".join(word for word, wanted in words if wanted)

    def as_draft(self, draft: bool = True) -> Document:
        """Return the same paper with or without the word 草稿."""
        return replace(self, draft=draft)


# --- small builders -----------------------------------------------------------------------------------


def body(text: Text) -> Paragraph:
    """Return ordinary running text, indented by two characters."""
    return Paragraph(text)


def heading1(text: Text) -> Paragraph:
    """Return a first-level heading (``一、``) in 黑体, kept with what follows."""
    return Paragraph(text, TextRole.HEADING_1, keep_with_next=True)


def heading2(text: Text) -> Paragraph:
    """Return a second-level heading (``（一）``) in 楷体, kept with what follows."""
    return Paragraph(text, TextRole.HEADING_2, keep_with_next=True)


def remark(text: Text) -> Paragraph:
    """Return small print such as notes under a form."""
    return Paragraph(text, TextRole.REMARK)


def doc_number(mark: str, year: int, number: int) -> str:
    """Return a 发文字号 such as ``鲁华工约〔2025〕1号`` (year in 〔〕, number bare)."""
    return f"{mark}〔{year}〕{number}号"


def _row_cells(row: tuple[CellLike, ...] | Row) -> tuple[CellLike, ...]:
    return row.cells if isinstance(row, Row) else row


def texts(blocks: tuple[Block, ...]) -> Iterator[Text]:
    """Yield every text of ``blocks`` in reading order: for search, font checks and comparisons."""
    for block in blocks:
        match block:
            case Title() | Subtitle() | NumberLine() | Addressee() | Paragraph():
                yield block.text
            case KeyValues():
                for item in block.items:
                    yield item.label
                    yield item.value
            case Table():
                yield block.caption
                for row in (*block.header, *block.rows):
                    for cell in _row_cells(row):
                        yield cell if isinstance(cell, str) else cell.text
                yield block.note
            case SignatureArea():
                yield block.title
                for party in block.parties:
                    yield party.label
                    yield party.role
                    yield party.name
            case Issuer():
                yield from block.names
                yield block.date_text
            case Attachments():
                yield from block.names
            case Boxes():
                yield block.label
                yield from block.options
            case CutLine():
                yield block.label
            case Image():
                yield block.caption
            case ChartBlock():
                yield from block.chart.texts()
                yield block.caption
            case KeepTogether():
                yield from texts(block.blocks)
            case Grid():
                for piece in block.pieces:
                    yield from texts(piece)
            case _:
                continue
