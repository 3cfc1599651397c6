"""What a page tells the page head."""

from __future__ import annotations

from dataclasses import dataclass

from app.gui.widgets.chip import ChipTone
from app.gui.widgets.item_row import ActionView


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadView:
    """Title, stage chip, one line of context, a due chip, and the buttons; at most one primary."""

    title: str
    chip: str = ""
    context: str = ""
    due: str = ""
    due_tone: ChipTone = "near"
    primary: ActionView | None = None
    secondary: tuple[ActionView, ...] = ()
