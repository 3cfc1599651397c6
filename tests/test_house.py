"""The house rules as tests: who may import whom, what never stands in the tree; each check can fail."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MOST_LINES = 700
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}

# Below the window everything that happened "now" was handed down by whoever started it.
CLOCK_ROOMS = {"app/bootstrap.py"}
CLOCK_READS = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "localtime"),
    ("time", "gmtime"),
    ("QDate", "currentDate"),
    ("QTime", "currentTime"),
    ("QDateTime", "currentDateTime"),
    ("QDateTime", "currentDateTimeUtc"),
}
NETWORK_MODULES = {
    "socket", "socketserver", "ssl", "http", "ftplib", "smtplib", "imaplib", "poplib", "xmlrpc", "webbrowser",
    "urllib.request", "requests", "httpx", "aiohttp",
    "PySide6.QtWebEngineWidgets", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets",
}  # fmt: skip
MACHINE_TRACES = (
    # Written so that this file does not hold what it looks for.
    re.compile(r"/wor[k]/|/far[m]/|/tm[p]/[a-z]|/hom[e]/[a-z]|/roo[t]/[a-z.]"),
    re.compile(r"[/\\]User[s][/\\][A-Za-z]"),
    re.compile(r"(?:pyp[i]|pythonhoste[d]|files\.pyth[o]n)\.org|mirror[s]?\.[a-z0-9-]+\.(?:com|cn|edu|org)"),
    re.compile(r"(?<!emit-)index-ur[l]|extra-inde[x]|find-link[s]|trusted-hos[t]|/simpl[e]/"),
    re.compile(r"\b(?:localhos[t]:\d|127\.0\.0\.[1]|192\.168\.\d{1,3}\.\d{1,3})\b"),
)


@dataclass(frozen=True)
class Source:
    """One Python file, read and parsed once."""

    path: str
    text: str
    tree: ast.Module


@dataclass(frozen=True)
class Import:
    line: int
    module: str


def _sources(root: Path, *below: str) -> Iterator[Source]:
    for folder in below:
        for file in sorted((root / folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            yield Source(file.relative_to(root).as_posix(), text, ast.parse(text))


def _imports(source: Source) -> Iterator[Import]:
    """Every module that is named, so that ``from a import b`` counts as ``a`` and as ``a.b``."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(node.lineno, alias.name)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield Import(node.lineno, module)
            for alias in node.names:
                yield Import(node.lineno, f"{module}.{alias.name}")


def _within(module: str, packages: set[str]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def forbidden_names(root: Path) -> list[str]:
    """Modules and packages named after nothing in particular."""
    return [
        source.path
        for source in _sources(root, "app")
        if FORBIDDEN_NAMES.intersection(Path(source.path).with_suffix("").parts)
    ]


def long_files(root: Path) -> list[str]:
    """Files in which one loses one's way."""
    return [
        f"{source.path}: {count} lines"
        for source in _sources(root, "app")
        if (count := len(source.text.splitlines())) > MOST_LINES
    ]


def foreign_imports_in_domain(root: Path) -> list[str]:
    """The domain stands on the standard library, on itself and on the floor below it."""
    own = {"app.domain", *(f"app.{room}" for room in _layers()[-1])}
    return [
        f"{source.path}:{found.line}: {found.module}"
        for source in _sources(root, "app/domain")
        for found in _imports(source)
        if found.module != "app"  # as in `from app import errors`, which is also seen as app.errors
        if found.module.split(".")[0] not in sys.stdlib_module_names and not _within(found.module, own)
    ]


def clock_reads(root: Path) -> list[str]:
    """Places that ask what day it is; only the one who starts things may, and hands the answer on."""
    found: list[str] = []
    for source in _sources(root, "app"):
        if source.path in CLOCK_ROOMS:
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in CLOCK_READS:
                found.append(f"{source.path}:{node.lineno}: {_last_name(node.value)}.{node.attr}")
            elif isinstance(node, ast.ImportFrom) and node.module == "time":
                found += [
                    f"{source.path}:{node.lineno}: time.{alias.name}"
                    for alias in node.names
                    if ("time", alias.name) in CLOCK_READS
                ]
    return found


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def other_doors_to_resources(root: Path) -> list[str]:
    """Shipped files found past app/paths.py, the only way that also works in a frozen build."""
    found: list[str] = []
    for source in _sources(root, "app"):
        if source.path == "app/paths.py":
            continue
        docstrings = _docstrings(source.tree)
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Name) and node.id in ("__file__", "BUNDLE_ROOT"):
                found.append(f"{source.path}:{node.lineno}: {node.id}")
            elif isinstance(node, ast.Attribute) and (_last_name(node.value), node.attr) in {
                ("Path", "cwd"),
                ("os", "getcwd"),
                ("sys", "_MEIPASS"),
            }:
                found.append(f"{source.path}:{node.lineno}: {node.attr}")
            elif (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node not in docstrings
                and re.match(r"(\./)?(resources|db/migrations)(/|$)", node.value)
            ):
                found.append(f"{source.path}:{node.lineno}: {node.value!r}")
        found += [
            f"{source.path}:{imported.line}: {imported.module}"
            for imported in _imports(source)
            if _within(imported.module, {"importlib.resources", "pkgutil", "pkg_resources"})
        ]
    return found


