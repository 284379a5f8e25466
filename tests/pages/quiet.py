"""When a page is quiet: it has loaded, what it asked of the site is done and drawn, and nothing moves.

Whatever a test does to a page, and whatever it reads off it, waits for that first, and so does what a test does with
the site's database: a person looks before they press, and a machine under load is no slower than the test. A test that
means to be too fast says so: `with at_once(page): …`, or `hold(page, "Enter")`.
"""

from __future__ import annotations

import contextlib
import functools
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from playwright.sync_api import Error, Keyboard, Locator, LocatorAssertions, Mouse, Page, expect

PATIENCE_S = 30.0
_LOOK_S = 0.05
_REPEAT_MS = 30
ACTS = (
    "blur", "check", "clear", "click", "dblclick", "dispatch_event", "fill", "focus", "hover", "press",
    "press_sequentially", "scroll_into_view_if_needed", "select_option", "set_checked", "set_input_files", "tap",
    "uncheck",
)  # fmt: skip
READS = (
    "all", "all_inner_texts", "all_text_contents", "bounding_box", "count", "evaluate", "evaluate_all",
    "get_attribute", "inner_html", "inner_text", "input_value", "is_checked", "is_disabled", "is_editable",
    "is_enabled", "is_hidden", "is_visible", "screenshot", "text_content",
)  # fmt: skip
OF_A_PAGE = ("content", "go_back", "go_forward", "goto", "reload", "title", "type")
KEYS, POINTER = ("insert_text", "press", "type"), ("click", "dblclick")
_QUIET = "patience_ms => window.quiet ? window.quiet(patience_ms) : ''"
_evaluate = Page.evaluate

# In every page before its own scripts. What is under way: events that the site has not said are done (telling_site.py),
# short timers (a field that waits until one has typed, a focus that is given back), a route on its way, a document that
# leaves, what fades. `after` comes when the browser has nothing else to do: React has drawn all that it was given.
SCRIPT = """(() => {
  const SHORT_MS = 400, ASKS = /^4(2\\/_event,\\["event"|0\\/_event,.*"event":)/;
  const lines = new Set(), timers = new Set();
  let isAlive = false, leaves = false;

  const Plain = window.WebSocket;
  window.WebSocket = new Proxy(Plain, {
    construct(target, args) {
      const socket = new target(...args), line = { asked: 0, tells: false }, send = socket.send.bind(socket);
      lines.add(line);
      socket.addEventListener("close", () => lines.delete(line));
      socket.send = (data) => { if (ASKS.test(String(data))) line.asked += 1; send(data); };
      socket.addEventListener("message", ({ data }) => {
        const said = String(data);
        if (said.startsWith('42/_event,["tells"')) line.tells = true;
        if (said.startsWith('42/_event,["done"')) setTimeout(() => { line.asked -= 1; }, 0);
        if (said.includes('"is_hydrated_rx_state_":true')) setTimeout(() => { isAlive = window.isAlive = true; }, 0);
      });
      return socket;
    },
  });

  const later = window.setTimeout, never = window.clearTimeout;
  window.setTimeout = (does, ms = 0, ...args) => {
    if (!(ms > 0 && ms <= SHORT_MS) || typeof does !== "function") return later(does, ms, ...args);
    const timer = later(() => { timers.delete(timer); does(...args); }, ms);
    timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => { timers.delete(timer); never(timer); };

  navigation.addEventListener("navigate", (event) => {
    if (!event.destination.sameDocument && !event.hashChange && event.downloadRequest === null) leaves = true;
  });
  navigation.addEventListener("navigateerror", () => { leaves = false; });

  const isOurs = () => !!document.querySelector('link[rel="modulepreload"][href^="/assets/"]');
  const router = () => window.__reactRouterDataRouter?.state;
  const isLost = () => !!router()?.matches.at(-1)?.route.id.includes("404");  // of a plain form
  const moves = () => document.getAnimations().some(
    (one) => one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity);
  const asked = () => [...lines].some((line) => line.tells && line.asked > 0);
  const underWay = () => {
    if (leaves) return "leaves";
    if (document.readyState === "loading") return "loads";
    if (isOurs() && !isAlive) return "is not alive";
    if (document.querySelector("body > first-page") && !isLost()) return "is not the live one yet";
    if (asked()) return "waits for the site";
    if (timers.size) return "waits a moment";
    if ((router()?.navigation.state ?? "idle") !== "idle") return "goes to another page";
    if (moves()) return "moves";
    return "";
  };
  const after = () => scheduler.postTask(() => {}, { priority: "background" });
  window.quiet = async (patience_ms) => {
    const end = performance.now() + patience_ms;
    for (let calm = 0; calm < 2; await after()) {
      calm = underWay() ? 0 : calm + 1;
      if (calm === 0) await new Promise((go) => later(go, 4));
      if (performance.now() > end) return underWay();
    }
    return "";
  };
})()"""


