"""Typefaces for printed papers: which installed font draws which character.

A role (仿宋, 小标宋, 黑体, 楷体, 宋体 ...) is a list of candidate files in ``resources/fonts/roles.toml``.
Only fonts with TrueType outlines can be embedded by the PDF writer. A character the role's own font lacks is
drawn with the next font that has it; one that no installed font has is refused, never printed as a box.
"""

from __future__ import annotations

import os
import struct
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli
from fontTools.ttLib import TTCollection, TTFont, TTLibError
from reportlab.pdfbase import pdfmetrics, ttfonts

from app.errors import UserError
from app.paths import resource

ROLES = ("body", "title", "hei", "kai", "song", "latin", "rare", "symbol")
"""Every role the roles file must declare."""

_WITH_LATIN = ("body",)
"""Roles whose digits and letters are set in the Latin face, when there is one."""

_FULL_WIDTH = "“”‘’—…"
"""Punctuation that Chinese text wants a full character wide; some faces draw it narrow."""

_SUFFIXES = (".ttf", ".ttc", ".otf", ".otc")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A font file that may play a role."""

    file: str
    index: int = 0
    embolden: bool = False
    skip: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """What a typeface is for, who may play it, and who is asked next."""

    name: str
    label: str
    word: str
    candidates: tuple[Candidate, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Face:
    """An installed font face that can be embedded.

    ``name`` is unique in this process and known to the PDF writer once :meth:`FontBook.load` was called.
    """

    name: str
    path: Path
    index: int
    embolden: bool = False
    skip: str = ""


@lru_cache(maxsize=1)
def read_roles() -> Mapping[str, Role]:
    """Return the shipped roles by name.

    Raises:
        ValueError: the shipped file is not as declared (a fault of the program, not of the user).
    """
    data = tomli.loads(resource("fonts/roles.toml").read_text(encoding="utf-8"))
    if set(data) != set(ROLES):
        raise ValueError(f"roles.toml declares {sorted(data)}, expected {sorted(ROLES)}")
    roles = {}
    for name, entry in data.items():
        if set(entry) != {"label", "word", "then", "candidates"}:
            raise ValueError(f"roles.toml, {name}: unexpected keys {sorted(entry)}")
        candidates = tuple(Candidate(**candidate) for candidate in entry["candidates"])
        roles[name] = Role(name, entry["label"], entry["word"], candidates, tuple(entry["then"]))
    return roles


def word_family(role: str) -> str:
    """Return the family name a word processor knows for ``role``."""
    return read_roles()[role].word


def font_directories() -> tuple[Path, ...]:
    """Return the folders in which fonts are looked for, the program's own first."""
    folders = [resource("fonts")]
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        folders.append(windows / "Fonts")
        local = os.environ.get("LOCALAPPDATA")
        if local:
            folders.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
    else:
        home = Path.home()
        folders += [Path("/usr/share/fonts"), Path("/usr/local/share/fonts")]
        folders += [home / ".local/share/fonts", home / ".fonts"]
    return tuple(folders)


def clean(text: str) -> str:
    """Return ``text`` without characters that have no shape (controls, zero-width and variation marks).

    Tabs and no-break spaces become ordinary spaces; every kind of line end becomes a line feed.
    """
    if text.isascii() and text.isprintable():
        return text
    out = []
    for char in text.replace("\r\n", "\n").replace("\r", "\n"):
        code = ord(char)
        if char == "\n":
            out.append(char)
        elif char in "\t\u00a0\u2002\u2003\u2009\u202f":
            out.append(" ")
        elif char in "\u2028\u2029":
            out.append("\n")
        elif not (0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF or _is_shapeless(char)):
            out.append(char)
    return "".join(out)


