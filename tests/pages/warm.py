"""Tabs that are used again: a new one costs a second of processor before it shows anything, one that has shown a page
of the same site a third of that, as its process runs and the site's scripts are compiled.

A tab comes back as it was made: nothing stored, no cookie, no history, the mouse outside, its other tabs closed. What
cannot be taken back (a listener, a script of `add_init_script`, a route) wants a fresh one: `tabs.open(…, fresh=True)`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, Error, Page

from tests.pages.quiet import SCRIPT

WITHOUT_SCRIPTS = "/favicon.svg"  # of the same origin, to clear what the origin has stored
MOST_USES = 30  # then its process goes, and what it has gathered


@dataclass
class WarmTabs:
    """The tabs of one browser that nobody uses, by the site that they have shown."""

    browser: Browser
    _idle: dict[str, list[Page]] = field(default_factory=dict)
    _uses: dict[Page, int] = field(default_factory=dict)

    def lend(self, url: str, viewport: dict[str, int], *, dark: bool, fresh: bool = False) -> Page:
        """A tab for the site at `url`, as new; a `fresh` one is, and will not be lent again."""
        idle = self._idle.setdefault(url, [])
        page = idle.pop() if idle and not fresh else self._made(url, viewport)
        self._uses[page] = MOST_USES if fresh else self._uses.get(page, 0) + 1
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(media="screen", color_scheme="dark" if dark else "light", reduced_motion="reduce")
        return page

    def take_back(self, url: str, page: Page) -> None:
        """Keep a tab for the next test; one that does not come clean is closed."""
        if self._uses.get(page, MOST_USES) >= MOST_USES or not self._is_clean(url, page):
            self._uses.pop(page, None)
            page.context.close()
            return
        self._idle[url].append(page)

    def _made(self, url: str, viewport: dict[str, int]) -> Page:
        context = self.browser.new_context(base_url=url, viewport=viewport)  # type: ignore[arg-type]
        context.add_init_script(SCRIPT)
        return context.new_page()

    def _is_clean(self, url: str, page: Page) -> bool:
        context = page.context
        try:
            for other in context.pages:
                if other is not page:
                    other.close()
            page.goto(f"{url}{WITHOUT_SCRIPTS}")
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            context.clear_cookies()
            context.clear_permissions()
            page.goto("about:blank")
            page.mouse.move(-1, -1)
            line = context.new_cdp_session(page)
            line.send("Page.resetNavigationHistory")
            line.detach()
        except Error:
            return False
        return True
