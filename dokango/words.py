"""The words of a text as they are looked for: one fold for what is kept to be found and for what is asked.

A word is letters, digits and the marks that belong to them: in Bangla a vowel sign is half of the letter, and a word
cut there is another word. Folded away is what people leave out or write differently: case, accents, the width of
letters, the script of digits, joiners that nobody sees. People type words in any order, and words of one letter count.
"""

from __future__ import annotations

import unicodedata

# Longer than any name, title or query. Putting marks in order costs the square of how many stand on one letter.
LONGEST = 1_000
LONGEST_WORD = 80
# Stands before every word that is kept, so that its beginning can be asked for: two spaces are in no folded text, and
# with the first letter of a word they make a trigram.
BEFORE_A_WORD = "  "
_SPACE = " "
# Marks set over letters that are whole without them: é, ñ, ü. Marks of other blocks spell the word.
_ACCENTS = ((0x0300, 0x036F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_SELECTORS = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
# Letters with a stroke, and two written as one: Unicode has no other spelling of them, people have.
_PLAIN = {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}


def folded(text: str) -> str:
    """`text` as its folded words, one space between them: "Md. Élodie  ১২" is "md elodie 12"."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text[:LONGEST]).casefold())
    return _SPACE.join(unicodedata.normalize("NFKC", apart.translate(_LETTERS)).split())


def words_of(text: str) -> list[str]:
    """The folded words of `text`, in their order, each cut to LONGEST_WORD; none where no letter or digit is."""
    return [word[:LONGEST_WORD] for word in folded(text).split()]


def findable(*texts: str) -> str:
    """The words of all `texts`, each once, as a column keeps them to be found by; "" when there are none."""
    return "".join(BEFORE_A_WORD + word for word in dict.fromkeys(word for text in texts for word in words_of(text)))


class _Letters(dict[int, str]):
    """What becomes of each character; the rarer ones are looked up each time, so that nothing grows."""

    def __missing__(self, code: int) -> str:
        return _folded_letter(chr(code))


def _folded_letter(character: str) -> str:
    kind, code = unicodedata.category(character), ord(character)
    if kind == "Cf" or any(low <= code <= high for low, high in (*_ACCENTS, *_SELECTORS)):
        return ""
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    return _PLAIN.get(character, character) if kind[0] in "LNM" else _SPACE


_LETTERS = _Letters({code: _folded_letter(chr(code)) for code in range(0x0A00)})  # Latin to Bangla
