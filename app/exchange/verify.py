"""Check a submission package without trusting anything in it.

The package is a bag (RFC 8493). Every file is read once, several side by side; every problem is reported,
none stops the check, and nothing a manifest says is ever used as a path: names are only looked up in the
listing of what lies in the folder.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.exchange.bag_info import read_bag_info
from app.exchange.bag_manifest import DIGEST_LENGTHS, Manifest, read_manifest
from app.exchange.bag_tree import FoundFile, Tree, is_dangerous, look_at, shown
from app.exchange.removable import READ_FLAGS_NO_LINK, hash_open_file
from app.exchange.side_by_side import Meter, StoppedError, side_by_side
from app.progress import Progress, Silent

ProblemKind = Literal["missing", "extra", "changed", "dangerous_path", "not_a_package", "damaged_tag"]

_ORDER: tuple[ProblemKind, ...] = (
    "not_a_package", "dangerous_path", "damaged_tag", "missing", "changed", "extra",
)  # fmt: skip
_PAYLOAD = "data/"
_MANIFEST = re.compile(r"(tag)?manifest-([A-Za-z0-9]+)\.txt")
_ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1", "gb18030", "gbk", "gb2312")
_LARGEST_TAG = 1 << 22
# Left behind by Windows and macOS when somebody merely looked into the folder.
_LITTER = re.compile(r"(?:.*/)?(?:thumbs\.db|desktop\.ini|\.ds_store|\._[^/]*)", re.I)


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a package.

    Attributes:
        kind: missing (named but not there), extra (there but not named), changed (other content),
            dangerous_path (leads out of the package), not_a_package, damaged_tag (the lists themselves).
        path: relative to the package, fit to be shown.
        sentence: what is wrong and what follows, in Chinese.
    """

    kind: ProblemKind
    path: str
    sentence: str


@dataclass(frozen=True)
class Verification:
    """What the check of a package found.

    Attributes:
        ok: no problem at all.
        problems: the gravest kind first, then by path.
        info: the fields of ``bag-info.txt`` as far as they could be read.
        files: payload files found.
        octets: their size together.
        fingerprint: SHA-256 of ``tagmanifest-sha256.txt``, the number printed on the cover; empty if missing.
    """

    ok: bool
    problems: tuple[Problem, ...]
    info: Mapping[str, str]
    files: int
    octets: int
    fingerprint: str


@dataclass
class _Check:
    """One check under way."""

    folder: Path
    tree: Tree
    encoding: str = "utf-8"
    problems: list[Problem] = field(default_factory=list)
    digests: dict[str, dict[str, str] | None] = field(default_factory=dict)

    def report(self, kind: ProblemKind, path: str, sentence: str) -> None:
        self.problems.append(Problem(kind, shown(path), sentence))


def verify_package(folder: Path, progress: Progress | None = None) -> Verification:
    """Check the package in ``folder`` against its own manifests.

    Args:
        folder: what is said to be a package; may be anything.
        progress: told octets read of octets to read; may cancel.

    Raises:
        CancelledError: the user stopped. Nothing else is raised because of what the folder holds.
    """
    watched = progress or Silent()
    try:
        is_folder = folder.is_dir()
    except (OSError, ValueError):
        is_folder = False
    if not is_folder:
        problem = Problem("not_a_package", shown(folder.name), "这里没有文件夹。请选报送包所在的那个文件夹。")
        return Verification(False, (problem,), {}, 0, 0, "")
    check = _Check(folder, look_at(folder))
    if "" in check.tree.strange:
        sentence = "这个文件夹打不开，可能没有权限，或者 U 盘松了。插好或换个位置再核对。"
        problem = Problem("not_a_package", shown(folder.name), sentence)
        return Verification(False, (problem,), {}, 0, 0, "")
    if not any(_MANIFEST.fullmatch(name) for name in check.tree.files):
        sentence = "这个文件夹不是报送包：里面没有校验清单。请选里面有 bagit.txt 的文件夹。"
        problem = Problem("not_a_package", shown(folder.name), sentence)
        return Verification(False, (problem,), {}, 0, 0, "")
    _check_declaration(check)
    info = _check_info(check)
    payload, tags = _read_manifests(check)
    _check_tree(check)
    _hash_files(check, payload + tags, watched)
    _compare(check, payload, tags)
    found = [file for path, file in check.tree.files.items() if path.startswith(_PAYLOAD)]
    octets = sum(file.octets for file in found)
    _check_oxum(check, info, len(found), octets)
    fingerprint = _fingerprint(check)
    problems = sorted(set(check.problems), key=_gravest_first)
    return Verification(not problems, tuple(problems), info, len(found), octets, fingerprint)


def _gravest_first(problem: Problem) -> tuple[int, str, str]:
    return _ORDER.index(problem.kind), problem.path, problem.sentence


