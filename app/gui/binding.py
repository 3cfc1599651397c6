"""Keeps Qt's binding from reading the source of every module of this program while the window starts."""

from __future__ import annotations

import importlib
from types import ModuleType


def skip_switch_search() -> None:
    """Tell the binding that no module uses its ``__feature__`` switches, of which this program knows nothing.

    It would otherwise open, decode and look through the source of each module named in an import once it is
    loaded: some 30 ms, a twentieth of the start. A binding that no longer looks is left alone.
    """
    importlib.import_module("PySide6.QtCore")  # brings the part that looks
    try:
        search: ModuleType = importlib.import_module("shibokensupport.feature")
    except ImportError:
        return
    if hasattr(search, "_mod_uses_pyside"):
        search._mod_uses_pyside = _uses_no_switch  # type: ignore[attr-defined]


def _uses_no_switch(_module: ModuleType) -> bool:
    return False
