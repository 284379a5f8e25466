"""What waits for a person, and what can be done about it: one call an act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, Field, create_model
from starlette.requests import Request
from starlette.responses import Response

from dokango import process
from dokango.clock import iso
from dokango.couriers.process_desk import courier_desk
from dokango.db import Tx
from dokango.errors import NotFound
from dokango.orders import Context
from dokango.orders.acts.perform import act_on
from dokango.orders.acts.problems import Actionable, case_id_in, one_of, with_acts
from dokango.orders.acts.table import ACTS, AnyAct
from dokango.orders.reading.problems import Problem, open_cases, problems
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango_web.api.courier_calls import once_outside
from dokango_web.api.kit import threads
from dokango_web.api.kit.answers import read_response
from dokango_web.api.kit.json_route import Caller, JsonRoute, needs
from dokango_web.api.shapes.problems import ActedShape, ProblemsShape, ResolutionsShape

router = APIRouter(route_class=JsonRoute, tags=["problems"])
Version = Annotated[int | None, Field(ge=1, le=2**53, description="The problem's version as seen; a stale one is 409.")]
Endpoint = Callable[..., Awaitable[Response]]


@router.get("/problems", responses={200: {"model": ProblemsShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_problems(caller: Caller) -> Response:
    """Held orders, refunds due, and cases: what went wrong on the way. The oldest first; `due_at` is the deadline."""
    return await read_response(lambda tx: {"problems": _listed(tx, caller, problems(tx))})


@router.get("/resolutions", responses={200: {"model": ResolutionsShape}}, openapi_extra=needs(Permission.VIEW_ORDERS))
async def list_resolutions(caller: Caller) -> Response:
    """The cases alone: failed deliveries, parcels coming back, lost ones, uncertain bookings; the oldest first."""
    return await read_response(lambda tx: {"resolutions": _listed(tx, caller, open_cases(tx))})


def _listed(tx: Tx, caller: Actor, found: Sequence[Problem]) -> list[dict[str, Any]]:
    return [_waiting(one) for one in with_acts(tx, process.clock(), caller, found)]


def _waiting(one: Actionable) -> dict[str, Any]:
    problem, case = one.problem, one.case
    return {
        "id": problem.id,
        "order": problem.order,
        "kind": problem.kind,
        "since": iso(problem.since_us),
        "words": problem.words,
        "taken_by": problem.taken_by or None,
        "state": problem.state,
        "due_at": iso(problem.due_us) if problem.due_us is not None else None,
        "version": case.version if case else None,
        "attempts": case.attempts if case else 0,
        "next_act": (case.next_act or None) if case else None,
        "to_courier": (case.to_courier or None) if case else None,
        "acts": list(one.acts),
    }


async def _act(request: Request, caller: Actor, problem_id: str, act: AnyAct, body: BaseModel) -> Response:
    case_id, given = case_id_in(problem_id), body.model_dump()
    context, seen = Context(caller, process.clock()), given.pop("version")

    def doing() -> dict[str, Any]:
        acted = act_on(courier_desk(), process.database(), context, case_id, act.key, given, seen)
        after = process.database().read(lambda tx: _waiting(one_of(tx, process.clock(), caller, case_id)))
        return {**after, "said": acted.sentence}

    async def done() -> tuple[int, dict[str, Any]]:
        return 200, await threads.in_thread(doing)

    return await once_outside(request, caller, body, done)


def _endpoint(act: AnyAct) -> Endpoint:
    async def endpoint(request: Request, caller: Caller, id: str, body: Any) -> Response:  # noqa: A002  as documented
        return await _act(request, caller, id, act, body)

    name = "".join(part.title() for part in act.key.split("_"))
    endpoint.__annotations__["body"] = create_model(
        f"{name}ActBody", __base__=act.form, __doc__=act.form.__doc__, version=(Version, None)
    )
    return endpoint


for _one in ACTS.values():
    router.add_api_route(
        f"/problems/{{id}}/acts/{_one.key}",
        _endpoint(_one),
        methods=["POST"],
        name=f"act_{_one.key}",
        summary=_one.label,
        description=_one.form.__doc__,
        responses={200: {"model": ActedShape}},
        openapi_extra=needs(_one.permission),
    )


@router.post("/problems/{id}/acts/{act}", include_in_schema=False, openapi_extra=needs(Permission.VIEW_ORDERS))
async def unknown_act(caller: Caller, id: str, act: str) -> Response:  # noqa: A002
    """An act that the table does not know."""
    raise NotFound("act", act)
