"""Turning blocks into measured pieces: sizes, typefaces and distances of GB/T 9704-2012 and of forms."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.utils import ImageReader

from app.documents import blocks as b
from app.documents.chart_pieces import chart_pieces
from app.documents.flow import Beside, Drawing, NewPage, Pen, Piece, Sheet, Space, Words
from app.documents.fonts import FontBook
from app.documents.lines import Line, Look, set_lines, text_width
from app.documents.pictures import readable_picture
from app.documents.placing import BLANK_DATE, PlacedRow, PlacedTable, place_pairs, place_table, sign_lines
from app.documents.ruled import PAD_X, Ruled, RuledCell, RuledRow
from app.errors import UserError

MM = 72 / 25.4
"""Points in a millimetre."""

_SIGN_LEAST = 30 * MM
"""Least room for a signature; where it lacks, the line to write on goes below."""

_HEADINGS = (b.TextRole.HEADING_1, b.TextRole.HEADING_2, b.TextRole.HEADING_3)

ARTICLE_NUMBER = re.compile(r"第[一二三四五六七八九十百零〇\d]+[章节条]")
"""The leading number of a contract article, set in 黑体."""


def tick(fonts: FontBook) -> str:
    """Return the sign of a ticked box that the installed fonts can draw."""
    return "☑" if fonts.has("☑") else "■"


class Composer:
    """Composes the blocks of one document for one page setup.

    Args:
        page: paper, margins and sizes.
        fonts: the fonts to measure with.
        width: width of the column in points; the text area of the page when not given.
    """

    def __init__(self, page: b.PageSetup, fonts: FontBook, width: float | None = None) -> None:
        self.page = page
        self.fonts = fonts
        self.width = page.text_width * MM if width is None else width
        self.look = Look("body", page.body_size, tracking(self.width, page.body_size))
        self.em = page.body_size + self.look.tracking

    def pieces(self, blocks: Sequence[b.Block]) -> list[Piece]:
        """Return the pieces of ``blocks`` in order.

        Raises:
            UserError: a character no font has (D-101), a picture that cannot be read (D-103), a ballot that
                does not fit its part of the sheet (D-104).
        """
        out: list[Piece] = []
        for index, block in enumerate(blocks):
            follower = blocks[index + 1] if index + 1 < len(blocks) else None
            out += self._block(block, follower)
        return out

    def _block(self, block: b.Block, follower: b.Block | None) -> list[Piece]:
        match block:
            case b.Title():
                return self._title(block, follower)
            case b.Subtitle():
                words = self._words(block.text, Look("kai", self.page.body_size), b.Align.CENTER)
                return [replace(words, keep_next=True), self._gap_after_head(follower)]
            case b.NumberLine():
                words = self._words(block.text, Look("body", self.page.body_size), block.align)
                return [replace(words, keep_next=True), self._gap_after_head(follower)]
            case b.Addressee():
                text = b.runs_of(block.text)
                if not b.plain(block.text).endswith(("：", ":")):
                    text = (*text, b.Run("："))
                return [replace(self._words(text, self.look, b.Align.LEFT), keep_next=True)]
            case b.Paragraph():
                return [self._paragraph(block)]
            case b.Attachments():
                return self._attachments(block)
            case b.AttachmentHead():
                number = "" if block.number is None else str(block.number)
                look = Look("hei", self.page.body_size)
                return [self._words(f"附件{number}", look, b.Align.LEFT, keep=True)]
            case b.Issuer():
                return self._issuer(block)
            case b.KeyValues():
                return [self._table(place_pairs(block), self.page.table_size)]
            case b.Table():
                return self._captioned(block)
            case b.SignatureArea():
                return self._signatures(block)
            case b.Boxes():
                return [self._boxes(block)]
            case b.Spacer():
                room = block.lines * self.page.pitch if block.height is None else block.height * MM
                return [Space(room)]
            case b.PageBreak():
                return [NewPage()]
            case b.CutLine():
                return [self._cut_line(block)]
            case b.Rule():
                weight = block.weight * MM
                width = self.width
                return [Drawing(6.0, lambda pen, x, top: pen.rule(x, top - 3, x + width, top - 3, weight))]
            case b.Image():
                return self._image(block)
            case b.ChartBlock():
                return [*chart_pieces(block.chart, self.width, self.fonts), *self._caption(block.caption)]
            case b.KeepTogether():
                inner = self.pieces(block.blocks)
                return [replace(p, keep_next=n < len(inner) - 1, whole=True) for n, p in enumerate(inner)]
            case b.Grid():
                return self._grid(block)

    # --- text --------------------------------------------------------------------------------------------

    def _words(
        self,
        text: b.Text,
        look: Look,
        align: b.Align,
        *,
        indent: float = 0.0,
        pitch: float | None = None,
        width: float | None = None,
        lead: tuple[int, str] = (0, ""),
        keep: bool = False,
    ) -> Words:
        room = self.width if width is None else width
        runs = b.runs_of(text)
        if align is b.Align.CENTER:
            lines = self._balanced(runs, room, look)
        else:
            spread = align is b.Align.JUSTIFY
            lines = set_lines(runs, room, look, self.fonts, indent=indent, justify=spread, lead=lead)
        return Words(lines, room, pitch or max(self.page.pitch, look.size * 1.25), align, keep_next=keep)

    def _paragraph(self, block: b.Paragraph) -> Words:
        body = block.size or self.page.body_size
        role, size, bold = "body", body, False
        indent, align, lead = 2.0, b.Align.JUSTIFY, (0, "")
        match block.role:
            case b.TextRole.HEADING_1:
                role = "hei"
            case b.TextRole.HEADING_2:
                role = "kai"
            case b.TextRole.HEADING_3:
                bold = True
            case b.TextRole.ARTICLE:
                found = ARTICLE_NUMBER.match(b.plain(block.text))
                lead = (found.end(), "hei") if found else (0, "")
            case b.TextRole.REMARK:
                size, indent = block.size or max(body * 0.85, 10.5), 0.0
            case b.TextRole.NOTE:
                role, indent, align = "kai", 0.0, b.Align.CENTER
            case b.TextRole.BODY:
                pass
        align = block.align or align
        if block.indent is not None:
            indent = block.indent
        elif align in (b.Align.CENTER, b.Align.RIGHT):
            indent = 0.0
        look = Look(role, size, tracking(self.width, size), bold)
        pitch = self.page.pitch if size >= self.page.body_size else size * 1.5
        em = size + look.tracking
        keep = block.keep_with_next or block.role in _HEADINGS
        return self._words(block.text, look, align, indent=indent * em, pitch=pitch, lead=lead, keep=keep)

    def _title(self, block: b.Title, follower: b.Block | None) -> list[Piece]:
        size = block.size or self.page.title_size
        words = self._words(block.text, Look("title", size), b.Align.CENTER, pitch=size * 1.5, keep=True)
        return [words, self._gap_after_head(follower)]

    def _balanced(self, runs: tuple[b.Run, ...], width: float, look: Look) -> tuple[Line, ...]:
        """Break centred text into as few lines as fit, of about equal length."""
        lines = set_lines(runs, width, look, self.fonts)
        if len(lines) < 2 or any("\n" in run.text for run in runs):
            return lines
        low, high = width / len(lines), width
        while high - low > 2:
            middle = (low + high) / 2
            if len(set_lines(runs, middle, look, self.fonts)) > len(lines):
                low = middle
            else:
                high = middle
        return set_lines(runs, high, look, self.fonts)

    def _gap_after_head(self, follower: b.Block | None) -> Space:
        """Room under a title: none before another line of the head, else one line (half on forms)."""
        if isinstance(follower, (b.Subtitle, b.NumberLine, b.Spacer)) or follower is None:
            return Space(0.0)
        return Space(self.page.pitch if self.page.body_size >= 16 else self.page.pitch * 0.5)

    def _attachments(self, block: b.Attachments) -> list[Piece]:
        """附件说明 (GB/T 9704 7.3.4): one line below the text, names one under another."""
        out: list[Piece] = [Space(self.page.pitch)]
        for number, name in enumerate(block.names, start=1):
            order = "" if len(block.names) == 1 else f"{number}. "
            left = 5 * self.em
            shift = text_width(order, self.look, self.fonts)
            name_words = self._words(name, self.look, b.Align.LEFT, width=self.width - left - shift)
            parts: list[tuple[float, float, Piece]] = [(left + shift, 0.0, name_words)]
            if number == 1:
                parts.append((2 * self.em, 0.0, self._words("附件：", self.look, b.Align.LEFT)))
            if order:
                parts.append((left, 0.0, self._words(order, self.look, b.Align.LEFT)))
            out.append(Beside(tuple(parts)))
        return out

    def _issuer(self, block: b.Issuer) -> list[Piece]:
        """署名 and 成文日期 (GB/T 9704 7.3.5.1 with a seal, 7.3.5.2 without)."""
        em, width, pitch = self.em, self.width, self.page.pitch
        date = block.date_text or BLANK_DATE
        date_width = text_width(date, self.look, self.fonts)
        names = [(name, min(text_width(name, self.look, self.fonts), width)) for name in block.names]
        widest = max((size for _, size in names), default=0.0)
        if block.sealed:
            date_left = width - 4 * em - date_width
            middle = date_left + date_width / 2
            lefts = [min(middle - size / 2, width - size) for _, size in names]
        else:
            name_left = min(width - 2 * em - widest, width - 2 * em - date_width - 2 * em)
            lefts = [max(name_left, 0.0) for _ in names]
            date_left = max(name_left, 0.0) + 2 * em
        parts: list[tuple[float, float, Piece]] = []
        down = 0.0
        for (name, size), left in zip(names, lefts, strict=True):
            words = self._words(name, self.look, b.Align.LEFT, width=size + 0.1)
            parts.append((max(left, 0.0), down, words))
            down += words.height
        parts.append((date_left, down, self._words(date, self.look, b.Align.LEFT, width=date_width + 0.1)))
        return [Space(pitch * (2 if block.sealed else 1)), Beside(tuple(parts), closing=True)]

    def _boxes(self, block: b.Boxes) -> Piece:
        size = block.size or self.page.body_size * 1.1
        signs = [f"{name}{tick(self.fonts) if name in block.checked else '□'}" for name in block.options]
        label = f"{block.label}\u3000" if block.label else ""
        pitch = max(self.page.pitch, size * 2)
        return self._words(label + "\u3000\u3000".join(signs), Look("body", size), block.align, pitch=pitch)

    # --- tables and signatures ---------------------------------------------------------------------------

    def _captioned(self, block: b.Table) -> list[Piece]:
        out: list[Piece] = []
        if block.caption:
            look = Look("hei", self.page.body_size)
            out.append(self._words(block.caption, look, b.Align.CENTER, keep=True))
        out.append(self._table(place_table(block), block.size or self.page.table_size))
        if block.note:
            size = max(self.page.table_size * 0.9, 9.0)
            out += [Space(2.0), self._words(block.note, Look("song", size), b.Align.LEFT, pitch=size * 1.4)]
        return out

    def _table(self, table: PlacedTable, size: float) -> Ruled:
        edges = [0.0]
        for share in table.shares:
            edges.append(edges[-1] + share * self.width)
        head = tuple(self._row(row, edges, size) for row in table.head)
        rows = tuple(self._row(row, edges, size) for row in table.rows)
        return Ruled(head, rows, tuple(edges), table.borders)

    def _row(self, row: PlacedRow, edges: Sequence[float], size: float) -> RuledRow:
        cells = []
        for cell in row.cells:
            width = edges[cell.column + cell.colspan] - edges[cell.column] - 2 * PAD_X
            look = Look(cell.face, size, bold=cell.bold)
            lines = set_lines(b.runs_of(cell.text), width, look, self.fonts) if b.plain(cell.text) else ()
            spans = (cell.column, cell.colspan, cell.rowspan)
            cells.append(RuledCell(*spans, lines, cell.align, size * 1.32, cell.at_top))
        return RuledRow(tuple(cells), row.min_height * MM, row.group)

    def _signatures(self, block: b.SignatureArea) -> list[Piece]:
        columns = max(block.columns, 1)
        gutter = 1.5 * self.em
        width = (self.width - gutter * (columns - 1)) / columns
        out: list[Piece] = [Space(self.page.pitch * 0.5)]
        if block.title:
            out.append(self._words(block.title, Look("hei", self.page.body_size), b.Align.LEFT, keep=True))
        for start in range(0, len(block.parties), columns):
            row = block.parties[start : start + columns]
            out.append(self._sign_row(row, width, gutter))
        return out

    def _sign_row(self, fields: Sequence[b.SignatureField], width: float, gutter: float) -> Piece:
        """Places to sign side by side, their lines level with each other."""
        look = Look("body", self.page.body_size)
        pitch = max(self.page.pitch * 1.2, 30.0)
        places = [sign_lines(field) for field in fields]
        parts: list[tuple[float, float, Piece]] = []
        down = 0.0
        for level in range(max(len(place) for place in places)):
            lowest = down + pitch
            for number, place in enumerate(places):
                if level >= len(place):
                    continue
                line, left = place[level], (width + gutter) * number
                text = line.text
                if line.seal and text_width(text, look, self.fonts) > width:
                    text = text.removesuffix("（盖章）") + "\n（盖章）"
                words = self._words(text, look, b.Align.LEFT, width=width, pitch=max(self.page.pitch, 20.0))
                lead = (pitch - words.pitch) / 2
                parts.append((left, down + lead, words))
                end = down + words.height + 2 * lead
                if line.ruled:
                    start = words.lines[-1].width + 3
                    if width - start < _SIGN_LEAST:
                        start, end = 0.0, end + pitch
                    rule = _writing_line(min(width - start, 150.0), words.pitch)
                    parts.append((left + start, end - lead - words.pitch, rule))
                if line.seal:
                    end += pitch * 0.6
                lowest = max(lowest, end)
            down = lowest
        return Beside(tuple(parts), extra=self.page.pitch * 0.25)

    # --- marks, pictures, ballots ------------------------------------------------------------------------

    def _cut_line(self, block: b.CutLine) -> Piece:
        look = Look("song", 9.0)
        words = self._words(block.label, look, b.Align.CENTER, pitch=14.0) if block.label else None
        taken = words.lines[0].width / 2 + 8 if words else 0.0
        left, right = -self.page.left * MM + 12, self.width + self.page.right * MM - 12
        middle = self.width / 2

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.dashes(x + left, top - 17, x + middle - taken, top - 17)
            pen.dashes(x + middle + taken, top - 17, x + right, top - 17)
            if words:
                words.draw(pen, x, top - 10)

        return Drawing(34.0, paint, keep_next=True)

    def _image(self, block: b.Image) -> list[Piece]:
        data, across, down = readable_picture(block.data)
        most_width = min((block.width or self.page.text_width) * MM, self.width)
        most_height = min(block.height, self.page.text_height - 15) * MM
        scale = min(most_width / across, most_height / down)
        width, height = across * scale, down * scale
        offset = (self.width - width) / 2
        reader = ImageReader(io.BytesIO(data))

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.canvas.drawImage(reader, x + offset, top - height, width, height, mask="auto")

        return [Drawing(height + 4, paint, keep_next=bool(block.caption)), *self._caption(block.caption)]

    def _caption(self, words: str) -> list[Piece]:
        """The words below a picture or a chart."""
        if not words:
            return []
        size = max(self.page.body_size * 0.8, 10.5)
        return [self._words(words, Look("kai", size), b.Align.CENTER, pitch=size * 1.5)]

    def _grid(self, block: b.Grid) -> list[Piece]:
        page = self.page
        cell_width, cell_height = page.width * MM / block.columns, page.height * MM / block.rows
        pad = 8 * MM
        pieces = block.placed()
        room = (cell_width - 2 * pad, cell_height - 2 * pad)
        fitted = {piece: self._fit(piece, *room) for piece in set(pieces)}
        sheets: list[Piece] = []
        for start in range(0, len(pieces), block.per_sheet):
            chosen = tuple(fitted[piece] for piece in pieces[start : start + block.per_sheet])

            def paint(pen: Pen, chosen: tuple[list[Piece], ...] = chosen) -> None:
                for line in range(1, block.columns):
                    pen.dashes(line * cell_width, 0, line * cell_width, page.height * MM)
                for line in range(1, block.rows):
                    pen.dashes(0, line * cell_height, page.width * MM, line * cell_height)
                for number, cell in enumerate(chosen):
                    x = number % block.columns * cell_width + pad
                    top = page.height * MM - number // block.columns * cell_height - pad
                    for piece in cell:
                        piece.draw(pen, x, top)
                        top -= piece.height

            sheets.append(Sheet(paint, block.columns, block.rows))
        return sheets

    def _fit(self, blocks: tuple[b.Block, ...], width: float, height: float) -> list[Piece]:
        """Compose one ballot, its type made smaller step by step until it fits.

        Raises:
            UserError: D-104, it does not fit even at two thirds of the size.
        """
        for scale in (1.0, 0.92, 0.84, 0.76, 0.68):
            page = replace(
                self.page,
                body_size=self.page.body_size * scale,
                title_size=self.page.title_size * scale,
                table_size=self.page.table_size * scale,
                line_pitch=self.page.pitch * scale,
            )
            pieces = Composer(page, self.fonts, width).pieces(blocks)
            if sum(piece.height for piece in pieces) <= height:
                return pieces
        raise UserError(
            "一张票上的内容太多，这样裁开放不下。",
            "已录入的内容都在，没有变。",
            "请把每张纸的票数改少，或把议题的名称写短一些。",
            code="D-104",
        )


def tracking(width: float, size: float) -> float:
    """Extra space per character with which whole characters fill the line (GB/T 9704: 28 in 156 mm)."""
    count = round(width / size)
    extra = width / count - size if count else 0.0
    return extra if abs(extra) <= size * 0.02 else 0.0


def _writing_line(width: float, pitch: float) -> Drawing:
    down = pitch * 0.82
    return Drawing(pitch, lambda pen, x, top: pen.rule(x, top - down, x + width, top - down, 0.6))
