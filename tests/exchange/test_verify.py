"""Checking a package that may be broken, foreign or hostile."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import CancelledError
from app.exchange.bag_manifest import read_manifest
from app.exchange.bag_tree import is_dangerous, shown
from app.exchange.package import Entry, write_package
from app.exchange.verify import Verification, verify_package

FILES = {"01 调查/结果.pdf": b"one" * 1000, "é 照片.jpg": b"two", "空白.txt": b""}


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    entries = [Entry(path, content) for path, content in FILES.items()]
    return write_package(
        tmp_path / "包", entries, {"Bagging-Date": "2026-04-03"}, tag_files={"说明.txt": b"x"}
    ).path


def kinds(found: Verification) -> list[tuple[str, str]]:
    assert found.ok is (not found.problems)
    assert all(problem.sentence.endswith("。") for problem in found.problems)
    return [(problem.kind, problem.path) for problem in found.problems]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def rewrite(bag: Path, name: str, change: Callable[[str], str]) -> None:
    """Change a tag file and bring the tag manifest in line, as a careful forger would."""
    file = bag / name
    file.write_bytes(change(file.read_text(encoding="utf-8")).encode("utf-8", "surrogateescape"))
    listed = [
        f"{sha256((bag / tag).read_bytes())}  {tag}\n"
        for tag in ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "说明.txt")
        if (bag / tag).exists()
    ]
    (bag / "tagmanifest-sha256.txt").write_text("".join(listed), encoding="utf-8")


def add_line(bag: Path, path: str, digest: str = "0" * 64) -> None:
    rewrite(bag, "manifest-sha256.txt", lambda text: f"{text}{digest}  {path}\n")


def test_a_sound_package(bag: Path) -> None:
    found = verify_package(bag)
    assert kinds(found) == []
    assert (found.files, found.octets) == (3, 3003)
    assert found.fingerprint == sha256((bag / "tagmanifest-sha256.txt").read_bytes())
    assert found.info["Bagging-Date"] == "2026-04-03"


@pytest.mark.parametrize("place", [0, 1500, 2999])
def test_a_flipped_bit(bag: Path, place: int) -> None:
    file = bag / "data/01 调查/结果.pdf"
    content = bytearray(file.read_bytes())
    content[place] ^= 1
    file.write_bytes(content)
    assert kinds(verify_package(bag)) == [("changed", "data/01 调查/结果.pdf")]


def test_every_problem_is_told_at_once(bag: Path) -> None:
    (bag / "data/空白.txt").unlink()
    (bag / "data/é 照片.jpg").write_bytes(b"TWO")
    (bag / "data/多.txt").write_text("x", encoding="utf-8")
    (bag / "补充说明.txt").write_text("x", encoding="utf-8")
    (bag / "说明.txt").write_bytes(b"y")
    assert kinds(verify_package(bag)) == [
        ("missing", "data/空白.txt"),
        ("changed", "data/é 照片.jpg"),
        ("changed", "说明.txt"),
        ("extra", "data/多.txt"),
        ("extra", "补充说明.txt"),
    ]


@pytest.mark.parametrize("name", ["bag-info.txt", "manifest-sha256.txt"])
def test_a_changed_list_is_noticed(bag: Path, name: str) -> None:
    with (bag / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert kinds(verify_package(bag)) == [("changed", name)]


def test_missing_lists(bag: Path) -> None:
    (bag / "tagmanifest-sha256.txt").unlink()
    assert kinds(verify_package(bag)) == [("missing", "tagmanifest-sha256.txt")]
    (bag / "bagit.txt").unlink()
    assert ("not_a_package", "bagit.txt") in kinds(verify_package(bag))
    (bag / "manifest-sha256.txt").unlink()
    assert kinds(verify_package(bag)) == [("not_a_package", "包")]


@pytest.mark.parametrize("what", ["nothing", "file", "empty folder", "other folder", "nul"])
def test_not_a_package(tmp_path: Path, what: str) -> None:
    place = tmp_path / "东西"
    match what:
        case "file":
            place.write_text("x", encoding="utf-8")
        case "empty folder":
            place.mkdir()
        case "other folder":
            place.mkdir()
            (place / "bagit.txt").write_text("x", encoding="utf-8")
        case "nul":
            place = tmp_path / "a\0b"
    found = verify_package(place)
    assert not found.ok
    assert [problem.kind for problem in found.problems] == ["not_a_package"]


DANGEROUS = [
    "data/../../../etc/passwd", "../x", "/etc/passwd", "//server/share/x",
    "C:/x", "data/C:x", "data\\..\\x", "~/x",
    "data/a\x01b", "data/x:stream", "data//x", "data/con", "data/NUL.txt", "data/%0a", "..",
]  # fmt: skip


@pytest.mark.parametrize("path", DANGEROUS)
def test_dangerous_paths_are_told_and_never_opened(
    bag: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    real = os.open
    add_line(bag, path)

    def spy(file: str, *rest: int, **named: int) -> int:
        opened.append(os.path.realpath(file))
        return real(file, *rest, **named)

    monkeypatch.setattr(os, "open", spy)
    found = verify_package(bag)
    assert [problem.kind for problem in found.problems] == ["dangerous_path"]
    assert all(problem.path.isprintable() for problem in found.problems)
    assert opened
    assert all(file.startswith(os.path.realpath(bag) + os.sep) for file in opened)


def test_links_are_told_and_never_followed(bag: Path, tmp_path: Path) -> None:
    secret = tmp_path / "秘密"
    secret.mkdir()
    (secret / "x.txt").write_bytes(b"secret")
    (bag / "data/链接").symlink_to(secret, target_is_directory=True)
    (bag / "data/文件链接.txt").symlink_to(secret / "x.txt")
    add_line(bag, "data/链接/x.txt", sha256(b"secret"))
    add_line(bag, "data/文件链接.txt", sha256(b"secret"))
    assert kinds(verify_package(bag)) == [
        ("dangerous_path", "data/文件链接.txt"),
        ("dangerous_path", "data/链接"),
        ("missing", "data/文件链接.txt"),
        ("missing", "data/链接/x.txt"),
    ]


def test_payload_folder_as_a_link(bag: Path, tmp_path: Path) -> None:
    (bag / "data").rename(tmp_path / "data")
    (bag / "data").symlink_to(tmp_path / "data", target_is_directory=True)
    found = kinds(verify_package(bag))
    assert ("dangerous_path", "data") in found
    assert ("missing", "data/空白.txt") in found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang_the_check(bag: Path) -> None:
    (bag / "data/空白.txt").unlink()
    os.mkfifo(bag / "data/空白.txt")
    assert ("dangerous_path", "data/空白.txt") in kinds(verify_package(bag))


def test_composed_and_decomposed_names_are_the_same(bag: Path) -> None:
    name = "data/é 照片.jpg"
    (bag / name).rename(bag / unicodedata.normalize("NFD", name))
    assert kinds(verify_package(bag)) == []


def test_two_spellings_of_one_name_are_not_confused(bag: Path) -> None:
    other = unicodedata.normalize("NFD", "data/é 照片.jpg")
    (bag / other).write_bytes(b"other")
    found = kinds(verify_package(bag))
    assert ("extra", other) in found
    assert not [each for each in found if each[0] in ("missing", "changed")]


def test_upper_case_digests_and_stars_are_read(bag: Path) -> None:
    rewrite(
        bag,
        "manifest-sha256.txt",
        lambda text: "".join(f"{line[:64].upper()} *{line[66:]}\n" for line in text.splitlines()),
    )
    assert kinds(verify_package(bag)) == []


def test_doubled_lines(bag: Path) -> None:
    rewrite(bag, "manifest-sha256.txt", lambda text: text + text)
    assert kinds(verify_package(bag)) == []
    add_line(bag, "data/空白.txt")
    assert kinds(verify_package(bag)) == [("damaged_tag", "manifest-sha256.txt")]


@pytest.mark.parametrize(
    "line",
    ["x", "  ", "deadbeef data/x", "g" * 64 + "  data/x", "0" * 64, "\udcff\udcfe  data/x", "长" * 100_000],
)
def test_lines_that_make_no_sense(bag: Path, line: str) -> None:
    rewrite(bag, "manifest-sha256.txt", lambda text: f"{text}{line}\n")
    expected = [] if not line.strip() else [("damaged_tag", "manifest-sha256.txt")]
    assert kinds(verify_package(bag)) == expected


def test_lines_after_a_huge_one_still_count(bag: Path) -> None:
    rewrite(bag, "manifest-sha256.txt", lambda text: f"{'0' * 64}  data/{'长' * 500_000}\n{text}")
    assert kinds(verify_package(bag)) == [("damaged_tag", "manifest-sha256.txt")]


def test_encoded_line_ends_and_percent_signs(tmp_path: Path) -> None:
    file = tmp_path / "manifest-sha256.txt"
    file.write_text(f"{'0' * 64}  ./data/100%25 a%0D%0Ab%2F\n", encoding="utf-8")
    assert list(read_manifest(file, "sha256", "utf-8").entries) == ["data/100% a\r\nb%2F"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("", "damaged_tag"),
        ("\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "damaged_tag"),
        ("BagIt-Version: 7.0\nTag-File-Character-Encoding: UTF-8\n", "damaged_tag"),
        ("BagIt-Version: 1.0\nTag-File-Character-Encoding: hex\n", "damaged_tag"),
        ("\udcff\udcfe", "damaged_tag"),
    ],
)
def test_a_wrong_declaration(bag: Path, content: str, kind: str) -> None:
    rewrite(bag, "bagit.txt", lambda _: content)
    found = verify_package(bag)
    assert {problem.kind for problem in found.problems} == {kind}
    assert {problem.path for problem in found.problems} == {"bagit.txt"}


@pytest.mark.parametrize("oxum", ["1.1", "3003.4", "3003", "x.y", "-1.3", "9" * 30 + ".3", "٣.٣"])
def test_a_wrong_total(bag: Path, oxum: str) -> None:
    rewrite(bag, "bag-info.txt", lambda text: text.replace("3003.3", oxum))
    assert kinds(verify_package(bag)) == [("damaged_tag", "bag-info.txt")]


def test_bag_info_of_broken_text(bag: Path) -> None:
    rewrite(bag, "bag-info.txt", lambda text: text + "Note: \udcff\nno label\n")
    found = verify_package(bag)
    assert {problem.path for problem in found.problems} == {"bag-info.txt"}
    assert found.info["Bagging-Date"] == "2026-04-03"


def test_files_to_be_fetched_are_refused(bag: Path) -> None:
    (bag / "fetch.txt").write_text("http://example.invalid/x 1 data/x\n", encoding="utf-8")
    found = verify_package(bag)
    assert {problem.kind for problem in found.problems} == {"damaged_tag"}
    assert "fetch.txt" in {problem.path for problem in found.problems}


def test_the_litter_of_file_managers(bag: Path) -> None:
    (bag / "Thumbs.db").write_bytes(b"x")
    assert kinds(verify_package(bag)) == []
    (bag / "data/Thumbs.db").write_bytes(b"x")
    found = verify_package(bag)
    assert kinds(found)[-1] == ("extra", "data/Thumbs.db")
    assert "删掉" in found.problems[-1].sentence


def test_a_manifest_nobody_vouches_for(bag: Path) -> None:
    listed = (bag / "tagmanifest-sha256.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in listed if "  manifest-" not in line]
    (bag / "tagmanifest-sha256.txt").write_text("".join(kept), encoding="utf-8")
    assert kinds(verify_package(bag)) == [("damaged_tag", "tagmanifest-sha256.txt")]


def test_a_second_manifest_must_agree(bag: Path) -> None:
    lines = [f"{hashlib.sha512(content).hexdigest()}  data/{path}\n" for path, content in FILES.items()]
    (bag / "manifest-sha512.txt").write_text("".join(lines[:-1]), encoding="utf-8")
    found = kinds(verify_package(bag))
    assert ("extra", "data/空白.txt") in found
    (bag / "manifest-sha512.txt").write_text("".join(lines).replace(lines[0][:8], "0" * 8), encoding="utf-8")
    assert ("changed", "data/01 调查/结果.pdf") in kinds(verify_package(bag))


def test_a_foreign_bag_by_bagit_python(tmp_path: Path) -> None:
    folder = tmp_path / "别家的包"
    (folder / "子").mkdir(parents=True)
    (folder / "子" / "一.txt").write_text("一", encoding="utf-8")
    judge = Path(sys.executable).with_name("bagit.py")
    command = [sys.executable, judge, "--sha256", "--sha512", "--contact-name", "张三", folder]
    subprocess.run(command, check=True, capture_output=True)
    found = verify_package(folder)
    assert kinds(found) == []
    assert found.info["Contact-Name"] == "张三"


def test_cancelling(bag: Path) -> None:
    class Stop:
        def step(self, done: int, total: int, what: str = "") -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        verify_package(bag, Stop())


def test_progress_ends_at_all(bag: Path) -> None:
    steps: list[tuple[int, int]] = []

    class Watch:
        def step(self, done: int, total: int, what: str = "") -> None:
            steps.append((done, total))

    verify_package(bag, Watch())
    assert steps[0][0] == 0
    assert steps[-1][0] == steps[-1][1] > 3003


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file(bag: Path) -> None:
    (bag / "data/é 照片.jpg").chmod(0)
    assert kinds(verify_package(bag)) == [("changed", "data/é 照片.jpg")]


def test_a_medium_that_cannot_be_read(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def failing(file: str | Path, *rest: int, **named: int) -> int:
        if str(file).endswith("照片.jpg"):
            raise OSError(5, "Input/output error")
        return real(file, *rest, **named)

    monkeypatch.setattr(os, "open", failing)
    found = verify_package(bag)
    assert kinds(found) == [("changed", "data/é 照片.jpg")]
    assert "读不出来" in found.problems[0].sentence


@given(
    st.binary(max_size=400),
    st.sampled_from(["manifest-sha256.txt", "bagit.txt", "bag-info.txt", "tagmanifest-sha256.txt"]),
)
def test_whatever_a_list_holds_the_check_ends(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    bag = tmp_path_factory.mktemp("f") / "包"
    write_package(bag, [Entry("a.txt", b"a")], {})
    (bag / name).write_bytes(content)
    found = verify_package(bag)
    assert found.ok is (not found.problems)
    assert all(problem.path.isprintable() or problem.path for problem in found.problems)


@given(st.text(max_size=30))
def test_shown_paths_can_be_printed(path: str) -> None:
    assert not set(shown(path)) & {chr(code) for code in range(32)}


@pytest.mark.parametrize(
    "path", ["data/a.txt", "data/第1次：会议.pdf", "data/a..b", "data/console.txt", "bag-info.txt"]
)
def test_ordinary_paths_are_not_dangerous(path: str) -> None:
    assert not is_dangerous(path)