def _read_tag(check: _Check, name: str) -> bytes | None:
    """The content of a small tag file at the top, or None with the problem reported."""
    found = check.tree.files.get(name)
    if found is None:
        return None
    if found.octets > _LARGEST_TAG:
        check.report("damaged_tag", name, f"{name} 大得不正常，没有读。")
        return None
    try:
        return (check.folder / name).read_bytes()
    except OSError:
        check.report("damaged_tag", name, f"{name} 读不出来，可能是 U 盘坏了。请对方重新拷一份。")
        return None


def _check_declaration(check: _Check) -> None:
    if "bagit.txt" not in check.tree.files:
        sentence = "缺少 bagit.txt，别人的工具认不出这是报送包。请对方重新导出。"
        check.report("not_a_package", "bagit.txt", sentence)
        return
    content = _read_tag(check, "bagit.txt")
    if content is None:
        return
    text = content.decode("utf-8", "replace")
    fields, strange = read_bag_info(text)
    version = fields.get("BagIt-Version", "")
    encoding = fields.get("Tag-File-Character-Encoding", "").lower()
    if content.startswith(b"\xef\xbb\xbf") or strange or re.fullmatch(r"(0\.9[3-7]|1\.0)", version) is None:
        check.report("damaged_tag", "bagit.txt", "bagit.txt 的内容不对，可能被改过。请对方重新导出。")
    if encoding in _ENCODINGS:
        check.encoding = encoding
    else:
        check.report("damaged_tag", "bagit.txt", "bagit.txt 写的文字编码认不出，下面按 UTF-8 核对。")


