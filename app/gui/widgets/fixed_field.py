"""A value that comes from the rules or is computed: shown, never typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.gui.widgets.line_field import LineField


class FixedField(LineField):
    """A read-only value with its source behind it (收到之日起 10 日内 · 山东规则).

    ``estimated`` draws it dashed.
    """

    def __init__(
        self,
        name: str,
        *,
        source: str = "",
        estimated: bool = False,
        extent: str = "field_text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, extent=extent, parent=parent)
        self.set_read_only(True, source)
        self.box.show_state(estimated=estimated)
        self.lock.setVisible(not estimated)

    def set_words(self, words: str, source: str = "") -> None:
        """Show another value and source."""
        self.set_value(words)
        self.set_read_only(True, source)
