"""What is said beside the place where paper sheets are typed: which keys do what just now."""

from __future__ import annotations

from app.domain.survey import QuestionKind
from app.figures.keyed_sheets import FIRST, SECOND

ALL_TWICE = "第二遍都录完了，共 {count} 份"
AFTER_TWICE = "按 Enter 或 Esc 停下，去核对、结束录入；还有纸没录，打它的编号再按 Enter。"
NAMES = {FIRST: "录第一遍", SECOND: "录第二遍"}
CHOOSE = "按数字选，自己到下一题；0 没有回答，退格键回上一题，减号作废这份，Ctrl+Enter 存下这份。"
SWITCH = "按数字选，再按一次取消；Enter 到下一题，退格键回上一题，Ctrl+Enter 存下这份。"
RANK = "照纸上从上往下，打写在每项旁边的数，自己到下一项；没写打 0，纸上写重了打 X。退格键回上一项。"
WRITE = "照纸上打字；Enter 到下一题，空着按 退格键回上一题，Ctrl+Enter 存下这份。"
END = "题目都过了。Enter 或 Ctrl+Enter 存下这份，接着录下一份；退格键回上一题。"
AT_NUMBER = "编号对就按 Enter 开始；不对，打问卷上印的编号，再按 Enter。"
TWICE = "{number} 这一遍录过了。再按 Enter 打开它来改；手里是另一份同号的，按 Ctrl+Enter 另录。"
SETTLE = "看纸上是哪个：1 用第一遍，2 用第二遍，3 都不对、照纸上再录。"
SPOILT = "这份为什么作废；Enter 存下，空着按退格键就不作废。"
WHY_SPOILT = "看不清"


def keys_for(kind: QuestionKind | None) -> str:
    """Which keys choose, by the kind of question."""
    return {QuestionKind.MULTIPLE: SWITCH, QuestionKind.RANKING: RANK}.get(
        kind or QuestionKind.SINGLE, CHOOSE
    )


def trouble_words(refused: str, trouble: str) -> str:
    """Why the last key was not taken, or why the answer will not count; empty if neither."""
    return refused or (f"{trouble}；照纸上录就行，这题会列出来，不算数。" if trouble else "")
