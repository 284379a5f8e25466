"""The owner's rule: a table of what it chooses and why, always the same for the same order."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from dokango.couriers.choosing.choose import NO_RULE, PassedOver, choose
from dokango.couriers.choosing.facts import ENOUGH_ENDED, Candidate, Wish
from dokango.couriers.choosing.rule import BEST, CHEAPEST, CourierRule, RuleRow, change_rule, load_rule
from dokango.couriers.choosing.words import conditions
from dokango.couriers.kind.tariff import Area, Band, Prices, Tariff
from dokango.couriers.parcels.record import Record
from dokango.errors import InvalidInput, NotAllowed
from dokango.people.actor import Actor
from tests.small_shop import Shop

INSIDE, SUBURB, OUTSIDE = Area.INSIDE, Area.SUBURB, Area.OUTSIDE


def tariff(inside: int, outside: int, suburbs: tuple[str, ...] = ()) -> Tariff:
    price = Prices(inside=inside * 100, suburb=inside * 100, outside=outside * 100)
    return Tariff(bands=(Band(up_to_g=1_000, price=price),), further_kg=price, suburbs=suburbs)


HAWK = Candidate("hawk", "Hawk", tariff(60, 130, ("Gazipur",)), Record(48, 2, 2))
DOVE = Candidate("dove", "Dove", tariff(70, 110), Record(40, 10, 1))
RIDER = Candidate("own-rider", "Own rider")
ALL = (HAWK, DOVE, RIDER)
WISH = Wish("Sylhet", "Dhaka", 900, 66_000, 80_000)
HERE = replace(WISH, district="Dhaka")


def chosen(*rows: RuleRow, wish: Wish = WISH, among: tuple[Candidate, ...] = ALL, otherwise: str = "") -> str:
    return choose(CourierRule(rows=rows, otherwise=otherwise), wish, among).sentence


# what the row asks for, the order, and what is said; "" where the row does not fit
ONE_ROW: list[tuple[dict[str, Any], Wish, str]] = [
    ({}, WISH, "for every parcel"),
    ({"districts": ("Sylhet",)}, WISH, "to Sylhet"),
    ({"districts": ("Khulna", "Sylhet")}, replace(WISH, district="সিলেট"), "to Khulna or Sylhet"),
    ({"districts": ("Sylhet",)}, HERE, ""),
    ({"areas": (SUBURB, OUTSIDE)}, WISH, "outside Dhaka"),
    ({"areas": (SUBURB, OUTSIDE)}, HERE, ""),
    ({"areas": (INSIDE,)}, HERE, "inside Dhaka"),
    ({"areas": (SUBURB,)}, replace(WISH, district="Gazipur"), "to the suburbs of Dhaka"),
    ({"areas": (OUTSIDE,)}, replace(WISH, district="Gazipur"), ""),
    ({"areas": (INSIDE, SUBURB, OUTSIDE)}, WISH, "for every parcel"),
    ({"up_to_g": 2_000}, WISH, "up to 2 kg"),
    ({"up_to_g": 900}, WISH, "up to 900 g"),
    ({"up_to_g": 899}, WISH, ""),
    ({"over_g": 899}, WISH, "over 899 g"),
    ({"over_g": 900}, WISH, ""),
    ({"over_g": 500, "up_to_g": 1_500}, WISH, "over 500 g up to 1.5 kg"),
    ({"up_to_g": 500}, replace(WISH, weight_g=0), "up to 500 g"),  # nobody knows: as the lightest
    ({"over_g": 0}, replace(WISH, weight_g=0), ""),
    ({"up_to_cod_poisha": 66_000}, WISH, "to collect up to ৳660"),
    ({"up_to_cod_poisha": 65_999}, WISH, ""),
    ({"over_cod_poisha": 50_000}, WISH, "to collect over ৳500"),
    ({"over_cod_poisha": 0}, WISH, "with cash to collect"),
    ({"over_cod_poisha": 0}, replace(WISH, cod_poisha=0), ""),
    ({"up_to_cod_poisha": 0}, replace(WISH, cod_poisha=0), "nothing to collect"),
    ({"up_to_cod_poisha": 0}, WISH, ""),
    ({"over_value_poisha": 79_999, "up_to_value_poisha": 80_000}, WISH, "worth over ৳799.99 up to ৳800"),
    ({"over_value_poisha": 80_000}, WISH, ""),
    ({"delivered_percent": 96}, WISH, "at least 96 % delivered there"),
    ({"delivered_percent": 97}, WISH, ""),
    ({"days_most": 2}, WISH, "there within 2 days"),
    ({"days_most": 1}, WISH, ""),
    ({"cost_most_poisha": 13_000}, WISH, "for up to ৳130"),
    ({"cost_most_poisha": 12_999}, WISH, ""),
    ({"areas": (SUBURB, OUTSIDE), "up_to_g": 2_000}, WISH, "outside Dhaka, up to 2 kg"),
    ({"areas": (SUBURB, OUTSIDE), "up_to_g": 500}, WISH, ""),
]


@pytest.mark.parametrize(("asked", "wish", "why"), ONE_ROW)
def test_a_row_takes_the_orders_that_it_is_for_and_says_so(asked: dict[str, Any], wish: Wish, why: str) -> None:
    found = choose(CourierRule(rows=(RuleRow(by="hawk", **asked),)), wish, ALL)
    assert (found.key, found.why) == (("hawk", why) if why else ("", "No row of the rule fits this order"))
    assert found.sentence == (f"Hawk: {why}." if why else "No row of the rule fits this order.")


FEW = Record(ENOUGH_ENDED - 1, 0, 1)


@pytest.mark.parametrize(
    ("asked", "candidate"),
    [
        ({"delivered_percent": 1}, replace(HAWK, record=FEW)),
        ({"days_most": 60}, replace(HAWK, record=FEW)),
        ({"days_most": 60}, replace(HAWK, record=Record(0, ENOUGH_ENDED))),  # none was ever delivered
        ({"cost_most_poisha": 10**6}, replace(HAWK, tariff=None)),
    ],
)
def test_what_nobody_knows_of_a_courier_is_no_fit(asked: dict[str, Any], candidate: Candidate) -> None:
    assert choose(CourierRule(rows=(RuleRow(by="hawk", **asked),)), WISH, (candidate,)).key == ""


def test_without_a_tariff_a_parcel_costs_what_it_cost_so_far() -> None:
    row = RuleRow(by="own-rider", cost_most_poisha=9_000)
    for charge_poisha, key in ((26_998, "own-rider"), (27_002, "")):
        rider = replace(RIDER, record=Record(3, 0, 1, 3, charge_poisha))
        assert choose(CourierRule(rows=(row,)), WISH, (rider,)).key == key


def test_the_first_row_that_fits_wins_and_then_what_stands_for_all_others() -> None:
    near, far = RuleRow(by="own-rider", areas=(INSIDE,)), RuleRow(by="dove", districts=("Sylhet",))
    rows = near, far, RuleRow(by="hawk")
    assert chosen(*rows, wish=HERE) == "Own rider: inside Dhaka."
    assert chosen(*rows) == "Dove: to Sylhet."
    assert chosen(*rows, wish=replace(WISH, district="Khulna")) == "Hawk: for every parcel."
    assert chosen(near, otherwise="dove") == "Dove: no row of the rule fits."
    assert chosen(otherwise="dove") == "Dove: for every parcel."


@pytest.mark.parametrize(
    ("wish", "among", "said"),
    [
        (WISH, ALL, "Dove: cheapest here, ৳110 against ৳130."),
        (HERE, ALL, "Hawk: cheapest here, ৳60 against ৳70."),
        (replace(HERE, weight_g=1_500), ALL, "Hawk: cheapest here, ৳120 against ৳140."),
        (WISH, (HAWK, RIDER), "Hawk: cheapest here, ৳130, the only one with a tariff."),
        (WISH, (RIDER,), "No row of the rule fits this order."),
        (WISH, (replace(DOVE, key="b", name="B"), DOVE), "B: cheapest here, ৳110 against ৳110."),  # stands first
    ],
)
def test_the_cheapest_is_found_by_the_tariffs(wish: Wish, among: tuple[Candidate, ...], said: str) -> None:
    assert chosen(RuleRow(by=CHEAPEST), wish=wish, among=among) == said


@pytest.mark.parametrize(
    ("records", "said"),
    [
        (
            (Record(48, 2, 2), Record(40, 10, 1)),
            "Hawk: best record here, 48 of 50 delivered, half within 2 days "
            "against 40 of 50 delivered, half within 1 day.",
        ),
        (
            (Record(18, 2, 3), Record(9, 1, 2)),  # the same part: the faster
            "Dove: best record here, 9 of 10 delivered, half within 2 days "
            "against 18 of 20 delivered, half within 3 days.",
        ),
        (
            (Record(9, 1, 2), Record(9, 1, 2)),  # as fast: the cheaper, which is Dove in Sylhet
            "Dove: best record here, 9 of 10 delivered, half within 2 days "
            "against 9 of 10 delivered, half within 2 days.",
        ),
        ((Record(9, 1, 2), FEW), "Hawk: best record here, 9 of 10 delivered, half within 2 days."),
        ((FEW, FEW), "No row of the rule fits this order."),
        ((Record(0, 10), FEW), "Hawk: best record here, 0 of 10 delivered."),
    ],
)
def test_the_best_record_there_is_found(records: tuple[Record, Record], said: str) -> None:
    among = replace(HAWK, record=records[0]), replace(DOVE, record=records[1]), RIDER
    assert chosen(RuleRow(by=BEST), among=among) == said


DOWN, OFF = "it has not answered since 22 Nov 2026, 12:30", "it is not set up"


@pytest.mark.parametrize(
    ("rows", "hindered", "said"),
    [
        (
            (RuleRow(by="hawk", areas=(OUTSIDE,)), RuleRow(by="dove")),
            {"hawk": DOWN},
            f"Dove: for every parcel. Hawk is passed over: {DOWN}.",
        ),
        (
            (RuleRow(by="hawk"), RuleRow(by="hawk", up_to_g=9_000), RuleRow(by="dove")),
            {"hawk": OFF},
            f"Dove: for every parcel. Hawk is passed over: {OFF}.",  # said once
        ),
        (
            (RuleRow(by=CHEAPEST),),
            {"dove": OFF},
            f"Hawk: cheapest here, ৳130, the only one with a tariff. Dove is passed over: {OFF}.",
        ),
        ((RuleRow(by=CHEAPEST),), {"hawk": OFF}, "Dove: cheapest here, ৳110, the only one with a tariff."),
        (
            (RuleRow(by=BEST), RuleRow(by="own-rider")),
            {"hawk": DOWN, "dove": OFF},
            f"Own rider: for every parcel. Hawk is passed over: {DOWN}. Dove is passed over: {OFF}.",
        ),
        (
            (RuleRow(by="hawk"),),
            {"hawk": OFF},
            f"Nobody that the rule names can take this order. Hawk is passed over: {OFF}.",
        ),
        (
            (RuleRow(by="eagle"), RuleRow(by="dove")),
            {},
            "Dove: for every parcel. eagle is passed over: it is no courier of this shop any more.",
        ),
    ],
)
def test_one_that_cannot_take_it_is_passed_over_and_the_reason_says_so(
    rows: tuple[RuleRow, ...], hindered: dict[str, str], said: str
) -> None:
    among = tuple(replace(one, hindrance=hindered.get(one.key, "")) for one in ALL)
    assert chosen(*rows, among=among) == said


def test_a_row_that_does_not_fit_passes_nobody_over() -> None:
    among = (replace(HAWK, hindrance=OFF), DOVE)
    assert chosen(RuleRow(by="hawk", up_to_g=1), RuleRow(by="dove"), among=among) == "Dove: for every parcel."


def test_there_is_no_choice_without_a_rule() -> None:
    assert choose(CourierRule(), WISH, ALL) == NO_RULE
    assert NO_RULE.sentence == ""


def test_who_was_passed_over_is_named_for_programs() -> None:
    found = choose(CourierRule(rows=(RuleRow(by="hawk"),)), WISH, (replace(HAWK, hindrance=OFF),))
    assert (found.key, found.passed_over) == ("", (PassedOver("hawk", "Hawk", OFF),))


def test_the_same_order_always_gets_the_same_answer() -> None:
    """Whatever else was chosen before."""
    random = Random(7)
    rules = [
        CourierRule(rows=tuple(random.sample(ROWS, 3)), otherwise=random.choice(("", "hawk", CHEAPEST, BEST)))
        for _ in range(40)
    ]
    wishes = [replace(w, weight_g=g) for w in (WISH, HERE) for g in (0, 400, 4_000)]
    asked = [(rule, wish) for rule in rules for wish in wishes]
    first = {pair: choose(*pair, ALL) for pair in asked}
    for _ in range(3):
        random.shuffle(asked)
        assert all(choose(rule, wish, ALL) == first[rule, wish] for rule, wish in asked)


ROWS = [
    RuleRow(by="hawk", areas=(OUTSIDE,)), RuleRow(by="dove", up_to_g=500), RuleRow(by=CHEAPEST, up_to_g=3_000),
    RuleRow(by=BEST), RuleRow(by="own-rider", districts=("Dhaka",)), RuleRow(by="eagle"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("areas", "words"),
    [((), []), ((INSIDE, SUBURB), ["inside Dhaka or its suburbs"]), ((OUTSIDE,), ["outside Dhaka and its suburbs"])],
)
def test_places_are_said_in_words(areas: tuple[Area, ...], words: list[str]) -> None:
    assert conditions(RuleRow(by="hawk", areas=areas), "Dhaka") == words


@pytest.mark.parametrize(
    "wrong",
    [{"by": ""}, {"by": "hawk", "over_g": -1}, {"by": "hawk", "delivered_percent": 101}, {"by": "hawk", "x": 1}],
)
def test_a_row_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        RuleRow(**wrong)


def test_the_owner_alone_changes_the_rule_and_never_over_somebody_else(shop: Shop, packer: Actor) -> None:
    one, two = CourierRule(rows=(RuleRow(by="hawk"),)), CourierRule(otherwise=CHEAPEST)

    def change(before: CourierRule, rule: CourierRule, actor: Actor | None = None) -> bool:
        return shop.db.write(lambda tx: change_rule(tx, actor or shop.owner, shop.clock, before, rule))

    with pytest.raises(NotAllowed):
        change(CourierRule(), one, packer)
    assert (change(CourierRule(), one), change(CourierRule(), one)) == (True, False)
    with pytest.raises(InvalidInput, match="Somebody else changed the rule meanwhile"):
        change(CourierRule(), two)
    assert shop.db.read(load_rule) == one
    assert change(one, two)
    assert shop.db.read(load_rule) == two
