"""Both languages of the customer's pages say the same things."""

from __future__ import annotations

from datetime import UTC, date, datetime
from string import Formatter

import pytest

from dokango.clock import us_of
from dokango.language import said_amount, said_date, said_moment, say
from dokango.language.catalogue import CATALOGUE


@pytest.mark.parametrize("key", CATALOGUE)
def test_both_languages_have_the_sentence_and_fill_the_same_names(key: str) -> None:
    english, bangla = CATALOGUE[key]
    names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, bangla)]
    assert names[0] == names[1]
    assert english and bangla
    assert not any("\u0980" <= letter <= "\u09ff" for letter in english)
    assert any("\u0980" <= letter <= "\u09ff" for letter in bangla)


def test_an_unknown_language_reads_english() -> None:
    assert say("order", "xx", number="1042") == "Order #1042"


def test_amounts_and_days_have_bangla_digits_in_bangla_only() -> None:
    moment = us_of(datetime(2026, 11, 22, 10, 5, tzinfo=UTC))
    assert (said_amount(123_456_750, "en"), said_amount(123_456_750, "bn")) == ("৳12,34,567.50", "৳১২,৩৪,৫৬৭.৫০")
    assert (said_date(date(2026, 11, 22), "bn"), said_moment(moment, "bn")) == (
        "২২ নভেম্বর ২০২৬",
        "২২ নভেম্বর ২০২৬, ১৬:০৫",
    )
    assert said_moment(moment, "en") == "22 Nov 2026, 16:05"
