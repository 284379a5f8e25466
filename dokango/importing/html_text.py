"""Text for people out of a shop's HTML: paragraphs and lists stay, everything else of the markup goes.

A supplier's file is a stranger's text: it is read in one pass. Python's own HTMLParser goes over unclosed tags again
and again (half a second for five thousand characters of "<a ").
"""

from __future__ import annotations

import html
import re

from dokango.text import plain as as_seen

_BLOCKS = {"p", "div", "section", "article", "table", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
_ROWS = {"br", "tr", "li", "dt", "dd"}
_CELLS = {"td", "th"}
_UNSEEN = {"script", "style", "template", "noscript", "iframe", "object", "svg", "head", "title"}
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})((?:[\s/][^<>]{0,4000})?)>|<[!?][^<>]{0,4000}>")
_SHORTCODE = re.compile(r"\[/?[a-z][a-z0-9_-]{0,60}(?:\s[^\[\]]{0,2000})?/?\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NO_CHARACTER = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});?")


def plain(markup: str) -> str:
    """`markup` (or plain text, which stays as it is but for its spaces) as text: one blank line between paragraphs."""
    text = decoded("".join(_parts(_without_comments(markup))))
    text = _CONTROL.sub("", _SHORTCODE.sub("", text).replace("\r\n", "\n").replace("\r", "\n"))
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def decoded(text: str) -> str:
    """`text` with its entities as the characters they stand for: "Tom &amp; Jerry", "&#2547;"."""
    return as_seen(html.unescape(_NO_CHARACTER.sub("", text)), lines=True) if "&" in text else text


def _without_comments(markup: str) -> str:
    """Everything outside <!-- and -->; a comment that never ends is left as it is."""
    kept, at = [], 0
    while (begins := markup.find("<!--", at)) >= 0 and (ends := markup.find("-->", begins + 4)) >= 0:
        kept.append(markup[at:begins])
        at = ends + 3
    return "".join((*kept, markup[at:]))


def _parts(markup: str) -> list[str]:
    """The text between tags, and what each tag means for the lines."""
    parts, at, unseen = [], 0, 0
    for tag in _TAG.finditer(markup):
        if not unseen:
            parts.append(markup[at : tag.start()])
        at = tag.end()
        name, closes = (tag[2] or "").lower(), bool(tag[1])
        if name in _UNSEEN and not (tag[3] or "").endswith("/"):
            unseen = max(0, unseen + (-1 if closes else 1))
        elif not unseen:
            parts.append(_meaning(name, closes))
    if not unseen:
        parts.append(markup[at:])
    return parts


def _meaning(name: str, closes: bool) -> str:
    if name in _BLOCKS:
        return "\n\n"
    if closes:
        return ""
    if name in _ROWS:
        return "\n• " if name == "li" else "\n"
    return " " if name in _CELLS else ""