def _docstrings(tree: ast.Module) -> set[ast.Constant]:
    return {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }


def network_use(root: Path) -> list[str]:
    """The program is offline: nothing in it opens a connection or a browser."""
    return [
        f"{source.path}:{found.line}: {found.module}"
        for source in _sources(root, "app", "db")
        for found in _imports(source)
        if _within(found.module, NETWORK_MODULES) or found.module.endswith(".QNetworkAccessManager")
    ]


def our_code_in_migrations(root: Path) -> list[str]:
    """A migration must do next year what it did this year, so it imports nothing that goes on changing."""
    return [
        f"{source.path}:{found.line}: {found.module}"
        for source in _sources(root, "db")
        for found in _imports(source)
        if _within(found.module, {"app"}) or found.module.startswith(".")
    ]


def qt_below_the_window(root: Path) -> list[str]:
    """Qt, and what draws on it, anywhere but in the window; imports inside functions included."""
    return _imports_outside(root, {"PySide6", "shiboken6"}, "app/gui/")


def sql_above_the_storage(root: Path) -> list[str]:
    """SQLAlchemy and Alembic anywhere but in the storage; imports inside functions included."""
    return _imports_outside(root, {"sqlalchemy", "alembic", "sqlite3"}, "app/storage/")


def _imports_outside(root: Path, packages: set[str], room: str) -> list[str]:
    return [
        f"{source.path}:{found.line}: {found.module}"
        for source in _sources(root, "app")
        if not source.path.startswith(room)
        for found in _imports(source)
        if _within(found.module, packages)
    ]


