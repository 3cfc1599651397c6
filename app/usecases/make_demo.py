"""Make a library with a worked example: facts, papers and stand-in scans, all stages filled."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from app.attachments.store import AttachmentStore
from app.documents.blocks import FORM, Document, KeyValue, KeyValues, Paragraph, Title
from app.documents.pdf import page_count, render_pdf
from app.domain.case import Case
from app.domain.evidence import Evidence, Origin
from app.domain.facts import facts_of, show_value
from app.errors import UsageError
from app.exchange.case_file import load_case
from app.paths import resource
from app.progress import Progress, Silent
from app.storage.library import Library
from app.usecases.make_document import keep_document, list_documents
from app.usecases.program import Program

DEFAULT_EXAMPLE = "shandong-linyi-single"


def example_names() -> tuple[str, ...]:
    """Return the names of the shipped examples."""
    return tuple(sorted(file.stem for file in resource("examples").glob("*.json")))


def read_example(name: str) -> Case:
    """Return the case of a shipped example.

    Raises:
        UsageError: there is no such example.
    """
    if name not in example_names():
        raise UsageError(
            f"没有叫 {name} 的示例。",
            "没有建任何资料库。",
            f"可以用：{'、'.join(example_names())}。",
            code="E-101",
        )
    file = resource(f"examples/{name}.json")
    return load_case(file.read_bytes(), name=file.name)


def make_demo(
    program: Program,
    folder: Path,
    *,
    example: str = DEFAULT_EXAMPLE,
    actor: str,
    progress: Progress | None = None,
    practice: bool = False,
) -> str:
    """Create the library ``folder`` with one example and return the case's id.

    ``practice`` makes it a practice case: the word on every paper, and no package is exported.

    Every piece of evidence the example names gets a stand-in page saying what it stands for, and every paper that
    can be made is made and kept, so that package and evidence book are complete.

    Raises:
        UserError: the folder exists already, or there is no such example.
    """
    watched = progress or Silent()
    case = read_example(example)
    if practice:
        case = replace(case, cycle=case.cycle.replace(practice=True))
    library = Library.create(folder, clock=program.clock, program_version=program.version)
    try:
        case_id = _fill(program, library, case, actor, watched)
    except BaseException:
        # Half an example teaches wrong things and would be in the way of the next try.
        library.close()
        shutil.rmtree(folder, ignore_errors=True)
        raise
    library.close()
    return case_id


def _fill(program: Program, library: Library, case: Case, actor: str, progress: Progress) -> str:
    with library.write(actor, undoable=False) as unit:
        case_id: str = unit.add_case(case)
        unit.commit()
    _fill_evidence(library, case_id, case, actor, progress)
    rows = list_documents(program, library, case_id)
    for done, row in enumerate(rows, 1):
        keep_document(program, library, case_id, row.kind.key, subject=row.subject.id, actor=actor)
        progress.step(done, len(rows), row.name)
    return case_id


def _fill_evidence(library: Library, case_id: str, case: Case, actor: str, progress: Progress) -> None:
    store = AttachmentStore(library.attachments_folder)
    filled: list[Evidence] = []
    with tempfile.TemporaryDirectory() as scratch:
        for done, paper in enumerate(case.evidence, 1):
            if paper.sha256 or paper.origin in (Origin.MISSING, Origin.PAPER):
                continue
            pictured = paper.origin in (Origin.PHOTO, Origin.SCREENSHOT)
            file = Path(scratch) / f"{paper.code or paper.id}{'.jpg' if pictured else '.pdf'}"
            content = _stand_in_photo(paper) if pictured else render_pdf(_stand_in_page(case, paper))
            file.write_bytes(content)
            stored = store.add(file)
            filled.append(
                paper.replace(
                    file_name=file.name,
                    sha256=stored.sha256,
                    media_type=stored.media_type,
                    size=stored.size,
                    pages=1 if pictured else page_count(content),
                )
            )
            progress.step(done, len(case.evidence), paper.title)
    with library.write(actor, undoable=False) as unit:
        for paper in filled:
            unit.put(case_id, "evidence", paper, action="添加材料文件")
        unit.commit()


def _stand_in_page(case: Case, paper: Evidence) -> Document:
    return Document(
        kind="stand_in",
        title=paper.title_text or "示例材料",
        page=FORM,
        blocks=(
            Title(paper.title_text or "示例材料"),
            Paragraph("这一页代替原件的扫描件，只用于示例案卷；单位、人员、文号都是虚构的。"),
            KeyValues(
                columns=1,
                items=(
                    KeyValue("编号", paper.code),
                    KeyValue("名称", paper.title_text),
                    KeyValue("说明", paper.caption),
                    KeyValue("形成日期", show_value(facts_of(Evidence)["on_day"], paper.on_day)),
                    KeyValue("单位", case.union.name),
                ),
            ),
        ),
    )


def _stand_in_photo(paper: Evidence) -> bytes:
    """A drawn picture that can be told from others: a board with a sheet on it, tinted by its number."""
    picture = Image.new("RGB", (1600, 1200), (236, 233, 227))
    draw = ImageDraw.Draw(picture)
    shade = sum(paper.code.encode()) * 37 % 120
    draw.rectangle(
        (120, 120, 1480, 1080), fill=(150 + shade // 2, 170 - shade // 2, 160), outline=(70, 70, 70), width=8
    )
    for column in range(3):
        left = 200 + column * 420
        draw.rectangle(
            (left, 220, left + 340, 700 + shade), fill=(255, 255, 255), outline=(120, 120, 120), width=3
        )
        for line in range(12):
            draw.line(
                (left + 30, 280 + line * 30, left + 310 - (line * 53 + shade) % 120, 280 + line * 30),
                fill=(90, 90, 90),
                width=4,
            )
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
