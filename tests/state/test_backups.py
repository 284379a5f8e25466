"""The owner's part of the copies: what is said of them, and one made by a press."""

from __future__ import annotations

from pathlib import Path

import pytest

from dokango.archive import BACKUPS
from dokango.settings import Settings
from state.settings import backups
from state.settings.backups import BackupsState
from tests.state.desk import Desk

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def folder(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of the test's own."""
    shop = Settings.model_construct(data_dir=tmp_path, database_url=desk.db.url, backup_every_h=24, backup_to=None)
    monkeypatch.setattr(backups, "settings", lambda: shop)
    return tmp_path / BACKUPS


def copies(folder: Path) -> list[str]:
    return [file.name for file in folder.glob("*.tar.gz")]


async def test_a_copy_by_a_press_stands_in_the_list_at_once(desk: Desk, folder: Path) -> None:
    tab = await desk.browser("owner")
    await tab.arrive("/settings?part=backups")
    assert "No copy has been made" in tab.sees(BackupsState, "said")
    await tab.call(BackupsState.make)
    names = [row["name"] for row in tab.sees(BackupsState, "files")]
    assert names == copies(folder)
    assert names[0] in tab.sees(BackupsState, "said")


async def test_who_may_not_set_the_shop_up_makes_none(desk: Desk, folder: Path) -> None:
    tab = await desk.browser("packer")
    await tab.arrive("/settings?part=backups")
    await tab.call(BackupsState.make)
    assert copies(folder) == []
    assert tab.sees(BackupsState, "files") == []
