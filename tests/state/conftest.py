"""The site's states and gate, in process: see desk.py beside this file."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from dokango import process
from dokango.clock import ManualClock
from dokango.db import Database
from dokango.people.counts import counts
from dokango.settings import settings
from dokango_web.dokango_web import app
from state.kit import session
from tests.databases import choose
from tests.state.desk import Desk


@pytest.fixture
async def desk(db: Database, clock: ManualClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """The site's states and gate on a fresh database."""
    process.use(db, clock)
    session.forget()
    counts(settings().redis_url).reset()  # nobody has tried anything yet
    site = Desk(db, clock)
    monkeypatch.setattr(app.event_namespace, "emit_update", site.emit)
    monkeypatch.setattr(app.event_namespace._token_manager, "token_to_socket", site.browsers)  # all are connected
    async with app._setup_event_processor():
        yield site
    process.use(None)


@pytest.hookimpl(tryfirst=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """No SQL stands in state/: what it asks, the core asks both databases."""
    choose(metafunc)
