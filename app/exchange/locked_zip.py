"""One AES-256 ZIP of a package, which common archive programs open with the password."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pyzipper

from app.durable import sync_file
from app.errors import UserError, disk_reason
from app.half_done import half_done_name, in_work, sweep_half_done


def write_locked_zip(folder: Path, target: Path, password: str) -> Path:
    """Write every file of ``folder`` into an AES-256 ZIP at ``target``, whole or not at all.

    Names inside begin with the folder's name; entries stand in sorted order.

    Raises:
        UserError: the target exists or cannot be written.
    """
    refuse_taken_zip(target)
    sweep_half_done(target)
    partial = half_done_name(target)
    try:
        with (
            pyzipper.AESZipFile(
                partial, "w", compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES
            ) as archive,
            in_work(partial),
        ):
            archive.setpassword(password.encode("utf-8"))
            archive.setencryption(pyzipper.WZ_AES, nbits=256)
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                archive.write(file, f"{folder.name}/{file.relative_to(folder).as_posix()}")
        sync_file(partial)
        partial.replace(target)
    except OSError as error:
        raise UserError(
            f"{target.name} 没有写成：{disk_reason(error)}。",
            "资料库没有变，也没有留下半个 ZIP。",
            "腾出空间或换一个位置再试。",
            code="P-402",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
    return target


def refuse_taken_zip(target: Path) -> None:
    """Refuse to write over a ZIP that is there.

    Raises:
        UserError: it is.
    """
    if os.path.lexists(target):
        raise UserError(
            f"{target.name} 已经有了。", "原来的文件没有动。", "换一个位置，或先把旧的移走。", code="P-401"
        )
