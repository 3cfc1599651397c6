"""From what the survey's parts show to the records behind, and back to the page they lie on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from app.figures.origin import Figure, Origin
from app.gui.stages.stage_view import StageView
from app.rules.findings import Where


@runtime_checkable
class PrintsPapers(Protocol):
    """What a page can do with the papers of its step."""

    def print_or_look(self, action: str) -> None:
        """Print, or look at, the first paper of the step."""


def where_of(origin: Origin) -> Where:
    """The place of a record behind a figure."""
    return Where(origin.collection, origin.record_id, origin.fact)


def first_place(figure: Figure) -> Where | None:
    """The first record behind a figure, ``None`` when it has none."""
    return where_of(figure.origin[0]) if figure.origin else None


def page_of(part: QWidget) -> PrintsPapers | None:
    """The page a part lies on, if it has papers."""
    step = part.parentWidget()
    while step is not None and not isinstance(step, PrintsPapers):
        step = step.parentWidget()
    return step


@runtime_checkable
class HasViews(Protocol):
    """A step with its parts by their keys."""

    views: dict[str, StageView]


def part_beside(part: QWidget, key: str) -> StageView | None:
    """Another part of the step a part lies on."""
    step = part.parentWidget()
    while step is not None and not isinstance(step, HasViews):
        step = step.parentWidget()
    return step.views.get(key) if step is not None else None


def told(parts: Iterable[str], between: str = "，") -> str:
    """The parts that say something, in one sentence."""
    return between.join(part for part in parts if part)
