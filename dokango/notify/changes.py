"""What changed of an order, in words: for its customer's message and page, and for the staff's timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dokango.language import said_amount, said_digits, say
from dokango.payments.methods import said_method

Change = Mapping[str, object]  # as it is kept: what, title, before, after
_AMOUNTS = ("price", "line_discount", "discount", "delivery")
_MOST_SAID = 30


def said_changes(changes: Sequence[Change], locale: str) -> str:
    """All of them in one line, each in few words; of very many the first."""
    said = [_said(change, locale) for change in changes[:_MOST_SAID]]
    return "; ".join(said) + (" …" if len(changes) > _MOST_SAID else "")


def _said(change: Change, locale: str) -> str:
    what, before, after = str(change["what"]), change.get("before", ""), change.get("after", "")
    if what == "quantity":
        what = "added" if not before else "removed" if not after else what
        before, after = said_digits(str(before), locale), said_digits(str(after), locale)
    elif what in _AMOUNTS:
        before, after = said_amount(int(str(before)), locale), said_amount(int(str(after)), locale)
    elif what == "method":
        before, after = said_method(str(before), locale), said_method(str(after), locale)
    return say(f"change.{what}", locale, title=change.get("title", ""), before=before, after=after)
