"""The API's OpenAPI document: FastAPI's, with what is true of every call said once."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dokango.orders.book.idempotency import LONGEST
from dokango_web.api.kit.problem_json import MEDIA_TYPE
from dokango_web.api.shapes.base import Problem

REFUSALS: dict[int | str, dict[str, Any]] = {
    "4XX": {
        "description": "Refused: what happened and what to do. Nothing was written.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "The same key and body answers the same again and does nothing more; another body is 422.",
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": r"^[!-~]+$"},
}


def documented(api: FastAPI) -> dict[str, Any]:
    """The document, made at the first request for it."""
    if api.openapi_schema is None:
        found = get_openapi(title=api.title, version=api.version, description=api.description, routes=api.routes)
        schemas = found["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema()
        for operations in found["paths"].values():
            for method, operation in operations.items():
                if method == "post" and "security" in operation:
                    _complete(operation, schemas)
        api.openapi_schema = found
    return api.openapi_schema


def _complete(operation: dict[str, Any], schemas: dict[str, Any]) -> None:
    """A command takes an Idempotency-Key, and no body at all where everything in it may be left out."""
    operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
    body = operation.get("requestBody")
    if body is not None:
        name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        body["required"] = bool(schemas[name].get("required"))
