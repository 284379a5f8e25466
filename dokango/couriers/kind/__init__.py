"""The row of a courier: all that pages, API and jobs need to know of it stands here or behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from dokango.clock import Clock
from dokango.couriers.kind.abilities import Can
from dokango.couriers.kind.base import Courier, ParcelName
from dokango.couriers.kind.tariff import Tariff
from dokango.couriers.kind.webhook import Webhook
from dokango.couriers.line import Line
from dokango.couriers.practice.server import PRACTICE_KEY, PracticeServer

CALLS_PER_MIN = "calls_per_min"  # the field of how many calls a courier allows in a minute
FEW_CALLS_PER_MIN = 60  # of one that has no such field
SECOND_PHONE, EMAIL, WEIGHT, HUB = "alternative_phone", "recipient_email", "weight_g", "hub_pickup"
ADDRESS = "base_url"  # the field of a courier's address; given, parcels go there and not to the practice server here
Keys = Mapping[str, str]  # by the name of the field


class FieldKind(StrEnum):
    """What a field of the settings form holds. A secret is never shown again, the others stand in the form."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105  a kind, no secret
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class KeyField:
    """One field of a courier's settings form; all are kept encrypted.

    `variable`: the field of Settings that holds it until the owner types one. `missing`: the sentence when a required
    one is empty. `asked`: False for what the environment alone sets. `default` is what holds when nobody set anything,
    `choices` are (value, words), `least` and `most` bound a number. `only_with` (field, value): it belongs to an
    account only while that field has that value.
    """

    name: str
    label: str
    hint: str = ""
    kind: FieldKind = FieldKind.SECRET
    required: bool = True
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    least: int = 0
    most: int = 1_000_000
    only_with: tuple[str, str] | None = None
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
class CaseRule:
    """How a courier wants a failed parcel answered.

    `deadline(kind, opened_us)`: by when a case of `kind` that was opened then must be answered, in microseconds; None
    where it sets no time. `panel`: where to answer when its API cannot ("" where it can), `phone`: whom to call then.
    `words(parcel, answer)`: what to copy there, `answer` being what the shop wants in a few words. `stops_returns`: a
    parcel that is said to go back can still be sent out again until then.
    """

    deadline: Callable[[str, int], int | None] = lambda kind, opened_us: None
    panel: str = ""
    phone: str = ""
    words: Callable[[ParcelName, str], str] = lambda parcel, answer: answer
    stops_returns: bool = False


NO_RULE = CaseRule()


@dataclass(frozen=True, slots=True)
class CourierKind:
    """One courier. `connect` makes it ready to be called; None for those whom staff follow by hand.

    `fields` and `keys_hint` are its settings form, `can` what it does beside being booked and asked, `takes` which of a
    parcel's fields that may be left out it has a use for, `changes` which of a booked one it takes changes of,
    `sent_labels` how people read the fields of its payload, `cases` how a failed parcel is answered there, `tariff`
    what it is known to charge until the owner says otherwise.
    """

    key: str
    name: str
    connect: Callable[[Line, Keys], Courier] | None = None
    fields: tuple[KeyField, ...] = ()
    keys_hint: str = ""
    can: frozenset[Can] = frozenset()
    takes: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    webhook: Webhook | None = None
    practice: Practice | None = None
    sent_labels: Mapping[str, str] = field(default_factory=dict)
    cases: CaseRule = NO_RULE
    tariff: Tariff | None = None

    @property
    def by_api(self) -> bool:
        """Whether it is booked and followed by calls."""
        return self.connect is not None

    def required(self, keys: Keys) -> list[KeyField]:
        """The fields that an account cannot do without, as the others stand."""
        return [f for f in self.fields if f.required and (f.only_with is None or self._holds(keys, *f.only_with))]

    def _holds(self, keys: Keys, name: str, value: str) -> bool:
        default = next((f.default for f in self.fields if f.name == name), "")
        return (keys.get(name) or default) == value

    def has_account(self, keys: Keys) -> bool:
        """Whether `keys` are whole and of a real account."""
        return all(keys.get(f.name, "") not in ("", PRACTICE_KEY) for f in self.required(keys))

    def practises(self, keys: Keys) -> bool:
        """Whether its practice server in this process stands in for it: no account, and no address to go to."""
        return self.practice is not None and not self.has_account(keys) and not keys.get(ADDRESS)

    def calls_per_min(self, keys: Keys) -> int:
        """How many calls it takes in a minute, of all that this shop makes."""
        default = next((f.default for f in self.fields if f.name == CALLS_PER_MIN), "")
        return int(keys.get(CALLS_PER_MIN) or default or FEW_CALLS_PER_MIN)

    def practice_keys(self, keys: Keys) -> dict[str, str]:
        """`keys` with "practice" for what is missing: the practice server takes it, here or on its own port."""
        return {**keys, **{f.name: keys.get(f.name) or PRACTICE_KEY for f in self.required(keys)}}
