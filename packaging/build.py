"""Make the program as one folder that needs no Python: ``python packaging/build.py``.

The folder ``xieshang`` lies below ``dist/`` afterwards and has been started once by packaging/smoke_test.py.
It runs on the kind of system on which it was made, and there on the same or a newer release. Run it with the
.venv that packaging/test.sh or packaging/test.ps1 sets up.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def build(dist: Path, work: Path) -> Path:
    """Freeze the program into ``dist``/xieshang, with intermediate files in ``work``; return that folder.

    Raises:
        SystemExit: this Python cannot be frozen, or PyInstaller failed.
    """
    if reason := why_not_freezable():
        raise SystemExit(reason)
    finished = subprocess.run(
        [
            *(sys.executable, "-m", "PyInstaller", str(ROOT / "packaging" / "app.spec")),
            *("--distpath", str(dist), "--workpath", str(work)),
            *("--noconfirm", "--log-level", "WARN"),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "0"},  # same sources, same archive
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if finished.returncode:
        raise SystemExit(f"打包没有完成（PyInstaller 返回 {finished.returncode}），原因见上面几行。")
    return dist / "xieshang"


def why_not_freezable() -> str:
    """Return why this Python cannot be put into the folder, empty if it can."""
    if sys.platform == "win32" or sysconfig.get_config_var("Py_ENABLE_SHARED"):
        return ""
    return (
        f"这个 Python（{sys.base_prefix}）没有带共享库，打不成免安装程序。"
        "请换用 Debian 自带的 Python，或用 --enable-shared 编译的 Python。"
    )


def main() -> int:
    """Build, then start what was built."""
    parser = argparse.ArgumentParser(description="打成免安装的程序文件夹，并试着启动一次。")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist", help="程序文件夹放在哪里")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "pyinstaller", help="中间文件放在哪里")
    parser.add_argument("--no-smoke-test", action="store_true", help="打好以后不启动")
    options = parser.parse_args()
    folder = build(options.dist.resolve(), options.work.resolve())
    print(f"已打好：{folder}")
    if options.no_smoke_test:
        return 0
    return subprocess.run(
        [sys.executable, str(ROOT / "packaging" / "smoke_test.py"), str(folder)], check=False
    ).returncode


if __name__ == "__main__":
    raise SystemExit(main())
