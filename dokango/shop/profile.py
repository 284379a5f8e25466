"""The shop as its owner describes it: names, charges, wallets, promises. Secrets are kept apart."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from sqlalchemy import bindparam, select

from dokango.clock import US_PER_S
from dokango.db import Statement, Tx, Upsert, table_of
from dokango.people.districts import same_district
from dokango.plain_model import PlainModel
from dokango.shop.cancel_reasons import CANCEL_REASONS, MOST, with_bangla
from dokango.shop.models import ShopSetting

_S = table_of(ShopSetting)
PROFILE = "profile"
MOST_FORGIVEN_POISHA = 100_000  # no owner calls more than that a little
_US_PER_HOUR = 3_600 * US_PER_S
Poisha = Annotated[int, Field(ge=0, le=10**9)]


class Fee(PlainModel):
    """What a movement costs: a part of its amount, in basis points, and so much each time."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    bp: int = Field(default=0, ge=0, le=1_000)
    fixed_poisha: Poisha = 0

    def poisha(self, amount_poisha: int) -> int:
        """Of one amount, rounded half up."""
        return (amount_poisha * self.bp + 5_000) // 10_000 + self.fixed_poisha


class Wallet(PlainModel):
    """Where customers pay to by one method: a wallet's number and kind, or an account; its fee in basis points."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    MANY_LINES = frozenset(("instructions", "instructions_bn"))
    number: str = ""
    kind: Literal["personal", "agent", "merchant"] = "personal"
    instructions: str = ""
    instructions_bn: str = ""
    fee_bp: int = Field(default=0, ge=0, le=1_000)
    out_fees: dict[str, Fee] = Field(default_factory=dict, max_length=10)  # by the kind of movement
    more_numbers: tuple[str, ...] = Field(default=(), max_length=20)  # of the shop too, told to nobody

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number of the shop's in this wallet."""
        return tuple(number for number in (self.number, *self.more_numbers) if number)


