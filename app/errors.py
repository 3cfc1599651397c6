"""What can go wrong in the user's world, told in three parts.

Everything that is not a :class:`UserError` is a bug and opens the crash dialog.
"""

from __future__ import annotations


class UserError(Exception):
    """A failure the user can understand and act on.

    Attributes:
        what_happened: one sentence, likely cause included (发生了什么).
        unharmed: what is safe (哪些没受影响).
        what_to_do: the shortest way out first (现在怎么办).
        code: short stable code such as ``P-102``, shown last.
        exit_code: what the command line answers: 1 invalid, 2 wrong usage, 3 damaged, 4 locked, 5 wrong password.
    """

    exit_code = 1

    def __init__(self, what_happened: str, unharmed: str, what_to_do: str, *, code: str) -> None:
        super().__init__(what_happened)
        self.what_happened = what_happened
        self.unharmed = unharmed
        self.what_to_do = what_to_do
        self.code = code

    def __str__(self) -> str:
        return f"{self.what_happened}{self.unharmed}{self.what_to_do}（{self.code}）"


class UsageError(UserError):
    """The command or the request itself does not fit (exit code 2)."""

    exit_code = 2


class DamagedError(UserError):
    """Something on disk is not what it was when it was written (exit code 3)."""

    exit_code = 3


class LockedError(UserError):
    """Another program holds the library (exit code 4)."""

    exit_code = 4


class CancelledError(UserError):
    """The user stopped a job; things are as they were before."""

    def __init__(self, what_happened: str = "已按要求停止。") -> None:
        super().__init__(what_happened, "原来的内容没有变。", "需要时可以重新开始。", code="J-001")
