"""Taking files in, from wherever they come: the dialog, a drag, the clipboard."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from app.domain.stages import Stage
from app.gui.desk import Desk
from app.progress import Progress
from app.rules.required_papers import PaperNeed

if TYPE_CHECKING:
    from app.usecases.attach_files import AttachedFiles

STOPPED = "已停下。停下以前添加好的还在，其余的没有添加。"

_NO_PAPERS = {"thumbs.db", "desktop.ini", ".ds_store"}
_PASTED = "粘贴的图片"


def take_in(
    desk: Desk,
    stage: Stage,
    files: Sequence[Path],
    *,
    need: PaperNeed | None = None,
    fill: str = "",
    picture: QImage | None = None,
) -> Callable[[Progress], AttachedFiles]:
    """Return work for :meth:`Desk.run_writing` that puts files, and what lies in folders, to a stage.

    ``need`` is the paper they are; ``fill`` the record the first of them is the file of; ``picture`` one that
    was pasted.
    """
    library, case_id, actor, chosen = desk.library, desk.case_id, desk.actor, tuple(files)

    def work(progress: Progress) -> AttachedFiles:
        from app.usecases.attach_files import attach_files

        with tempfile.TemporaryDirectory() as folder:
            every = list(_files_in(chosen))
            if picture is not None:
                pasted = Path(folder) / f"{_PASTED}.png"
                picture.save(str(pasted))
                every.append(pasted)
            return attach_files(
                library,
                case_id,
                need.stage if need is not None else stage,
                every,
                actor=actor,
                paper=need.key if need is not None else "",
                proves=need.proves if need is not None else "",
                fill=fill,
                progress=progress,
            )

    return work


def taken_words(taken: AttachedFiles) -> str:
    """One sentence: how many are new, were there already, are broken, were refused; empty for nothing."""
    broken = len(taken.broken) - len(taken.locked)
    parts = [
        f"已添加 {len(taken.added)} 件" if taken.added else "",
        f"{taken.known} 件已经在这里，没有重复添加" if taken.known else "",
        f"{broken} 件打不开，再扫一份" if broken else "",
        f"{len(taken.locked)} 件有密码" if taken.locked else "",
        f"{len(taken.refused)} 件没有添加" if taken.refused else "",
    ]
    words = "，".join(part for part in parts if part)
    return words + "。" if words else ""


def kept_words(taken: AttachedFiles, most: int = 8) -> list[str]:
    """The files that are kept but prove nothing yet: by name, and of those with a password what to do."""
    locked = [
        f"{name} 有密码，打不开，还不算有。用密码打开它，另存一份不带密码的，再添加一次。"
        for name in taken.locked
    ]
    return [*locked, *(name for name in taken.broken if name not in taken.locked)][:most]


def refused_words(taken: AttachedFiles, most: int = 8) -> list[str]:
    """What was refused and why, the first few."""
    listed = [f"{error.what_happened}{error.what_to_do}" for error in taken.refused[:most]]
    left = len(taken.refused) - most
    return [*listed, f"另有 {left} 件。"] if left > 0 else listed


def on_clipboard() -> tuple[list[Path], QImage | None]:
    """The files, else the picture, that can be pasted."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return [], None
    files = local_paths(data)
    if files:
        return files, None
    if data.hasImage():
        picture = data.imageData()
        if isinstance(picture, QImage) and not picture.isNull():
            return [], picture
    return [], None


def local_paths(data: QMimeData) -> list[Path]:
    """Files and folders of this computer that are copied or dragged."""
    if not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _files_in(chosen: Sequence[Path]) -> Iterator[Path]:
    for path in chosen:
        if path.is_dir():
            inside = (each for each in path.rglob("*") if each.is_file())
            yield from sorted(
                each
                for each in inside
                if not each.name.startswith(".") and each.name.lower() not in _NO_PAPERS
            )
        else:
            yield path
