"""What is said beside the place where paper sheets are typed: which keys do what just now."""

from __future__ import annotations

from app.figures.keyed_sheets import FIRST, SECOND

NAMES = {FIRST: "录第一遍", SECOND: "录第二遍"}
CHOOSE = "按数字选，自己到下一题；0 没有回答，退格键回上一题，减号作废这份，Ctrl+Enter 存下这份。"
SWITCH = "按数字选，再按一次取消；Enter 到下一题，退格键回上一题，Ctrl+Enter 存下这份。"
RANK = "按先后次序打数字；Enter 到下一题，退格键回上一题，Ctrl+Enter 存下这份。"
WRITE = "照纸上打字；Enter 到下一题，空着按 退格键回上一题，Ctrl+Enter 存下这份。"
END = "题目都过了。Enter 或 Ctrl+Enter 存下这份，接着录下一份；退格键回上一题。"
AT_NUMBER = "编号对就按 Enter 开始；不对，打问卷上印的编号，再按 Enter。"
TWICE = "{number} 这一遍录过了。再按 Enter 打开它来改；手里是另一份同号的，按 Ctrl+Enter 另录。"
SETTLE = "看纸上是哪个：1 用第一遍，2 用第二遍，3 都不对、照纸上再录。"
SPOILT = "这份为什么作废；Enter 存下，空着按退格键就不作废。"
WHY_SPOILT = "看不清"
