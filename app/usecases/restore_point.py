"""还原点: a mark in the journal one can come back to. Coming back is a step like any other and can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.domain.case import collections, is_single
from app.errors import UserError
from app.storage.library import Library

ACTION = "设还原点"
_READ_AT_ONCE = 400
_KEPT = frozenset({"made_documents", "made_packages"})
"""Papers made and packages frozen stay as they are: they are corrected by a supplement only."""

_BY_SHEETS = "answer_counts"
"""Written by a step of its own only where open answers are coded: the sheets stay, their numbers follow them."""


@dataclass(frozen=True, slots=True)
class RestorePoint:
    """A mark: its journal entry's number, its name, when it was set (aware, UTC)."""

    number: int
    name: str
    at: datetime


def set_restore_point(library: Library, case_id: str, *, actor: str) -> RestorePoint:
    """Mark how the case stands now, named by what was done last (``改了要约编号以后``).

    Setting one twice with nothing done in between gives the first one back.
    """
    last = next(iter(library.journal(case_id, limit=1)), None)
    if last is not None and (there := point_of(last.number, last.action, last.at)) is not None:
        return there
    step = library.next_undo(case_id)
    name = f"{step.action}以后" if step is not None else "开始时"
    with library.write(actor) as unit:
        unit.note(case_id, ACTION, name)
        unit.commit()
    entry = library.journal(case_id, limit=1)[0]
    return RestorePoint(entry.number, name, entry.at)


def point_of(number: int, action: str, at: datetime) -> RestorePoint | None:
    """The restore point a journal entry stands for, ``None`` when it is something else."""
    mark, _, name = action.partition("：")
    return RestorePoint(number, name, at) if mark == ACTION else None


def go_back_to(library: Library, case_id: str, point: RestorePoint, *, actor: str) -> int:
    """Make the case what it was at a restore point, as one step; return how many records that changed.

    Papers made and packages frozen since then stay.

    Raises:
        UserError: something was done since that is corrected by a supplement only.
    """
    before: int | None = None
    while True:
        entries = library.journal(case_id, limit=_READ_AT_ONCE, before=before)
        since = [entry for entry in entries if entry.number > point.number]
        fixed = next(
            (
                entry
                for entry in since
                if not entry.undoable and entry.collection not in {"", *_KEPT, _BY_SHEETS}
            ),
            None,
        )
        if fixed is not None:
            raise UserError(
                f"设这个还原点以后做过“{fixed.action}”，这一步不能退回。",
                "案卷没有变，还是现在的样子。",
                "要改，就在后面补一份变更或说明。",
                code="L-161",
            )
        if len(since) < _READ_AT_ONCE:
            break
        before = entries[-1].number
    wanted = library.case_as_of(case_id, point.number)
    if wanted is None:
        raise UserError(
            "没有找到这个还原点时的内容。",
            "案卷没有变，还是现在的样子。",
            "用“撤销”一步一步退回去。",
            code="L-162",
        )
    from app.usecases.tally_survey import recount_topics  # not needed before somebody goes back

    now = library.read_case(case_id)
    action = f"回到还原点：{point.name}"
    changed = 0
    with library.write(actor) as unit:
        for collection in collections().keys() - _KEPT:
            held = {each.id: each for each in now.records(collection)}
            then = {each.id: each for each in wanted.records(collection)}
            for record_id in held:
                if record_id not in then and not is_single(collection):
                    unit.remove(case_id, collection, record_id, action=action)
                    changed += 1
            for record_id, each in then.items():
                if held.get(record_id) != each:
                    unit.put(case_id, collection, each, action=action)
                    changed += 1
        for survey in wanted.surveys:
            recount_topics(unit, case_id, survey.id, action=action)
        unit.commit()
    return changed
