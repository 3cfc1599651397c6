"""Starts the window."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication

from app.gui.ask import Ask
from app.gui.jobs import JobRunner
from app.gui.main_window import MainWindow
from app.gui.system_look import SystemLook
from app.gui.theme import apply_theme
from app.gui.window_memory import WindowMemory
from app.logs import start_logging
from app.usecases.program import Program

NAME = "xieshang"
SWITCH_SECONDS = 0.0005


def run_window(program: Program, library: Path | None, *, quit_after_start: bool = False) -> int:
    """Open the window with a library, or with that of last time; return the exit code when it is closed.

    ``quit_after_start`` closes it as soon as something usable stands on the screen: to measure and prove it.
    """
    app = make_application()
    config = config_folder()
    start_logging(config / "log")  # writes xieshang.log there
    memory = WindowMemory(config)
    apply_theme(app, memory.theme(), memory.scale())
    runner = JobRunner()
    window = MainWindow(program, runner, Ask(), memory, log_file=config / "log" / "xieshang.log")
    window.fit_screens()
    for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
        signal.connect(window.fit_screens_soon)
    following = SystemLook(app, memory)

    def on_crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            app.quit()
            return
        window.show_crash(error.with_traceback(trace))

    before, sys.excepthook = sys.excepthook, on_crash
    try:
        if quit_after_start:
            window.ready.connect(lambda: _tell_and_close(window))
        window.begin(library)  # behind the window, which meanwhile comes up
        window.show()
        return app.exec()
    finally:
        following.stop()
        sys.excepthook = before


def _tell_and_close(window: MainWindow) -> None:
    """Say on the standard output, if there is one, that the window can be used; then close it."""
    if sys.stdout is not None:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
    QTimer.singleShot(0, window.close)


def make_application() -> QApplication:
    """The one application object, named so that its folders are ours."""
    # The window takes turns with the work behind it; with the usual 5 ms each call may wait so long.
    sys.setswitchinterval(SWITCH_SECONDS)
    existing = QApplication.instance()
    # The style is asked for here: to look at it later makes Qt's binding build every style class there is (15 ms).
    app = existing if isinstance(existing, QApplication) else QApplication([NAME, "-style", "fusion"])
    app.setApplicationName(NAME)
    app.setApplicationDisplayName("集体协商工作台")
    app.setDesktopFileName(NAME)
    return app


def config_folder() -> Path:
    """Where this user's settings lie."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
