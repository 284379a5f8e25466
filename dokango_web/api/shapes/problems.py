"""What waits for a person."""

from __future__ import annotations

from dokango_web.api.shapes.base import Shape


class ProblemShape(Shape):
    """Something that waits for a person."""

    id: str
    order: str | None
    kind: str
    since: str
    words: str
    taken_by: str | None
    state: str
    due_at: str | None


class ProblemsShape(Shape):
    """Problems."""

    problems: list[ProblemShape]


class ResolutionsShape(Shape):
    """Resolutions."""

    resolutions: list[ProblemShape]
