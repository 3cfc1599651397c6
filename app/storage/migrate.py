"""Bring a library file to the newest schema: all or nothing, after a real backup."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app import paths
from app.durable import sync_file, sync_folder
from app.errors import UserError
from app.storage.engine import copy_live, open_engine, quick_check, reading
from app.storage.failures import damaged_file, words_for
from app.storage.guards import require_all
from app.storage.lock import CHINA_TIME

_log = logging.getLogger(__name__)


def known_revisions(scripts: Path | None = None) -> tuple[str, ...]:
    """Return the revisions this program knows, oldest first.

    They are read off the file names (``NNNN_<what>.py``), because loading Alembic only to learn that nothing
    is to be done would cost more than all the rest of opening; a test holds names and Alembic together.
    """
    folder = (scripts or paths.migrations()) / "versions"
    return tuple(sorted(file.name[:4] for file in folder.glob("[0-9][0-9][0-9][0-9]_*.py")))


def current_revision(connection: Connection) -> str | None:
    """Return the revision of a file, ``None`` if it has none."""
    there = text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    if connection.execute(there).first() is None:
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def refuse_newer(revision: str | None, scripts: Path | None = None) -> None:
    """Refuse a file from a newer program.

    Raises:
        UserError: ``revision`` is none we know.
    """
    if revision is not None and revision not in known_revisions(scripts):
        raise newer_library()


def newer_library() -> UserError:
    """The sentence for a library from a newer program."""
    return UserError(
        "这个资料库是用更新的程序写的，这个程序还不认识。",
        "资料库没有被打开，内容没有变。",
        "装上新的程序再打开。",
        code="L-103",
    )


def upgrade(db_file: Path, *, backups: Path | None, at: datetime, scripts: Path | None = None) -> Path | None:
    """Migrate ``db_file`` to the newest schema and return the copy made before, ``None`` for a new file.

    Without ``backups`` no copy is made: for a file that is itself a copy.

    Raises:
        UserError: a step failed; the file is exactly as it was.
    """
    from alembic import command
    from alembic.config import Config

    folder = scripts or paths.migrations()
    # With foreign keys on, rebuilding a table would delete what refers to it.
    engine = open_engine(db_file, enforce_foreign_keys=False)
    try:
        with reading(engine) as connection:
            revision = current_revision(connection)
        refuse_newer(revision, scripts)
        copy = copy_before(db_file, backups, revision, at) if revision and backups is not None else None
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        try:
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise RuntimeError("records without a case after migrating")
                require_all(connection)
        except Exception as error:
            told_by_disk = words_for(error)
            if told_by_disk is not None:  # full or broken: the step itself is not to blame
                raise told_by_disk from error
            _log.exception("migrating from %s failed", revision)
            told = f"，备份在 {copy.name}" if copy is not None else ""
            raise UserError(
                "资料库升级没有做成。",
                f"资料库和升级前一模一样{told}。",
                "先用原来的程序接着做；把详细记录交给提供程序的人。",
                code="L-104",
            ) from error
    finally:
        engine.dispose()
    return copy


def copy_before(db_file: Path, backups: Path, revision: str, at: datetime) -> Path:
    """Copy the library file aside before a migration and prove that the copy is sound.

    Raises:
        DamagedError: the copy, and so the file, is broken.
    """
    backups.mkdir(parents=True, exist_ok=True)
    target = backups / f"升级前_{revision}_{at.astimezone(CHINA_TIME):%Y%m%d_%H%M%S}.sqlite"
    temporary = target.with_name(f".{target.name}.part")
    try:
        copy_live(db_file, temporary)
        engine = open_engine(temporary)
        try:
            with reading(engine) as connection:
                if quick_check(connection):
                    raise damaged_file()
        except DBAPIError as error:
            raise damaged_file() from error
        finally:
            engine.dispose()
        sync_file(temporary)
        temporary.replace(target)
        sync_folder(backups)
    finally:
        temporary.unlink(missing_ok=True)
    return target