def undeclared_imports(root: Path) -> list[str]:
    """Packages that are imported but not declared, so that a fresh machine would not have them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = _declared(project["dependencies"])
    develop = run | _declared(project["optional-dependencies"]["dev"])
    provided = importlib.metadata.packages_distributions()
    return [
        f"{source.path}:{found.line}: {found.module}"
        for folder, declared in (("app", run), ("db", run), ("tests", develop), ("packaging", develop))
        for source in _sources(root, folder)
        for found in _imports(source)
        if (top := found.module.split(".")[0]) not in sys.stdlib_module_names | {"app", "tests", ""}
        if not declared.intersection(map(_normal, provided.get(top, [])))
        if not (root / source.path).with_name(f"{top}.py").exists()  # what lies beside a test
    ]


def _declared(requirements: list[str]) -> set[str]:
    return {_normal(re.split(r"[<>=!~ \[;]", requirement)[0]) for requirement in requirements}


def _normal(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def machine_traces(root: Path) -> list[str]:
    """Paths, hosts and package sources of the machine on which the program was made."""
    found: list[str] = []
    for file in _tracked_files(root):
        content = file.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            if any(trace.search(line) for trace in MACHINE_TRACES):
                found.append(f"{file.relative_to(root).as_posix()}:{number}: {line.strip()[:120]}")
    return found


def _tracked_files(root: Path) -> list[Path]:
    """What git would ship; without git, everything but what a run leaves behind."""
    if (root / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z"], cwd=root, capture_output=True, check=True
        ).stdout.decode("utf-8")
        return [file for name in listed.split("\0") if name and (file := root / name).is_file()]
    left_behind = {".git", ".venv", ".hypothesis", "build", "dist", "__pycache__"}
    return [
        file
        for file in sorted(root.rglob("*"))
        if file.is_file()
        and not any(part in left_behind or part.endswith("_cache") for part in file.relative_to(root).parts)
    ]


CHECKS: tuple[Callable[[Path], list[str]], ...] = (
    forbidden_names,
    long_files,
    foreign_imports_in_domain,
    clock_reads,
    other_doors_to_resources,
    network_use,
    our_code_in_migrations,
    qt_below_the_window,
    sql_above_the_storage,
    undeclared_imports,
    machine_traces,
)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_house_rule(check: Callable[[Path], list[str]]) -> None:
    assert check(ROOT) == []


# One violation each, and the check that has to see it.
BAD_SAMPLES = (
    (forbidden_names, "app/gui/helpers.py", ""),
    (forbidden_names, "app/common/thing.py", ""),
    (long_files, "app/rules/long.py", "x = 1\n" * (MOST_LINES + 1)),
    (foreign_imports_in_domain, "app/domain/case.py", "import jsonschema\n"),
    (foreign_imports_in_domain, "app/domain/case.py", "from app.rules import engine\n"),
    (clock_reads, "app/rules/deadlines.py", "from datetime import date\n\ntoday = date.today()\n"),
    (clock_reads, "app/storage/journal.py", "import datetime as dt\n\nnow = dt.datetime.now(dt.UTC)\n"),
    (clock_reads, "app/exchange/package.py", "from time import time\n"),
    (clock_reads, "app/gui/page.py", "from PySide6.QtCore import QDate\n\nQDate.currentDate()\n"),
    (other_doors_to_resources, "app/rules/pack.py", "open('resources/rules/a.toml')\n"),
    (other_doors_to_resources, "app/gui/theme.py", "here = __file__\n"),
    (other_doors_to_resources, "app/gui/icons.py", "from importlib import resources\n"),
    (other_doors_to_resources, "app/cli/run.py", "import os\n\nos.getcwd()\n"),
    (network_use, "app/usecases/update.py", "def go():\n    from urllib.request import urlopen\n"),
    (our_code_in_migrations, "db/migrations/versions/0001_initial.py", "from app.domain import facts\n"),
    (qt_below_the_window, "app/usecases/draw.py", "def go():\n    from PySide6 import QtGui\n"),
    (sql_above_the_storage, "app/usecases/query.py", "import sqlalchemy.orm\n"),
    (undeclared_imports, "app/exchange/fast_zip.py", "import a_package_nobody_declared\n"),
    (undeclared_imports, "app/usecases/judge.py", "import pytest\n"),
    (machine_traces, "README.md", "see /ho" + "me/someone/project\n"),
    (machine_traces, "requirements.lock", "--extra-in" + "dex-url x\n"),
    (machine_traces, "app/cli.py", "url = 'https://py" + "pi.org'\n"),
)


@pytest.mark.parametrize(("check", "path", "text"), BAD_SAMPLES)
def test_house_rule_sees_a_violation(
    tmp_path: Path, check: Callable[[Path], list[str]], path: str, text: str
) -> None:
    _write(tmp_path, "app/domain/facts.py", "import dataclasses\n\nfrom app.errors import UserError\n")
    assert check(tmp_path) == []
    _write(tmp_path, path, text)
    assert any(path in problem for problem in check(tmp_path))


def _write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _layers() -> list[list[str]]:
    """The rooms as pyproject.toml stacks them, top first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = next(contract["layers"] for contract in settings["contracts"] if contract["id"] == "layers")
    return [[room.strip() for room in layer.split("|")] for layer in layers]


_LINT = """
import sys
from importlinter.cli import lint_imports

sys.exit(lint_imports(config_filename=sys.argv[1], no_cache=True, no_logo=True))
"""


