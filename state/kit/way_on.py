"""Where somebody was going: anybody's word, so only a page of this site is believed."""

from __future__ import annotations

_MOST_CHARS = 500


def local_path(path: str) -> str:
    """`path` when it is one of this site, else "": never a door to another site, nor back to the sign-in page."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\", "/sign-in"))
    return path[:_MOST_CHARS] if plain and path.isprintable() and "\\" not in path else ""
