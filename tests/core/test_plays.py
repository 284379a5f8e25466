"""Every play of every practice courier, from the booking to where it leaves the order: its case, status and books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from dokango.__main__ import main
from dokango.clock import US_PER_S, ManualClock, datetime_of
from dokango.couriers.desk import CourierDesk
from dokango.couriers.practice.in_process import InProcess
from dokango.couriers.practice.plays import PAYS_OUT, Move, Play, named_in
from dokango.couriers.practice.scenario import ScenarioPlayer
from dokango.couriers.practice.serve import Serving, wanted_steps
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput
from dokango.orders import Done
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.commands.door import KeptLine
from dokango.orders.parcels.draft import ParcelEdits
from dokango.orders.parcels.late import look_for_late
from dokango.payouts.findings import Verdict
from dokango.payouts.match import match
from dokango.payouts.statement import API, StatedLine, Statement
from tests.core.couriered import COD, Couriered, Told, hear_all
from tests.small_shop import Shop

PLAYED = [kind.key for kind in COURIERS.values() if kind.practice is not None]
STEP_S = 600.0


@dataclass(frozen=True)
class Left:
    """Where a play leaves an order: what is open (kind and state), and what share of the COD the courier owes."""

    status: str
    parcel: str
    cases: tuple[tuple[str, str], ...] = ()
    leg: str = ""
    owes_percent: int = 0


DELIVERED = Left("delivered", "delivered", owes_percent=100)
LATE = (("late", "needs_us"),)
LEFT: dict[tuple[str, Play], Left] = {
    **{(courier, play): DELIVERED for courier in PLAYED for play in (Play.DELIVERED, Play.ATTEMPTS, Play.PAID)},
    ("steadfast", Play.ASKS): Left("shipped", "unknown_approval_pending", (("unknown", "needs_us"),)),
    ("pathao", Play.ASKS): Left("shipped", "hold", (("held_at_hub", "needs_us"),)),
    ("redx", Play.ASKS): Left("shipped", "hold", (("held_at_hub", "needs_us"),)),
    ("steadfast", Play.RETURNED): Left("shipped", "cancelled", (("refused", "to_inspect"),), "received"),
    ("pathao", Play.RETURNED): Left("shipped", "cancelled", (("refused", "to_inspect"),), "received"),
    ("redx", Play.RETURNED): Left("shipped", "cancelled", (("held_at_hub", "to_inspect"),), "received"),
    ("steadfast", Play.PARTIAL): Left("shipped", "partial_delivered", (("partial", "needs_us"),)),
    ("pathao", Play.PARTIAL): Left("shipped", "partial_delivered", (("partial", "to_inspect"),), "received"),
    ("redx", Play.PARTIAL): DELIVERED,  # the payout alone tells of it
    ("steadfast", Play.LOST): Left("shipped", "exceptional", (("lost", "needs_us"), *LATE)),
    ("pathao", Play.LOST): Left("shipped", "pending", LATE),
    ("redx", Play.LOST): Left("shipped", "out_for_delivery", LATE),
}


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture(params=PLAYED)
def played(request: pytest.FixtureRequest, shop: Shop, clock: ManualClock, told: Told) -> Iterator[Couriered]:
    """The small shop beside one practice courier that tells `told`."""
    desk = CourierDesk(clock, None)
    desk.practice(request.param).teller = told
    yield Couriered(shop, desk, request.param)
    desk.close()


def live_through(played: Couriered, told: Told, play: Play) -> Done:
    """An order whose parcel's note names the play; after each step its notifications come and the shop asks."""
    order = played.shop.bring_to("packed", ("MUG", 2), **COD)
    practice = played.desk.practice(played.courier)
    player = ScenarioPlayer(practice, [], played.shop.clock, STEP_S)
    assert played.ship(order, ParcelEdits(note=f"Handle with care. Play {play}")).booking == "booked"
    booked_us = practice.booked_since(0)[0].created_at_us
    for n, _ in enumerate(practice.plays[play]):
        played.shop.clock.set(datetime_of(booked_us + int((n + 1) * STEP_S * US_PER_S)))
        assert player.play_due() == 1
        hear_all(played, told)
        if played.shop.order(order).status == "shipped":
            played.sync(order)
    assert player.play_due() == 0
    if play is Play.LOST:
        played.shop.clock.advance(20 * 86_400)
        look_for_late(played.shop.db, played.shop.clock)
    return order


@pytest.mark.parametrize("play", Play)
def test_a_play_ends_in_its_case_status_and_books(played: Couriered, told: Told, play: Play) -> None:
    order = live_through(played, told, play)
    wanted, parcel = LEFT[played.courier, play], played.parcel(order)
    assert (played.shop.order(order).status, parcel.status, parcel.return_leg) == (
        wanted.status, wanted.parcel, wanted.leg
    )  # fmt: skip
    assert tuple(
        (case.kind, case.state) for case in played.cases(order) if case.kind != "late" or play is Play.LOST
    ) == (wanted.cases)
    owed = played.shop.balance(f"receivable:courier:{played.courier}")
    assert owed == parcel.cod_poisha * wanted.owes_percent // 100


def kept_one(played: Couriered, order: Done) -> c.DeliverPart:
    collected = played.parcel(order).cod_poisha // 200 * 100
    return c.DeliverPart(lines=(KeptLine(sku="MUG", kept=1),), collected_poisha=collected)


