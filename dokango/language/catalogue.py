"""What customers read, by key, in each language. To add a sentence: one row in a catalogue below, in both languages.

A catalogue is `key: (English, Bangla)`; `{name}` in a sentence is filled by `say(key, locale, name=…)`. A test
holds the two languages to the same names, so that neither can fall behind the other.
"""

from __future__ import annotations

from dokango.language.order_text import ORDER_WORDS
from dokango.language.shop_text import SHOP_WORDS

ENGLISH, BANGLA = "en", "bn"
LOCALES = (ENGLISH, BANGLA)
CATALOGUE: dict[str, tuple[str, str]] = {**SHOP_WORDS, **ORDER_WORDS}


def written(locale: str, english: str, bangla: str) -> str:
    """What the shop wrote itself, in the reader's language; without Bangla the English stands."""
    return bangla if locale == "bn" and bangla else english


def say(key: str, locale: str, **values: object) -> str:
    """The sentence `key` in `locale` (anything but "bn" reads English), with its `{names}` filled in."""
    return in_language(CATALOGUE[key], locale, **values)


def in_language(sentences: tuple[str, str], locale: str, **values: object) -> str:
    """Of (English, Bangla) the one for `locale`, with its `{names}` filled in."""
    sentence = sentences[locale == BANGLA]
    return sentence.format(**values) if values else sentence


def words(key: str) -> tuple[str, str]:
    """The sentence in English and in Bangla, for what a browser switches by itself."""
    return CATALOGUE[key]