def _check_contracts(root: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _LINT, str(root / "pyproject.toml")],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_import_contracts() -> None:
    result = _check_contracts(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def empty_house(tmp_path: Path) -> Path:
    """Every room with an empty floor, under the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    _write(tmp_path, "app/__init__.py", "")
    for room in (room for layer in _layers() for room in layer):
        _write(tmp_path, f"app/{room}/__init__.py" if room != "__main__" else "app/__main__.py", "")
    _write(tmp_path, "app/gui/window.py", "import PySide6.QtWidgets\n")
    _write(tmp_path, "app/storage/tables.py", "import alembic\nimport sqlalchemy\nimport sqlite3\n")
    return tmp_path


def test_import_contracts_hold_in_an_empty_house(empty_house: Path) -> None:
    result = _check_contracts(empty_house)
    assert result.returncode == 0, result.stdout + result.stderr


UPWARDS = [
    (lower, upper)
    for index, layer in enumerate(_layers())
    for lower in layer
    for upper in (_layers()[index - 1] if index else [])
]
SIDEWAYS = [(room, other) for layer in _layers() for room in layer for other in layer if room != other]


def test_import_contracts_see_a_step_up_and_a_step_aside(empty_house: Path) -> None:
    for room, other in UPWARDS + SIDEWAYS:
        place = f"app/{room}/step.py" if room != "__main__" else "app/__main__.py"
        _write(empty_house, place.replace("step", f"to_{other}".strip("_")), f"import app.{other}\n")
    result = _check_contracts(empty_house)
    assert result.returncode == 1, result.stdout + result.stderr
    missed = [
        f"{room} -> {other}"
        for room, other in UPWARDS + SIDEWAYS
        if not re.search(rf"app\.{room}\S* -> app\.{other}\b", result.stdout)
    ]
    assert missed == [], result.stdout


@pytest.mark.parametrize(
    ("path", "text", "contract"),
    [
        ("app/usecases/draw.py", "import PySide6.QtGui\n", "PySide6 only in the window"),
        ("app/gui/query.py", "import sqlalchemy\n", "SQLAlchemy and Alembic only in storage"),
        ("app/documents/query.py", "import alembic.op\n", "SQLAlchemy and Alembic only in storage"),
        ("app/drawer/__init__.py", "", "Arrows point downwards; siblings do not know each other"),
    ],
)
def test_import_contract_sees_a_violation(empty_house: Path, path: str, text: str, contract: str) -> None:
    _write(empty_house, path, text)
    result = _check_contracts(empty_house)
    assert result.returncode == 1, result.stdout + result.stderr
    assert re.search(rf"{re.escape(contract)} BROKEN", result.stdout), result.stdout


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-source.lock"])
def test_lock_pins_and_hashes_everything_and_names_no_source(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=\S)", text.strip())
    assert pins
    for pin in pins:
        assert re.match(r"[a-z0-9-]+==\S+", pin), pin
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", pin), pin
    assert "://" not in text


def test_run_lock_is_part_of_the_test_lock() -> None:
    pins = {
        name: set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    }
    assert pins["requirements.lock"] < pins["requirements-dev.lock"]


def test_no_test_reaches_the_network() -> None:
    with socket.socket(socket.AF_INET) as endpoint, pytest.raises(AssertionError):
        endpoint.connect(("192.0.2.1", 9))
    with pytest.raises(AssertionError):
        socket.getaddrinfo("example.invalid", 80)


def test_home_is_this_tests_own(isolated_home: Path) -> None:
    assert Path.home() == isolated_home
    assert list((isolated_home / ".config").iterdir()) == []


@pytest.mark.skipif(not shutil.which("sh"), reason="no POSIX shell here")
@pytest.mark.parametrize("script", ["run.sh", "test.sh", "lock.sh", "linux/setup.sh"])
def test_shell_script_can_be_read(script: str) -> None:
    subprocess.run(["sh", "-n", str(ROOT / "packaging" / script)], check=True)


@pytest.mark.parametrize("script", ["run.ps1", "test.ps1", "windows/setup.ps1"])
def test_powershell_5_reads_the_chinese_as_utf8(script: str) -> None:
    assert (ROOT / "packaging" / script).read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_need_of_the_machine_is_complete() -> None:
    lines = (ROOT / "packaging" / "linux" / "needs.txt").read_text(encoding="utf-8").splitlines()
    needs = [line.split(maxsplit=4) for line in lines if not line.startswith("#")]
    assert needs
    for when, kind, probe, package, why in needs:
        assert when in {"run", "test", "slow"}
        assert kind in {"lib", "cmd", "file"}
        assert (kind == "file") == probe.startswith("/")
        assert re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", package)
        assert why.strip()
