"""One AES-256 ZIP of a package, which common archive programs open with the password."""

from __future__ import annotations

import secrets
from pathlib import Path

import pyzipper

from app.errors import UserError


def write_locked_zip(folder: Path, target: Path, password: str) -> Path:
    """Write every file of ``folder`` into an AES-256 ZIP at ``target``, whole or not at all.

    Names inside begin with the folder's name; entries stand in sorted order.

    Raises:
        UserError: the target exists or cannot be written.
    """
    if target.exists():
        raise UserError(
            f"{target.name} 已经有了。", "原来的文件没有动。", "换一个位置，或先把旧的移走。", code="P-401"
        )
    partial = target.with_name(f".{target.name[:40]}.partial-{secrets.token_hex(4)}")
    try:
        with pyzipper.AESZipFile(
            partial, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
        ) as archive:
            archive.setpassword(password.encode("utf-8"))
            archive.setencryption(pyzipper.WZ_AES, nbits=256)
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                archive.write(file, f"{folder.name}/{file.relative_to(folder).as_posix()}")
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(
            f"{target.name} 没有写成：{error.strerror or '写不进去'}。",
            "报送包文件夹还在，资料库没有变。",
            "腾出空间或换一个位置再试。",
            code="P-402",
        ) from error
    return target
