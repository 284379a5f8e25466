"""Words too long for a line get places to break; nothing may run off a label."""

from __future__ import annotations

import unicodedata

LONGEST_WORD = 22
BREAK = "\u200b"
_JOINERS = (
    "\u200c\u200d\u09cd"  # after these (the last is Bangla's hasanta) the next letter belongs to the same cluster
)


def breakable(text: str) -> str:
    """`text` with control characters dropped and chances to break inside words of more than LONGEST_WORD letters."""
    clean = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "\n".join(" ".join(_word(w) for w in line.split(" ")) for line in clean.strip().splitlines())


def shortened(text: str, most: int = 40) -> str:
    """The first `most` letters of what should be short, and a sign when there were more."""
    return breakable(text if len(text) <= most else text[: most - 1] + "…")


def _word(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    out: list[str] = []
    since = 0
    for i, c in enumerate(word):
        joined = unicodedata.category(c).startswith("M") or c in _JOINERS or (i > 0 and word[i - 1] in _JOINERS)
        if since >= LONGEST_WORD // 2 and not joined:
            out.append(BREAK)
            since = 0
        out.append(c)
        since += 1
    return "".join(out)
