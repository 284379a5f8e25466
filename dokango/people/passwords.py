"""Passwords: argon2id, and only its hash is kept."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dokango.errors import InvalidInput

LEAST = 10
MOST = 200
_hasher = PasswordHasher()
# Compared with when the login is unknown, so that an answer takes as long as for a known one.
_NOBODYS = _hasher.hash(secrets.token_urlsafe(16))


def hash_password(password: str, field: str = "password") -> str:
    """The hash to keep. Raises InvalidInput (under `field`) for one that is too short or too long."""
    if not LEAST <= len(password) <= MOST:
        raise InvalidInput({field: f"A password has {LEAST} to {MOST} characters. A short sentence is a good one."})
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether `password` is the one; takes as long when there is no hash."""
    try:
        return _hasher.verify(password_hash or _NOBODYS, password[: MOST + 1]) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


def make_password() -> str:
    """A random password that can be read aloud: "tuber-kolom-…", 60 bits."""
    syllables = [secrets.choice("bdfghjklmnprstvz") + secrets.choice("aeiou") for _ in range(8)]
    words = ["".join(syllables[i : i + 2]) for i in range(0, 8, 2)]
    return "-".join(words) + f"-{secrets.randbelow(10**4):04d}"