class Profile(PlainModel):
    """Everything the owner can set that is not a secret. A wallet without a number is not offered."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    MANY_LINES = frozenset(("address", "about", "address_bn", "about_bn"))
    name: str = "My shop"
    phone: str = ""
    whatsapp: str = ""
    email: str = ""
    address: str = ""
    about: str = ""
    name_bn: str = ""
    address_bn: str = ""
    about_bn: str = ""
    wallets: dict[str, Wallet] = Field(default_factory=dict)
    cod_enabled: bool = True
    forgive_most_poisha: int = Field(default=100, ge=0, le=MOST_FORGIVEN_POISHA)  # of a payment; 0: nothing
    second_person_above_poisha: Poisha = 0  # a payment or refund above it is approved by another person; 0: never
    # Whether payments are booked without staff where wallet, TrxID, amount and sender are as claimed, up to an amount.
    books_by_rule: bool = False
    rule_most_poisha: Poisha = 0
    home_district: str = "Dhaka"
    delivery_inside_poisha: Poisha = 6_000
    delivery_outside_poisha: Poisha = 12_000
    delivery_days_inside: int = Field(default=2, ge=0, le=60)
    delivery_days_outside: int = Field(default=4, ge=0, le=60)
    claim_days: int = Field(default=7, ge=1, le=120)  # within which a courier answers a claim
    pickup_hours: int = Field(default=24, ge=0, le=240)  # after which a parcel that waits for its courier is a case
    courier_return_charge_poisha: Poisha = 0
    # Whether customers are asked about a failed delivery without staff; about which kinds of case not, between which
    # hours of the day (alike: at any), and how long their answer is awaited.
    asks_customers: bool = False
    unasked_kinds: tuple[str, ...] = Field(default=(), max_length=20)
    ask_from_hour: int = Field(default=9, ge=0, le=23)
    ask_to_hour: int = Field(default=21, ge=1, le=24)
    ask_wait_hours: int = Field(default=12, ge=1, le=72)
    # What stays with the shop of a payment before delivery when the parcel is refused, and who bears its way back.
    refusal_keeps: Literal["nothing", "delivery", "advance"] = "nothing"
    return_charge_by: Literal["shop", "customer"] = "shop"
    # The packer's checklist: nothing is packed while a needed line is open, or it is asked for alone, or it is not.
    pack_checklist: Literal["required", "asked", "off"] = "asked"
    # Why staff cancel an order; its customer reads the words that are chosen.
    cancel_reasons: tuple[str, ...] = Field(default=CANCEL_REASONS, max_length=MOST)
    cancel_reasons_bn: dict[str, str] = Field(default_factory=dict, max_length=MOST)  # by the English; "": none
    invoice_prefix: str = Field(default="DG", pattern=r"^[A-Za-z0-9_-]{0,12}$")
    # How long a visitor's order is kept that nobody confirms or pays, and how long before its end it is told; 0: never.
    hold_hours: int = Field(default=72, ge=0, le=720)
    hold_notice_hours: int = Field(default=24, ge=0, le=720)
    # After how many days what nobody asks for any more is let go (dokango/pruning/table.py); 0: never.
    keep_jobs_days: int = Field(default=30, ge=0, le=3650)
    keep_keys_days: int = Field(default=30, ge=0, le=3650)
    keep_webhooks_days: int = Field(default=180, ge=0, le=3650)
    keep_messages_days: int = Field(default=730, ge=0, le=3650)
    keep_sessions_days: int = Field(default=30, ge=0, le=3650)
    # After how many hours an order has stood too long where it stands (dokango/orders/waits/table.py); 0: never.
    wait_unpaid_hours: int = Field(default=12, ge=0, le=720)
    wait_verify_hours: int = Field(default=4, ge=0, le=720)
    wait_confirm_hours: int = Field(default=24, ge=0, le=720)
    wait_pack_hours: int = Field(default=24, ge=0, le=720)
    wait_ship_hours: int = Field(default=24, ge=0, le=720)
    wait_refund_hours: int = Field(default=72, ge=0, le=720)
    # What visitors may keep from the shelf before anybody has confirmed or paid it; 0 is no limit.
    web_units_most: int = Field(default=10, ge=0, le=1_000)  # of one variant in one order
    web_total_most_poisha: Poisha = 5_000_000
    web_open_by_phone: int = Field(default=3, ge=0, le=1_000)
    web_open_by_network: int = Field(default=10, ge=0, le=1_000)
    # An order from the storefront of somebody whom the shop blocked: looked at by staff, or not taken.
    blocked_orders: Literal["review", "refuse"] = "review"

    @property
    def words(self) -> tuple[str, ...]:
        """What anybody knows of the shop, and would try as its people's password."""
        return tuple(word for word in (self.name, self.name_bn, self.phone, self.whatsapp, self.email) if word)

    @property
    def reasons_in_bangla(self) -> dict[str, str]:
        """Why staff cancel an order, in English, each with what who reads Bangla is told instead; "" for none."""
        return with_bangla(self.cancel_reasons, self.cancel_reasons_bn)

    def delivery_poisha(self, district: str) -> int:
        """What delivery to `district` costs the customer."""
        return self.delivery_inside_poisha if self.is_home(district) else self.delivery_outside_poisha

    def delivery_days(self, district: str) -> int:
        """How many days delivery to `district` usually takes."""
        return self.delivery_days_inside if self.is_home(district) else self.delivery_days_outside

    def is_home(self, district: str) -> bool:
        """Whether `district` is the shop's own."""
        return same_district(district, self.home_district)

    @property
    def hold_us(self) -> int:
        """How long a visitor's order is kept that nobody confirms or pays."""
        return self.hold_hours * _US_PER_HOUR

    @property
    def hold_notice_us(self) -> int:
        """How long before that its customer is told; never longer than it is kept."""
        return min(self.hold_notice_hours, self.hold_hours) * _US_PER_HOUR

    def refusal_keeps_poisha(self, total_poisha: int, delivery_poisha: int, advance_poisha: int) -> int:
        """What stays of a payment before delivery when the parcel is refused; the buyer is told at checkout.

        Where the advance stays and none is asked for, or all is paid before, the delivery charge does.
        """
        advance = advance_poisha or delivery_poisha
        kept = {"nothing": 0, "delivery": delivery_poisha, "advance": advance}[self.refusal_keeps]
        back = self.courier_return_charge_poisha if self.return_charge_by == "customer" else 0
        return min(kept + back, total_poisha)

    def fee_poisha(self, wallet: str, amount_poisha: int) -> int:
        """What the wallet keeps of an incoming amount, rounded half up."""
        found = self.wallets.get(wallet)
        return 0 if found is None else (amount_poisha * found.fee_bp + 5_000) // 10_000

    def out_fee_poisha(self, wallet: str, kind: str, amount_poisha: int) -> int:
        """What the wallet takes for an outgoing amount of a kind."""
        found = self.wallets.get(wallet)
        return found.out_fees.get(kind, Fee()).poisha(amount_poisha) if found else 0


_READ = Statement(select(_S.c.value).where(_S.c.key == bindparam("key")))
_KEPT = ("value", "changed_by", "changed_at")
_WRITE = Upsert(_S, ["key", *_KEPT], unique=["key"], change={name: bindparam(name) for name in _KEPT})


def load_profile(tx: Tx) -> Profile:
    """The shop's settings as this transaction sees them."""
    return _parsed(read_setting(tx, PROFILE) or "{}")


@lru_cache(maxsize=1)
def _parsed(kept: str) -> Profile:
    return Profile.model_validate_json(kept)


def save_profile(tx: Tx, profile: Profile, *, by: str, now_us: int) -> None:
    """Keep `profile`; who may do so, and the audit event, are the caller's."""
    write_setting(tx, PROFILE, profile.model_dump_json(), by=by, now_us=now_us)


def read_setting(tx: Tx, key: str) -> str | None:
    """One setting's raw text, or None when it was never set."""
    found: str | None = tx.value(_READ, key=key)
    return found


def write_setting(tx: Tx, key: str, value: str, *, by: str, now_us: int) -> None:
    """Set one setting's raw text."""
    tx.run(_WRITE, key=key, value=value, changed_by=by, changed_at=now_us)
