"""Logging set-up. A log never holds a person's name, ID number, phone or answer: ids and hashes only."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path


def start_logging(folder: Path, *, verbose: bool = False) -> None:
    """Write the program's log into ``folder``/xieshang.log (1 MB, two older ones kept)."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "xieshang.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("app")
    root.addHandler(handler)
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
