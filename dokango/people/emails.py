"""E-mail addresses: one reading for every way in, in one pass over the text."""

from __future__ import annotations

import string

from dokango.errors import InvalidInput
from dokango.text import plain

LONGEST = 200
LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
_LABEL = frozenset(string.ascii_letters + string.digits + "-")
_LOCAL = frozenset(string.ascii_letters + string.digits + ".!#$%&'*+/=?^_`{|}~-")  # RFC 5322's atext, and dots


def is_email(text: str) -> bool:
    """Whether mail could go to `text`: one plain address with nothing around it. No pattern: it cannot backtrack."""
    if len(text) > LONGEST:
        return False
    local, _, domain = text.partition("@")
    labels = domain.split(".")
    return (
        0 < len(local) <= LONGEST_LOCAL
        and _LOCAL.issuperset(local)
        and len(labels) > 1
        and all(label and _LABEL.issuperset(label) and label[0] != "-" != label[-1] for label in labels)
        and len(labels[-1]) > 1
    )


def email_of(typed: str, field: str = "email") -> str:
    """The address without its outer blanks, "" when none was typed; raises InvalidInput (under `field`)."""
    text = typed if len(typed) > 2 * LONGEST else plain(typed)
    if text and not is_email(text):
        raise InvalidInput({field: "This is not an e-mail address. Correct it, or leave it empty."})
    return text
