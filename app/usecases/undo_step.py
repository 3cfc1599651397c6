"""Take back the last step, or do it again, and keep the numbers that no step of the journal holds with the sheets.

Coding open answers is passed over by undo. When an import goes or comes back with all its sheets, the numbers of
answers coded to topics follow here.
"""

from __future__ import annotations

from app.storage.library import Library
from app.storage.undo import Step

_COUNTED = frozenset({"answer_counts", "data_imports", "topics"})


def undo_step(library: Library, case_id: str, actor: str) -> Step | None:
    """Take back the latest step; ``None`` if there is none.

    Raises:
        UserError: the same record was changed since by a step that cannot be undone.
    """
    return _followed(library, case_id, actor, library.undo_last_group(case_id, actor))


def redo_step(library: Library, case_id: str, actor: str) -> Step | None:
    """Do again what was taken back last; ``None`` if nothing was.

    Raises:
        UserError: the same record was changed since by a step that cannot be undone.
    """
    return _followed(library, case_id, actor, library.redo(case_id, actor))


def _followed(library: Library, case_id: str, actor: str, step: Step | None) -> Step | None:
    if step is not None and step.changes.collections(case_id) & _COUNTED:
        from app.usecases.tally_survey import recount_topics  # not needed before the first undo

        with library.write(actor, undoable=False) as work:
            for survey in work.read_case(case_id).surveys:
                recount_topics(work, case_id, survey.id)
            work.commit()
    return step
