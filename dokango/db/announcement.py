"""What a commit tells the process in which it was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Announcement:
    """The topics that a commit changed, and the ids of the events it wrote into the audit trail.

    The ids let whoever reads the trail know which of its events this process has told already.
    """

    topics: set[str] = field(default_factory=set)
    events: set[int] = field(default_factory=set)

    @classmethod
    def of_all(cls, announcements: Iterable[Announcement]) -> Announcement:
        """Several commands' in one commit. The events of a command that names no topic count as untold."""
        telling = [one for one in announcements if one.topics]
        return cls(set().union(*(one.topics for one in telling)), set().union(*(one.events for one in telling)))
