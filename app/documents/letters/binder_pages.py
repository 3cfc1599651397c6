"""Pages of an evidence folder and of a package that are not papers of the year: covers, list, slips, notes.

They take explicit values, because page numbers and fingerprints are known only to whoever puts the folder
together. Columns of the list and items of the notes: DA/T 22-2015 (forms.md §2.2).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PIL import Image as Picture
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from app.documents.blocks import (
    FORM,
    FORM_LANDSCAPE,
    Align,
    Block,
    Column,
    Document,
    Image,
    KeyValue,
    KeyValues,
    PageSetup,
    Row,
    SignatureArea,
    SignatureField,
    Spacer,
    Subtitle,
    Table,
    Title,
    body,
    heading1,
    remark,
)
from app.documents.letters.frame import is_practice
from app.documents.letters.parties import (
    agreement_name,
    employer_name,
    form_of,
    talks_name,
    union_name,
    year_words,
)
from app.documents.letters.words import day_text, ended, shown
from app.domain.case import Case
from app.rules.pack import RulePack

_DOTS = 6
"""Pixels to a module of the QR code; sharp on any office printer at 35 mm."""
_QUIET = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """One line of the list of filed papers.

    Attributes:
        number: 序号. archive_number: 档号, blank until the archive gives one. document_number: 文号.
        responsible: 责任者. title: 题名, made-up parts in [ ]. on_day: 日期. secrecy: 密级.
        pages: 页数 of this paper. first_page, last_page: its place in this folder, or ``None``.
        remark: 备注.
    """

    number: int
    archive_number: str = ""
    document_number: str = ""
    responsible: str = ""
    title: str = ""
    on_day: date | None = None
    secrecy: str = ""
    pages: int | None = None
    first_page: int | None = None
    last_page: int | None = None
    remark: str = ""


def binder_cover(case: Case, pack: RulePack, on: date) -> Document:
    """Return the cover of the evidence folder; what only the archive can give stays blank."""
    title = f"{talks_name(case)}材料"
    items = (
        KeyValue("单位名称", shown(union_name(case), 14), min_height=14),
        KeyValue("企业名称", shown(employer_name(case), 14), min_height=14),
        KeyValue("年度", f"{case.cycle.year}年" if case.cycle.year else ""),
        KeyValue("合同", agreement_name(case, pack), min_height=14),
        KeyValue("协商形式", form_of(case).label),
        KeyValue("全宗号", ""),
        KeyValue("保管期限", ""),
        KeyValue("机构（问题）", ""),
        KeyValue("整理日期", day_text(on)),
    )
    blocks: list[Block] = [
        Spacer(3),
        Title(title, size=30),
        Subtitle(year_words(case)),
        Spacer(4),
        KeyValues(items, columns=1, label_width=0.26, row_height=12.0),
        SignatureArea(
            (SignatureField(union_name(case) or "工会", with_seal=True, with_date=True),), columns=1
        ),
    ]
    return _page(case, "binder_cover", title, blocks, FORM)


def binder_catalogue(case: Case, rows: Sequence[CatalogueRow]) -> Document:
    """Return 归档文件目录 on lying A4: the nine columns of DA/T 22-2015; dates in eight digits."""
    title = "归档文件目录"
    lines = []
    for row in rows:
        place = ""
        if row.first_page is not None:
            last = row.last_page if row.last_page is not None else row.first_page
            place = f"第{row.first_page}页" if last == row.first_page else f"第{row.first_page}—{last}页"
        noted = "；".join(part for part in (place, row.remark) if part)
        cells = (
            str(row.number),
            row.archive_number,
            row.document_number,
            row.responsible,
            row.title,
            row.on_day.strftime("%Y%m%d") if row.on_day is not None else "",
            row.secrecy,
            "" if row.pages is None else str(row.pages),
            noted,
        )
        lines.append(Row(cells, min_height=9.0))
    columns = (
        Column(12, Align.CENTER), Column(20), Column(36), Column(40), Column(76), Column(22, Align.CENTER),
        Column(12, Align.CENTER), Column(12, Align.CENTER), Column(40),
    )  # fmt: skip
    head = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
    blocks: list[Block] = [Title(title), Table(columns, tuple(lines), (head,))]
    return _page(case, "binder_catalogue", title, blocks, FORM_LANDSCAPE)


def binder_slip(case: Case, name: str, reason: str) -> Document:
    """Return the slip that stands in for a paper that is not there."""
    title = "缺件说明"
    blocks: list[Block] = [
        Spacer(3),
        Title(title),
        KeyValues(
            (
                KeyValue("应有的材料", name, min_height=18),
                KeyValue("没有的原因", reason, min_height=60),
                KeyValue("补到以后", "补放在本页之后，本页保留。", min_height=14),
            ),
            columns=1,
            label_width=0.24,
        ),
        SignatureArea((SignatureField("经办人", "签字"), SignatureField("日期"))),
    ]
    return _page(case, "binder_slip", f"{title}：{name}", blocks, FORM)


def binder_notes(case: Case, on: date, papers: int, pages: int, missing: Sequence[str]) -> Document:
    """Return 备考表: state of the papers in the folder, who put it in order and who looked it over."""
    title = "备考表"
    lacking = "；".join(missing)
    told = f"本册共{papers}件、{pages}页。"
    told += f"缺{len(missing)}件：{lacking}。" if missing else "没有缺件。"
    blocks: list[Block] = [
        Title(title),
        KeyValues(
            (
                KeyValue("盒内文件情况说明", told, min_height=110),
                KeyValue("整理人", ""),
                KeyValue("整理日期", day_text(on)),
                KeyValue("检查人", ""),
                KeyValue("检查日期", ""),
            ),
            columns=1,
            label_width=0.24,
            row_height=15.0,
        ),
    ]
    return _page(case, "binder_notes", title, blocks, FORM)


def package_cover(
    case: Case,
    pack: RulePack,
    on: date,
    number: int,
    fingerprint: str,
    files: Sequence[tuple[str, str]],
    flaws: Sequence[str],
) -> Document:
    """Return the cover of a submission package: its fingerprint also as QR, its files, its flaws."""
    title = f"{talks_name(case)}报送包"
    blocks: list[Block] = [
        Title(title),
        KeyValues(
            (
                KeyValue("报送单位", union_name(case), span=2, min_height=11),
                KeyValue("企业", employer_name(case), span=2, min_height=11),
                KeyValue("合同", agreement_name(case, pack), span=2, min_height=11),
                KeyValue("年度", f"{case.cycle.year}年" if case.cycle.year else ""),
                KeyValue("包的序号", f"第{number}号"),
                KeyValue("生成日期", day_text(on)),
                KeyValue("规则包", f"{pack.name} {pack.version}"),
            ),
            label_width=0.26,
        ),
        Spacer(0.4),
        heading1("一、指纹"),
    ]
    if fingerprint:
        blocks.append(Image(qr_png(fingerprint), caption=_grouped(fingerprint), width=36, height=36))
    blocks.append(
        remark("包里每个文件的指纹都列在 manifest-sha256.txt 里；不装本程序，也能用通用的工具逐个核对。")
    )
    blocks.append(heading1("二、程序瑕疵和如实说明"))
    blocks += [body(f"{order}. {ended(flaw)}") for order, flaw in enumerate(flaws, start=1)] or [
        body("没有。")
    ]
    rows = tuple((str(order), name, path) for order, (path, name) in enumerate(files, start=1))
    columns = (Column(13, Align.CENTER), Column(66), Column(86))
    blocks += [
        heading1(f"三、文件（{len(files)}个）"),
        Table(columns, rows or (("", "", ""),), (("序号", "名称", "在包里的位置"),)),
    ]
    return _page(case, "package_cover", title, blocks, FORM, numbers=True)


def qr_png(text: str) -> bytes:
    """Return a QR code of ``text`` as PNG, the same bytes for the same text."""
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    modules = code.getModuleCount()
    side = modules + 2 * _QUIET
    picture = Picture.new("1", (side, side), 1)
    for row in range(modules):
        for column in range(modules):
            if code.isDark(row, column):
                picture.putpixel((column + _QUIET, row + _QUIET), 0)
    out = io.BytesIO()
    picture.resize((side * _DOTS, side * _DOTS), Picture.Resampling.NEAREST).save(out, "PNG", optimize=False)
    return out.getvalue()


def _grouped(fingerprint: str) -> str:
    """A long fingerprint in groups of eight, so that it can be compared by eye."""
    return " ".join(fingerprint[start : start + 8] for start in range(0, len(fingerprint), 8))


def _page(
    case: Case, kind: str, title: str, blocks: list[Block], page: PageSetup, *, numbers: bool = False
) -> Document:
    return Document(
        kind=kind,
        title=title,
        blocks=tuple(blocks),
        page=page,
        practice=is_practice(case),
        show_page_numbers=numbers,
    )
