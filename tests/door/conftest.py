"""The site with real sockets and no pages; see strangers.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.door.strangers import Backend, running_backend


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """The site, behind one proxy that is trusted: a stranger's address is what X-Forwarded-For says."""
    with running_backend(tmp_path_factory.mktemp("backend"), DOKANGO_TRUSTED_PROXY_HOPS="1") as running:
        yield running
