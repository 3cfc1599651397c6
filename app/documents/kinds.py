"""What a kind of paper is: key, stage, form number, what it can be about, how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.documents.blocks import Document
from app.domain.calendar import WorkCalendar
from app.domain.case import Case
from app.domain.stages import Stage
from app.rules.findings import Checkup
from app.rules.pack import RulePack


@dataclass(frozen=True, slots=True)
class Subject:
    """What one copy of a paper is about: an offer, a meeting; ``id`` is that record's id or ``""``."""

    id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterContext:
    """Everything a letter is written from. Letters read no clock and no disk.

    Attributes:
        journal_head: printed short in the footer, so that a paper anchors the journal outside this computer.
    """

    case: Case
    pack: RulePack
    calendar: WorkCalendar
    on: date
    checkup: Checkup | None = None
    journal_head: str = ""


def _whole_case(_case: Case) -> tuple[Subject, ...]:
    return (Subject(),)


def _nothing_missing(_case: Case, _subject: Subject) -> tuple[str, ...]:
    return ()


def _none_stands_out(_case: Case) -> str:
    return ""


def _always(_case: Case) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """One kind of paper.

    Attributes:
        key: stable English name, used on the command line.
        label: its general Chinese name; ``name`` gives the regional one.
        form: form number of forms.md, e.g. ``F-20``.
        build: writes it as neutral blocks.
        subjects: what it can be about in this case; empty while there is nothing yet.
        usual: id of the subject that is meant while none is named; empty: none stands out.
        missing: facts still blank, in words.
        applies: whether this kind of case has such a paper at all.
        personal: it carries ID numbers or phones, so it never goes into the submission package.
    """

    key: str
    label: str
    stage: Stage
    form: str
    build: Callable[[LetterContext, Subject], Document]
    name: Callable[[RulePack, Case], str]
    subjects: Callable[[Case], tuple[Subject, ...]] = field(default=_whole_case)
    usual: Callable[[Case], str] = field(default=_none_stands_out)
    missing: Callable[[Case, Subject], tuple[str, ...]] = field(default=_nothing_missing)
    applies: Callable[[Case], bool] = field(default=_always)
    personal: bool = False

    def meant(self, case: Case, wanted: str = "") -> Subject | None:
        """The subject with this id or title; without one the usual one, else the first; None if there is none."""
        subjects, usual = self.subjects(case), self.usual(case)
        if wanted:
            return next((each for each in subjects if wanted in (each.id, each.title)), None)
        return next((each for each in subjects if each.id == usual), subjects[0] if subjects else None)
