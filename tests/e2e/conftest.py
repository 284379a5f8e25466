"""Whole orders, in a browser, in a shop of its own: `desk` is the staff's tab, `buyer` the customer's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dokango.checks import run_checks
from dokango.clock import SystemClock
from dokango.people.actor import Actor
from dokango.people.permissions import Role
from tests.e2e.facts import Facts
from tests.pages.site import Site, Tabs, running_site
from tests.pages.warm import WarmTabs
from tests.small_shop import open_shop


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that sells the small shop's shelf: the sari of the example, and 50 mugs at 500."""
    with running_site(tmp_path_factory.mktemp("walk"), sample=False) as site:
        open_shop(site.db, SystemClock(), Actor(1, "Opening", Role.OWNER))  # type: ignore[arg-type]
        yield site
        broken = [(r.name, r.problems) for r in site.db.read(run_checks) if not r.ok]
        assert not broken


@pytest.fixture
def facts(small_site: Site) -> Facts:
    """What the database says, by number."""
    return Facts(small_site)


@pytest.fixture
def walk_tabs(small_site: Site, warm: WarmTabs) -> Iterator[Tabs]:
    """Tabs on the small site, closed after the test."""
    opened = Tabs(small_site, warm)
    yield opened
    opened.close()
