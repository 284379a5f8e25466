"""Every failure as application/problem+json (RFC 9457): what happened, what to do, and the data a program needs."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dokango.courier_errors import CourierUnavailable
from dokango.errors import Busy, DokangoError, NotSignedIn, Throttled

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
BUSY_RETRY_S = 1
COURIER_RETRY_S = 30


def problem(
    status: int, code: str, detail: str, data: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """One problem; `data` stands beside the standard members and never replaces them."""
    body = _body(status, code, detail, data or {})
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(content, status, headers, MEDIA_TYPE)


def problem_body(error: DokangoError) -> dict[str, Any]:
    """The same as an object, for one of many in an answer that is no problem itself."""
    return _body(error.status, error.code, str(error), error.data())


def _body(status: int, code: str, detail: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **data,
        "type": f"urn:dokango:problem:{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "code": code,
        "detail": detail,
    }


def problem_of(error: DokangoError, more: Mapping[str, Any] | None = None) -> Response:
    """An expected failure with its data, and the headers its status asks for."""
    return problem(error.status, error.code, str(error), {**error.data(), **(more or {})}, _headers(error))


def _headers(error: DokangoError) -> dict[str, str]:
    if isinstance(error, NotSignedIn):
        return {"www-authenticate": 'Bearer realm="DokanGo"'}
    if isinstance(error, Throttled):
        return {"retry-after": str(error.retry_after_s)}
    if isinstance(error, Busy):
        return {"retry-after": str(BUSY_RETRY_S)}
    if isinstance(error, CourierUnavailable):
        return {"retry-after": str(COURIER_RETRY_S)}
    return {}


async def expected(request: Request, error: Exception) -> Response:
    """Handler of DokangoError."""
    assert isinstance(error, DokangoError)  # noqa: S101  registered for nothing else
    return problem_of(error)


_DETAILS = {
    404: "There is nothing at this address. The calls are listed at /api/v1/docs.",
    413: "At most 1 MB can be sent here. Nothing was done.",
    405: "This address does not take this method; the Allow header says which it takes.",
}


async def by_status(request: Request, error: Exception) -> Response:
    """Handler of HTTPException: unknown addresses and methods."""
    assert isinstance(error, HTTPException)  # noqa: S101  registered for nothing else
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    detail = _DETAILS.get(error.status_code, str(error.detail))
    headers = error.headers
    if error.status_code == 405:
        headers = {"allow": ", ".join(request.app.state.methods_at(request.url.path))}
    return problem(error.status_code, code, detail, headers=headers)


async def unexpected(request: Request, error: Exception) -> Response:
    """Handler of everything else: a defect of ours. It is logged whole and says nothing of our insides."""
    log.error("unexpected failure at %s %s", request.method, request.url.path, exc_info=error)
    return problem(500, "unexpected", "Something went wrong on our side. Nothing was changed by this call.")
