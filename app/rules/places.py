"""Where rule files lie: on disk beside the program, or in memory when they came from a stick or a library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


class Place(Protocol):
    """A file or a folder; a ``pathlib.Path`` is one."""

    @property
    def name(self) -> str:
        """Its last part."""

    @property
    def parent(self) -> Place:
        """The folder it lies in."""

    def __truediv__(self, name: str) -> Place:
        """Return what lies in it under ``name``."""

    def is_file(self) -> bool:
        """Whether it can be read."""

    def read_bytes(self) -> bytes:
        """Return its content.

        Raises:
            OSError: there is nothing to read.
        """


@dataclass(frozen=True, slots=True)
class MemoryPlace:
    """A place among files held in memory.

    Attributes:
        files: path with ``/`` → content.
        path: this place; empty for the top.
    """

    files: Mapping[str, bytes]
    path: str = ""

    @property
    def name(self) -> str:
        """Its last part."""
        return self.path.rpartition("/")[2]

    @property
    def parent(self) -> MemoryPlace:
        """The folder it lies in."""
        return MemoryPlace(self.files, self.path.rpartition("/")[0])

    def __truediv__(self, name: str) -> MemoryPlace:
        """Return what lies in it under ``name``."""
        return MemoryPlace(self.files, f"{self.path}/{name}" if self.path else name)

    def is_file(self) -> bool:
        """Whether it can be read."""
        return self.path in self.files

    def read_bytes(self) -> bytes:
        """Return its content.

        Raises:
            FileNotFoundError: there is no such file.
        """
        if self.path not in self.files:
            raise FileNotFoundError(self.path)
        return self.files[self.path]
