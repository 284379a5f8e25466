"""Gifts."""

from __future__ import annotations

from dokango_web.api.shapes.base import Shape


class GiftsShape(Shape):
    """What is to be wrapped."""

    gifts: list[str]
