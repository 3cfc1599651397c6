"""A paper in place of the page, such as the statistics table: looked at, printed, put away by Esc."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui.ask import Ask
from app.gui.desk import Desk
from app.gui.preview import Looked, Preview
from app.progress import Progress

if TYPE_CHECKING:
    from app.figures.tables import Table


class ReportPaper(QObject):
    """Lays the preview over ``below`` in ``column`` and takes it away again.

    Signals:
        left: The preview was put away.
    """

    left = Signal()

    def __init__(self, desk: Desk, ask: Ask, column: QVBoxLayout, below: QWidget) -> None:
        super().__init__(below.parent())
        self._desk = desk
        self._ask = ask
        self._column = column
        self._below = below
        self.preview: Preview | None = None

    def show_table(self, table: Table, *, printing: bool) -> None:
        """Show a filled table as it is printed; with ``printing`` the print dialog follows."""
        self.show_paper(table.title, table_loader(self._desk, table), printing=printing)

    def show_paper(self, title: str, load: Callable[[Progress], Looked], *, printing: bool) -> None:
        """Show what ``load`` typesets behind the window; with ``printing`` the print dialog follows."""
        if self.preview is None:
            self.preview = Preview(self._desk.runner, self._ask)
            self.preview.closed.connect(self.close)
            self.preview.failed.connect(self._on_failed)
            self._column.addWidget(self.preview, 1)
            self._below.hide()
            self.preview.show()
        self.preview.show_paper(title, load)
        if printing:
            self.preview.print_all()

    @Slot()
    def close(self) -> None:
        """Put the preview away; what lies below is seen again."""
        if self.preview is not None:
            self._column.removeWidget(self.preview)
            self.preview.hide()
            self.preview.deleteLater()
            self.preview = None
            self._below.show()
            self.left.emit()

    @Slot(object)
    def _on_failed(self, error: object) -> None:
        self.close()
        self._desk.failed.emit(error)


def table_loader(desk: Desk, table: Table) -> Callable[[Progress], Looked]:
    """Return what typesets a table, to be called behind the window."""
    program, library, case = desk.program, desk.library, desk.case

    def load(_progress: Progress) -> Looked:
        from app.documents.pdf import render_pdf
        from app.usecases.make_table import table_paper

        paper = table_paper(program, library, case, table)
        return Looked(render_pdf(paper), landscape=paper.page.is_landscape)

    return load
