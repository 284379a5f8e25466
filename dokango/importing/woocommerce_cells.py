"""Single cells of WooCommerce's product CSV: prices and their dates, lists with escaped commas, weights in any unit."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dokango.catalogue.categories import BETWEEN
from dokango.clock import US_PER_S, day_of
from dokango.errors import InvalidInput
from dokango.importing.html_text import decoded, plain
from dokango.importing.marks import NONE, Ambiguous, Marks, as_typed_here
from dokango.importing.table_file import Row
from dokango.money import MOST_POISHA, POISHA_PER_TAKA, parse_taka

MOST_ATTRIBUTES = 12
MOST_TITLE, MOST_NAME, MOST_DESCRIPTION = 200, 60, 10_000  # letters
MOST_IMAGES, MOST_ADDRESS = 20, 1_000
MOST_STOCK = 1_000_000
MOST_UNIT_COST_POISHA = MOST_POISHA // MOST_STOCK
_GRAMS = {"kg": Decimal(1_000), "g": Decimal(1), "lbs": Decimal("453.592"), "oz": Decimal("28.3495")}
PRICES = ("regular price", "sale price", "cost of goods", "cost of goods sold")
WEIGHTS = tuple(f"weight ({unit})" for unit in _GRAMS)
COUNTS = ("stock", "low stock amount")
NUMBERS = (*PRICES, *WEIGHTS, *COUNTS)  # columns whose cells together tell their decimal mark
_PUBLISHED = ("", "1", "yes", "true")
_UNESCAPED_COMMA = re.compile(r"(?<!\\),")
_TOO_DEAR_POISHA = 10**9 * POISHA_PER_TAKA
# zeros behind the second decimal; and decimals too many
_ZEROS = re.compile(r"(?<=[0-9])(\.[0-9]{1,2})0{1,20}(?![0-9])")
_THIRD_DECIMAL = re.compile(r"(?<=[0-9])\.[0-9]{2}([0-9]{1,20})(?![0-9])")
_COUNT = re.compile(r"(-?)([0-9]{1,15})(?:\.0{1,6})?")
_WEIGHT = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,20})?")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Unusable(Exception):
    """A row that cannot be taken; its text says why, as the second half of a sentence about the row."""


def text(value: str) -> str:
    """A cell's words: WooCommerce's apostrophe before formulas is taken off, entities are decoded, spaces trimmed."""
    return decoded(_bare(value)).strip()


def split(value: str) -> list[str]:
    """A comma-separated list; a comma inside an item is escaped by a backslash, or stands as an entity."""
    return [decoded(part.replace("\\,", ",")).strip() for part in _UNESCAPED_COMMA.split(_bare(value)) if part.strip()]


def _bare(value: str) -> str:
    return (value[1:] if re.match(r"'[=+\-@]", value) else value).strip()


def marks(row: Row) -> set[str]:
    """The words of the type column."""
    return {word.casefold() for word in split(row.get("type"))}


def published(row: Row) -> bool:
    """1 is published; 0 is private and -1 a draft. A file without the column publishes."""
    return row.get("published").casefold() in _PUBLISHED


def knows_published(row: Row) -> bool:
    """Whether its cell says one or the other."""
    return row.get("published").casefold() in (*_PUBLISHED, "0", "-1", "no", "false")


def prices(row: Row, today: date, marks: Marks) -> tuple[int, int | None, str]:
    """What it costs today, the regular price while a sale is on, and a word about the sale. Raises Unusable."""
    regular, sale = _price(row, "regular price", marks), _price(row, "sale price", marks)
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


def _price(row: Row, heading: str, marks: Marks) -> int | None:
    typed = row.get(heading)
    return amount(typed, heading, marks.of(heading)) if typed else None


def amount(typed: str, what: str, mark: str = NONE) -> int:
    """Poisha from a price as it is typed anywhere, and as shops abroad export theirs: "11,05", "৳ 1.250,50", "18.5000".

    `mark` is the decimal one of its column. Raises Unusable.
    """
    bare = _ZEROS.sub(r"\1", _here(typed, what, mark), count=1)
    too_fine = _THIRD_DECIMAL.search(bare)
    try:
        poisha = parse_taka(bare[: too_fine.start(1)] if too_fine else bare)
    except InvalidInput:
        raise Unusable(f"its {what} “{typed[:40]}” is not a price") from None
    if too_fine or poisha >= _TOO_DEAR_POISHA:
        raise Unusable(f"its {what} “{typed[:40]}” cannot be kept: at most nine digits and two decimals")
    return poisha


def _here(typed: str, what: str, mark: str, *, comma_groups: bool = True) -> str:
    """The cell with its number as it is typed here. Raises Unusable for one that may be read in two ways."""
    try:
        return as_typed_here(text(typed), mark, comma_groups=comma_groups)
    except Ambiguous as two:
        words = f"its {what} “{typed[:40]}” can be read as {two.either} or as {two.other}, and its column does not tell"
        raise Unusable(f"{words}; write it in one of these ways") from None


def _day(row: Row, heading: str) -> date | None:
    typed = row.get(heading)
    if not typed:
        return None
    match = _DAY.match(typed)
    try:
        return date(*map(int, match.groups())) if match else day_of(int(typed) * US_PER_S)
    except (ValueError, OverflowError, OSError) as error:
        raise Unusable(f"the date “{typed[:40]}” of its sale price cannot be read") from error


def number(typed: str, what: str, mark: str = NONE) -> int | None:
    """A whole number as it is typed anywhere, below zero on backorder, perhaps with idle decimals; else None.

    Raises Unusable for one that may be read in two ways.
    """
    match = _COUNT.fullmatch(_here(typed, what, mark))
    return int(match[1] + match[2]) if match else None


def cost(row: Row, marks: Marks) -> int | None:
    """What one unit cost, when the file says so."""
    for heading in ("cost of goods", "cost of goods sold"):
        if typed := row.get(heading):
            found = amount(typed, heading, marks.of(heading))
            if found > MOST_UNIT_COST_POISHA:
                raise Unusable(f"its {heading} “{typed[:40]}” is too high to be true")
            return found
    return None


def weight_g(row: Row, marks: Marks) -> int:
    """Grams, from whichever unit the shop weighs in; 0 when not given. Raises Unusable."""
    for heading, grams in zip(WEIGHTS, _GRAMS.values(), strict=True):
        if typed := row.get(heading):
            # three decimals of a weight are as likely as thousands: only the column can tell
            bare = _here(typed, "weight", marks.of(heading), comma_groups=False)
            if not _WEIGHT.fullmatch(bare):
                raise Unusable(f"its weight “{typed[:40]}” is not a number")
            return int((Decimal(bare) * grams).quantize(Decimal(1), ROUND_HALF_UP))
    return 0


def attributes(row: Row) -> dict[str, str]:
    """Each attribute with its value; several values of a simple product are listed."""
    found: dict[str, str] = {}
    for name, value in _attribute_cells(row):
        values = split(value)
        if values:
            found[name] = ", ".join([*filter(None, [found.get(name)]), *values])
    return found


def open_attributes(row: Row) -> list[str]:
    """Attributes of a variation that it leaves open ("any size")."""
    return [name for name, value in _attribute_cells(row) if not split(value)]


def _attribute_cells(row: Row) -> list[tuple[str, str]]:
    pairs = (
        (text(row.get(f"attribute {i} name")), row.get(f"attribute {i} value(s)"))
        for i in range(1, MOST_ATTRIBUTES + 1)
    )
    return [(name, value) for name, value in pairs if name]


def categories(typed: str) -> list[str]:
    """The categories, each as its path: "Clothing > Tshirts"."""
    return [name.replace(BETWEEN.strip(), "/") for name in split(typed)]


def images(typed: str) -> tuple[tuple[str, ...], int, int]:
    """The web addresses of its pictures, how many others there were, and how many are too many."""
    listed = [address.replace(" ", "%20") for address in split(typed)]
    usable = tuple(dict.fromkeys(a for a in listed if a.startswith(("http://", "https://")) and len(a) <= MOST_ADDRESS))
    others = sum(not address.startswith(("http://", "https://")) or len(address) > MOST_ADDRESS for address in listed)
    return usable[:MOST_IMAGES], others, max(0, len(usable) - MOST_IMAGES)


def description(row: Row) -> str:
    """Short and long description as plain text; the short one first, once."""
    parts = [plain(text(row.get(heading)).replace("\\n", "\n")) for heading in ("short description", "description")]
    return "\n\n".join(dict.fromkeys(part for part in parts if part))
