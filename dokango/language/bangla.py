"""Numbers, amounts and days in the reader's language: Bangla digits in Bangla only."""

from __future__ import annotations

from datetime import date

from dokango.clock import DHAKA, datetime_of, said, said_day
from dokango.money import taka
from dokango.text import bangla_digits

_MONTHS = (
    "জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
)  # fmt: skip


def said_digits(text: object, locale: str) -> str:
    """`text` with its digits in the reader's script. Never for codes, TrxIDs or phone numbers: those are copied."""
    return bangla_digits(str(text)) if locale == "bn" else str(text)


def said_amount(amount_poisha: int, locale: str) -> str:
    """An amount of poisha for people: "৳2,500" or "৳২,৫০০"."""
    return said_digits(taka(amount_poisha), locale)


def said_date(day: date, locale: str) -> str:
    """A day for people: "22 Nov 2026" or "২২ নভেম্বর ২০২৬"."""
    if locale != "bn":
        return said_day(day)
    return said_digits(f"{day.day} {_MONTHS[day.month - 1]} {day.year}", locale)


def said_moment(at_us: int, locale: str) -> str:
    """A moment in Dhaka for people: "22 Nov 2026, 16:05" or "২২ নভেম্বর ২০২৬, ১৬:০৫"."""
    if locale != "bn":
        return said(at_us)
    local = datetime_of(at_us).astimezone(DHAKA)
    return f"{said_date(local.date(), locale)}, {said_digits(f'{local:%H:%M}', locale)}"
