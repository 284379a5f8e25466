"""Pages in a real browser, on a production server. `tabs.open("/orders", "owner")` gives a page; see site.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pages.site import Site, Tabs, running_site
from tests.pages.warm import WarmTabs


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site with the sample shop, one for the whole run: arrange what a test needs, and expect others' orders."""
    with running_site(tmp_path_factory.mktemp("site"), sample=True) as running:
        yield running


@pytest.fixture
def tabs(site: Site, warm: WarmTabs) -> Iterator[Tabs]:
    """Tabs of this test; closed when it is over. None of their pages may have thrown, or written an error."""
    opened = Tabs(site, warm)
    yield opened
    opened.close()
    assert opened.unexpected() == []
