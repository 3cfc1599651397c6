"""Every paper the program can make, in the order of the year."""

from __future__ import annotations

from app.documents.kinds import DocumentKind

CATALOGUE: tuple[DocumentKind, ...] = ()


def kind_named(key: str) -> DocumentKind | None:
    """Return the kind with this key, or ``None``."""
    return next((kind for kind in CATALOGUE if kind.key == key), None)
