"""What every answer is built on: its base, and a failure."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """The base: nothing that is not listed."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """A failure (RFC 9457). Some carry more: `fields`, `allowed`, `items`, `order`."""

    model_config = ConfigDict(extra="allow")
    type: str
    title: str
    status: int
    code: str
    detail: str
