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
        self._estimated = estimated
        self.set_read_only(True, source)
        self.box.show_state(estimated=estimated)

    def set_words(self, words: str, source: str = "") -> None:
        """Show another value and source."""
        self.set_value(words)
        self.set_read_only(True, source)

    def _show_read_only(self, read_only: bool, source: str) -> None:
        super()._show_read_only(read_only, source)
        self.lock.setVisible(not self._estimated)  # an estimate is dashed and says so in words
