"""Setting up on Linux: nothing is announced that is not fetched, and another folder's environment stays as it is."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

SETUP = Path(__file__).resolve().parents[1] / "packaging" / "linux" / "setup.sh"

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("sh"), reason="for machines with a POSIX shell"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder whose environment is this one, but for pip: it only writes down that it was called."""
    folder = tmp_path / "project"
    (folder / ".venv" / "bin").mkdir(parents=True)
    python = folder / ".venv" / "bin" / "python"
    python.write_text(
        f"""#!/bin/sh
case "$*" in *"pip install"*) printf '%s\\n' "$*" >> '{folder}/pip.txt'; exit 0 ;; esac
exec '{sys.executable}' "$@"
""",
        encoding="utf-8",
    )
    python.chmod(0o755)
    return folder


def prepare(project: Path, *pins: str) -> str:
    """Set up with these pins; what was said."""
    (project / "some.lock").write_text("".join(f"{pin} \\\n    --hash=x\n" for pin in pins), encoding="utf-8")
    done = subprocess.run(
        ["sh", "-euc", f"ROOT='{project}'; . '{SETUP}'; prepare_venv run '{project}/some.lock'"],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={"PATH": "/usr/bin:/bin"},
    )
    return done.stderr


def test_nothing_is_announced_when_nothing_is_missing(project: Path) -> None:
    elsewhere = "is-not-there==1.0 ; sys_platform == 'win32'"
    assert prepare(project, f"pytest=={version('pytest')}", elsewhere) == ""
    assert not (project / "pip.txt").exists()
    assert (project / ".venv" / ".locked-run").exists()


@pytest.mark.parametrize("pin", ["pytest==0.1", "is-not-there==1.0"])
def test_what_is_missing_or_of_another_version_is_fetched_and_announced(project: Path, pin: str) -> None:
    assert "200 MB" in prepare(project, f"pluggy=={version('pluggy')}", pin)
    assert "--require-hashes" in (project / "pip.txt").read_text(encoding="utf-8")


def test_the_command_is_written_into_an_environment_of_ones_own(project: Path) -> None:
    prepare(project, f"pytest=={version('pytest')}")
    assert str(project) in (project / ".venv" / "bin" / "xieshang").read_text(encoding="utf-8")


def test_a_linked_environment_keeps_the_command_of_its_own_folder(project: Path, tmp_path: Path) -> None:
    (project / ".venv").rename(tmp_path / "theirs")
    (project / ".venv").symlink_to(tmp_path / "theirs")
    theirs = tmp_path / "theirs" / "bin" / "xieshang"
    theirs.write_text("theirs", encoding="utf-8")
    prepare(project, f"pytest=={version('pytest')}")
    assert theirs.read_text(encoding="utf-8") == "theirs"
