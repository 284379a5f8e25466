"""The desk of problems in the address bar: tab, filters and page; a link shows the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dokango.orders.cases.kinds import KINDS, NEEDS_US, STATES
from dokango.orders.cases.lists import NOBODY, Wanted
from dokango.text import plain
from state.kit.turns import cursor_in

ROUTE = "/problems"
MINE = "me"
WHO = {MINE: "Mine", NOBODY: "Nobody's yet"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the URL asks for. Anybody's word: what is unknown falls back."""

    tab: str = NEEDS_US
    kind: str = ""
    courier: str = ""
    who: str = ""
    cursor: str = ""

    def wanted(self, me: str) -> Wanted:
        """The page of the list that this asks for, by a person called `me`."""
        return Wanted(self.tab, self.kind, self.courier, me if self.who == MINE else self.who, self.cursor)

    def at(self, cursor: str) -> Asked:
        """The same list, from another place on."""
        return replace(self, cursor=cursor)

    def url(self, **changes: str) -> str:
        """The address with `changes`; what lists other cases goes back to the first page."""
        asked = replace(self, **{"cursor": "", **changes})
        said = {"tab": "" if asked.tab == NEEDS_US else asked.tab, "kind": asked.kind, "courier": asked.courier}
        said |= {"who": asked.who, "cursor": asked.cursor}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{ROUTE}?{query}" if query else ROUTE


def read_url(query: Mapping[str, str]) -> Asked:
    """What the query of a URL asks for."""
    tab, kind, courier, who = (str(query.get(name, ""))[:60] for name in ("tab", "kind", "courier", "who"))
    return Asked(
        tab if tab in STATES else NEEDS_US,
        kind if kind in KINDS else "",
        plain(courier) if courier[:1].isalnum() else "",
        who if who in WHO else "",
        cursor_in(query.get("cursor", "")),
    )
