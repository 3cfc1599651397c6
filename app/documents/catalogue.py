"""Every paper the program can make, in the order of the year."""

from __future__ import annotations

from app.documents.kinds import DocumentKind
from app.documents.letters import offer
from app.domain.stages import Stage

CATALOGUE: tuple[DocumentKind, ...] = (
    DocumentKind(
        key="offer",
        label="要约书",
        stage=Stage.OFFER,
        form="F-20",
        build=offer.offer_letter,
        name=offer.offer_name,
        subjects=offer.offer_subjects,
        missing=offer.offer_missing,
    ),
    DocumentKind(
        key="delivery_receipt",
        label="送达回执",
        stage=Stage.OFFER,
        form="F-21",
        build=offer.delivery_receipt,
        name=lambda _pack, _case: "送达回执",
        subjects=offer.receipt_subjects,
    ),
    DocumentKind(
        key="reply",
        label="应约书",
        stage=Stage.OFFER,
        form="F-22",
        build=offer.reply_letter,
        name=offer.reply_name,
        subjects=offer.reply_subjects,
    ),
    DocumentKind(
        key="reminder",
        label="催告函",
        stage=Stage.OFFER,
        form="F-23",
        build=offer.reminder_letter,
        name=offer.reminder_name,
        subjects=offer.reminder_subjects,
    ),
)


def kind_named(key: str) -> DocumentKind | None:
    """Return the kind with this key, or ``None``."""
    return next((kind for kind in CATALOGUE if kind.key == key), None)
