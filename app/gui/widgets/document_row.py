"""A paper of a stage: name, state and pages, 预览 打印 用 WPS 打开."""

from __future__ import annotations

from app.gui.widgets.item_row import ActionView, ItemView

PREVIEW = ActionView("preview", "预览")
PRINT = ActionView("print", "打印")
SAVE = ActionView("save", "另存")
OPEN = ActionView("open", "用 WPS 打开")
AGAIN = ActionView("again", "重新生成")


def document_item(
    document_id: str,
    name: str,
    remark: str = "",
    *,
    stale: bool = False,
    actions: tuple[ActionView, ...] = (PREVIEW, PRINT, SAVE),
) -> ItemView:
    """The row of a document; ``stale``: the facts moved on since it was made."""
    if not stale:
        return ItemView(id=document_id, name=name, remark=remark, actions=actions)
    return ItemView(
        id=document_id,
        name=name,
        remark="内容已变" if not remark else f"内容已变，{remark}",
        shape="explain",
        remark_ink="warn",
        actions=(AGAIN, *actions),
    )
