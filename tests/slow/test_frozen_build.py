"""The one-folder build starts on its own, makes the worked example, exports it and opens its window."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.slow


def _load_smoke_test() -> ModuleType:
    spec = importlib.util.spec_from_file_location("smoke_test", ROOT / "packaging" / "smoke_test.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


smoke_test = _load_smoke_test()


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("frozen")
    command = [sys.executable, str(ROOT / "packaging" / "build.py"), "--no-smoke-test"]
    built = subprocess.run(
        [*command, "--dist", str(place / "dist"), "--work", str(place / "work")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return place / "dist" / "xieshang"


def test_shipped_files_lie_where_the_program_looks(frozen: Path) -> None:
    inside = frozen / "_internal"
    for folder in ("resources", "db/migrations"):
        shipped = {
            file.relative_to(ROOT)
            for file in (ROOT / folder).rglob("*")
            if file.is_file() and "__pycache__" not in file.parts
        }
        assert shipped
        assert {
            file.relative_to(inside) for file in (inside / folder).rglob("*") if file.is_file()
        } == shipped


def test_frozen_program_works(frozen: Path, tmp_path: Path) -> None:
    package = smoke_test.smoke_test(frozen, tmp_path)
    assert (package / "bagit.txt").is_file()


@pytest.mark.parametrize(
    "code",
    ["raise SystemExit(3)", "print('Traceback (most recent call last):')", "import time; time.sleep(60)"],
    ids=["exit code", "traceback", "hanging"],
)
def test_smoke_test_can_fail(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smoke_test, "SECONDS", 2)
    with pytest.raises(smoke_test.SmokeTestFailedError):
        smoke_test.run(
            [sys.executable, "-c", code], tmp_path, smoke_test.clean_environment(tmp_path / "home")
        )


def test_smoke_test_fails_without_the_programs(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        smoke_test.smoke_test(tmp_path, tmp_path / "scratch")
