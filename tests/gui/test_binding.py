"""The binding does not read this program's source, and nothing here uses what it would look for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PROBE = """
from app.gui.binding import skip_switch_search
skip_switch_search()
from app.gui.theme import current_theme
from shibokensupport import feature
print(feature.pyside_feature_dict.get("app.gui.theme"))
"""


def test_no_module_s_source_is_looked_through() -> None:
    # -1: left alone; the binding's own look would have found the word PySide6 in it and said 0.
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "-1"


def test_nothing_uses_the_binding_s_switches() -> None:
    using = [
        path.name
        for path in (ROOT / "app").rglob("*.py")
        if "__feature__" in path.read_text("utf-8") and path.name != "binding.py"
    ]
    assert not using