def _check_info(check: _Check) -> dict[str, str]:
    content = _read_tag(check, "bag-info.txt")
    if content is None:
        return {}
    try:
        text = content.decode(check.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        check.report("damaged_tag", "bag-info.txt", "bag-info.txt 的文字编码不对，有的字读不出来。")
        text = content.decode(check.encoding, "replace")
    info, strange = read_bag_info(text)
    if strange:
        check.report("damaged_tag", "bag-info.txt", f"bag-info.txt 有 {len(strange)} 行读不懂，可能被改过。")
    return info


def _read_manifests(check: _Check) -> tuple[list[Manifest], list[Manifest]]:
    """The manifests of the payload and of the tag files that can be read."""
    payload: list[Manifest] = []
    tags: list[Manifest] = []
    for name in sorted(check.tree.files):
        matched = _MANIFEST.fullmatch(name)
        if matched is None:
            continue
        algorithm = matched[2].lower()
        if algorithm not in DIGEST_LENGTHS:
            check.report("damaged_tag", name, f"{name} 用的校验办法认不出，没有按它核对。")
            continue
        try:
            manifest = read_manifest(check.folder / name, algorithm, check.encoding)
        except OSError:
            check.report("damaged_tag", name, f"{name} 读不出来，可能是 U 盘坏了。请对方重新拷一份。")
            continue
        for sentence in manifest.strange:
            check.report("damaged_tag", name, sentence)
        for path in [path for path in manifest.entries if is_dangerous(path)]:
            del manifest.entries[path]
            sentence = f"{name} 里写的位置“{shown(path)}”指到报送包外面，没有去碰。请当心这份包的来历。"
            check.report("dangerous_path", path, sentence)
        (tags if matched[1] else payload).append(manifest)
    if not any(manifest.algorithm == "sha256" for manifest in payload):
        sentence = "缺少 manifest-sha256.txt，没法证明文件没有变。请对方重新导出。"
        check.report("missing", "manifest-sha256.txt", sentence)
    if not any(manifest.algorithm == "sha256" for manifest in tags):
        sentence = "缺少 tagmanifest-sha256.txt，没法对封面上的指纹。请对方重新导出。"
        check.report("missing", "tagmanifest-sha256.txt", sentence)
    return payload, tags


def _check_tree(check: _Check) -> None:
    for link in check.tree.links:
        sentence = f"“{shown(link)}”是指到别处的链接，不是文件，没有打开。请当心这份包的来历。"
        check.report("dangerous_path", link, sentence)
    for path in check.tree.strange:
        check.report("dangerous_path", path, f"“{shown(path)}”不是普通文件或打不开，没有去碰。")
    if "fetch.txt" in check.tree.files:
        sentence = "fetch.txt 要求从网上补文件，这里不会去取。请对方把文件放进包里。"
        check.report("damaged_tag", "fetch.txt", sentence)
    if "data" not in check.tree.folders:
        check.report("missing", "data", "缺少 data 文件夹，材料都不在。请对方重新导出。")


def _hash_files(check: _Check, manifests: list[Manifest], progress: Progress) -> None:
    """Read every file that some manifest names, once, with all digests wanted of it."""
    wanted: dict[str, set[str]] = {}
    for manifest in manifests:
        for path in manifest.entries:
            found = check.tree.find(path)
            if found is not None:
                wanted.setdefault(found.path, set()).add(manifest.algorithm)
    jobs = [(check.tree.files[path], tuple(sorted(names))) for path, names in wanted.items()]
    # The largest first, so that no worker is left alone with a long file at the end.
    jobs.sort(key=lambda job: (-job[0].octets, job[0].path))
    total = sum(file.octets for file, _ in jobs)
    meter = Meter()

    def work(job: tuple[FoundFile, tuple[str, ...]]) -> None:
        file, algorithms = job
        meter.now = file.path
        check.digests[file.path] = _digests(check.folder / file.path, algorithms, meter)

    def tick() -> None:
        what = f"读取核对 {shown(meter.now)}" if meter.now else "读取核对"
        progress.step(min(meter.octets, total), total, what)

    side_by_side(jobs, work, meter, tick, workers=max(2, min(4, os.cpu_count() or 2)))


def _digests(file: Path, algorithms: tuple[str, ...], meter: Meter) -> dict[str, str] | None:
    try:
        descriptor = os.open(file, READ_FLAGS_NO_LINK)
    except (OSError, ValueError):
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return hash_open_file(descriptor, algorithms, meter.advance)[0]
    except StoppedError:
        raise
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _compare(check: _Check, payload: list[Manifest], tags: list[Manifest]) -> None:
    named: set[str] = set()
    for manifest, is_tag in [(each, False) for each in payload] + [(each, True) for each in tags]:
        for path, digest in manifest.entries.items():
            if path.startswith(_PAYLOAD) == is_tag:
                sentence = f"{manifest.name} 列了不该由它列的“{shown(path)}”。"
                check.report("damaged_tag", manifest.name, sentence)
            found = check.tree.find(path)
            if found is None:
                sentence = f"缺少“{shown(path)}”：清单里有，文件夹里没有。请对方补上或重新导出。"
                check.report("missing", path, sentence)
                continue
            named.add(found.path)
            digests = check.digests.get(found.path)
            if digests is None:
                check.report("changed", path, f"“{shown(path)}”读不出来，可能是 U 盘坏了。请对方重新拷一份。")
            elif digests.get(manifest.algorithm) != digest:
                check.report("changed", path, f"“{shown(path)}”的内容和导出时不一样。请对方重新导出。")
    # A payload file has to stand in every payload manifest (RFC 8493 section 3).
    listed_everywhere = [
        {found.path for path in manifest.entries if (found := check.tree.find(path)) is not None}
        for manifest in payload
    ]
    for path in check.tree.files:
        if path.startswith(_PAYLOAD):
            if not listed_everywhere or all(path in listed for listed in listed_everywhere):
                continue
        elif not tags or path in named or _is_own(path) or _LITTER.fullmatch(path):
            continue
        _report_extra(check, path)
    _check_tag_cover(check, tags)


def _is_own(path: str) -> bool:
    """Whether BagIt itself gives this file its place."""
    return _MANIFEST.fullmatch(path) is not None or path in ("bagit.txt", "bag-info.txt", "fetch.txt")


def _report_extra(check: _Check, path: str) -> None:
    if _LITTER.fullmatch(path):
        sentence = f"多出“{shown(path)}”：是电脑自动生成的小文件，删掉它再核对一次。"
    else:
        sentence = f"多出“{shown(path)}”：清单里没有，不知道是谁放的。请问清对方，不要当作报送材料。"
    check.report("extra", path, sentence)


def _check_tag_cover(check: _Check, tags: list[Manifest]) -> None:
    """The bag's own lists must be under a digest themselves, or the fingerprint vouches for nothing."""
    for manifest in tags:
        for name in check.tree.files:
            if _is_own(name) and not name.startswith("tagmanifest-") and name not in manifest.entries:
                check.report("damaged_tag", manifest.name, f"{manifest.name} 没有列 {name}，指纹管不到它。")


def _check_oxum(check: _Check, info: Mapping[str, str], files: int, octets: int) -> None:
    oxum = info.get("Payload-Oxum")
    if oxum is None:
        return
    matched = re.fullmatch(r"([0-9]{1,20})\.([0-9]{1,20})", oxum)
    if matched is None:
        sentence = "bag-info.txt 里的总量（Payload-Oxum）写法不对，可能被改过。"
        check.report("damaged_tag", "bag-info.txt", sentence)
        return
    # With a payload that is itself incomplete or changed the total cannot fit; saying so would blame the
    # wrong file, and a change of bag-info.txt itself shows in the tag manifest.
    payload_is_sound = not any(
        each.path == "data" or each.path.startswith(_PAYLOAD) for each in check.problems
    )
    if payload_is_sound and (int(matched[1]), int(matched[2])) != (octets, files):
        check.report(
            "damaged_tag",
            "bag-info.txt",
            f"总量对不上：bag-info.txt 写 {int(matched[2])} 个文件 {int(matched[1])} 字节，"
            f"实有 {files} 个文件 {octets} 字节。",
        )


def _fingerprint(check: _Check) -> str:
    if "tagmanifest-sha256.txt" not in check.tree.files:
        return ""
    try:
        with (check.folder / "tagmanifest-sha256.txt").open("rb") as tag_manifest:
            return hashlib.file_digest(tag_manifest, "sha256").hexdigest()
    except OSError:
        return ""
