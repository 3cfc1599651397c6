"""Hand the year over: a frozen, numbered submission package that anyone can check (product.md §8)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.attachments.store import AttachmentStore
from app.documents.kinds import LetterContext, Subject
from app.documents.letters.binder_pages import package_cover
from app.documents.letters.checkup import checkup_letter
from app.documents.letters.words import ended
from app.documents.pdf import render_pdf
from app.documents.xlsx import Cell, Sheet, render_xlsx
from app.domain.case import Case
from app.domain.evidence import Evidence, MadePackage
from app.domain.redaction import FOR_SUBMISSION, redact
from app.domain.stages import Stage, row_of
from app.exchange.locked_zip import refuse_taken_zip, write_locked_zip
from app.exchange.package import Entry, discard_package, make_place, write_package
from app.exchange.safe_names import safe_name
from app.progress import Progress, Silent
from app.rules.findings import Checkup, State
from app.storage.library import Library
from app.usecases.check_case import check_case
from app.usecases.checkup_document import checkup_document
from app.usecases.close_count import explained_counts
from app.usecases.leaving import data_leaving
from app.usecases.make_document import letter_context
from app.usecases.make_table import render_table, tables_for
from app.usecases.package_ready import refuse_unready
from app.usecases.papers_handed_in import papers_handed_in
from app.usecases.program import Program
from app.usecases.record_fact import new_id

__all__ = ["Exported", "contents_fingerprint", "export_package", "refuse_unready"]

_MEDIA_SUFFIX = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was handed over.

    Attributes:
        path: the package folder. zip_path: the locked ZIP beside it, if one was asked for.
        number: running number of packages of this case. flaws: 程序瑕疵 that travel along, explained.
        fingerprint: of the whole package, as a receiver recomputes it.
    """

    path: Path
    zip_path: Path | None
    number: int
    files: int
    octets: int
    fingerprint: str
    flaws: int


