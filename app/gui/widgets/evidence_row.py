"""A piece of evidence: 应有, 已有 or 缺, with what can be done about it."""

from __future__ import annotations

from typing import Literal

from app.gui.widgets.item_row import ActionView, ItemView

ADD = ActionView("add", "添加")
LOOK = ActionView("look", "查看")
REASON = ActionView("reason", "写原因")
OTHER_REASON = ActionView("reason", "改原因")
REMOVE = ActionView("remove", "移除")

EvidenceState = Literal["missing", "lacking", "done", "explained"]
BROKEN = "打不开，再扫一份"
"""Said of a file that is kept but cannot be opened."""

_ACTIONS: dict[str, tuple[ActionView, ...]] = {
    "missing": (ADD,),
    "lacking": (ADD, REASON),
    "done": (LOOK, REMOVE),
    "explained": (OTHER_REASON, ADD),
}


BROKEN_PDF = "打不开。有密码就另存一份不带密码的，坏了就再扫一份"
"""The same of a PDF, which may only be locked."""


def broken_words(media_type: str) -> str:
    """What is said of a file that is kept but cannot be opened."""
    return BROKEN_PDF if media_type == "application/pdf" else BROKEN


def evidence_item(
    evidence_id: str,
    name: str,
    remark: str = "",
    *,
    state: EvidenceState = "missing",
    actions: tuple[ActionView, ...] | None = None,
) -> ItemView:
    """The row of a piece of evidence.

    ``missing`` is not due yet, ``lacking`` is due and absent, ``done`` is there, ``explained`` has a reason.
    """
    return ItemView(
        id=evidence_id,
        name=name,
        remark=remark,
        shape="explain" if state == "explained" else state,
        actions=_ACTIONS[state] if actions is None else actions,
    )
