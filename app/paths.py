"""The one door to files that ship with the program.

``resources/`` and ``db/migrations/`` lie at the same place relative to this package from source and in a
frozen build, so one rule finds both; the working directory is never used.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

BUNDLE_ROOT = Path(__file__).resolve().parents[1]


def resource(name: str) -> Path:
    """Return the path of a shipped file or folder, ``name`` being relative to ``resources/``.

    Raises:
        ValueError: the name is absolute or climbs out of the folder.
    """
    relative = PurePosixPath(name)
    if relative.is_absolute() or ".." in relative.parts:
        raise ValueError(f"not inside resources: {name}")
    return BUNDLE_ROOT / "resources" / Path(*relative.parts)


def migrations() -> Path:
    """Return the folder of the Alembic environment (``db/migrations``)."""
    return BUNDLE_ROOT / "db" / "migrations"
