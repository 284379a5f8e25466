"""The API against its own OpenAPI document: whatever is sent, nothing fails on our side and every answer is as told.

Each call gets a shop of its own with an order in every state; when the call's examples are through, the fixture `db`
proves every invariant of that shop. A day's sample is taken of calls at every edge, and of the two databases; `make
soak` runs all of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dokango.couriers import process_desk
from dokango.couriers.desk import CourierDesk
from dokango.people.permissions import Role
from dokango_web.api.app import api
from tests import sampling
from tests.databases import BOTH, fresh, of_the_day
from tests.sampling import sampled
from tests.small_shop import Shop

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
STATES = ("pending", "confirmed", "packed", "shipped", "delivered", "cancelled", "returned")
FIRST_NUMBER = 1_001
OF_THE_DAY = "of the day"
EXAMPLES = 60 if sampling.WHOLE else 5  # of each call, others every time
DOCUMENT = api.openapi()  # over HTTP it is shown to this machine and to keys alone
CALLS = [f"{method.upper()} {path}" for path, methods in DOCUMENT["paths"].items() for method in methods]
# Every edge of every field, each alone: a third of the calls a day.
AT_EVERY_EDGE = sampled(CALLS, len(CALLS) // 3)
EXAMPLES_ALONE = {"include-name": [call for call in CALLS if call not in AT_EVERY_EDGE]}
CONFIG = {"operations": [{**EXAMPLES_ALONE, "phases": {"coverage": {"enabled": False}}}]}

schema = schemathesis.openapi.from_dict(DOCUMENT, config=SchemathesisConfig.from_dict({} if sampling.WHOLE else CONFIG))
schema.app = api
schema.location = "/api/v1/openapi.json"


@schema.hook("map_path_parameters")
def known_numbers(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Mostly orders that are there: behind a 404 little can fail."""
    if path_parameters and "number" in path_parameters and random.random() < 0.8:
        path_parameters["number"] = str(FIRST_NUMBER + random.randrange(len(STATES)))
    return path_parameters


@pytest.fixture
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each call on one kind of database, tomorrow maybe on the other; DOKANGO_TEST_WHOLE=1: on both."""
    kind = of_the_day(request.node.name) if request.param == OF_THE_DAY else request.param
    with fresh(kind, request) as url:
        yield url


@pytest.fixture
def key(served: Shop, key_of: Callable[[Role], str]) -> Iterator[str]:
    """An owner's key to a shop with an order in every state."""
    for state in STATES:
        served.bring_to(state)
    desk = CourierDesk(served.clock, None)
    process_desk.use_desk(desk)
    yield key_of(Role.OWNER)
    process_desk.use_desk(None)
    desk.close()


@pytest.mark.parametrize("database_url", BOTH if sampling.WHOLE else [OF_THE_DAY], indirect=True)
@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_sent_is_answered_as_the_document_says(case: Any, key: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)
