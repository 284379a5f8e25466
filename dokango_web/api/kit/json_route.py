"""How a call is read: by the endpoint's signature, strictly, and with one sentence for each thing that is wrong.

FastAPI writes the documentation from the same signature; reading is our own, because a shop's API has to refuse what
FastAPI lets through (a parameter given twice or misspelt, NaN, a NUL in a text, a body of another type) and has to be
quick. An endpoint takes what it names:

    caller: Caller              who calls; everything but the webhook has it
    number: str                 a part of the path; an int is read as a whole number
    filters: Annotated[OrderFilters, Query()]   the query string, as one model
    wanted: PlaceOrder          the JSON body, as one model
    request: Request            the request itself

An endpoint with a caller says what the caller's role must hold, `openapi_extra=needs(Permission.X)`; it is asked before
anything else of the request is read.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from time import perf_counter
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

from fastapi import Depends
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from dokango.errors import DokangoError, InvalidInput
from dokango.input_sentences import in_sentences
from dokango.numbers import whole_number
from dokango.people.actor import Actor
from dokango.people.permissions import Permission
from dokango_web.api.kit.auth import key_holder, within_limit
from dokango_web.api.kit.counters import note
from dokango_web.api.kit.problem_json import problem, problem_of

MOST_PARAMETERS = 50
BEARER = HTTPBearer(auto_error=False, description="A key made with `python -m dokango api-key --role owner`.")
Caller = Annotated[Actor, Depends(BEARER)]
MOST_ID = 2**63 - 1  # that both databases keep
Endpoint = Callable[..., Awaitable[Response]]


def needs(permission: Permission) -> dict[str, Any]:
    """What a call asks of its caller's role, enforced by JsonRoute and told by the documentation."""
    return {"x-permission": permission.value}


class Unreadable(Exception):
    """The request cannot be read at all: 400 for what is no JSON, 415 for another type of body."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code = status, code
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an endpoint wants, by the name of its parameter; empty where it does not."""

    caller: str = ""
    request: str = ""
    body: str = ""
    body_model: type[BaseModel] | None = None
    query: str = ""
    query_model: type[BaseModel] | None = None
    permission: Permission | None = None
    ids: tuple[str, ...] = ()  # the parts of the path that are whole numbers


class JsonRoute(APIRoute):
    """A documented route that reads its request as said above."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What Starlette calls for a request that matches."""
        endpoint, plan = self.endpoint, _plan(self.endpoint, self.openapi_extra or {})

        method, route = min(self.methods or {"GET"}), self.path

        async def answer(request: Request) -> Response:
            started = perf_counter()
            try:
                response = await _answer(request, endpoint, plan)
            except Unreadable as error:
                response = problem(error.status, error.code, str(error))
            except DokangoError as error:
                response = problem_of(error)
            note(method, route, response.status_code, perf_counter() - started)
            return response

        return answer


async def _answer(request: Request, endpoint: Endpoint, plan: _Plan) -> Response:
    given: dict[str, Any] = dict(request.path_params)
    _refuse_nul(request.url.path, "path")
    if not plan.caller:
        return await endpoint(**given, **await _contents(request, plan))
    actor = given[plan.caller] = await key_holder(request)
    if plan.permission is not None:
        actor.require(plan.permission)
    given |= {name: whole_number(str(given[name]), name, 1, MOST_ID) for name in plan.ids}

    async def call() -> Response:
        return await endpoint(**given, **await _contents(request, plan))

    return await within_limit(actor, call)


async def _contents(request: Request, plan: _Plan) -> dict[str, Any]:
    contents: dict[str, Any] = {}
    if plan.request:
        contents[plan.request] = request
    asked = _query(request)
    if plan.query_model is not None:
        contents[plan.query] = _valid(plan.query_model.model_validate, asked)
    elif asked and not plan.request:
        raise InvalidInput(dict.fromkeys(asked, "This call takes no such parameter. Leave it out."))
    if plan.body_model is not None:
        contents[plan.body] = await _body(request, plan.body_model)
    return contents


def _query(request: Request) -> dict[str, str]:
    """The query string; a parameter without a value counts as left out, one given twice is refused."""
    raw = request.scope["query_string"]
    if not raw:
        return {}
    asked: dict[str, str] = {}
    try:
        pairs = parse_qsl(raw.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_PARAMETERS)
    except ValueError as error:
        raise InvalidInput({"query": f"A call takes at most {MOST_PARAMETERS} parameters."}) from error
    for name, value in pairs:
        _refuse_nul(value, name)
        if name in asked:
            raise InvalidInput({name: "This is given twice. Send it once."})
        asked[name] = value
    return {name: value for name, value in asked.items() if value.strip()}


async def _body(request: Request, model: type[BaseModel]) -> Any:
    """The JSON body; none at all counts as an empty object."""
    try:
        raw = await request.body()
    except ClientDisconnect as error:
        raise Unreadable(400, "unreadable", "The body did not arrive whole.") from error
    if not raw.strip():
        return _valid(model.model_validate_json, b"{}")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise Unreadable(415, "unsupported-media-type", "Send the body as JSON, with “Content-Type: application/json”.")
    if b"\\u0000" in raw:
        _refuse_nul_inside(raw)
    return _valid(model.model_validate_json, raw)


def _valid(validate: Callable[[Any], Any], given: Any) -> Any:
    try:
        return validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        if first["type"] == "json_invalid":
            raise Unreadable(400, "not-json", f"The body is not JSON: {first['msg'].partition(': ')[2]}.") from error
        raise in_sentences(error) from error


def _refuse_nul(text: str, name: str) -> None:
    if "\x00" in text:
        raise InvalidInput({name: "This holds a NUL character, which no text has. Take it out."})


def _refuse_nul_inside(raw: bytes) -> None:
    """PostgreSQL keeps no NUL in a text: say so here, field by field."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        return  # it is no JSON, which is said next

    def walk(value: Any, name: str) -> None:
        if isinstance(value, str):
            _refuse_nul(value, name)
        elif isinstance(value, dict):
            for key, inner in value.items():
                _refuse_nul(key, name or "body")
                walk(inner, f"{name}.{key}" if name else key)
        elif isinstance(value, list):
            for position, inner in enumerate(value):
                walk(inner, f"{name}.{position}")

    walk(found, "")


def _plan(endpoint: Endpoint, extra: dict[str, Any]) -> _Plan:
    wants: dict[str, Any] = {}
    hints = get_type_hints(endpoint, include_extras=True)
    for name in inspect.signature(endpoint).parameters:
        hint = hints[name]
        plain, notes = (get_args(hint)[0], get_args(hint)[1:]) if get_origin(hint) is Annotated else (hint, ())
        if plain is Actor:
            wants.update(caller=name, permission=Permission(extra["x-permission"]))
        elif plain is Request:
            wants["request"] = name
        elif plain is int:
            wants["ids"] = (*wants.get("ids", ()), name)
        elif isinstance(plain, type) and issubclass(plain, BaseModel):
            kind = "query" if notes else "body"
            wants.update({kind: name, f"{kind}_model": plain})
    return _Plan(**wants)
