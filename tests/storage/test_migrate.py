from __future__ import annotations

import errno
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from ticking_clock import START, TickingClock

from app import paths
from app.domain.case import Case
from app.errors import UserError
from app.storage import migrate
from app.storage.engine import APPLICATION_ID, application_id, open_engine, reading
from app.storage.guards import missing_guards
from app.storage.library import Library
from app.storage.tables import metadata

NEWEST = migrate.known_revisions()[-1]
ADD_COLUMN = (
    "op.add_column('offers', sa.Column('extra', sa.Text, nullable=False, server_default=sa.text(\"''\")))"
)
REBUILD_JOURNAL = """
    with op.batch_alter_table('journal', recreate='always') as batch:
        batch.add_column(sa.Column('extra', sa.Text))"""


def _scripts(folder: Path, upgrade: str) -> Path:
    """The real migrations and one more after them."""
    scripts = shutil.copytree(paths.migrations(), folder / "migrations")
    newest = migrate.known_revisions()[-1]
    following = f"{int(newest) + 1:04d}"
    (scripts / "versions" / f"{following}_trial.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f"revision = '{following}'\ndown_revision = '{newest}'\n\n\n"
        f"def upgrade():\n    {upgrade}\n",
        encoding="utf-8",
    )
    return scripts


def _state(file: Path) -> tuple[list[object], ...]:
    """Schema, triggers, version and content."""
    with closing(sqlite3.connect(file)) as connection:
        return (
            connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall(),
            connection.execute("SELECT * FROM alembic_version").fetchall(),
            connection.execute("SELECT * FROM offers ORDER BY case_id, id").fetchall(),
            connection.execute("SELECT * FROM journal ORDER BY number").fetchall(),
        )


def test_the_migrations_lead_to_the_tables_of_the_records(tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite"
    assert migrate.upgrade(file, backups=None, at=START) is None
    with reading(open_engine(file)) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata()) == [], (
            "a fact without its migration: see db/migrations/README.md"
        )
        assert missing_guards(connection) == set()
        assert application_id(connection) == APPLICATION_ID


def test_columns_stand_in_the_order_of_the_declaration_in_a_first_schema(tmp_path: Path) -> None:
    file = tmp_path / "empty.sqlite"
    migrate.upgrade(file, backups=None, at=START)
    with closing(sqlite3.connect(file)) as connection:
        for table in metadata().tables.values():
            made = {row[1] for row in connection.execute(f'PRAGMA table_info("{table.name}")')}
            assert made == {column.name for column in table.columns}


def test_file_names_and_alembic_agree_on_the_revisions() -> None:
    config = Config()
    config.set_main_option("script_location", str(paths.migrations()))
    known = ScriptDirectory.from_config(config)
    assert [script.revision for script in known.walk_revisions()][::-1] == list(migrate.known_revisions())
    assert known.get_heads() == [migrate.known_revisions()[-1]]


def test_a_migrated_library_keeps_everything(
    library: Library, case_id: str, sample: Case, tmp_path: Path
) -> None:
    library.close()
    before = _state(library.database_file)
    scripts = _scripts(tmp_path, ADD_COLUMN)
    copy = migrate.upgrade(library.database_file, backups=library.backups_folder, at=START, scripts=scripts)
    after = _state(library.database_file)
    assert copy is not None
    assert copy.name == f"升级前_{NEWEST}_20260403_102000.sqlite"
    assert _state(copy) == before
    assert after[3] == before[3]
    assert [row[-1] for row in after[2]] == ["", ""]
    assert [part.name for part in library.backups_folder.iterdir()] == [copy.name]


FAILING = {
    "half way": f"{ADD_COLUMN}; op.execute('INSERT INTO no_such_table VALUES (1)')",
    "python": f"{ADD_COLUMN}; raise RuntimeError",
    "guards lost": REBUILD_JOURNAL,
    "records orphaned": "op.execute('DELETE FROM cases')",
}


@pytest.mark.logs_warnings
@pytest.mark.parametrize("kind", FAILING)
def test_a_failed_migration_leaves_everything_as_it_was(
    library: Library, clock: TickingClock, case_id: str, sample: Case, tmp_path: Path, kind: str
) -> None:
    library.close()
    before = _state(library.database_file)
    scripts = _scripts(tmp_path, FAILING[kind])
    with pytest.raises(UserError, match="升级没有做成") as caught:
        migrate.upgrade(library.database_file, backups=library.backups_folder, at=START, scripts=scripts)
    assert f"升级前_{NEWEST}" in caught.value.unharmed
    assert _state(library.database_file) == before
    with Library.open(library.folder, clock=clock, program_version="0.1.0") as again:
        assert again.read_case(case_id) == sample


def test_an_older_library_is_upgraded_at_opening_and_the_newer_one_then_refused(
    library: Library,
    clock: TickingClock,
    case_id: str,
    sample: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library.close()
    scripts = _scripts(tmp_path, ADD_COLUMN)
    with monkeypatch.context() as next_release:
        next_release.setattr(paths, "migrations", lambda: scripts)
        with Library.open(library.folder, clock=clock, program_version="0.2.0") as newer:
            assert newer.read_case(case_id) == sample
            assert newer.verify_journal() == []
            assert newer.journal(limit=1)[0].detail == f"{NEWEST} → {int(NEWEST) + 1:04d}"
        with Library.open(library.folder, clock=clock, program_version="0.2.0") as newer:
            assert len([part for part in newer.backups_folder.iterdir() if part.suffix == ".sqlite"]) == 1
    with pytest.raises(UserError, match="更新的程序"):
        Library.open(library.folder, clock=clock, program_version="0.1.0")


def test_an_older_library_that_cannot_be_written_is_upgraded_aside(
    library: Library,
    clock: TickingClock,
    case_id: str,
    sample: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    library.close()
    content = library.database_file.read_bytes()
    scripts = _scripts(tmp_path, ADD_COLUMN)
    monkeypatch.setattr(paths, "migrations", lambda: scripts)
    with Library.open(library.folder, clock=clock, program_version="0.2.0", read_only=True) as reader:
        assert reader.read_case(case_id) == sample
    assert library.database_file.read_bytes() == content
    assert list(library.backups_folder.iterdir()) == []


def test_without_room_for_the_copy_nothing_is_migrated(
    library: Library, case_id: str, tmp_path: Path
) -> None:
    library.close()
    before = _state(library.database_file)
    in_the_way = tmp_path / "no folder"
    in_the_way.write_text("", encoding="utf-8")
    with pytest.raises(FileExistsError):
        migrate.upgrade(
            library.database_file, backups=in_the_way, at=START, scripts=_scripts(tmp_path, ADD_COLUMN)
        )
    assert _state(library.database_file) == before


def test_no_room_for_a_new_library_is_not_told_as_a_failed_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(migrate, "require_all", full)
    with pytest.raises(UserError, match="满"):
        migrate.upgrade(tmp_path / "new.sqlite", backups=None, at=START)
