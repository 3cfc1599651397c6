"""What can go wrong in the user's world, told in three parts.

Everything that is not a :class:`UserError` is a bug and opens the crash dialog.
"""

from __future__ import annotations

import errno


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


_DISK_REASONS = {
    errno.ENOSPC: "盘没有空间了",
    errno.EDQUOT: "盘没有空间了",
    errno.EACCES: "这个位置没有权限",
    errno.EPERM: "这个位置没有权限",
    errno.EROFS: "这个盘只能读，不能写",
    errno.ENAMETOOLONG: "名字太长",
    errno.EISDIR: "这里已经有同名的文件夹",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EEXIST: "路径中间有一段是文件，不是文件夹",
    errno.ENOENT: "所在的文件夹不在了，或者不让建",
    errno.EBUSY: "正被别的程序占用",
    errno.EFBIG: "这个盘放不下这么大的文件",
    errno.ENODEV: "盘不在了，可能被拔出",
    errno.ENXIO: "盘不在了，可能被拔出",
    errno.EIO: "盘读写出错，可能松了或坏了",
}


def disk_reason(error: OSError) -> str:
    """Why reading or writing failed, as the end of a sentence in Chinese, whatever language the computer speaks."""
    return _DISK_REASONS.get(error.errno or 0, "读写没有成功")
