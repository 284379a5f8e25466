"""What a shop is started on: its own database, whole, of a version that is known here; else a sentence and a code."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dokango import process
from dokango.__main__ import main
from dokango.archive import BACKUPS
from dokango.db import open_database
from dokango.errors import Unfit
from dokango.migrations.fitness import remember, require_fit
from dokango.settings import settings
from dokango.shop.profile import load_profile
from dokango.shop.secrets import KEY_FILE

Spoil = Callable[[Path], None]
SENTENCE = "Nothing was changed. Bring the shop back with `python -m dokango restore FILE`"


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a shop that has sold something, with one backup; its database is closed."""
    with pytest.MonkeyPatch.context() as patch:
        yield opened(patch, tmp_path_factory.mktemp("used"))


@pytest.fixture
def data(used: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of it, to be spoilt."""
    folder = tmp_path / "data"
    shutil.copytree(used, folder)
    within(monkeypatch, folder)
    remember(settings().database, folder)
    yield folder
    process.use(None)
    settings.cache_clear()


def opened(patch: pytest.MonkeyPatch, folder: Path) -> Path:
    """A shop begun in `folder`."""
    within(patch, folder)
    assert (main(["prepare"]), main(["backup"])) == (0, 0)
    process.database().close()
    process.use(None)
    settings.cache_clear()
    return folder


def within(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """The settings of this process name `folder`."""
    patch.setenv("DOKANGO_DATA_DIR", str(folder))
    patch.delenv("DOKANGO_DATABASE_URL", raising=False)
    settings.cache_clear()
    process.use(None)


def remove(path: Path) -> None:
    """The file is lost."""
    path.unlink()


def empty(path: Path) -> None:
    """The file has no length."""
    path.write_bytes(b"")


def overwrite(path: Path) -> None:
    """Something else stands in it."""
    path.write_text("<html>" * 10_000)


def damage(path: Path) -> None:
    """A page in the middle holds what no page holds."""
    with path.open("r+b") as file:
        for page in range(2, 60):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)


def age(path: Path) -> None:
    """A newer version has migrated it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()


SPOILT = {
    remove: "is empty or missing", empty: "is empty or missing", overwrite: "is no SQLite database",
    damage: "is damaged", age: "was made by a newer version of DokanGo (schema 9999;",
}  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
@pytest.mark.parametrize("command", ["prepare", "check"])
def test_a_shop_whose_database_was_spoilt_is_not_begun_anew(
    data: Path, capsys: pytest.CaptureFixture[str], spoil: Spoil, command: str
) -> None:
    path = data / "dokango.sqlite3"
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    capsys.readouterr()
    assert main([command]) == 2
    said = capsys.readouterr().err
    assert SPOILT[spoil] in said and SENTENCE in said and str(data / BACKUPS) in said
    assert "Traceback" not in said
    assert (path.read_bytes() if path.exists() else None) == before


@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_a_spoilt_shop_comes_back_from_its_backup_and_what_was_there_is_kept(data: Path, spoil: Spoil) -> None:
    path = data / "dokango.sqlite3"
    (backup,) = (data / BACKUPS).iterdir()
    spoil(path)
    was_there = path.exists()
    assert main(["restore", str(backup)]) == 0
    assert process.database().read(load_profile).name == "Shapla Haat"
    assert [file.name for file in data.glob("dokango.sqlite3.unfit-*")] != [] or not was_there
    assert main(["check"]) == 0


def test_a_folder_from_before_there_was_a_mark_is_known_by_its_key(data: Path) -> None:
    (data / "database.txt").unlink()
    (data / KEY_FILE).write_text("key")
    (data / "dokango.sqlite3").unlink()
    with pytest.raises(Unfit, match="is empty or missing"):
        require_fit(settings().database, data)


def test_a_shop_that_moves_to_another_database_may_begin_there(data: Path, tmp_path: Path) -> None:
    require_fit(f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}", data)


def test_a_server_that_cannot_be_opened_is_named_without_its_password(data: Path) -> None:
    url = "postgresql://shop:secret-word@127.0.0.1:1/shop"
    with pytest.raises(Unfit, match=r"postgresql://shop@127\.0\.0\.1:1/shop cannot be opened") as refused:
        require_fit(url, data)
    assert "secret-word" not in str(refused.value)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_whose_tables_are_gone_is_a_loss_too(database_url: str, tmp_path: Path) -> None:
    remember(database_url, tmp_path)
    require_fit(database_url, tmp_path)
    database = open_database(database_url)
    database.write(lambda tx: tx.script("DROP TABLE alembic_version"))
    database.close()
    with pytest.raises(Unfit, match="is empty or missing"):
        require_fit(database_url, tmp_path)
