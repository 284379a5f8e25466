"""What every test may ask for: a fresh shop on each database, a clock that stands still, and people of every role."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher, profiles
from playwright.sync_api import Browser, sync_playwright
from psycopg_pool import ConnectionPool

from dokango.checks import run_checks
from dokango.clock import DHAKA, ManualClock
from dokango.couriers import process_desk
from dokango.couriers.desk import CourierDesk
from dokango.db import Database, open_database, postgres
from dokango.migrations.upgrade import upgrade
from dokango.people import passwords
from dokango.people.actor import Actor, customer
from dokango.people.permissions import Role
from tests import sampling
from tests.databases import BOTH, fresh
from tests.kept_connection import KeptConnection
from tests.pages.quiet import teach
from tests.pages.site import launch
from tests.pages.warm import WarmTabs
from tests.postgres import FreshDatabases, running_postgres
from tests.small_shop import Shop, open_shop

# soak runs by its own name alone (`make soak`), to_add in a scratch copy of the tree (test_readme.py)
collect_ignore = ["soak", "to_add"]


@pytest.fixture
def clock() -> ManualClock:
    """Noon of 22 November 2026 in Dhaka; it moves only when told."""
    return ManualClock(datetime(2026, 11, 22, 12, 0, tzinfo=DHAKA))


@pytest.fixture
def owner() -> Actor:
    """May do everything."""
    return Actor(1, "Olin Owner", Role.OWNER)


@pytest.fixture
def manager() -> Actor:
    """Runs the desk; sees cost, not profit."""
    return Actor(2, "Mitu Manager", Role.MANAGER)


@pytest.fixture
def packer() -> Actor:
    """Packs and ships."""
    return Actor(3, "Piyal Packer", Role.PACKER)


@pytest.fixture
def viewer() -> Actor:
    """Looks on."""
    return Actor(4, "Vinita Viewer", Role.VIEWER)


@pytest.fixture
def buyer() -> Actor:
    """The customer with a link."""
    return customer("Rahima Akter")


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """argon2id at its least: a hash as the shop makes it takes a sixth of a second, and every sign-in needs one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher.from_parameters(profiles.CHEAPEST))
        patch.setattr(passwords, "_NOBODYS", passwords._hasher.hash("nobody's"))
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[FreshDatabases]:
    """A PostgreSQL of our own, with a fresh database for whoever asks; connections to it outlive the test."""
    pool = partial(ConnectionPool, connection_class=KeptConnection)
    with pytest.MonkeyPatch.context() as patch, running_postgres() as databases:
        patch.setattr(postgres, "ConnectionPool", pool)
        yield databases


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh, migrated database; each test that asks for it (or for `db`) runs on both kinds."""
    with fresh(request.param, request) as url:
        yield url


@pytest.fixture
def db(database_url: str) -> Iterator[Database]:
    """The open database of `database_url`. When the test is over, every invariant of the shop must hold in it."""
    database = open_database(database_url)
    yield database
    broken = [f"{check.name}: {problem}" for check in database.read(run_checks) for problem in check.problems]
    database.close()
    assert broken == []


@pytest.fixture
def shop(db: Database, clock: ManualClock, owner: Actor) -> Shop:
    """A small shop with wallets, delivery charges and a stocked shelf."""
    return open_shop(db, clock, owner)


@pytest.fixture(autouse=True)
def practice_courier(clock: ManualClock) -> Iterator[CourierDesk]:
    """Parcels of a test go to a practice courier in memory, and to nobody else's."""
    desk = CourierDesk(clock, None)
    process_desk.use_desk(desk)
    yield desk
    process_desk.use_desk(None)
    desk.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop running in its process, and no async test starts beside it."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: the collector need not go through it again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Which sample this was, so that a failure can be repeated on another day."""
    terminalreporter.write_line(f"Samples of large squares are chosen by {sampling.VARIABLE}={sampling.SEED}.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        teach()
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def warm(browser: Browser) -> WarmTabs:
    """Its tabs, used again from test to test."""
    return WarmTabs(browser)
