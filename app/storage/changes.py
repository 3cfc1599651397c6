"""What a committed step did, for those who show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """One record that was added, changed or removed; ``collection`` is ``cases`` for a case as a whole."""

    case_id: str
    collection: str
    record_id: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What a committed unit of work did, for those who show it.

    ``group`` is the number of the step in the journal, ``None`` if nothing changed.
    """

    group: int | None = None
    records: tuple[Change, ...] = ()

    @property
    def cases(self) -> frozenset[str]:
        """The cases touched."""
        return frozenset(change.case_id for change in self.records)

    def collections(self, case_id: str) -> frozenset[str]:
        """The collections touched in one case."""
        return frozenset(change.collection for change in self.records if change.case_id == case_id)
