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
    missing: Callable[[Case, Subject], tuple[str, ...]] = field(default=_nothing_missing)
    applies: Callable[[Case], bool] = field(default=_always)
    personal: bool = False
