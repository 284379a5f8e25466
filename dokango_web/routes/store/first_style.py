"""The style that stands in the head of a customer's page: what it needs, and no more, before the large sheet comes.

The build's sheet is that of Radix and of the desk, and too large for a bad line to wait for. What a customer's page
takes from it are the values of a few colours; with our own two sheets (base, storefront) they come to a few kB. They
stand in a layer, so that the large sheet, once it is here, has the last word (wide-gamut colours) and nothing moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from components.theme import ACCENT, GRAY, SCALING, VARIABLES

SHEETS = ("base.css", "storefront.css")
_USED = re.compile(r"var\((--[\w-]{1,60})")
_COMMENT = re.compile(r"/\*[^*]{0,2000}\*/")
_LIGHT = (
    ":root", ":root,.light,.light-theme", ".radix-themes", ":where(.radix-themes)", ":root,.radix-themes",
    f"[data-accent-color={ACCENT}]", f".radix-themes:where([data-gray-color={GRAY}])",
)  # fmt: skip
_RESET = "@layer __reflex_base{"
_PAPER = (
    "first-page,.radix-themes{font-family:var(--default-font-family);"
    f"font-size:calc(16px * {int(SCALING.rstrip('%')) / 100});line-height:1.5;color:var(--gray-12);"
    "background:var(--color-background);overflow-wrap:break-word;-webkit-text-size-adjust:none;"
    "-webkit-font-smoothing:antialiased;text-rendering:optimizeLegibility}"
)


def first_style(sheet: str, assets: Path) -> str:
    """The style for the head; `sheet` is the text of the build's sheet, `assets` the folder of our own."""
    own = _small("".join((assets / name).read_text(encoding="utf-8") for name in SHEETS))
    values = _Values(sheet)
    names = values.reached_from(own + _PAPER + "".join(VARIABLES.values()))
    light = ";".join(f"{name}:{values.light[name]}" for name in names if name in values.light)
    dark = ";".join(f"{name}:{values.dark[name]}" for name in names if name in values.dark and not _mapped(name))
    return (
        f"{_reset(sheet)}@layer first{{:root,.radix-themes{{{light}}}.dark,.dark .radix-themes{{{dark}}}{_PAPER}}}{own}"
    )


class _Values:
    """The custom properties that the build's sheet gives a page of our accent and our gray, light and dark."""

    def __init__(self, sheet: str) -> None:
        self.light: dict[str, str] = {}
        self.dark: dict[str, str] = {}
        for selector, body in _rules(sheet):
            if selector in _LIGHT:
                self.light |= _properties(body)
            elif selector.startswith((".dark,.dark-theme", ":is(.dark,.dark-theme)")):
                self.dark |= _properties(body)

    def reached_from(self, text: str) -> list[str]:
        """The properties that `text` uses, and those that they use, in order."""
        found: set[str] = set()
        ahead = set(_USED.findall(text))
        while ahead:
            name = ahead.pop()
            found.add(name)
            used = _USED.findall(f"{self.light.get(name, '')} {self.dark.get(name, '')}")
            ahead |= set(used) - found
        return sorted(found - VARIABLES.keys())


def _mapped(name: str) -> bool:
    """Whether a property only points to the scale that we chose: it does so in the dark too."""
    return name.startswith(("--accent-", "--gray-"))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selector and body of every rule that stands in no @-rule: those in one are for other screens."""
    depth, start, selector = 0, 0, ""
    for mark in re.finditer(r"[{}]", sheet):
        if mark[0] == "{":
            if depth == 0:
                selector = sheet[start : mark.start()].rpartition(";")[2].strip()
            depth, start = depth + 1, mark.end()
        else:
            depth -= 1
            if depth == 0 and not selector.startswith("@"):
                yield selector, sheet[start : mark.start()]
            start = mark.end()


def _properties(body: str) -> Mapping[str, str]:
    pairs = (declaration.partition(":") for declaration in body.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip().startswith("--")}


def _reset(sheet: str) -> str:
    """Reflex's reset, as it stands in its layer."""
    start = sheet.find(_RESET)
    if start < 0:
        return ""
    depth = 0
    for mark in re.finditer(r"[{}]", sheet[start:]):
        depth += 1 if mark[0] == "{" else -1
        if depth == 0:
            return sheet[start : start + mark.end()]
    return ""


def _small(css: str) -> str:
    small = " ".join(_COMMENT.sub("", css).split())
    for mark in "{};,>":
        small = small.replace(f" {mark}", mark).replace(f"{mark} ", mark)
    return small
