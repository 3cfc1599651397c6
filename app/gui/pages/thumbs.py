"""Small pictures of papers: made behind the window, a few at a time, for what is on the screen first."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from app.gui.jobs import Job, JobRunner
from app.progress import Progress

BOX = (112, 88)
"""Width and height in pixels: twice what a row shows, so that it stays sharp at 200 %."""

_AT_ONCE = 6
_MOST_KEPT = 800


class Thumbs(QObject):
    """Answers at once with what is there and makes the rest.

    Signals:
        ready: One more is there. arg: the paper's fingerprint.
    """

    ready = Signal(str)

    def __init__(self, runner: JobRunner, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._folder = folder
        self._made: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._wanted: dict[str, str] = {}
        self._job: Job | None = None

    def picture(self, sha256: str, media_type: str) -> QPixmap | None:
        """The picture of a paper, ``None`` while it is made and for what has none."""
        if sha256 in self._made:
            self._made.move_to_end(sha256)
            return self._made[sha256]
        if sha256:
            self._wanted[sha256] = media_type
            self._go_on()
        return None

    def _go_on(self) -> None:
        if self._job is not None or not self._wanted:
            return
        # The last asked for are those on the screen now.
        batch = dict(list(self._wanted.items())[-_AT_ONCE:])
        for sha256 in batch:
            del self._wanted[sha256]
        folder = self._folder

        def work(progress: Progress) -> list[tuple[str, QImage | None]]:
            from app.attachments.store import AttachmentStore
            from app.attachments.thumbnails import thumbnail

            store = AttachmentStore(folder)
            made: list[tuple[str, QImage | None]] = []
            for at, (sha256, media_type) in enumerate(batch.items()):
                progress.step(at, len(batch))
                octets = thumbnail(store.path(sha256), media_type, BOX)
                made.append((sha256, QImage.fromData(octets) if octets else None))
            return made

        job = Job(work, name="缩略图")
        self._job = job
        job.succeeded.connect(self._on_made)
        job.failed.connect(self._on_failed)
        self._runner.start(job, writes=False)

    def _on_made(self, made: list[tuple[str, QImage | None]]) -> None:
        if not shiboken6.isValid(self):
            return
        self._job = None
        for sha256, picture in made:
            self._made[sha256] = QPixmap.fromImage(picture) if picture is not None else None
            self.ready.emit(sha256)
        while len(self._made) > _MOST_KEPT:
            self._made.popitem(last=False)
        self._go_on()

    def _on_failed(self, _error: object) -> None:
        """The window closes, or the library is gone: then there is nobody to look at pictures."""
        if shiboken6.isValid(self):
            self._job = None
            self._wanted.clear()
