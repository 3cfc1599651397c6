"""Which part stands behind the key of a view: one table; each is loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.gui.stages.stage_view import StageView

VIEWS: Mapping[str, Callable[[], type[StageView]]] = {}
"""Key of a :class:`app.forms.layout.View` → the function that loads its class."""


def view_class(key: str) -> type[StageView]:
    """The class behind a view's key; KeyError when there is none."""
    return VIEWS[key]()
