"""Passwords that are tried first are refused, in a sentence."""

from __future__ import annotations

import pytest

from dokango.errors import InvalidInput
from dokango.people.passwords import hash_password, make_password

KNOWN = ("rina@shop.example", "Rina Das", "Rahima's Saris", "01711000000")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("1234567890", "tried, most"),
        ("Password123", "tried, most"),
        ("PASSWORD2026!", "tried, most"),
        ("qwertyuiop", "tried, most"),
        ("rina@shop.example", "login, or a name"),
        ("rina123456789", "login, or a name"),
        ("Rina-Das-2026", "login, or a name"),
        ("rahimas saris", "login, or a name"),
        ("01711-000000", "name or number"),
        ("+8801999123456", "phone number"),
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str, words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        hash_password(password, "new", KNOWN)
    assert set(refused.value.fields) == {"new"} and words in refused.value.fields["new"]


@pytest.mark.parametrize(
    "password", ["a password for tests", "tuber kolom 12", "rinadas loves red saris", "নদীর ধারে বাড়ি"]
)
def test_a_sentence_of_ones_own_is_taken(password: str) -> None:
    assert hash_password(password, "new", KNOWN)


def test_a_made_password_is_never_one_of_them() -> None:
    for _ in range(5):
        assert hash_password(make_password(), known=KNOWN)
