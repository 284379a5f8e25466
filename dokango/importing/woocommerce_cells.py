"""Single cells of WooCommerce's product CSV: prices and their dates, lists with escaped commas, weights in any unit."""

from __future__ import annotations

import re
from datetime import date

from dokango.clock import US_PER_S, day_of
from dokango.errors import InvalidInput
from dokango.importing.html_text import plain
from dokango.importing.table_file import Row
from dokango.money import MOST_POISHA, POISHA_PER_TAKA, parse_taka
from dokango.numbers import WHOLE, figures

MOST_ATTRIBUTES = 12
MOST_STOCK = 1_000_000
MOST_UNIT_COST_POISHA = MOST_POISHA // MOST_STOCK
_GRAMS = {"kg": 1_000.0, "g": 1.0, "lbs": 453.592, "oz": 28.3495}
_UNESCAPED_COMMA = re.compile(r"(?<!\\),")
_TOO_DEAR_POISHA = 10**9 * POISHA_PER_TAKA
# A decimal comma, with dots or nothing between the thousands; zeros behind the second decimal; and decimals too many
_COMMA = re.compile(r"(?<![0-9,.])([0-9]{1,3}(?:\.[0-9]{3}){1,3}|[0-9]{1,11}),([0-9]{1,2})(?![0-9,.])")
_ZEROS = re.compile(r"(?<=[0-9])(\.[0-9]{1,2})0{1,20}(?![0-9])")
_THIRD_DECIMAL = re.compile(r"(?<=[0-9])\.[0-9]{2}([0-9]{1,20})(?![0-9])")
_COUNT = re.compile(rf"(-?)({WHOLE})(?:\.0{{1,6}}|,0{{1,2}})?")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Unusable(Exception):
    """A row that cannot be taken; its text says why, as the second half of a sentence about the row."""


def text(value: str) -> str:
    """A cell as typed: WooCommerce's apostrophe before formulas is taken off, spaces trimmed."""
    return (value[1:] if re.match(r"'[=+\-@]", value) else value).strip()


def split(value: str) -> list[str]:
    """A comma-separated list; a comma inside an item is escaped by a backslash."""
    return [part.replace("\\,", ",").strip() for part in _UNESCAPED_COMMA.split(value) if part.strip()]


def marks(row: Row) -> set[str]:
    """The words of the type column."""
    return {word.casefold() for word in split(row.get("type"))}


def published(row: Row) -> bool:
    """1 is published; 0 is private and -1 a draft. A file without the column publishes."""
    return row.get("published").casefold() in ("", "1", "yes", "true")


def prices(row: Row, today: date) -> tuple[int, int | None, str]:
    """What it costs today, the regular price while a sale is on, and a word about the sale. Raises Unusable."""
    regular, sale = _price(row, "regular price"), _price(row, "sale price")
    if regular is None and sale is None:
        raise Unusable("it has no price")
    if sale is None or regular is None:
        return _given(sale, regular), None, ""
    begins, ends = _day(row, "date sale price starts"), _day(row, "date sale price ends")
    if begins and begins > today:
        return regular, None, f"its sale begins on {begins}; until then set the price by hand"
    if ends and ends < today:
        return regular, None, ""
    if sale >= regular:
        return regular, None, "its sale price is not below the regular one and was left out" if sale > regular else ""
    return sale, regular, f"its sale ends on {ends}; set the price back then" if ends else ""


def _given(sale: int | None, regular: int | None) -> int:
    return sale if sale is not None else regular or 0


def _price(row: Row, heading: str) -> int | None:
    typed = row.get(heading)
    return amount(typed, heading) if typed else None


def amount(typed: str, what: str) -> int:
    """Poisha from a price as it is typed anywhere, and as shops abroad export theirs: "11,05", "৳ 1.250,50", "18.5000".

    Raises Unusable.
    """
    bare = _COMMA.sub(lambda found: f"{found[1].replace('.', '')}.{found[2]}", figures(text(typed)), count=1)
    bare = _ZEROS.sub(r"\1", bare, count=1)
    too_fine = _THIRD_DECIMAL.search(bare)
    try:
        poisha = parse_taka(bare[: too_fine.start(1)] if too_fine else bare)
    except InvalidInput:
        raise Unusable(f"its {what} “{typed[:40]}” is not a price") from None
    if too_fine or poisha >= _TOO_DEAR_POISHA:
        raise Unusable(f"its {what} “{typed[:40]}” cannot be kept: at most nine digits and two decimals")
    return poisha


def _day(row: Row, heading: str) -> date | None:
    typed = row.get(heading)
    if not typed:
        return None
    match = _DAY.match(typed)
    try:
        return date(*map(int, match.groups())) if match else day_of(int(typed) * US_PER_S)
    except (ValueError, OverflowError, OSError) as error:
        raise Unusable(f"the date “{typed[:40]}” of its sale price cannot be read") from error


def number(typed: str) -> int | None:
    """A whole number as it is typed anywhere, below zero on backorder, perhaps with idle decimals; else None."""
    match = _COUNT.fullmatch(figures(typed))
    return int(match[1] + match[2].replace(",", "")) if match else None


def cost(row: Row) -> int | None:
    """What one unit cost, when the file says so."""
    typed = row.get("cost of goods") or row.get("cost of goods sold")
    if not typed:
        return None
    found = amount(typed, "cost of goods")
    if found > MOST_UNIT_COST_POISHA:
        raise Unusable(f"its cost of goods “{typed[:40]}” is too high to be true")
    return found


def weight_g(row: Row) -> int:
    """Grams, from whichever unit the shop weighs in; 0 when not given. Raises Unusable."""
    for unit, grams in _GRAMS.items():
        typed = row.get(f"weight ({unit})").replace(",", ".")
        if typed:
            if not re.fullmatch(r"\d{0,6}(\.\d*)?", typed) or typed == ".":
                raise Unusable(f"its weight “{typed[:40]}” is not a number")
            return round(float(typed) * grams)
    return 0


def attributes(row: Row) -> dict[str, str]:
    """Each attribute with its value; several values of a simple product are listed."""
    found = {}
    for name, value in _attribute_cells(row):
        values = split(value)
        if values:
            found[name[:60]] = ", ".join(values)[:200]
    return found


def open_attributes(row: Row) -> list[str]:
    """Attributes of a variation that it leaves open ("any size")."""
    return [name for name, value in _attribute_cells(row) if not split(value)]


def _attribute_cells(row: Row) -> list[tuple[str, str]]:
    pairs = (
        (text(row.get(f"attribute {i} name")), text(row.get(f"attribute {i} value(s)")))
        for i in range(1, MOST_ATTRIBUTES + 1)
    )
    return [(name, value) for name, value in pairs if name]


def category(typed: str) -> str:
    """The first category, as its path: "Clothing > Tshirts"."""
    return next(iter(split(text(typed))), "")[:200]


def images(typed: str) -> tuple[tuple[str, ...], int]:
    """The web addresses of its pictures, and how many others there were."""
    listed = [address.replace(" ", "%20") for address in split(typed)]
    usable = tuple(dict.fromkeys(a for a in listed if a.startswith(("http://", "https://")) and len(a) <= 1_000))
    return usable[:20], sum(not address.startswith(("http://", "https://")) for address in listed)


def description(row: Row) -> str:
    """Short and long description as plain text; the short one first, once."""
    parts = [plain(text(row.get(heading)).replace("\\n", "\n")) for heading in ("short description", "description")]
    return "\n\n".join(dict.fromkeys(part for part in parts if part))[:10_000]
