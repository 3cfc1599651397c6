"""The password for a locked ZIP, from a file: what stands on a command line can be read by others."""

from __future__ import annotations

from pathlib import Path

from app.errors import UsageError
from app.usecases.whole_file import read_input

_UNHARMED = "没有写任何文件。"


def read_password(file: Path | None, *, wanted: bool) -> str | None:
    """Return the first line of the file, or ``None`` when no ZIP is ``wanted``.

    Raises:
        UsageError: there is no password, or there is one and nothing to lock with it.
        UserError: the file cannot be read.
    """
    if not wanted:
        if file is None:
            return None
        # Leaving out --zip must not hand over an open package in silence.
        raise UsageError(
            "给了密码文件，却没有写 --zip。",
            _UNHARMED,
            "要加密的 ZIP 就加上 --zip；不要就去掉 --password-file。",
            code="E-302",
        )
    written = read_input(file, at_most=4096) if file is not None else b""
    try:
        lines = written.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise UsageError(
            "密码文件里写的不是文字，读不出密码。",
            _UNHARMED,
            "用记事本新建一个文件，第一行写上密码，存成 UTF-8。",
            code="E-303",
        ) from None
    password = lines[0].strip() if lines else ""
    if not password:
        raise UsageError(
            "要压成加密的 ZIP，还差密码。",
            _UNHARMED,
            "用 --password-file 给出一个文件，第一行写上密码。",
            code="E-301",
        )
    return password
