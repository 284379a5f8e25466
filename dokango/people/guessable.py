"""Passwords that are tried first: the most used ones, and what anybody knows of the shop and of its people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from dokango.errors import InvalidInput
from dokango.people.phones import normalise_phone

_COMMON = frozenset(FREQUENCY_LISTS["passwords"])
_SHORTEST_WORD = 3
_ADVICE = "Choose another; a short sentence is a good one."


def refuse_guessable(password: str, known: Iterable[str] = (), field: str = "password") -> None:
    """Raise InvalidInput (under `field`) for a common password, and for one made of a word that is `known`.

    `known` are the login, names and numbers. Digits and signs around a word make no other password of it.
    """
    plain = _plain(password)
    core = plain.strip("0123456789")
    if {password.casefold(), plain, core} & _COMMON:
        raise InvalidInput({field: f"This is one of the passwords that are used, and tried, most. {_ADVICE}"})
    if {plain, core} & set(_words(known)):
        raise InvalidInput({field: f"This is the login, or a name or number of the shop, with little added. {_ADVICE}"})
    if _is_phone(password):
        raise InvalidInput({field: f"A phone number is known to many. {_ADVICE}"})


def _words(known: Iterable[str]) -> Iterator[str]:
    for word in known:
        for part in (word, word.partition("@")[0]):
            if len(plain := _plain(part)) >= _SHORTEST_WORD:
                yield plain


def _plain(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _is_phone(password: str) -> bool:
    try:
        normalise_phone(password)
    except InvalidInput:
        return False
    return True
