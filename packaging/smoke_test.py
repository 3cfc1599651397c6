"""Start a frozen build the way a user would: ``python packaging/smoke_test.py dist/xieshang``.

The worked example is made, exported, verified and bound with the console program, and the window is opened
and closed: in an empty home folder, from another working directory, with nothing of this Python around.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

SECONDS = 180
TROUBLE = (
    "Traceback (most recent call last)",
    "ModuleNotFoundError",
    "FileNotFoundError",
    "Warning:",
    "qt.qpa",
)


class SmokeTestFailedError(Exception):
    """The build does not work; the text says which step failed and what it printed."""


def smoke_test(folder: Path, scratch: Path) -> Path:
    """Try the build in ``folder``, with all files in ``scratch``. Return the package it wrote.

    Raises:
        SmokeTestFailedError: a step failed, hung for three minutes or printed trouble.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    window, console = folder / f"xieshang{suffix}", folder / f"xieshang-cli{suffix}"
    environment = clean_environment(scratch / "home")
    work = scratch / "工作 文件夹"
    work.mkdir(parents=True)

    library = work / "示例资料库"
    run([console, "demo", library, "--example", "shandong-linyi-single"], work, environment)
    package = Path(json.loads(run([console, "export", library, work, "--json"], work, environment))["path"])
    run([console, "verify", package], work, environment)
    run([console, "binder", library, "-o", work / "证据册.pdf"], work, environment)
    run([*screen(), window, "--quit-after-start"], work, environment)
    return package


def clean_environment(home: Path) -> dict[str, str]:
    """Return this environment without Python's and Qt's variables, and with ``home`` as the home folder."""
    home.mkdir(parents=True)
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "QT_", "XDG_", "VIRTUAL_ENV"))
    }
    return kept | {
        **dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(home)),
        "XDG_RUNTIME_DIR": str(runtime),
    }


def screen() -> list[str]:
    """Return what has to precede a window program here: a virtual screen on Linux, nothing elsewhere."""
    if not sys.platform.startswith("linux"):
        return []
    if not shutil.which("xvfb-run"):
        raise SmokeTestFailedError(
            "没有 xvfb-run，试不了窗口。请先运行 sh packaging/test.sh --slow，它会装上。"
        )
    return ["env", "QT_QPA_PLATFORM=xcb", "xvfb-run", "-a", "-s", "-screen 0 1366x768x24"]


def run(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> str:
    """Run ``command`` in ``folder`` and return what it printed; anything but a calm success raises."""
    shown = " ".join(str(word) for word in command)
    with subprocess.Popen(
        [str(word) for word in command],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            printed, complained = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired as hung:
            _end(process)
            printed, complained = process.communicate()
            raise SmokeTestFailedError(f"{shown}\n{SECONDS} 秒没有结束\n{printed}{complained}") from hung
    if process.returncode or any(word in printed + complained for word in TROUBLE):
        raise SmokeTestFailedError(f"{shown}\n返回 {process.returncode}\n{printed}{complained}")
    return printed


def _end(process: subprocess.Popen[str]) -> None:
    """End the process and what it started (the virtual screen among them)."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def main() -> int:
    """Try the build named on the command line."""
    if len(sys.argv) != 2:
        print("用法：python packaging/smoke_test.py 程序文件夹", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="xieshang-smoke-") as scratch:
        try:
            package = smoke_test(Path(sys.argv[1]).resolve(), Path(scratch))
        except SmokeTestFailedError as failure:
            print(f"没有通过：{failure}", file=sys.stderr)
            return 1
        print(f"已通过：做了示例，导出并核对了 {package.name}，出了证据册，开关了一次窗口。")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
