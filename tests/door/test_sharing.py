"""More than one worker is refused, in a sentence, where they could not tell each other what they change."""

from __future__ import annotations

import pytest

from dokango.errors import Unfit
from dokango.settings import Settings
from dokango_web.__main__ import require_shared

POSTGRES, REDIS = "postgresql://shop@db/shop", "redis://cache/0"


def shop(workers: int, database_url: str, redis_url: str) -> Settings:
    return Settings(WORKERS=workers, database_url=database_url, redis_url=redis_url)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("database", "redis", "missing"),
    [("", "", "PostgreSQL .* and Redis"), (POSTGRES, "", "need Redis"), ("", REDIS, "need PostgreSQL")],
)
def test_several_workers_without_what_they_share_are_refused(database: str, redis: str, missing: str) -> None:
    with pytest.raises(Unfit, match=missing):
        require_shared(shop(4, database, redis))


@pytest.mark.parametrize(("workers", "database", "redis"), [(1, "", ""), (1, POSTGRES, ""), (4, POSTGRES, REDIS)])
def test_one_worker_needs_nothing_and_several_with_both_may_start(workers: int, database: str, redis: str) -> None:
    require_shared(shop(workers, database, redis))
