"""What the first window is made of: forms, the parser of commands and printing are loaded when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

FIRST = "import app.bootstrap, app.gui.application, app.gui.pages.home_page"
LATER = (
    "app.cli.commands",
    "app.gui.forms.record_form",
    "app.gui.forms.section_view",
    "app.gui.widgets.record_table",
    "app.gui.widgets.choice_field",
    "PySide6.QtPrintSupport",
    "reportlab",
)


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    script = f"{FIRST}\nimport sys\nprint(*sys.modules, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", LATER)
def test_what_the_first_page_does_without_is_not_loaded_for_it(loaded: set[str], module: str) -> None:
    assert module not in loaded


def test_the_window_alone_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from app.cli import run as command_line

    def no_parser() -> None:
        raise AssertionError("the parser of all commands was made for the window")

    monkeypatch.setattr(command_line, "_parser", no_parser)
    opened: list[tuple[Path | None, bool]] = []

    def open_window(library: Path | None, quit_after_start: bool) -> int:
        opened.append((library, quit_after_start))
        return 0

    for arguments in ([], ["--open", "资料库"], ["--quit-after-start", "--open", "资料库"]):
        assert command_line.run(arguments, lambda: None, open_window) == 0
    assert opened == [(None, False), (Path("资料库"), False), (Path("资料库"), True)]
