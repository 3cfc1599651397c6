"""What every test may rely on: a home folder of its own, no network, no screen, no warning unnoticed."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Set before anything can ask Qt or the system for a folder: the session's own, and readable by nobody else.
_SESSION_HOME = Path(tempfile.mkdtemp(prefix="xieshang-tests-"))
_HOME_VARIABLES = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
}

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile(
    "ci",
    deadline=None,
    derandomize=True,
    database=None,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show windows on the screen")
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected texts of papers")


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("--onscreen"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _point_home_at(_SESSION_HOME, os.environ)
    runtime = _SESSION_HOME / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_unconfigure() -> None:
    shutil.rmtree(_SESSION_HOME, ignore_errors=True)


def _point_home_at(home: Path, environment: MutableMapping[str, str]) -> None:
    for variable, below in _HOME_VARIABLES.items():
        folder = home / below
        folder.mkdir(parents=True, exist_ok=True)
        environment[variable] = str(folder)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("xvfb") and os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        pytest.fail("needs an X server: QT_QPA_PLATFORM=xcb xvfb-run -a pytest -m xvfb", pytrace=False)


@pytest.fixture(autouse=True)
def isolated_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the test a home folder of its own: no setting of this machine or another test reaches it."""
    home = tmp_path_factory.mktemp("home")
    variables: dict[str, str] = {}
    _point_home_at(home, variables)
    for variable, folder in variables.items():
        monkeypatch.setenv(variable, folder)
    return home


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Take a test's windows apart at once: what a test leaves would be laid out and painted in all that follow."""
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if isinstance(application, QApplication) and application.topLevelWidgets():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


class NetworkUsedError(AssertionError):
    """The program is offline; so are its tests."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and name look-up; sockets between programs of this machine (AF_UNIX) stay."""
    connect = socket.socket.connect

    connect_ex = socket.socket.connect_ex

    def refuse_abroad(endpoint: socket.socket, address: object) -> None:
        if endpoint.family in (socket.AF_INET, socket.AF_INET6):
            raise NetworkUsedError(f"connection to {address!r}")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse_abroad(self, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse_abroad(self, address)
        return connect_ex(self, address)

    def refuse_lookup(host: object, *_args: object, **_options: object) -> None:
        raise NetworkUsedError(f"look-up of {host!r}")

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", refuse_lookup)


class _WarningCatcher(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log_warnings(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs at WARNING or above, unless it is marked ``logs_warnings``."""
    catcher = _WarningCatcher()
    root = logging.getLogger()
    root.addHandler(catcher)
    yield
    root.removeHandler(catcher)
    if catcher.messages and not request.node.get_closest_marker("logs_warnings"):
        pytest.fail("unexpected in the log:\n" + "\n".join(catcher.messages), pytrace=False)
