"""The page as the server writes it: the built shell with the page's own words in it, useful before JavaScript has run.

The words stand in a `<first-page>` element of the body. React, which takes over the whole document, leaves an element
alone that it does not know; assets/storefront.css shows it until the live page says that it is ready, and
assets/storefront.js then removes it, and takes in the large style sheet, which nothing waits for. The title stays
where it is: React takes it over, or puts its own before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse

from dokango.language import say
from dokango.settings import ROOT
from dokango_web.build import BUILT
from dokango_web.routes.store.cart import TAKE_OVER, was_changed
from dokango_web.routes.store.first_style import first_style
from dokango_web.routes.store.html import Html, el, join
from dokango_web.routes.store.page_modules import modules_by_page

DESCRIPTION = 160  # letters of a page's description, as search engines show it
_THEME = re.compile(r'<div([^>]*\bdata-is-root-theme="true"[^>]*)>')
_LANGUAGE = re.compile(r'<html(?: lang="[^"]*")?')
_SHEET = re.compile(r'<link href="/(assets/__reflex_global_styles-[^"]{1,60}\.css)" rel="stylesheet"')
_SHEET_AHEAD = re.compile(r'<link as="style" href="/assets/__reflex_global_styles-[^"]{1,60}\.css" rel="preload"/>')
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_VIEWPORT = '<meta content="width=device-width, initial-scale=1" name="viewport"/>'
_BARE = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>'
    '<meta content="width=device-width, initial-scale=1" name="viewport"/></head><body></body></html>'
)


@dataclass(frozen=True, slots=True)
class FirstPage:
    """One page: what its head says of it, and its body. `route`: its pattern, as React Router writes it."""

    title: str
    body: Html
    locale: str
    description: str = ""
    image: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    index: bool = True
    route: str | None = None


def answer(page: FirstPage, request: Request) -> HTMLResponse:
    """The shell with `page` in it; a plain page where nothing was built (backend only)."""
    shell, theme = _shell()
    ahead = [el("link", rel="modulepreload", href=module) for module in _modules(page.route) if module not in shell]
    html = _TITLE.sub("", shell, count=1)
    html = _LANGUAGE.sub(f'<html lang="{page.locale}" data-locale="{page.locale}"', html, count=1)
    # last of the head: React takes the scripts before it, in their order, for its own
    script = f"<script>{TAKE_OVER}</script>" if was_changed(request) else ""
    html = html.replace("</head>", f"{_head(page)}{join(ahead)}{script}</head>", 1)
    wrapped = f'<first-page{theme} lang="{page.locale}">{page.body}</first-page>'
    start = html.index("<body>") + len("<body>")
    return HTMLResponse(html[:start] + wrapped + html[start:], page.status, page.headers)


def frame(locale: str, shop: dict[str, str], *content: Html | None) -> Html:
    """The customers' frame around `content`, as components/store/frame.py draws it."""
    call = el("a", f"{say('call', locale)} {shop['phone']}", href=f"tel:{shop['call']}", class_="sf-button")
    brand = el("a", shop["name"], href="/", class_="sf-brand")
    header = el("header", el("div", brand, _to_cart(locale), class_="sf-header-inner"), class_="sf-header")
    footer = el(
        "footer",
        el(
            "div",
            el("p", shop["about"], class_="sf-about") if shop["about"] else None,
            call if shop["call"] else None,
            el("p", el("a", say("track.link", locale), href="/track"), class_="sf-foot-links"),
            class_="sf-footer-inner",
        ),
        class_="sf-footer",
    )
    return el("div", header, el("main", *content, class_="sf-main"), footer, class_="sf", lang=locale)


def _to_cart(locale: str) -> Html:
    return el("div", el("a", say("cart", locale), href="/checkout", class_="sf-quiet"), class_="sf-header-right")


def _head(page: FirstPage) -> Html:
    tags = [el("title", page.title)]
    if page.description:
        tags.append(el("meta", name="description", content=page.description))
    if not page.index:
        tags.append(el("meta", name="robots", content="noindex, nofollow"))
        return join(tags)
    tags += [
        el("meta", property="og:type", content="product" if page.image else "website"),
        el("meta", property="og:title", content=page.title),
        el("meta", property="og:description", content=page.description),
    ]
    if page.image:
        tags.append(el("meta", property="og:image", content=page.image))
    return join(tags)


@lru_cache(maxsize=1)
def _read(path: Path, changed_ns: int) -> tuple[str, str]:
    shell = path.read_text(encoding="utf-8")
    theme = _THEME.search(shell)
    inside = theme[1].replace(' data-is-root-theme="true"', "") if theme else ' class="radix-themes"'
    return _styled(shell, path.parent), inside


def _styled(shell: str, built: Path) -> str:
    """The shell with what it needs at once in its head; its large sheet waits until storefront.js takes it in."""
    sheet = _SHEET.search(shell)
    if sheet is None:
        return shell
    style = first_style((built / sheet[1]).read_text(encoding="utf-8"), ROOT / "assets")
    html = _SHEET_AHEAD.sub("", shell)
    html = _SHEET.sub(lambda found: found[0].replace("<link ", "<link disabled data-later "), html)
    first = f'<style data-first>{style}</style><script async fetchpriority="high" src="/storefront.js"></script>'
    return html.replace(_VIEWPORT, _VIEWPORT + first, 1)


def _shell() -> tuple[str, str]:
    path = BUILT / "__spa-fallback.html"
    return _read(path, path.stat().st_mtime_ns) if path.exists() else (_BARE, ' class="radix-themes"')


def _modules(route: str | None) -> tuple[str, ...]:
    assets = BUILT / "assets"
    if route is None or not assets.exists():
        return ()
    return modules_by_page(assets, assets.stat().st_mtime_ns).get(route, ())
