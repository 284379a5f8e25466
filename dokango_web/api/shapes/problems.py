"""What waits for a person."""

from __future__ import annotations

from dokango_web.api.shapes.base import Shape


class ProblemShape(Shape):
    """Something that waits for a person. `to_courier`: the words that somebody still has to give the courier."""

    id: str
    order: str | None
    kind: str
    since: str
    words: str
    taken_by: str | None
    state: str
    due_at: str | None
    version: int | None
    attempts: int
    next_act: str | None
    to_courier: str | None
    acts: list[str]


class ActedShape(ProblemShape):
    """A problem after an act; `said` is what became of it, in a sentence."""

    said: str


class ProblemsShape(Shape):
    """Problems."""

    problems: list[ProblemShape]


class ResolutionsShape(Shape):
    """Resolutions."""

    resolutions: list[ProblemShape]
