"""Making the sample shop: everything in one transaction, through the same doors as real work, in the order of time."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from random import Random

from sqlalchemy import func, select, update

from dokango import topics
from dokango.catalogue.models import Product
from dokango.clock import US_PER_DAY, Clock, ManualClock, datetime_of
from dokango.db import Database, Statement, Tx, table_of
from dokango.notify.models import Message
from dokango.orders.book.models import Order
from dokango.people import staff
from dokango.people.actor import SYSTEM, Actor
from dokango.people.permissions import Role
from dokango.sample import shelves
from dokango.sample.ordering import order
from dokango.sample.stage import SampleOrder, Stage
from dokango.sample.stories import STORIES, Planned, plan
from dokango.shop.profile import Profile, Wallet, save_profile

OPENED_DAYS = 30  # the shop took its first goods in so many days ago
_SECOND_DELIVERY_DAYS = 11
_FIRST_CONSIGNMENT = 14_200_000
_MESSAGE = table_of(Message)
_PRODUCTS = Statement(select(func.count()).select_from(table_of(Product)))
_ORDERS = Statement(select(func.count()).select_from(table_of(Order)))
# Nobody is written to: what the sample's customers were told can be read in the outbox.
_TOLD_NOBODY = "Switched off by the sample shop: its customers are made up."
_END_MESSAGES = Statement(update(_MESSAGE).where(_MESSAGE.c.state == "waiting").values(state="off", error=_TOLD_NOBODY))

PROFILE = Profile(
    name="Shapla Haat",
    phone="01700-000001",
    whatsapp="01700-000001",
    email="hello@example.com",
    address="House 12, Road 5, Block D, Lalmatia, Dhaka 1207",
    about="Handloom, honey and craft from all over Bangladesh.",
    wallets={
        "bkash": Wallet(number="01700-000011", kind="merchant", instructions="Choose Payment, not Send Money."),
        "nagad": Wallet(number="01700-000012", instructions="Choose Send Money."),
        "rocket": Wallet(number="01700-000013", instructions="Choose Send Money.", fee_bp=100),
    },
    # its orders lie in the past: none of them waits for anybody
    wait_unpaid_hours=0,
    wait_verify_hours=0,
    wait_confirm_hours=0,
    wait_pack_hours=0,
    wait_ship_hours=0,
    wait_refund_hours=0,
    delivery_inside_poisha=7_000,
    delivery_outside_poisha=13_000,
    courier_return_charge_poisha=6_000,
    invoice_prefix="SH",
    hold_hours=168,  # a week in which the sample stays as it was made
)

Happening = tuple[int, int, Callable[[], None]]


def sample(db: Database, clock: Clock, rng: Random) -> int:
    """Fill an empty database with the sample shop, its weeks of orders ending now by `clock`; the number of orders.

    The same seed and time make the same shop; passwords and tracking links apart, which nobody can guess.
    """
    return db.write(lambda tx: make(tx, clock.now_us(), rng))


def is_empty(tx: Tx) -> bool:
    """Whether nothing was ever offered or sold here, so that a sample cannot mix with real things."""
    return not tx.value(_PRODUCTS) and not tx.value(_ORDERS)


def make(tx: Tx, now_us: int, rng: Random) -> int:
    """The same, inside a transaction."""
    clock = ManualClock(datetime_of(now_us - OPENED_DAYS * US_PER_DAY))
    stage = Stage(tx, clock, rng, _FIRST_CONSIGNMENT)
    save_profile(tx, PROFILE, by=SYSTEM.name, now_us=clock.now_us())
    stage.manager = _hire(stage, "nusrat", "Nusrat Jahan", Role.MANAGER)
    stage.packer = _hire(stage, "sohel", "Sohel Rana", Role.PACKER)
    _hire(stage, "vinita", "Vinita Roy", Role.VIEWER)
    shelves.open_catalogue(stage)
    plans = sorted(
        (plan(story, rng, now_us) for story in STORIES for _ in range(story.count)), key=lambda p: p.placed_us
    )
    for at_us, _, happen in sorted([*_store_room(stage, now_us), *_lives(stage, plans)], key=lambda one: one[:2]):
        clock.set(datetime_of(at_us))
        happen()
    tx.run(_END_MESSAGES)
    tx.changed(topics.ORDERS, topics.STOCK, topics.CATALOGUE, topics.SETTINGS, topics.MESSAGES)
    return len(plans)


def _hire(stage: Stage, login: str, name: str, role: Role) -> Actor:
    """A member of staff whose password nobody knows; the owner sets one in Settings."""
    new = staff.NewStaff(login, name, role.value, secrets.token_urlsafe(24))
    return Actor(staff.create(stage.tx, SYSTEM, new, stage.clock), name, role)


def _store_room(stage: Stage, now_us: int) -> list[Happening]:
    day = US_PER_DAY
    return [
        (now_us - OPENED_DAYS * day, 0, lambda: shelves.bring(stage, 0)),
        (now_us - _SECOND_DELIVERY_DAYS * day, 0, lambda: shelves.bring(stage, 1)),
        (now_us - 2 * day, 0, lambda: shelves.count_cups(stage)),
        (now_us - day, 0, lambda: shelves.bring_new_crop(stage)),
    ]


def _lives(stage: Stage, plans: list[Planned]) -> list[Happening]:
    placed: dict[int, SampleOrder] = {}
    script: list[Happening] = []
    for index, planned in enumerate(plans):
        script.append((planned.placed_us, index, _placing(stage, placed, index, planned)))
        for at_us, chapter in zip(planned.chapter_us, planned.story.chapters, strict=True):
            script.append((at_us, index, _act(stage, placed, index, chapter.act)))
    return script


def _placing(stage: Stage, placed: dict[int, SampleOrder], index: int, planned: Planned) -> Callable[[], None]:
    def happen() -> None:
        placed[index] = order(stage, planned.story)

    return happen


def _act(
    stage: Stage, placed: dict[int, SampleOrder], index: int, act: Callable[[Stage, SampleOrder], None]
) -> Callable[[], None]:
    def happen() -> None:
        act(stage, placed[index])

    return happen