def export_package(
    program: Program,
    library: Library,
    case_id: str,
    folder: Path,
    *,
    profile: str = "",
    actor: str,
    zip_password: str | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write the submission package of a case into ``folder`` and record that it was handed over.

    The case is first stripped of 个人信息 and 协商底线; papers and data are made from what is left, so nothing
    withheld can get into the package by another door.

    Raises:
        UserError: findings are open, the case is a practice case, a paper changed since it was attached, the
            target exists, cannot be written or is full.
        CancelledError: from ``progress``; no package is left behind.
    """
    library.refuse_read_only()
    full = library.read_case(case_id)
    refuse_unready(full, check_case(program, full))
    case = redact(full, FOR_SUBMISSION)
    number = 1 + max((made.number or 0 for made in full.made_packages), default=0)
    context = letter_context(program, library, case)
    entries = _entries(program, library, context, profile, number)
    name = safe_name(
        f"{case.cycle.year or ''}集体协商报送包_{case.union.name.strip() or '本工会'}_第{number}号"
    )
    zip_path = folder / f"{name}.zip" if zip_password else None
    if zip_path is not None:
        refuse_taken_zip(zip_path)
    make_place(folder / name)
    receipt = write_package(
        folder / name, entries, _info(program, library, context, number), progress=progress or Silent()
    )
    flaws = _flaws(context.checkup)
    made = MadePackage(
        id=new_id(full, "made_packages"),
        number=number,
        profile=profile,
        made_on=program.clock.today(),
        folder=name,
        fingerprint=receipt.fingerprint,
        files=receipt.files,
        octets=receipt.octets,
        journal_head=context.journal_head,
        replaces=next((old.folder for old in reversed(full.made_packages)), ""),
    )
    try:
        if zip_path is not None:
            write_locked_zip(receipt.path, zip_path, zip_password or "")
        with library.write(actor, undoable=False) as unit:
            unit.put(case_id, "made_packages", made, action=f"导出报送包第{number}号")
            unit.commit()
    except BaseException:
        # A package the library does not know of would bear the number of the next one.
        if zip_path is not None:
            zip_path.unlink(missing_ok=True)
        discard_package(receipt.path)
        raise
    return Exported(
        receipt.path, zip_path, number, receipt.files, receipt.octets, receipt.fingerprint, len(flaws)
    )


def _flaws(checkup: Checkup | None) -> list[str]:
    if checkup is None:
        return []
    return [
        f"{ended(finding.sentence)}情况：{ended(told.what_happened)}补救：{ended(told.made_good)}"
        for finding in checkup.findings
        if finding.state is State.FLAW and (told := finding.explanation) is not None
    ]


def _entries(
    program: Program, library: Library, context: LetterContext, profile: str, number: int
) -> list[Entry]:
    case = context.case
    taken: dict[str, set[str]] = {}
    entries: list[Entry] = []

    def add(place: str, stem: str, suffix: str, source: Path | bytes, sha256: str | None, title: str) -> None:
        names = taken.setdefault(place, set())
        name = safe_name(stem + suffix, taken=names)
        names.add(name)
        path = f"{place}/{name}"
        entries.append(Entry(path=path, source=source, sha256=sha256, title=title))

    for table in tables_for(case, profile, program.clock.today()):
        add("01 统计表", table.title, ".xlsx", render_table(table), None, table.title)
    handed_in = list(papers_handed_in(case))
    if not any(kind.key == "checkup" for kind, _ in handed_in):
        said = checkup_letter(context, Subject())  # what was explained goes along whatever stage is begun
        add("02 文书", said.title, ".pdf", render_pdf(said), None, said.title)
    for kind, subject in handed_in:
        document = kind.build(context, subject)
        stem = f"{row_of(kind.stage).number}{row_of(kind.stage).short}_{document.title}"
        if subject.title and subject.title not in document.title:
            stem += f"_{subject.title}"
        add("02 文书", stem, ".pdf", render_pdf(document), None, document.title)
    store = AttachmentStore(library.attachments_folder)
    for paper in case.evidence:
        if paper.sha256:
            suffix = _MEDIA_SUFFIX.get(paper.media_type, Path(paper.file_name).suffix.lower())
            stem = "_".join(
                part for part in (paper.code, paper.title_text or Path(paper.file_name).stem) if part
            )
            add(
                _evidence_folder(paper.stage),
                stem,
                suffix,
                store.path(paper.sha256),
                paper.sha256,
                paper.title,
            )
    add("04 案卷数据", "案卷", ".json", data_leaving(case), None, "案卷数据")
    if context.checkup is not None:
        found = json.dumps(checkup_document(case, context.checkup), ensure_ascii=False, indent=2) + "\n"
        add("04 案卷数据", "检查结果", ".json", found.encode(), None, "检查结果和期限")
    add("04 案卷数据", "归档文件目录", ".xlsx", _list_of(case, entries), None, "归档文件目录")
    listed = [(entry.path, entry.title) for entry in entries]
    cover = package_cover(
        case,
        context.pack,
        context.on,
        number,
        contents_fingerprint(entries),
        listed,
        [*_flaws(context.checkup), *explained_counts(case)],
    )
    entries.insert(0, Entry(path="00 封面.pdf", source=render_pdf(cover), title="封面"))
    return entries


def _evidence_folder(stage: Stage | None) -> str:
    if stage is None:
        return "03 材料/0 综合"
    return f"03 材料/{row_of(stage).number} {stage.label}"


def contents_fingerprint(entries: Sequence[Entry]) -> str:
    """Return the fingerprint printed on the cover: SHA-256 over the sorted ``sha256  path`` lines of the papers."""
    lines = []
    for entry in entries:
        if isinstance(entry.source, bytes):
            digest = hashlib.sha256(entry.source).hexdigest()
        else:
            digest = entry.sha256 or hashlib.sha256(entry.source.read_bytes()).hexdigest()
        lines.append(f"{digest}  data/{entry.path}\n")
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


def _list_of(case: Case, entries: Sequence[Entry]) -> bytes:
    pages = {paper.sha256: paper for paper in case.evidence}
    head = tuple(Cell(words, bold=True, border=True) for words in ("序号", "文件", "题名", "日期", "页数"))
    rows = []
    for number, entry in enumerate(entries, 1):
        paper: Evidence | None = pages.get(entry.sha256 or "")
        on_day = paper.on_day.isoformat().replace("-", "") if paper and paper.on_day else ""
        rows.append(
            (
                Cell(number, border=True),
                Cell(entry.path, border=True),
                Cell(entry.title, border=True),
                Cell(on_day, border=True),
                Cell(paper.pages if paper else None, border=True),
            )
        )
    title = "归档文件目录"
    return render_xlsx(
        [Sheet(name=title, rows=(head, *rows), widths=(6, 48, 36, 12, 8), landscape=True)], title
    )


def _info(program: Program, library: Library, context: LetterContext, number: int) -> dict[str, str]:
    case = context.case
    union = case.union
    return {
        "Source-Organization": union.name or "没有写名称",
        "Organization-Identifier": union.code or "没有写代码",
        "Bagging-Date": program.clock.today().isoformat(),
        "External-Identifier": "-".join(
            (
                union.code or "none",
                str(case.cycle.year or 0),
                case.cycle.agreement_kind or "none",
                str(number),
            )
        ),
        "External-Description": f"{case.cycle.title} 集体协商报送包 第{number}号",
        "Rule-Pack": f"{context.pack.key} {context.pack.version}",
        "Journal-Head": context.journal_head,
        "Program-Version": program.version,
        "Bag-Software-Agent": f"集体协商工作台 {program.version}",
        **({"Replaces": case.made_packages[-1].folder} if case.made_packages else {}),
    }
