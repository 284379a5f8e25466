"""What the owner typed on the settings page, part by part, as fields of the profile; one sentence a field otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from dokango.money import parse_taka
from dokango.numbers import figures, whole_number
from dokango.orders.cases.kinds import ASKED_BY_ITSELF
from dokango.orders.waits.table import WAITS
from dokango.payments.methods import Method, claimable
from dokango.payments.money_out import BOOKED_KINDS
from dokango.people.districts import district_of
from dokango.people.emails import is_email
from dokango.people.phones import normalise_phone
from dokango.pruning.table import TABLE
from dokango.shop.cancel_reasons import LONGEST, MOST
from state.kit.reading import Reading

Typed = Mapping[str, str]
_PREFIX = re.compile(r"[A-Za-z0-9_-]{0,12}")
_PERCENT = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,2}))? ?%?")
MOST_TAKA_POISHA = 10**9


class FieldReading(Reading):
    """With the readers that the settings share."""

    def text(self, name: str, most: int, *, least: int = 0) -> str:
        value = self.typed.get(name, "").strip()
        if len(value) < least:
            self.wrong[name] = "Fill this in."
        elif len(value) > most:
            self.wrong[name] = f"At most {most} characters. Shorten it."
        return value

    def each_line(self, name: str, most: int, longest: int) -> tuple[str, ...]:
        """One wording a line; lines that say the same, and empty ones, are left out."""
        lines = tuple(dict.fromkeys(line.strip() for line in self.typed.get(name, "").splitlines() if line.strip()))
        if len(lines) > most or any(len(line) > longest for line in lines):
            self.wrong[name] = f"At most {most} lines of {longest} characters. Shorten them."
        return lines

    def each_pair(self, name: str, most: int, longest: int) -> dict[str, str]:
        """One wording a line, and after a bar the same in Bangla: the Bangla by the English, "" for none."""
        found: dict[str, str] = {}
        for line in self.each_line(name, most, 2 * longest + 3):
            english, _, bangla = line.partition("|")
            found.setdefault(english.strip(), bangla.strip())
        if any(len(words) > longest for pair in found.items() for words in pair):
            self.wrong[name] = f"At most {most} lines of {longest} characters. Shorten them."
        elif "" in found:
            self.wrong[name] = f"Write the English before the bar, which staff choose; “{found['']}” has none."
        return found

    def taka(self, name: str) -> int:
        amount: int = self.tried(lambda: parse_taka(self.typed.get(name, ""), name), 0)
        if amount > MOST_TAKA_POISHA:
            self.wrong[name] = "This is too much to be true."
        return amount

    def taka_or_nothing(self, name: str) -> int:
        """An empty field costs nothing."""
        return self.taka(name) if self.typed.get(name) else 0

    def phone(self, name: str) -> str:
        typed = self.typed.get(name, "").strip()
        return self.tried(lambda: normalise_phone(typed, name), "") if typed else ""

    def each_phone(self, name: str) -> tuple[str, ...]:
        """Mobile numbers with commas between them, each once."""
        parts = [part for part in self.typed.get(name, "").split(",") if part.strip()][:20]
        found = [self.tried(lambda part=part: normalise_phone(part, name), "") for part in parts]  # type: ignore[misc]
        return tuple(dict.fromkeys(phone for phone in found if phone))

    def district(self, name: str) -> str:
        found: str = self.tried(lambda: district_of(self.typed.get(name, ""), name), "")
        return found

    def each_district(self, name: str) -> tuple[str, ...]:
        """Districts with commas between them, each once."""
        found = []
        for word in (part.strip() for part in self.typed.get(name, "").split(",")):
            if word:
                found.append(self.tried(lambda word=word: district_of(word, name), ""))  # type: ignore[misc]
        return tuple(dict.fromkeys(district for district in found if district))

    def whole(self, name: str, most: int, *, least: int = 0) -> int:
        found: int = self.tried(lambda: whole_number(self.typed.get(name, ""), name, least, most), least)
        return found

    def percent(self, name: str) -> int:
        match = _PERCENT.fullmatch(figures(self.typed.get(name, "").strip() or "0"))
        basis_points = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else -1
        if not 0 <= basis_points <= 1_000:
            self.wrong[name] = "Type a percentage from 0 to 10, for example 1.85."
            return 0
        return basis_points

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        chosen = self.typed.get(name, "")
        if chosen not in known:
            self.wrong[name] = f"Choose one of: {', '.join(known)}."
        return chosen


def shop_fields(typed: Typed) -> dict[str, Any]:
    """Who the shop is. Raises InvalidInput."""
    reading = FieldReading(typed)
    reasons = reading.each_pair("cancel_reasons", MOST, LONGEST)
    found: dict[str, Any] = {
        "name": reading.text("name", 80, least=1), "phone": reading.phone("phone"),
        "whatsapp": reading.phone("whatsapp"), "email": reading.text("email", 200),
        "address": reading.text("address", 300), "about": reading.text("about", 1_000),
        "name_bn": reading.text("name_bn", 80), "address_bn": reading.text("address_bn", 300),
        "about_bn": reading.text("about_bn", 1_000),
        "invoice_prefix": reading.text("invoice_prefix", 12),
        "cancel_reasons": tuple(reasons), "cancel_reasons_bn": reasons,
    }  # fmt: skip
    if found["email"] and not is_email(found["email"]):
        reading.wrong["email"] = "This is not an e-mail address. Type one like hello@shop.com, or leave it empty."
    if not _PREFIX.fullmatch(found["invoice_prefix"]):
        reading.wrong["invoice_prefix"] = "Letters, digits, - and _ alone, 12 at most."
    return reading.done(found)


def packing_fields(typed: Typed) -> dict[str, Any]:
    """Whether parcels are packed by the checklist. Raises InvalidInput."""
    reading = FieldReading(typed)
    return reading.done({"pack_checklist": reading.choice("pack_checklist", ("required", "asked", "off"))})


def delivery_fields(typed: Typed) -> dict[str, Any]:
    """What delivery costs and how long it takes. Raises InvalidInput."""
    reading = FieldReading(typed)
    return reading.done(
        {
            "home_district": reading.district("home_district"),
            "delivery_inside_poisha": reading.taka("delivery_inside"),
            "delivery_outside_poisha": reading.taka("delivery_outside"),
            "delivery_days_inside": reading.whole("delivery_days_inside", 60),
            "delivery_days_outside": reading.whole("delivery_days_outside", 60),
            "pickup_hours": reading.whole("pickup_hours", 240),
            "claim_days": reading.whole("claim_days", 120, least=1),
            "courier_return_charge_poisha": reading.taka("courier_return_charge"),
            "return_charge_by": reading.choice("return_charge_by", ("shop", "customer")),
            "refusal_keeps": reading.choice("refusal_keeps", ("nothing", "delivery", "advance")),
        }
    )


def asking_fields(typed: Typed) -> dict[str, Any]:
    """When customers are asked about a failed delivery without staff. Raises InvalidInput."""
    reading = FieldReading(typed)
    return reading.done(
        {
            "asks_customers": _ticked(typed, "asks_customers"),
            "unasked_kinds": tuple(kind for kind in ASKED_BY_ITSELF if not _ticked(typed, f"ask_{kind}")),
            "ask_from_hour": reading.whole("ask_from_hour", 23),
            "ask_to_hour": reading.whole("ask_to_hour", 24, least=1),
            "ask_wait_hours": reading.whole("ask_wait_hours", 72, least=1),
        }
    )


def keeping_fields(typed: Typed) -> dict[str, Any]:
    """After how many days what has ended is let go. Raises InvalidInput by field."""
    reading = FieldReading(typed)
    return reading.done({row.setting: reading.whole(row.setting, 3650) for row in TABLE})


def waiting_fields(typed: Typed) -> dict[str, Any]:
    """After how many hours an order has stood too long. Raises InvalidInput."""
    reading = FieldReading(typed)
    return reading.done({wait.setting: reading.whole(wait.setting, 720) for wait in WAITS})


def _ticked(typed: Typed, name: str) -> bool:
    return typed.get(name, "") in ("on", "true")


def web_fields(typed: Typed) -> dict[str, Any]:
    """What a visitor may order before anybody confirms it, and how long it is kept. Raises InvalidInput."""
    reading = FieldReading(typed)
    found: dict[str, Any] = {
        "hold_hours": reading.whole("hold_hours", 720),
        "hold_notice_hours": reading.whole("hold_notice_hours", 720),
        "web_units_most": reading.whole("web_units_most", 1_000),
        "web_total_most_poisha": reading.taka("web_total_most"),
        "web_open_by_phone": reading.whole("web_open_by_phone", 1_000),
        "blocked_orders": reading.choice("blocked_orders", ("review", "refuse")),
        "web_open_by_network": reading.whole("web_open_by_network", 1_000),
    }
    if found["hold_notice_hours"] > found["hold_hours"] > 0:
        reading.wrong["hold_notice_hours"] = f"Type at most the {found['hold_hours']} hours that an order is kept."
    return reading.done(found)


def _out_fee(reading: FieldReading, name: str) -> dict[str, int]:
    return {"bp": reading.percent(name), "fixed_poisha": reading.taka_or_nothing(f"{name}_taka")}


def _account(reading: FieldReading, method: Method) -> dict[str, Any]:
    """Where customers pay to by one method: a wallet's mobile number and its kind, else words, an account's number."""
    key = method.key
    if method.is_wallet:
        account: dict[str, Any] = {
            "number": reading.phone(f"{key}_number"),
            "kind": reading.choice(f"{key}_kind", ("personal", "agent", "merchant")),
            "more_numbers": reading.each_phone(f"{key}_more"),
            "out_fees": {
                kind: {
                    "bp": reading.percent(f"{key}_{kind}"),
                    "fixed_poisha": reading.taka_or_nothing(f"{key}_{kind}_taka"),
                }
                for kind in BOOKED_KINDS
            },
        }
    else:
        account = {"number": reading.text(f"{key}_number", 80)}
    return account | {
        "instructions": reading.text(f"{key}_instructions", 300),
        "instructions_bn": reading.text(f"{key}_instructions_bn", 300),
        "fee_bp": reading.percent(f"{key}_fee"),
    }


def payment_fields(typed: Typed) -> dict[str, Any]:
    """Wallets and cash on delivery. A wallet without a number is not offered. Raises InvalidInput."""
    reading = FieldReading(typed)
    wallets = {key: _account(reading, method) for key, method in claimable().items()}
    found = {
        "wallets": wallets,
        "cod_enabled": _ticked(typed, "cod_enabled"),
        "forgive_most_poisha": reading.taka("forgive_most"),
        "second_person_above_poisha": reading.taka("second_person_above"),
        "books_by_rule": _ticked(typed, "books_by_rule"),
        "rule_most_poisha": reading.taka("rule_most"),
    }
    if found["books_by_rule"] and not found["rule_most_poisha"]:
        reading.wrong["rule_most"] = "Say up to what amount payments are booked without anybody looking."
    if not found["cod_enabled"] and not any(wallet["number"] for wallet in wallets.values()):
        reading.wrong["cod_enabled"] = (
            "Offer cash on delivery, or set a wallet's number: customers must be able to pay."
        )
    return reading.done(found)
