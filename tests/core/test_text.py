"""Small rules about text that every page shares."""

from __future__ import annotations

import pytest

from dokango.money import parse_taka, typed_taka
from dokango.text import ascii_digits, bangla_digits, how_many, said_once, storable


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 orders are"), (1, "1 order is"), (2, "2 orders are"), (1042, "1042 orders are")]
)
def test_one_and_many_are_told_apart(count: int, said: str) -> None:
    assert how_many(count, "order is", "orders are") == said
    assert how_many(count, "order") == said.rsplit(" ", 1)[0]


def test_a_place_that_stands_twice_in_an_address_is_said_once() -> None:
    assert said_once(("Mirpur 10", " dhaka, ", "", "Dhaka")) == ["Mirpur 10", "dhaka"]


def test_digits_go_to_bangla_and_back() -> None:
    assert bangla_digits("৳1,250") == "৳১,২৫০" and ascii_digits("৳১,২৫০") == "৳1,250"


def test_what_no_database_keeps_is_dropped() -> None:
    assert storable("a\x00b\ud800c") == "abc"


@pytest.mark.parametrize("typed", ["12,34,567.50", "1,234,567.50", "1234567.5", "৳১২,৩৪,৫৬৭.৫০", "Tk. 12,34,567.50/-"])
def test_an_amount_may_be_grouped_as_the_world_does_or_as_south_asia(typed: str) -> None:
    assert parse_taka(typed) == 123_456_750


@pytest.mark.parametrize("amount_poisha", [0, 50, 100, 1_234_567_50])
def test_an_amount_in_a_field_is_read_back_as_it_was(amount_poisha: int) -> None:
    assert parse_taka(typed_taka(amount_poisha)) == amount_poisha