# What a person does about it, and then: the status, what of the COD the courier owes, and the mugs on the shelf.
SETTLED: list[tuple[Play, tuple[str, ...], Callable[[Couriered, Done], c.Command], str, int, int]] = [
    (Play.RETURNED, tuple(PLAYED), lambda played, order: c.ReceiveReturn(restock=True), "returned", 0, 0),
    (Play.LOST, tuple(PLAYED), lambda played, order: c.LoseParcel(reason="Nobody finds it"), "returned", 0, -2),
    (Play.PARTIAL, ("steadfast", "pathao"), kept_one, "delivered", 50, -1),
]


@pytest.mark.parametrize(("play", "couriers", "settle", "status", "owes_percent", "shelf"), SETTLED)
def test_what_a_play_leaves_to_people_is_settled_by_one_step(
    played: Couriered, told: Told, play: Play, couriers: tuple[str, ...],
    settle: Callable[[Couriered, Done], c.Command], status: str, owes_percent: int, shelf: int,
) -> None:  # fmt: skip
    if played.courier not in couriers:
        return
    before = played.shop.level("MUG")[0]
    order = live_through(played, told, play)
    parcel = played.parcel(order)
    played.shop.do(order, settle(played, order))
    assert played.shop.order(order).status == status
    assert played.shop.balance(f"receivable:courier:{played.courier}") == parcel.cod_poisha * owes_percent // 100
    assert played.shop.level("MUG")[0] - before == shelf


def test_a_payout_of_half_of_what_was_told_is_seen_to_be_short(played: Couriered, told: Told) -> None:
    """A courier that has no word for a part says "delivered", and pays less."""
    order = live_through(played, told, Play.PARTIAL)
    if played.shop.order(order).status == "shipped":
        return
    parcel = played.parcel(order)
    line = StatedLine(1, parcel.invoice, parcel.consignment_id, collected_poisha=parcel.cod_poisha // 2)
    found = played.shop.db.read(lambda tx: match(tx, Statement(played.courier, "P-1", API, "", [line])))
    assert [finding.verdict for finding in found.findings] == [Verdict.SHORT]


def test_what_was_collected_so_far_is_paid_out_at_the_end_of_its_play(played: Couriered, told: Told) -> None:
    live_through(played, told, Play.PAID)
    assert played.desk.practice(played.courier).pay_out() is None


def test_every_courier_plays_everything_in_its_own_words(clock: ManualClock) -> None:
    for key in PLAYED:
        kind = COURIERS[key]
        assert kind.practice is not None
        practice = kind.practice.open(None, clock, {})
        assert set(practice.plays) == set(Play), key
        words = {move.word for moves in practice.plays.values() for move in moves if move.word}
        assert words <= set(practice.moves), f"{key} has no such words"
        practice.close()


def test_its_handle_lets_a_parcel_live_through_a_play_at_once(played: Couriered) -> None:
    order = played.shop.bring_to("packed", ("MUG", 2), **COD)
    played.ship(order)
    name = played.parcel(order).consignment_id
    with httpx.Client(
        transport=InProcess(played.desk.practice(played.courier).app()), base_url="http://practice"
    ) as handle:
        assert handle.post(f"/_practice/parcels/{name}", json={"play": "returned"}).status_code == 200
        assert handle.post(f"/_practice/parcels/{name}", json={"play": "vanishes"}).status_code == 422
        assert handle.post("/_practice/parcels/none", json={"play": "returned"}).status_code == 404
    played.sync(order)
    assert played.shop.order(order).status == "shipped" and played.cases(order)


def test_a_scenario_is_named_or_a_file_and_anything_else_is_refused_by_name(played: Couriered, tmp_path: Path) -> None:
    practice = played.desk.practice(played.courier)
    named = Serving(open=lambda clock: practice, port=0, scenario="lost", step_s=5)
    assert [step.after_s for step in wanted_steps(named, practice)] == [
        5.0 * n for n in range(1, len(practice.plays[Play.LOST]) + 1)
    ]
    file = tmp_path / "mine.json"
    file.write_text('[{"after_s": 9, "status": "delivered", "takes_percent": 50}, {"after_s": 12}]')
    (first, second) = wanted_steps(replace(named, scenario=str(file)), practice)
    assert first.move == Move("delivered", 50) and second.move == PAYS_OUT
    with pytest.raises(InvalidInput, match="returned"):
        wanted_steps(replace(named, scenario="vanishes"), practice)


def test_telling_a_shop_without_a_token_is_refused_before_anything_is_served(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for key in PLAYED:
        told_to = ["courier-sandbox", "--courier", key, "--port", "1", "--webhook-url", "http://shop.test/hook"]
        assert main(told_to) == 2
        assert f"DOKANGO_{key.upper()}_WEBHOOK_TOKEN" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("note", "play"),
    [
        ("play lost", Play.LOST), ("Ring twice. PLAY: Returned", Play.RETURNED),
        ("a play area, play partial", Play.PARTIAL),
        ("", None), ("play", None), ("playlost", None), ("display lost", None), ("খেলা lost", None),
    ],
)  # fmt: skip
def test_a_note_names_a_play_by_its_word(note: str, play: Play | None) -> None:
    assert named_in(note) is play
