"""Passwords: argon2id, and only its hash is kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dokango.errors import InvalidInput
from dokango.people.guessable import refuse_guessable
from dokango.text import plain

LEAST = 10
MOST = 200
_hasher = PasswordHasher()
# Compared with when the login is unknown, so that an answer takes as long as for a known one.
_NOBODYS = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str, field: str = "password", known: Iterable[str] = ()) -> str:
    """The hash to keep. Raises InvalidInput (under `field`) for one that is too short, too long or easily guessed;
    `known` are words that anybody would try. Blanks around it, and what nobody can see, are no part of it."""
    password = plain(password)
    if not LEAST <= len(password) <= MOST:
        raise InvalidInput({field: f"A password has {LEAST} to {MOST} characters. A short sentence is a good one."})
    refuse_guessable(password, known, field)
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` is the one, as typed or as it is kept when it is set; takes as long when there is no hash."""
    typed = password[: MOST + 1]
    kept = plain(typed)
    return _verified(password_hash, typed) or (typed != kept and _verified(password_hash, kept))


def _verified(password_hash: str | None, password: str) -> bool:
    try:
        return _hasher.verify(password_hash or _NOBODYS, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def make_password() -> str:
    """A random password that can be read aloud: "tuber-kolom-…", 60 bits."""
    syllables = [secrets.choice("bdfghjklmnprstvz") + secrets.choice("aeiou") for _ in range(8)]
    words = ["".join(syllables[i : i + 2]) for i in range(0, 8, 2)]
    return "-".join(words) + f"-{secrets.randbelow(10**4):04d}"