def _is_shapeless(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf") or ord(char) & 0xFFFE == 0xFFFE


class _EmbeddedFont(ttfonts.TTFont):  # type: ignore[misc]
    """A reportlab font whose text can be copied out of the PDF, rare characters included.

    reportlab writes characters beyond U+FFFF into its ToUnicode table as five hexadecimal digits, which
    readers take for another character; ISO 32000-1, 9.10.3 wants UTF-16BE and at most 100 entries in a block.
    """

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - the name is reportlab's
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            parts = (ttfonts.SUBSETN(number), b"+", self.face.name, self.face.subfontNameX)
            name = b"".join(parts).decode("pdfdoc")
            doc.idToObject["toUnicodeCMap:" + name].content = _to_unicode(name, subset)


def _to_unicode(name: str, subset: Sequence[int]) -> str:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    coded = [chr(code).encode("utf-16-be").hex().upper() for code in subset]
    entries = [f"<{place:02X}> <{code}>" for place, code in enumerate(coded)]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


class FontBook:
    """The fonts of this computer, opened only when a character asks for them.

    Args:
        directories: where to look; the system's folders when not given.
    """

    def __init__(self, directories: Sequence[Path] | None = None) -> None:
        self._directories = tuple(directories) if directories is not None else font_directories()
        self._roles = read_roles()
        self._files: tuple[Path, ...] | None = None
        self._by_name: dict[str, Path] = {}
        self._chains: dict[str, tuple[Face, ...]] = {}
        self._faces: dict[tuple[Path, int, bool, str], Face | None] = {}
        self._choices: dict[tuple[str, str], Face | None] = {}
        self._everywhere: list[Face] | None = None
        self._glimpses: dict[Face, frozenset[int]] = {}
        self._cmaps: dict[Face, Mapping[int, Any]] = {}

    def find(self, role: str, char: str) -> Face | None:
        """Return the face that draws ``char`` in ``role``, or None when no installed font can."""
        key = (role, char)
        if key not in self._choices:
            self._choices[key] = self._search(role, char)
        return self._choices[key]

    def has(self, char: str, role: str = "body") -> bool:
        """Whether some installed font draws ``char``."""
        return self.find(role, char) is not None

    def segments(self, text: str, role: str) -> Iterator[tuple[Face, str]]:
        """Yield ``text`` (cleaned, without line ends) in stretches that one face can draw.

        Raises:
            UserError: D-101, a character no installed font has.
        """
        current: Face | None = None
        stretch: list[str] = []
        for char in text:
            face = self.find(role, char)
            if face is None:
                self.require([text])
                raise AssertionError(f"no face for U+{ord(char):04X}")
            if face is not current and current is not None:
                yield current, "".join(stretch)
                stretch = []
            current = face
            stretch.append(char)
        if current is not None:
            yield current, "".join(stretch)

    def require(self, texts: Iterable[str], role: str = "body") -> None:
        """Check that every character of ``texts`` can be drawn.

        Raises:
            UserError: D-101, naming every character that no installed font has.
        """
        wanted = dict.fromkeys(char for text in texts for char in clean(text) if char != "\n")
        missing = [char for char in wanted if self.find(role, char) is None]
        if not missing:
            return
        if not self._usable(role):
            raise UserError(
                "这台电脑上没有找到能用来出文书的中文字体。",
                "已录入的内容都在，没有变。",
                _advice(no_fonts=True),
                code="D-102",
            )
        shown = "、".join(f"“{_showable(char)}”（U+{ord(char):04X}）" for char in missing[:8])
        more = f"等 {len(missing)} 个字" if len(missing) > 8 else ""
        raise UserError(
            f"这台电脑的字体里没有 {shown}{more}，印出来会缺字，所以没有生成文书。",
            "已录入的内容都在，没有变。",
            _advice(),
            code="D-101",
        )

    def load(self, face: Face) -> Any:
        """Return the PDF writer's font object of ``face``, registered under ``face.name``."""
        # Asking for a name that is not registered would read every built-in font's metrics first.
        if face.name in pdfmetrics.getRegisteredFontNames():
            return pdfmetrics.getFont(face.name)
        font = _EmbeddedFont(
            face.name, str(face.path), subfontIndex=face.index, asciiReadable=False, shapable=False
        )
        pdfmetrics.registerFont(font)
        return font

    def width(self, face: Face, char: str) -> float:
        """Return the advance of ``char`` in thousandths of the type size."""
        widths = self.load(face).face.charWidths
        return float(widths.get(ord(char), 1000))

    # --- finding -----------------------------------------------------------------------------------------

    def _search(self, role: str, char: str) -> Face | None:
        code = ord(char)
        if role in _WITH_LATIN and char.isascii() and char != " ":
            for face in self._chain("latin"):
                if code in self._cmap(face):
                    return face
        owners = [face for face in self._chain(role) if code in self._cmap(face) and char not in face.skip]
        if char in _FULL_WIDTH:
            owners.sort(key=lambda face: self.width(face, char) < 900)
        if owners:
            return owners[0]
        for face in self._all_faces():
            if code in self._glimpse(face) and code in self._cmap(face):
                return face
        return None

    def _usable(self, role: str) -> bool:
        return any(ord("工") in self._cmap(face) for face in self._chain(role)) or any(
            ord("工") in self._glimpse(face) for face in self._all_faces()
        )

    def _chain(self, role: str) -> tuple[Face, ...]:
        if role not in self._chains:
            names = [role, *self._roles[role].then]
            faces: dict[tuple[Path, int], Face] = {}
            for name in names:
                for candidate in self._roles[name].candidates:
                    face = self._candidate(candidate)
                    if face is not None:
                        faces.setdefault((face.path, face.index), face)
            self._chains[role] = tuple(faces.values())
        return self._chains[role]

    def _candidate(self, candidate: Candidate) -> Face | None:
        self._list_files()
        path = self._by_name.get(candidate.file.casefold())
        return None if path is None else self._face(path, candidate.index, candidate.embolden, candidate.skip)

    def _face(self, path: Path, index: int, embolden: bool = False, skip: str = "") -> Face | None:
        key = (path, index, embolden, skip)
        if key not in self._faces:
            self._faces[key] = None
            if _has_outlines(path, index):
                self._faces[key] = Face(f"{path}#{index}", path, index, embolden, skip)
        return self._faces[key]

    def _cmap(self, face: Face) -> Mapping[int, Any]:
        plain = Face(face.name, face.path, face.index)
        if plain not in self._cmaps:
            try:
                self._cmaps[plain] = self.load(plain).face.charToGlyph
            except (ttfonts.TTFError, OSError):
                self._cmaps[plain] = {}
        return self._cmaps[plain]

    def _glimpse(self, face: Face) -> frozenset[int]:
        """Return what a face beyond the roles can draw, read without preparing it for printing."""
        if face not in self._glimpses:
            self._glimpses[face] = _characters(face.path)
        return self._glimpses[face]

    def _all_faces(self) -> Sequence[Face]:
        """Every embeddable font, in a fixed order; opened only for what the roles do not cover."""
        if self._everywhere is None:
            found = (self._face(path, 0) for path in self._list_files())
            self._everywhere = [face for face in found if face is not None]
        return self._everywhere

    def _list_files(self) -> tuple[Path, ...]:
        if self._files is None:
            files: list[Path] = []
            for directory in self._directories:
                for folder, subfolders, names in os.walk(directory):
                    subfolders.sort()
                    fonts = [name for name in sorted(names) if name.lower().endswith(_SUFFIXES)]
                    files += [Path(folder, name) for name in fonts]
            for path in files:
                self._by_name.setdefault(path.name.casefold(), path)
            self._files = tuple(files)
        return self._files


def _has_outlines(path: Path, index: int) -> bool:
    """Whether the face has TrueType outlines; CFF fonts (Noto CJK) cannot be embedded by the PDF writer."""
    try:
        with path.open("rb") as file:
            if path.suffix.lower() in (".ttc", ".otc"):
                faces = TTCollection(file, lazy=True).fonts
                return index < len(faces) and "glyf" in faces[index]
            return index == 0 and "glyf" in TTFont(file, lazy=True)
    except (TTLibError, OSError, ValueError, AssertionError, KeyError, struct.error):
        return False


def _characters(path: Path) -> frozenset[int]:
    """Return the characters of the first face in ``path``, none when it cannot be read."""
    try:
        with path.open("rb") as file:
            collected = path.suffix.lower() in (".ttc", ".otc")
            face = TTCollection(file, lazy=True).fonts[0] if collected else TTFont(file, lazy=True)
            return frozenset(face.getBestCmap() or ())
    except (TTLibError, OSError, ValueError, AssertionError, KeyError, struct.error):
        return frozenset()


def _showable(char: str) -> str:
    return "\ufffd" if 0xD800 <= ord(char) <= 0xDFFF else char


def _advice(no_fonts: bool = False) -> str:
    if sys.platform == "win32":
        if no_fonts:
            return "请在 Windows 设置的“可选功能”里添加“中文（简体）补充字体”，再重新生成。"
        return "请装一套收字多的字体（如霞鹜文楷、SimSun-ExtB），再重新生成；也可以先换成通用的写法。"
    if no_fonts:
        return "请安装软件包 fonts-arphic-uming、fonts-lxgw-wenkai、fonts-wqy-zenhei，再重新生成。"
    return "请安装软件包 fonts-babelstone-han 或 fonts-hanazono，再重新生成；也可以先换成通用的写法。"


@lru_cache(maxsize=1)
def system_fonts() -> FontBook:
    """Return the fonts of this computer, looked up once per run of the program."""
    return FontBook()
