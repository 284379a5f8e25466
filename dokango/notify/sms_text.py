"""What an SMS costs: its letters decide the alphabet, the alphabet how many parts it takes.

GSM-7 holds 160 letters in one part and 153 in each of several; one letter outside of it, any Bangla, makes the whole
text UCS-2: 70 in one, 67 in each (3GPP TS 23.038, TS 23.040). A letter of two units is never split over two parts.
"""

from __future__ import annotations

from dataclasses import dataclass

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = frozenset("^{}\\[~]|€\f")
# Each makes an English text three times as dear, and reads the same written plainly.
_PLAINLY = str.maketrans({
    "৳": "Tk ", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " ", "\u202f": " ",
    "\u200b": "", "\u200c": "", "\u200d": "", "·": "-", "×": "x", "−": "-",
})  # fmt: skip
ONE_GSM, EACH_GSM, ONE_UCS2, EACH_UCS2 = 160, 153, 70, 67


@dataclass(frozen=True, slots=True)
class Size:
    """How long a text is, in the units of its alphabet ("GSM-7", "UCS-2"), and how many parts it is paid as."""

    alphabet: str
    units: int
    parts: int


def size_of(text: str) -> Size:
    """The size of `text` as an SMS; no text is no part."""
    if all(letter in _GSM or letter in _GSM_TWO for letter in text):
        return _size("GSM-7", [2 if letter in _GSM_TWO else 1 for letter in text], ONE_GSM, EACH_GSM)
    return _size("UCS-2", [2 if ord(letter) > 0xFFFF else 1 for letter in text], ONE_UCS2, EACH_UCS2)


def written_plainly(text: str) -> str:
    """An English text without letters that would make it dear; one in Bangla keeps every letter but the spaces."""
    if any("\u0980" <= letter <= "\u09ff" and letter != "৳" for letter in text):
        return text.replace("\u00a0", " ")
    return text.translate(_PLAINLY).replace("Tk  ", "Tk ")


def _size(alphabet: str, weights: list[int], one: int, each: int) -> Size:
    units = sum(weights)
    if units <= one:
        return Size(alphabet, units, min(units, 1))
    parts, room = 1, each
    for weight in weights:
        if weight > room:
            parts, room = parts + 1, each
        room -= weight
    return Size(alphabet, units, parts)
