"""Put many files to the evidence of a stage in one step, which undo takes back as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.attachments.readable import needs_password
from app.attachments.store import AttachmentStore
from app.domain.case import Case
from app.domain.evidence import Evidence
from app.domain.printable import printable_name
from app.domain.stages import Stage
from app.errors import CancelledError, UserError
from app.progress import Progress
from app.storage.library import Library
from app.usecases.attach_file import filled_with
from app.usecases.note_missing import missing_slip
from app.usecases.record_fact import new_id


@dataclass(frozen=True, slots=True)
class AttachedFiles:
    """What came of it: ids of the new or filled records, how many files were there already, what was refused.

    ``broken`` names those of the new files that are kept but cannot be opened, ``locked`` those among them that
    ask for a password.
    """

    added: tuple[str, ...]
    known: int
    refused: tuple[UserError, ...]
    broken: tuple[str, ...] = ()
    locked: tuple[str, ...] = ()


def attach_files(
    library: Library,
    case_id: str,
    stage: Stage,
    files: Sequence[Path],
    *,
    actor: str,
    paper: str = "",
    proves: str = "",
    fill: str = "",
    progress: Progress,
) -> AttachedFiles:
    """Copy files into the library one after the other, then record them all together.

    Args:
        library: the open library.
        case_id: which case.
        stage: where files belong that are no paper in particular.
        files: the originals; they are only read.
        actor: who did it.
        paper: key of the paper they are, in the table of papers each stage must leave.
        proves: the record it proves, as ``collection/id``.
        fill: id of the record whose file the first of them is, in place of one that cannot be opened; a slip for
            a missing ``paper`` is found by itself.
        progress: told files done of files to do; what was copied until it stops the work is kept.

    Raises:
        CancelledError: from ``progress``, after what was copied until then was recorded.
        UserError: the library can only be read.
    """
    library.refuse_read_only()
    store = AttachmentStore(library.attachments_folder)
    case = library.read_case(case_id)
    slip = case.find("evidence", fill) or (missing_slip(case, stage, paper, proves) if paper else None)
    by_content: dict[str, list[Evidence]] = {}
    for held in case.evidence:
        by_content.setdefault(held.sha256, []).append(held)
    made: list[Evidence] = []
    known = 0
    refused: list[UserError] = []
    stopped: CancelledError | None = None
    for at, file in enumerate(files):
        try:
            progress.step(at, len(files), file.name)
            stored = store.add(file, progress=_Within(progress, at, len(files), file.name))
        except CancelledError as error:
            stopped = error
            break
        except UserError as error:
            refused.append(error)
            continue
        if slip is not None and (not slip.sha256 or slip.is_broken):
            fresh = filled_with(slip, file, stored, store)
            slip = None
        elif any(
            held.stage is stage and (not paper or held.paper == paper)
            for held in by_content.get(stored.sha256, ())
        ):
            known += 1
            continue
        else:
            blank = Evidence(
                id=_fresh_id(case, made), stage=stage, paper=printable_name(paper), proves=proves
            )
            fresh = filled_with(blank, file, stored, store)
        made.append(fresh)
        by_content.setdefault(fresh.sha256, []).append(fresh)
    if made:
        words = f"添加材料：{stage.label}" + (f" {len(made)} 件" if len(made) > 1 else "")
        with library.write(actor) as unit:
            for each in made:
                unit.put(case_id, "evidence", each, action=words)
            unit.commit()
    if stopped is not None:
        raise stopped
    broken = [each for each in made if each.is_broken]
    locked = [each for each in broken if needs_password(store.path(each.sha256), each.media_type)]
    return AttachedFiles(
        tuple(each.id for each in made),
        known,
        tuple(refused),
        broken=tuple(each.file_name for each in broken),
        locked=tuple(each.file_name for each in locked),
    )


def _fresh_id(case: Case, made: Sequence[Evidence]) -> str:
    taken = {each.id for each in made}
    while (fresh := new_id(case, "evidence")) in taken:
        pass
    return fresh


class _Within:
    """Progress inside one file: only asks whether to stop; the count of files is told outside."""

    def __init__(self, outer: Progress, done: int, total: int, what: str) -> None:
        self._outer, self._told = outer, (done, total, what)

    def step(self, done: int, total: int, what: str = "") -> None:
        """Tell the outer progress again, which raises when the user asked to stop."""
        self._outer.step(*self._told)
