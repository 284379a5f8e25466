"""Small things about text: what a database can keep, digits, one and many, places said once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

_BANGLA_DIGITS = "০১২৩৪৫৬৭৮৯"
# some phones' keyboards write everything twice as wide
_TO_ASCII = str.maketrans(_BANGLA_DIGITS + "０１２３４５６７８９＋，．：（）／－", "0123456789" * 2 + "+,.:()/-")
_TO_BANGLA = str.maketrans("0123456789", _BANGLA_DIGITS)
_BREAK = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_BLANK = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, signs that steer direction or joining, fillers that look like nothing, and halves of surrogate pairs. Of all
# these only line breaks, and the joiners and the emoji's selector below, ever carry a meaning in what people write.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_INDIC, _PICTURE = "\u0900-\u0dff", "\u203c-\u3299\U0001f000-\U0001faff"
# A joiner between two letters of an Indic script chooses their shape (র‍্য, উদ্‌যাপন); anywhere else it is only hidden.
_JOINER = re.compile(
    f"(?<=[{_INDIC}])([\u200c\u200d])[\u200c\u200d]*(?=[{_INDIC}])|(?<=[{_PICTURE}])(\ufe0f)|[\u200c\u200d\ufe0f]+"
)
_MOST_MARKS = 8  # on one letter; towers of them cover the lines above, and cost a normaliser the square of their height


def storable(text: str) -> str:
    """`text` without NUL and without half surrogate pairs: legal in JSON and in URLs, and in no database."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def plain(text: str, *, lines: bool = False) -> str:
    """`text` as everybody sees it: in NFC, without outer blanks, and without anything that nobody can see.

    Every letter of every script stays. Controls, zero-width and direction signs go (a zero-width joiner stays between
    letters of Indic scripts); line breaks stay as "\\n" with `lines`, else they become blanks, as tabs do.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    seen = _UNSEEN.sub("", _BLANK.sub(" ", _BREAK.sub("\n" if lines else " ", text)))
    if not seen.isascii():
        seen = _JOINER.sub(lambda found: found[1] or found[2] or "", seen)
        seen = unicodedata.normalize("NFC", _few_marks(seen))
    return seen.strip()


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def either(names: Sequence[str]) -> str:
    """The names as a choice in a sentence: "bKash, Nagad or Rocket"."""
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def ascii_digits(text: str) -> str:
    """`text` with Bangla and full-width digits as 0 to 9, and the signs beside these as a keyboard has them."""
    return text.translate(_TO_ASCII)


def bangla_digits(text: str) -> str:
    """`text` with 0 to 9 as Bangla digits."""
    return text.translate(_TO_BANGLA)


def how_many(count: int, one: str, many: str = "") -> str:
    """ "1 order", "1042 orders"; `many` where an s does not make it."""
    return f"{count} {one}" if count == 1 else f"{count} {many or one + 's'}"


def said_once(parts: Iterable[str]) -> list[str]:
    """The parts that say something, in order and each once: an area is often named after its city."""
    said: dict[str, str] = {}
    for part in parts:
        words = part.strip().strip(",").strip()
        if words:
            said.setdefault(words.casefold(), words)
    return list(said.values())
