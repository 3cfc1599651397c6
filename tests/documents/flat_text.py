"""A paper as plain lines, for comparing what it says without caring how it looks."""

from __future__ import annotations

from app.documents.blocks import (
    AttachmentHead,
    Attachments,
    Block,
    Boxes,
    Cell,
    ChartBlock,
    CutLine,
    Document,
    Grid,
    Image,
    Issuer,
    KeepTogether,
    KeyValues,
    PageBreak,
    Row,
    SignatureArea,
    Table,
    Text,
    plain,
)


def flat_text(document: Document) -> str:
    """Return what a paper says, one line for each paragraph, row or place to sign."""
    marks = f" [{document.mark}]" if document.mark else ""
    lines = [f"# {document.title}{marks}"]
    for block in document.blocks:
        lines += _lines(block)
    if document.page_sign:
        lines.append(f"每页：{document.page_sign}")
    if document.footer:
        lines.append(f"页脚：{document.footer}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _words(text: Text) -> str:
    """Blanks become underscores, so that a lost gap is seen."""
    if isinstance(text, str):
        return text.replace("\n", " / ")
    shown = (("_" * len(run.text) if run.underline and not run.text.strip() else run.text) for run in text)
    return "".join(shown).replace("\n", " / ")


def _row(row: tuple[Cell | str, ...] | Row) -> str:
    cells = row.cells if isinstance(row, Row) else row
    return "| " + " | ".join(_words(cell if isinstance(cell, str) else cell.text) for cell in cells)


def _lines(block: Block) -> list[str]:
    match block:
        case KeyValues():
            return [f"{item.label}：{_words(item.value)}" for item in block.items]
        case Table():
            rows = [_row(row) for row in (*block.header, *block.rows)]
            return [line for line in (block.caption, *rows, block.note) if line]
        case SignatureArea():
            head = [block.title] if block.title else []
            return head + [
                f"签：{party.label}|{party.role}|{party.name}{'|章' if party.with_seal else ''}"
                for party in block.parties
            ]
        case Issuer():
            return [f"落款：{'、'.join(block.names)} {block.date_text}"]
        case Attachments():
            return [f"附件：{'；'.join(block.names)}"]
        case AttachmentHead():
            return ["附件"]
        case Boxes():
            return [" ".join(f"{'☑' if name in block.checked else '□'}{name}" for name in block.options)]
        case CutLine():
            return [f"---- {block.label}"]
        case PageBreak():
            return ["===="]
        case Image():
            return [f"图：{block.caption}"]
        case ChartBlock():
            return [*(f"条：{row.words}" for row in block.chart.rows), f"图：{block.caption}"]
        case KeepTogether():
            return [line for held in block.blocks for line in _lines(held)]
        case Grid():
            return [f"裁成 {block.columns}×{block.rows}"] + [
                line for held in block.pieces[0] for line in _lines(held)
            ]
        case _:
            text = getattr(block, "text", None)
            return [plain(_words(text))] if text is not None else []
