"""The order list in the address bar: tab, filters, search, sort, page, open drawer; a link shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from urllib.parse import urlencode

from dokango.orders.book.queues import FIRST_TAB, QUEUE
from dokango.orders.reading.lists import Filters, Wanted
from dokango.people.districts import known_district
from state.kit.turns import cursor_in

FILTER_NAMES = ("method", "district", "status", "money", "held", "assigned", "from", "to")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """What the URL asks for. Anybody's word: unknown tabs and dates fall back, text is cut."""

    tab: str = FIRST_TAB
    search: str = ""
    sort: str = ""  # "newest" or "oldest"; "" is the tab's own
    filters: Mapping[str, str] = field(default_factory=dict)
    cursor: str = ""
    peek: str = ""

    @property
    def newest_first(self) -> bool:
        """The order of the rows: as asked, else the tab's own."""
        return self.sort == "newest" if self.sort else QUEUE[self.tab].newest_first

    def wanted(self) -> Wanted:
        """The page of the list that this asks for."""
        named = {name: self.filters.get(name, "") for name in FILTER_NAMES if name not in ("from", "to")}
        filters = Filters(
            search=self.search, from_day=_day(self.filters.get("from")), to_day=_day(self.filters.get("to")), **named
        )
        return Wanted(self.tab, filters, self.newest_first, self.cursor)

    def url(self, **changes: object) -> str:
        """The address of the same list with `changes`; a change of what is listed goes back to its first page."""
        if set(changes) != {"peek"}:
            changes = {"cursor": "", "peek": "", **changes}
        asked = replace(self, **changes)  # type: ignore[arg-type]
        query = {"tab": asked.tab, "q": asked.search, "sort": asked.sort, **asked.filters}
        query |= {"cursor": asked.cursor, "peek": asked.peek}
        return "/orders?" + urlencode({name: value for name, value in query.items() if value})


def read_url(query: Mapping[str, str]) -> Asked:
    """What the query of a URL asks for."""

    def said(name: str) -> str:
        return str(query.get(name, "")).strip()[:_LONGEST]

    tab, sort = said("tab"), said("sort")
    filters = {name: said(name) for name in FILTER_NAMES if said(name)}
    for name in ("from", "to"):
        if name in filters and _day(filters[name]) is None:
            del filters[name]
    if "district" in filters:
        filters["district"] = known_district(filters["district"]) or filters["district"]
    return Asked(
        tab=tab if tab in QUEUE else FIRST_TAB,
        search=said("q"),
        sort=sort if sort in ("newest", "oldest") else "",
        filters=filters,
        cursor=cursor_in(query.get("cursor", "")),
        peek=said("peek"),
    )


def _day(typed: str | None) -> date | None:
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None