class Busy(AssertionError):
    """A page that does not become quiet."""


def quiet(page: Page) -> None:
    """Wait until nothing is under way on `page`."""
    if page.is_closed() or getattr(page, "is_hurried", False):
        return
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            under_way = _evaluate(page, _QUIET, PATIENCE_S * 1_000)
        except Error as error:
            if page.is_closed():
                return
            if time.monotonic() > end:
                raise Busy(f"{page.url} is never there to be asked: {error}") from error
            continue  # the document went meanwhile; the next one is asked
        if under_way:
            raise Busy(f"{page.url} {under_way}, for {PATIENCE_S:.0f} seconds")
        return


@contextlib.contextmanager
def at_once(page: Page) -> Iterator[None]:
    """Act without waiting: this test races with the page on purpose."""
    page.is_hurried = True  # type: ignore[attr-defined]
    try:
        yield
    finally:
        page.is_hurried = False  # type: ignore[attr-defined]


def hold(page: Page, key: str, times: int = 16) -> None:
    """Keep a key down, as Chromium repeats it: each time after the first is a repeat."""
    for _ in range(times):
        page.keyboard.down(key)
        page.wait_for_timeout(_REPEAT_MS)
    page.keyboard.up(key)


def until(is_so: Callable[[], bool], else_: Callable[[], str] = lambda: "what is waited for did not come") -> None:
    """Wait for what no page shows: a job, a clock, another process brings it about. Says `else_` when it does not."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, else_()
        time.sleep(_LOOK_S)


@functools.cache
def teach() -> None:
    """From now on everything that is done to a page, or read off it, waits until it is quiet."""
    _wait_first(Page, (*ACTS, *READS, *OF_A_PAGE), lambda page: page)
    _wait_first(Locator, (*ACTS, *READS), lambda locator: locator.page)
    for kind, names in ((Keyboard, KEYS), (Mouse, POINTER)):
        _wait_first(kind, names, _of_page)
    Page.keyboard = _of_its_page(Page.keyboard)  # type: ignore[method-assign, assignment]
    Page.mouse = _of_its_page(Page.mouse)  # type: ignore[method-assign, assignment]
    _wait_first(LocatorAssertions, [name for name in dir(LocatorAssertions) if name.startswith("not_")], _of_page)
    _wait_first(LocatorAssertions, ("to_be_hidden", "to_have_count"), _of_page)
    kind, call = type(expect), type(expect).__call__

    def expecting(self: Any, actual: Any, message: str | None = None) -> Any:
        assertions = call(self, actual, message)
        assertions.of_page = actual.page if isinstance(actual, Locator) else None
        return assertions

    kind.__call__ = expecting  # type: ignore[method-assign]


def _wait_first(kind: type, names: Iterable[str], page_of: Callable[[Any], Page]) -> None:
    for name in names:
        if does := getattr(kind, name, None):
            setattr(kind, name, _waiting(does, page_of))


def _waiting(does: Callable[..., Any], page_of: Callable[[Any], Page]) -> Callable[..., Any]:
    @functools.wraps(does)
    def wait_and_do(self: Any, *args: Any, **more: Any) -> Any:
        quiet(page_of(self))
        return does(self, *args, **more)

    return wait_and_do


def _of_its_page(device: property) -> property:
    def of(page: Page) -> Any:
        found = device.fget(page)  # type: ignore[misc]
        found.of_page = page
        return found

    return property(of)


def _of_page(one: Any) -> Page:
    page: Page = one.of_page
    return page
