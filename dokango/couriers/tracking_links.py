"""Where a parcel can be followed on its courier's own site: the owner's template, and the code put into it."""

from __future__ import annotations

import re
from urllib.parse import quote

from dokango.errors import InvalidInput

CODE = "{code}"
LONGEST_LINK = 300
_WEB = re.compile(r"https?://", re.IGNORECASE)
_TEMPLATE = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?::[0-9]{1,5})?/[^\s\"'<>\\^`|{}]*")
_WRONG = "Type an address that begins with https:// and has {code} once after its first /, where the code belongs."


def link_template(typed: str, name: str) -> str:
    """The template as it is kept; "" for none. Raises InvalidInput under `name`.

    It is a web address, and the code cannot change whose site it leads to.
    """
    words = typed.strip()
    if not words:
        return ""
    scheme, _, rest = words.partition("://")
    words = f"{scheme.lower()}://{rest}"
    before, _, after = words.partition(CODE)
    fits = words.count(CODE) == 1 and len(words) <= LONGEST_LINK and words.isascii()
    if not fits or not _TEMPLATE.fullmatch(before) or not _TEMPLATE.fullmatch(before + after):
        raise InvalidInput({name: _WRONG})
    return words


def link_of(template: str, code: str) -> str:
    """Where the parcel of `code` is followed; "" without a template or a code. The code is only ever data in it."""
    return template.replace(CODE, quote(code, safe="")) if template and code else ""


def web_link(link: str) -> str:
    """`link` where a browser may be sent there, else "": whatever stands in a row, a page links to the web alone."""
    return link if _WEB.match(link) else ""
