"""What a commit tells those who show what it changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

EVERYTHING = "*"  # among the topics: more changed than can be named, or nobody knows what


@dataclass(slots=True)
class Announcement:
    """The topics that a commit changed, and the ids of the events it wrote into the audit trail.

    The ids let whoever reads the trail know which of its events this process has told already.
    """

    topics: set[str] = field(default_factory=set)
    events: set[int] = field(default_factory=set)

    @classmethod
    def of_everything(cls) -> Announcement:
        """Whatever is shown may be out of date."""
        return cls({EVERYTHING})

    @classmethod
    def of_all(cls, announcements: Iterable[Announcement]) -> Announcement:
        """Several commands' in one commit. The events of a command that names no topic count as untold."""
        telling = [one for one in announcements if one.topics]
        return cls(set().union(*(one.topics for one in telling)), set().union(*(one.events for one in telling)))
