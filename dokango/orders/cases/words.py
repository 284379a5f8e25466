"""What a rider wrote, read into a kind of case: the first row whose words stand in it."""

from __future__ import annotations

import re

_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("damaged", ("damage", "broken", "ভাঙা", "নষ্ট")),
    ("another_day", (
        "reschedul", "another day", "later date", "tomorrow", "next day", "পরে নেবে", "কালকে", "আগামীকাল",
    )),
    ("address", ("address", "location", "wrong area", "out of zone", "ঠিকানা")),
    ("lost", ("lost", "parcel missing", "not found in hub", "হারিয়ে")),
    ("no_answer", (
        "not answer", "no answer", "unreachable", "not reachable", "switched off", "switch off", "phone off",
        "not receiv", "did not pick", "didn't pick", "not pick up", "number busy", "wrong number",
        "ফোন ধর", "ফোন বন্ধ",
    )),
    ("not_home", (
        "not home", "not at home", "not available", "unavailable", "nobody", "out of station", "outside",
        "বাসায় নেই", "বাসায় ছিল",
    )),
    ("refused", (
        "refus", "reject", "not interested", "does not want", "doesn't want", "don't want", "customer cancel",
        "cancelled by customer", "did not order", "fake", "নিতে চায়", "নেবে না",
    )),
    ("held_at_hub", ("hold", "held", "at hub", "in hub", "হাবে")),
)  # fmt: skip
_BLANKS = re.compile(r"[\s\-_]+")
MOST_READ = 1_000


def kind_of(words: str, otherwise: str = "unknown") -> str:
    """The kind of case that a rider's words speak of; `otherwise` when they say nothing that we know."""
    said = _BLANKS.sub(" ", words[:MOST_READ].casefold().replace("’", "'"))
    return next((kind for kind, marks in _ROWS if any(mark in said for mark in marks)), otherwise)
