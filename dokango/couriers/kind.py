"""The row of a courier: all that pages, API and jobs need to know of it stands here or behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dokango.clock import Clock
from dokango.couriers.base import Can, Courier
from dokango.couriers.line import Line
from dokango.couriers.practice.server import PRACTICE_KEY, PracticeServer
from dokango.couriers.webhook import Webhook

ADDRESS = "base_url"  # the field of a courier's address; given, parcels go there and not to the practice server here
Keys = Mapping[str, str]  # by the name of the field


@dataclass(frozen=True, slots=True)
class KeyField:
    """One field of a courier's settings form.

    All are kept encrypted; a `secret` one is not seen while it is typed. `variable`: the field of Settings that holds
    it until the owner types one. `missing`: the sentence when a required one is empty. `asked`: False for what the
    environment alone sets.
    """

    name: str
    label: str
    hint: str = ""
    secret: bool = True
    required: bool = True
    asked: bool = True
    variable: str = ""
    missing: str = "Type it as the courier shows it."


@dataclass(frozen=True, slots=True)
class Practice:
    """The courier's practice server: where it says it is, its file in the data dir, and how it is opened.

    `open(file, clock, keys)`: file None keeps the parcels in memory.
    """

    base_url: str
    file_name: str
    open: Callable[[Path | None, Clock, Keys], PracticeServer]


@dataclass(frozen=True, slots=True)
class CourierKind:
    """One courier. `connect` makes it ready to be called; None for those whom staff follow by hand.

    `fields` and `keys_hint` are its settings form, `can` what it does beside being booked and asked, `sent_labels` how
    people read the fields of its payload.
    """

    key: str
    name: str
    connect: Callable[[Line, Keys], Courier] | None = None
    fields: tuple[KeyField, ...] = ()
    keys_hint: str = ""
    can: frozenset[Can] = frozenset()
    webhook: Webhook | None = None
    practice: Practice | None = None
    sent_labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def by_api(self) -> bool:
        """Whether it is booked and followed by calls."""
        return self.connect is not None

    def has_account(self, keys: Keys) -> bool:
        """Whether `keys` are whole and of a real account."""
        return all(keys.get(f.name, "") not in ("", PRACTICE_KEY) for f in self.fields if f.required)

    def practises(self, keys: Keys) -> bool:
        """Whether its practice server in this process stands in for it: no account, and no address to go to."""
        return self.practice is not None and not self.has_account(keys) and not keys.get(ADDRESS)

    def practice_keys(self, keys: Keys) -> dict[str, str]:
        """`keys` with "practice" for what is missing: the practice server takes it, here or on its own port."""
        return {**keys, **{f.name: keys.get(f.name) or PRACTICE_KEY for f in self.fields if f.required}}
