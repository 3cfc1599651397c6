"""Papers as DOCX for WPS and Word: Chinese typefaces by name, margins and line pitch of GB/T 9704."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as DocxParagraph

from app.documents import blocks as b
from app.documents.chart_pictures import chart_pictures
from app.documents.compose import ARTICLE_NUMBER, MM, tracking
from app.documents.docx_parts import Setting, add_field, add_runs, build_table, element, new_paragraph
from app.documents.fonts import FontBook, clean, word_family
from app.documents.pictures import readable_picture
from app.documents.placing import (
    BLANK_DATE,
    PlacedCell,
    PlacedRow,
    PlacedTable,
    place_pairs,
    place_table,
    sign_lines,
)
from app.documents.stable_zip import stable_zip
from app.errors import UserError

_LONGEST_PROPERTY = 255
"""Characters a property of the file may have."""

_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - a constant of the file format, in no zone

Append = Callable[[Any], None]
"""Takes a paragraph or table into the body or a cell."""


def render_docx(document: b.Document, fonts: FontBook | None = None) -> bytes:
    """Return ``document`` as a DOCX file, the same bytes for the same document.

    Args:
        document: what to write.
        fonts: the fonts charts are drawn with; those of this computer when not given.

    Raises:
        UserError: D-103 an unreadable picture, D-105 text that cannot be written into a file; for a chart D-101 a
            character no font has, D-102 no Chinese font.
    """
    words = [*map(b.plain, b.texts(document.blocks)), document.title, document.footer, document.page_sign]
    if any("\ud800" <= char <= "\udfff" for text in words for char in text):
        raise UserError(
            "文书里有一个字的编码不完整，写不进文件。",
            "已录入的内容都在，没有变。",
            "请把显示不正常的那个字删掉重新输入。",
            code="D-105",
        )
    file = docx.Document()
    body = file.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    _prepare(file, document)
    _Writer(document.page, file, fonts).write(document.blocks, lambda made: body.insert(len(body) - 1, made))
    buffer = io.BytesIO()
    file.save(buffer)
    return stable_zip(buffer.getvalue())


def _prepare(file: Any, document: b.Document) -> None:
    """Set what belongs to the whole file: properties, the ordinary style, paper, head and foot of pages."""
    about = file.core_properties
    about.title, about.subject = clean(document.title)[:_LONGEST_PROPERTY], clean(document.kind)
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = _FIXED
    about.revision = 1
    about.language = "zh-CN"
    for key, relation in list(file.part.package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del file.part.package.rels[key]
    look = file.styles["Normal"].element.get_or_add_rPr()
    for child in list(look):
        look.remove(child)
    family = word_family("body")
    western = word_family("latin")
    look.append(element("w:rFonts", ascii=western, hAnsi=western, eastAsia=family, cs=western))
    look.append(element("w:lang", val="en-US", eastAsia="zh-CN"))
    page, section = document.page, file.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    file.settings.odd_and_even_pages_header_footer = True
    has_grid = any(isinstance(block, b.Grid) for block in document.blocks)
    section.header_distance = Mm(4 if has_grid else max(page.top - 12, 4))
    section.footer_distance = Mm(max(page.bottom - 7 - 6 - (5 if document.footer else 0), 4))
    for header in (section.header, section.even_page_header):
        _fill(header, _head_lines(document, size=8 if has_grid else 16))
    for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
        _fill(footer, [] if has_grid else _foot_lines(document, odd=odd))


def _fill(part: Any, paragraphs: Sequence[Any]) -> None:
    part.is_linked_to_previous = False
    root = part._element
    for child in list(root):
        root.remove(child)
    for paragraph in paragraphs or [new_paragraph(Setting("body", 1, pitch=1))]:
        root.append(paragraph)


def _head_lines(document: b.Document, size: float) -> list[Any]:
    if not document.mark:
        return []
    look = Setting("hei", size, align=b.Align.RIGHT, pitch=size * 1.3)
    return [new_paragraph(look, f"【{document.mark}】")]


def _foot_lines(document: b.Document, *, odd: bool) -> list[Any]:
    lines = []
    if document.page_sign:
        lines.append(new_paragraph(Setting("body", 12, pitch=22, after=6), document.page_sign))
    if document.show_page_numbers:
        look = Setting("song", 14, pitch=17)
        side = replace(look, align=b.Align.RIGHT, right=1) if odd else replace(look, left=1)
        number = new_paragraph(side, "— ")
        add_field(number, "PAGE", look)
        add_runs(number, " —", look)
        lines.append(number)
    if document.footer:
        lines.append(new_paragraph(Setting("song", 8, align=b.Align.CENTER, pitch=11), document.footer))
    return lines


class _Writer:
    """Writes blocks one after another into the body or a cell."""

    def __init__(
        self, page: b.PageSetup, file: Any, fonts: FontBook | None = None, width: float | None = None
    ) -> None:
        self.page = page
        self.file = file
        self.fonts = fonts
        self.width = page.text_width if width is None else width
        extra = tracking(self.width * MM, page.body_size)
        self.body = Setting("body", page.body_size, pitch=page.pitch, tracking=extra)
        self.fresh_page = False

    def write(self, blocks: Sequence[b.Block], append: Append) -> None:
        for index, block in enumerate(blocks):
            follower = blocks[index + 1] if index + 1 < len(blocks) else None
            self._block(block, follower, append)

    def _block(self, block: b.Block, follower: b.Block | None, append: Append) -> None:
        size = self.page.body_size
        match block:
            case b.Title():
                big = block.size or self.page.title_size
                gap = self._gap_after_head(follower)
                look = Setting("title", big, align=b.Align.CENTER, pitch=big * 1.5, after=gap, keep_next=True)
                self._put(append, look, block.text)
            case b.Subtitle():
                gap = self._gap_after_head(follower)
                look = replace(self.body, face="kai", align=b.Align.CENTER, after=gap, keep_next=True)
                self._put(append, look, block.text)
            case b.NumberLine():
                gap = self._gap_after_head(follower)
                look = replace(self.body, align=block.align, after=gap, keep_next=True)
                self._put(append, look, block.text)
            case b.Addressee():
                colon = "" if b.plain(block.text).endswith(("：", ":")) else "："
                self._put(append, replace(self.body, keep_next=True), (*b.runs_of(block.text), b.Run(colon)))
            case b.Paragraph():
                self._paragraph(block, append)
            case b.Attachments():
                self._attachments(block, append)
            case b.AttachmentHead():
                number = "" if block.number is None else str(block.number)
                self._put(append, replace(self.body, face="hei", keep_next=True), f"附件{number}")
            case b.Issuer():
                self._issuer(block, append)
            case b.KeyValues():
                self._table(place_pairs(block), self.page.table_size, append)
            case b.Table():
                self._captioned(block, append)
            case b.SignatureArea():
                self._signatures(block, append)
            case b.Boxes():
                self._boxes(block, append)
            case b.Spacer():
                room = block.lines * self.page.pitch if block.height is None else block.height * MM
                keep = isinstance(follower, (b.ChartBlock, b.Table))
                self._put(append, Setting("body", 2, pitch=max(room, 1), keep_next=keep), "")
            case b.PageBreak():
                self.fresh_page = True
            case b.CutLine():
                look = Setting("song", 9, align=b.Align.CENTER, pitch=14, before=10, after=8, keep_next=True)
                self._put(append, look, block.label, line=("dashed", 4))
            case b.Rule():
                look = Setting("song", 2, pitch=4)
                self._put(append, look, "", line=("single", max(2, round(block.weight * MM * 8))))
            case b.Image():
                self._image(block, append, size)
            case b.ChartBlock():
                self._chart(block, append, size)
            case b.KeepTogether():
                for place, inner in enumerate(block.blocks):
                    after = block.blocks[place + 1] if place + 1 < len(block.blocks) else None
                    last = after is None
                    self._block(inner, after, append if last else lambda made: append(_kept(made)))
            case b.Grid():
                self._grid(block, append)

    def _put(
        self,
        append: Append,
        setting: Setting,
        text: b.Text,
        *,
        lead: tuple[int, str] = (0, ""),
        line: tuple[str, int] | None = None,
    ) -> Any:
        paragraph = new_paragraph(setting, text, lead)
        look = paragraph.find(qn("w:pPr"))
        if self.fresh_page:
            place = 1 if setting.keep_next else 0
            look.insert(place, element("w:pageBreakBefore"))
            self.fresh_page = False
        if line is not None:
            border = element("w:pBdr")
            border.append(element("w:bottom", val=line[0], sz=line[1], space=1, color="auto"))
            look.find(qn("w:widowControl")).addnext(border)
        append(paragraph)
        return paragraph

    def _gap_after_head(self, follower: b.Block | None) -> float:
        if isinstance(follower, (b.Subtitle, b.NumberLine, b.Spacer)) or follower is None:
            return 0.0
        return self.page.pitch if self.page.body_size >= 16 else self.page.pitch * 0.5

    def _paragraph(self, block: b.Paragraph, append: Append) -> None:
        size = block.size or self.page.body_size
        extra = tracking(self.width * MM, size)
        look = replace(self.body, size=size, indent=2.0, align=b.Align.JUSTIFY, tracking=extra)
        look = replace(look, keep_next=block.keep_with_next)
        lead = (0, "")
        match block.role:
            case b.TextRole.HEADING_1:
                look = replace(look, face="hei", keep_next=True)
            case b.TextRole.HEADING_2:
                look = replace(look, face="kai", keep_next=True)
            case b.TextRole.HEADING_3:
                look = replace(look, bold=True, keep_next=True)
            case b.TextRole.ARTICLE:
                found = ARTICLE_NUMBER.match(b.plain(block.text))
                lead = (found.end(), "hei") if found else lead
            case b.TextRole.REMARK:
                small = block.size or max(size * 0.85, 10.5)
                look = replace(look, size=small, indent=0.0, pitch=small * 1.5)
            case b.TextRole.NOTE:
                look = replace(look, face="kai", indent=0.0, align=b.Align.CENTER)
            case b.TextRole.BODY:
                pass
        align = block.align or look.align
        indent = 0.0 if align in (b.Align.CENTER, b.Align.RIGHT) else look.indent
        if block.indent is not None:
            indent = block.indent
        self._put(append, replace(look, align=align, indent=indent), block.text, lead=lead)

    def _attachments(self, block: b.Attachments, append: Append) -> None:
        for number, name in enumerate(block.names, start=1):
            order = "" if len(block.names) == 1 else f"{number}. "
            mark = "附件：" if number == 1 else ""
            hanging = _ems(mark + order)
            look = replace(self.body, left=5 + _ems(order) - hanging, hanging=hanging)
            if number == 1:
                look = replace(look, before=self.page.pitch)
            self._put(append, look, f"{mark}{order}{name}")

    def _issuer(self, block: b.Issuer, append: Append) -> None:
        date = block.date_text or BLANK_DATE
        dated = _ems(date)
        widest = max((_ems(name) for name in block.names), default=0.0)
        room = self.page.pitch * (2 if block.sealed else 1)
        name_left = max(2 + widest, 4 + dated)
        look = replace(self.body, align=b.Align.RIGHT, keep_next=True)
        for number, name in enumerate(block.names):
            right = 4 + (dated - _ems(name)) / 2 if block.sealed else name_left - _ems(name)
            self._put(append, replace(look, right=max(right, 0.0), before=0.0 if number else room), name)
        right = 4.0 if block.sealed else name_left - 2 - dated
        self._put(append, replace(look, right=max(right, 0.0), keep_next=False), date)

    def _boxes(self, block: b.Boxes, append: Append) -> None:
        size = block.size or self.page.body_size * 1.1
        signs = [f"{name}{'☑' if name in block.checked else '□'}" for name in block.options]
        label = f"{block.label}\u3000" if block.label else ""
        look = Setting("body", size, align=block.align, pitch=max(self.page.pitch, size * 2))
        self._put(append, look, label + "\u3000\u3000".join(signs))

    # --- tables, signatures, ballots ---------------------------------------------------------------------

    def _captioned(self, block: b.Table, append: Append) -> None:
        if block.caption:
            look = replace(self.body, face="hei", align=b.Align.CENTER, keep_next=True)
            self._put(append, look, block.caption)
        size = block.size or self.page.table_size
        self._table(place_table(block), size, append)
        if block.note:
            small = max(self.page.table_size * 0.9, 9.0)
            self._put(append, Setting("song", small, pitch=small * 1.4, before=2), block.note)

    def _table(self, table: PlacedTable, size: float, append: Append) -> None:
        def write(cell: Any, placed: PlacedCell) -> None:
            look = Setting(placed.face, size, placed.bold, placed.align, pitch=size * 1.32, exact=False)
            cell.append(new_paragraph(look, placed.text))

        self._add_table(build_table(table, self.width, write), append)

    def _add_table(self, table: Any, append: Append) -> None:
        """Add a table; one that follows another is parted from it, and a page break before it is kept."""
        if self.fresh_page:
            self._put(append, Setting("body", 1, pitch=1), "")
        append(table)
        append(new_paragraph(Setting("body", 1, pitch=1)))

    def _signatures(self, block: b.SignatureArea, append: Append) -> None:
        if block.title:
            look = replace(self.body, face="hei", keep_next=True, before=self.page.pitch * 0.5)
            self._put(append, look, block.title)
        columns = max(block.columns, 1)
        rows = []
        for start in range(0, len(block.parties), columns):
            places = range(start, start + columns)
            cells = (PlacedCell(n - start, 1, 1, str(n), b.Align.LEFT, at_top=True) for n in places)
            rows.append(PlacedRow(tuple(cells), 9.0))
        table = PlacedTable((1 / columns,) * columns, (), tuple(rows), borders=False)
        look = replace(self.body, pitch=max(self.page.pitch * 1.2, 30.0), keep_next=True)

        def write(cell: Any, placed: PlacedCell) -> None:
            number = int(b.plain(placed.text))
            lines = sign_lines(block.parties[number]) if number < len(block.parties) else ()
            for line in lines:
                text: b.Text = line.text
                room = self.width / columns * MM / self.page.body_size - 1
                if line.seal and _ems(line.text) > room:
                    text = line.text.removesuffix("（盖章）") + "\n（盖章）"
                if line.ruled:
                    left = room - _ems(line.text) - 1
                    text = (b.Run(line.text), b.blank(int(min(max(left, 4), 9))))
                cell.append(new_paragraph(replace(look, after=look.pitch * 0.6 if line.seal else 0.0), text))
            if not lines:
                cell.append(new_paragraph(look))

        self._add_table(build_table(table, self.width, write), append)

    def _image(self, block: b.Image, append: Append, size: float) -> None:
        data, across, down = readable_picture(block.data)
        most_width = min(block.width or self.width, self.width)
        scale = min(most_width / across, min(block.height, self.page.text_height - 15) / down)
        look = Setting("body", size, align=b.Align.CENTER, pitch=size, exact=False)
        look = replace(look, keep_next=bool(block.caption))
        paragraph = self._put(append, look, "")
        run = DocxParagraph(paragraph, self.file._body).add_run()
        run.add_picture(io.BytesIO(data), Mm(across * scale), Mm(down * scale))
        self._caption(block.caption, append, size)

    def _chart(self, block: b.ChartBlock, append: Append, size: float) -> None:
        """Pictures of the chart, one for each page it takes, with all its figures as their description."""
        pictures = chart_pictures(block.chart, self.width, self.page.text_height - 30, self.fonts)
        for at, picture in enumerate(pictures):
            last = at == len(pictures) - 1
            look = Setting("body", size, align=b.Align.CENTER, pitch=size, exact=False)
            paragraph = self._put(append, replace(look, keep_next=last and bool(block.caption)), "")
            run = DocxParagraph(paragraph, self.file._body).add_run()
            shape = run.add_picture(io.BytesIO(picture.png), Mm(picture.width), Mm(picture.height))._inline
            for side in ("distT", "distB", "distL", "distR"):
                shape.set(side, "0")  # else some word processors leave room beside it
            shape.docPr.set("descr", clean(f"{block.chart.title}。{'；'.join(picture.words)}"))
        self._caption(block.caption, append, size)

    def _caption(self, words: str, append: Append, size: float) -> None:
        if words:
            small = max(size * 0.8, 10.5)
            look = Setting("kai", small, align=b.Align.CENTER, pitch=small * 1.5)
            self._put(append, look, words)

    def _grid(self, block: b.Grid, append: Append) -> None:
        """A borderless table per sheet with dashed lines inside; the rows have exact heights."""
        pieces = block.placed()
        height = (self.page.text_height - 6) / block.rows
        for start in range(0, len(pieces), block.per_sheet):
            if start:
                self.fresh_page = True
            sheet = pieces[start : start + block.per_sheet]
            rows = []
            for line in range(block.rows):
                places = range(line * block.columns, (line + 1) * block.columns)
                cells = (
                    PlacedCell(n % block.columns, 1, 1, str(n), b.Align.LEFT, at_top=True) for n in places
                )
                rows.append(PlacedRow(tuple(cells), height))
            table = PlacedTable((1 / block.columns,) * block.columns, (), tuple(rows))
            inner = _Writer(self.page, self.file, self.fonts, self.width / block.columns - 10)

            def write(
                cell: Any, placed: PlacedCell, sheet: Sequence[Any] = sheet, inner: _Writer = inner
            ) -> None:
                number = int(b.plain(placed.text))
                cell.append(new_paragraph(Setting("body", 1, pitch=14)))
                if number < len(sheet):
                    inner.write(sheet[number], cell.append)
                cell.append(new_paragraph(Setting("body", 1, pitch=1)))

            self._add_table(build_table(table, self.width, write, borders="cut", exact_rows=True), append)


def _kept(made: Any) -> Any:
    """Mark every paragraph of ``made`` to stay with the next."""
    for look in made.iter(qn("w:pPr")):
        if look.find(qn("w:keepNext")) is None:
            look.insert(0, element("w:keepNext"))
    return made


def _ems(text: str) -> float:
    """Return the width of ``text`` in full-width characters, Western ones counting half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in clean(text))
