"""Whatever goes wrong, the command line says it in three parts in Chinese, with a code and the right exit code."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app.usecases.check_case
from app.bootstrap import start
from app.storage.library import Library
from app.storage.unit_of_work import UnitOfWork

CASE = "resources/examples/weihai-express-industry.json"
DEVICE = "/dev/zero"


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    library = tmp_path_factory.mktemp("demo") / "资料库"
    assert start(["demo", str(library)]) == 0
    return library


@pytest.fixture
def library(demo, tmp_path) -> Path:
    copy = tmp_path / "资料库"
    shutil.copytree(demo, copy)
    return copy


def told(capsys, *arguments: object, code: int) -> str:
    """Run a command that fails; return what it says, having looked at the form of it."""
    capsys.readouterr()
    assert start([str(each) for each in arguments]) == code
    said = capsys.readouterr()
    assert said.out == ""
    lines = said.err.rstrip("\n").split("\n")
    assert len(lines) == 4, said.err
    assert re.fullmatch(r"（[A-Z]-\d{3}）", lines[3])
    assert not re.search(r"[A-Za-z]{3,} [a-z]{2,}", "\n".join(lines[:2])), said.err
    return said.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["table", "LIB", "linyi-2017", "-o", "FOLDER"], "已经有同名的文件夹"),
        (["table", "LIB", "linyi-2017", "-o", ""], "已经有同名的文件夹"),
        (["document", "LIB", "offer", "-o", "FILE/x.pdf"], "是文件，不是文件夹"),
        (["document", "LIB", "offer", "-o", "长" * 200 + ".pdf"], "名字太长"),
        (["binder", "LIB", "-o", "FOLDER"], "已经有同名的文件夹"),
        (["binder", "LIB", "-o", "FILE/x.pdf"], "是文件，不是文件夹"),
        (["export", "LIB", "FILE"], "是文件，不是文件夹"),
        (["export", "LIB", "FILE/x"], "是文件，不是文件夹"),
        (["check", "/" + "a" * 5000], "太长"),
        (["load", "FOLDER/l", "/" + "a" * 5000], "名字太长"),
        (["load", "FOLDER/l", ""], "是文件夹"),
        (["restore", "没有这个备份.zip", "FOLDER/r"], ""),
    ],
)
def test_places_that_cannot_be_are_told_in_chinese(arguments, words, demo, tmp_path, capsys):
    folder, file = tmp_path / "夹", tmp_path / "文件"
    folder.mkdir()
    file.write_text("x", "utf-8")
    filled = [
        each.replace("LIB", str(demo)).replace("FOLDER", str(folder)).replace("FILE", str(file))
        for each in arguments
    ]
    assert words in told(capsys, *filled, code=1)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(not Path(DEVICE).exists(), reason="this system has no such device")
def test_a_device_is_not_read_to_its_end(tmp_path, capsys):
    assert "不是文件" in told(capsys, "load", tmp_path / "库", DEVICE, code=1)
    assert "不是文件" in told(capsys, "check", DEVICE, code=1)


@pytest.mark.parametrize(
    ("written", "options", "code", "words"),
    [
        (None, ["--zip"], 2, "还差密码"),
        (b"", ["--zip", "--password-file", "FILE"], 2, "还差密码"),
        (b"\n\n", ["--zip", "--password-file", "FILE"], 2, "还差密码"),
        (b"\xff\xfe\x00", ["--zip", "--password-file", "FILE"], 2, "不是文字"),
        (b"secret", ["--password-file", "FILE"], 2, "没有写 --zip"),
        (None, ["--zip", "--password-file", "FILE"], 1, "找不到文件"),
    ],
)
def test_without_a_usable_password_nothing_is_handed_over(
    written, options, code, words, demo, tmp_path, capsys
):
    file = tmp_path / "密码.txt"
    if written is not None:
        file.write_bytes(written)
    options = [each.replace("FILE", str(file)) for each in options]
    assert words in told(capsys, "export", demo, tmp_path / "盘", *options, code=code)
    assert not (tmp_path / "盘").exists()


def test_a_password_file_written_by_the_windows_editor_is_understood(library, tmp_path):
    import pyzipper

    file = tmp_path / "密码.txt"
    file.write_bytes(b"\xef\xbb\xbf" + "协商2026\r\n".encode())
    assert start(["export", str(library), str(tmp_path / "盘"), "--zip", "--password-file", str(file)]) == 0
    (made,) = (tmp_path / "盘").glob("*.zip")
    with pyzipper.AESZipFile(made) as archive:
        archive.setpassword("协商2026".encode())
        assert archive.testzip() is None


def test_a_package_that_cannot_be_recorded_is_taken_back(library, tmp_path, capsys, monkeypatch):
    target = tmp_path / "盘"
    with monkeypatch.context() as patched:

        def full(_work):
            raise OSError(errno.ENOSPC, "full")

        patched.setattr(UnitOfWork, "commit", full)
        assert "满" in told(capsys, "export", library, target, code=1)
    assert list(target.iterdir()) == []
    assert start(["export", str(library), str(target)]) == 0
    assert [made.name[-3:] for made in target.iterdir()] == ["第1号"]


def test_a_zip_that_is_there_is_left_alone_and_no_package_written(library, tmp_path, capsys):
    target, file = tmp_path / "盘", tmp_path / "密码.txt"
    file.write_text("x", "utf-8")
    target.mkdir()
    capsys.readouterr()
    assert start(["export", str(library), str(tmp_path / "别处"), "--json"]) == 0
    name = Path(json.loads(capsys.readouterr().out)["path"]).name.replace("第1号", "第2号")
    (target / f"{name}.zip").write_bytes(b"mine")
    assert "已经有了" in told(capsys, "export", library, target, "--zip", "--password-file", file, code=1)
    assert [(made.name, made.read_bytes()) for made in target.iterdir()] == [(f"{name}.zip", b"mine")]


def test_an_example_that_fails_half_way_leaves_nothing(tmp_path, capsys, monkeypatch):
    target = tmp_path / "库"
    with monkeypatch.context() as patched:

        def full(_library, _actor, **_options):
            raise OSError(errno.ENOSPC, "full")

        patched.setattr(Library, "write", full)
        assert "满" in told(capsys, "demo", target, code=1)
    assert not target.exists()


def test_an_empty_folder_can_become_a_library(tmp_path):
    (tmp_path / "库").mkdir()
    assert start(["load", str(tmp_path / "库"), CASE]) == 0


def test_the_book_counts_what_it_could_not_bind(library, tmp_path, capsys):
    victims = sorted(path for path in (library / "attachments").rglob("*") if path.is_file())[:3]
    victims[0].write_bytes(b"")
    victims[1].unlink()
    flipped = bytearray(victims[2].read_bytes())
    flipped[len(flipped) // 2] ^= 1  # most readers draw it all the same
    victims[2].write_bytes(flipped)
    capsys.readouterr()
    assert start(["binder", str(library), "-o", str(tmp_path / "册" / "证据册.pdf"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["broken"] == 3


def test_a_backup_names_the_papers_that_were_broken_before(library, capsys):
    victim = next(path for path in (library / "attachments").rglob("*") if path.is_file())
    victim.write_bytes(b"x")
    capsys.readouterr()
    assert start(["backup", str(library), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["damaged"] == [victim.name]


def test_a_bug_is_a_sentence_too(demo, capsys, monkeypatch):
    def broken(*_):
        raise KeyError("逄海砚")

    monkeypatch.setattr(app.usecases.check_case, "check", broken)
    said = told(capsys, "check", demo, code=1)
    assert "U-900" in said
    assert "逄海砚" not in said


def test_stopped_by_the_keyboard_is_told(demo, capsys, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(app.usecases.check_case, "check", stopped)
    assert "J-001" in told(capsys, "check", demo, code=1)


@pytest.mark.parametrize("arguments", [[], ["export"], ["attach"]])
def test_the_help_speaks_chinese(arguments, capsys):
    capsys.readouterr()
    with pytest.raises(SystemExit, match="0"):
        start([*arguments, "--help"])
    said = capsys.readouterr().out
    assert said.startswith("用法：xieshang")
    for english in ("usage", "positional", "options", "show this", "optional"):
        assert english not in said


@pytest.mark.parametrize(
    "arguments", [["check", "x", "--json=1"], ["export", "x", "y", "--prof", "z"], ["dump", "x", "-o"]]
)
def test_wrong_options_are_told_in_chinese(arguments, capsys):
    capsys.readouterr()
    assert start(arguments) == 2
    said = capsys.readouterr()
    assert not re.search(r"\b(ignored|explicit|argument|expected|ambiguous)\b", said.out + said.err)


def _outside(*arguments: str, **settings: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "app", *arguments], stderr=subprocess.PIPE, check=False, **settings
    )  # type: ignore[call-overload]


def test_nobody_listening_is_no_failure():
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = _outside("schema", stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
def test_an_answer_that_cannot_be_written_is_told():
    with Path("/dev/full").open("wb") as full:
        done = _outside("packs", stdout=full)
        as_json = _outside("packs", "--json", stdout=full)
    assert (done.returncode, as_json.returncode) == (1, 1)
    for said in (done.stderr.decode(), as_json.stderr.decode()):
        assert "满了" in said
        assert "Traceback" not in said


def test_a_library_without_its_mark_says_nothing_in_english(library):
    (library / "library.toml").unlink()
    done = _outside("doctor", str(library), stdout=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_file_name_that_is_no_text_is_kept_readable(library, tmp_path, capsys):
    paper = tmp_path / "a\nb\x07.txt"
    paper.write_bytes(b"x")
    assert start(["attach", str(library), "3", str(paper)]) == 0
    if sys.platform == "linux":
        odd = tmp_path / os.fsdecode(b"\xff\xfe.txt")
        odd.write_bytes(b"y")
        assert start(["attach", str(library), "3", str(odd)]) == 0
    assert start(["dump", str(library), "-o", str(tmp_path / "案卷.json")]) == 0
    assert start(["load", str(tmp_path / "另一个"), str(tmp_path / "案卷.json")]) == 0
    assert start(["export", str(library), str(tmp_path / "盘")]) == 0


def test_an_interrupted_creation_is_no_damaged_library(tmp_path):
    folder = tmp_path / "库"
    for part in ("attachments", "backups", "exports"):
        (folder / part).mkdir(parents=True)
    (folder / "library.toml").write_text('format = 1\nid = "x"\n', "utf-8")
    assert start(["load", str(folder), CASE]) == 0


def test_what_was_attached_before_the_failure_is_told(library, tmp_path, capsys):
    paper = tmp_path / "纸.txt"
    paper.write_bytes(b"x")
    said = told(capsys, "attach", library, "3", paper, tmp_path / "没有.pdf", paper, code=1)
    assert "前面 1 个文件已经添加好" in said


def test_a_path_longer_than_a_library_can_have_is_told(tmp_path, capsys):
    folder = tmp_path / ("目" * 80) / ("录" * 80) / "库"
    assert "太长" in told(capsys, "demo", folder, code=1)
    assert not folder.parent.exists()


def test_one_code_means_one_thing():
    """What is read out over the telephone must lead to one place."""
    places: dict[str, set[str]] = {}
    for file in sorted(Path("app").rglob("*.py")):
        if "gui" not in file.parts:
            for code in re.findall(r'code="([A-Z]-\d{3})"', file.read_text("utf-8")):
                places.setdefault(code, set()).add(file.name)
    assert len(places) > 50
    assert {code: files for code, files in places.items() if len(files) > 1} == {}


def test_restoring_tells_what_was_lost_before_the_backup(library, tmp_path, capsys):
    next(path for path in (library / "attachments").rglob("*") if path.is_file()).unlink()
    capsys.readouterr()
    assert start(["backup", str(library), "--json"]) == 0
    backup = json.loads(capsys.readouterr().out)["path"]
    assert start(["restore", backup, str(tmp_path / "还原"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["missing"] == 1


def test_a_case_without_a_region_says_what_to_choose(tmp_path, capsys):
    case = tmp_path / "空.json"
    case.write_text('{"format": "xieshang-case", "version": 1}', "utf-8")
    assert "还没有选地区" in told(capsys, "check", case, code=1)
