"""Style and types are tests like any other: the settings stand in pyproject.toml."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_ruff_has_nothing_to_say():
    said = run("ruff", "check", "--no-cache", ".")
    assert said.returncode == 0, said.stdout


def test_ruff_speaks_up_on_a_bad_file(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("import os\n", "utf-8")
    assert run("ruff", "check", "--no-cache", "--config", "pyproject.toml", str(bad)).returncode == 1


def test_types_fit_together(tmp_path):
    said = run("mypy", "--cache-dir", str(tmp_path))
    assert said.returncode == 0, said.stdout
