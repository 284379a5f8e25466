"""The site in production mode for browser tests: a server of its own port, data and people, and tabs on it."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, Playwright, expect

from dokango.clock import SystemClock
from dokango.db import Database, open_database
from dokango.people import sessions, staff
from dokango.people.actor import SYSTEM
from dokango.people.staff import NewStaff
from dokango.settings import ROOT
from state.kit.session import COOKIE
from tests.pages.quiet import quiet
from tests.pages.warm import WarmTabs

TELLING = "tests.pages.telling_site"
PASSWORD = "a password for tests"
START_S = 240.0  # the first start builds the pages
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000  # two sites and two browsers share two cores
expect.set_options(timeout=PATIENCE_MS)
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


@dataclass
class Site:
    """A running site, and its database, opened here too."""

    url: str
    data_dir: Path
    database: Database
    clock: SystemClock = field(default_factory=SystemClock)
    restart: Callable[[], None] = lambda: None  # end its process and start another on the same port and data
    pages: list[Page] = field(default_factory=list)  # those open now

    @property
    def db(self) -> Database:
        """Its database, to arrange and to look: what open pages asked for is done, and stands in it."""
        for page in self.pages:
            quiet(page)
        return self.database

    def signed_in(self, role: str) -> str:
        """The cookie of a member of staff with `role`, taken on when first asked for."""
        user = next((u for u in self.db.read(staff.everyone) if u.login == f"test-{role}"), None)
        user_id = user.id if user else self._take_on(role)
        return self.db.write(lambda tx: sessions.start(tx, user_id, self.clock.now_us(), "test"))

    def _take_on(self, role: str) -> int:
        new = NewStaff(f"test-{role}", f"{role.title()} Test", role, PASSWORD)
        return self.db.write(lambda tx: staff.create(tx, SYSTEM, new, self.clock))


@dataclass
class Tabs:
    """Opens tabs as somebody: `tabs.open("/orders", "owner")`, `tabs.open("/", viewport=PHONE)`."""

    site: Site
    warm: WarmTabs
    contexts: list[BrowserContext] = field(default_factory=list)  # a test's own, to be closed with the tabs
    errors: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    _lent: list[Page] = field(default_factory=list)

    @property
    def browser(self) -> Browser:
        """For a context of a test's own."""
        return self.warm.browser

    def expect_error(self, words: str) -> None:
        """This test provokes an error with `words` in it: on the console, or of the page's scripts."""
        self.expected.append(words)

    def unexpected(self) -> list[str]:
        """What pages threw or wrote to the console as an error, and no test had announced."""
        return [error for error in self.errors if not any(words in error for words in self.expected)]

    def open(
        self,
        path: str,
        role: str = "",
        *,
        viewport: dict[str, int] | None = None,
        dark: bool = False,
        fresh: bool = False,
    ) -> Page:
        """A tab on `path`, ready for the first click; signed in when a role is named. `fresh`: see warm.py."""
        page = self.warm.lend(self.site.url, viewport or LAPTOP, dark=dark, fresh=fresh)
        self._lent.append(page)
        self.site.pages.append(page)
        if role:
            page.context.add_cookies([{"name": COOKIE, "value": self.site.signed_in(role), "url": self.site.url}])
        page.on("pageerror", self._note)
        page.on("console", self._hear)
        page.set_default_timeout(PATIENCE_MS)
        arrive(page, path)
        return page

    def _note(self, error: Error) -> None:
        self.errors.append(str(error))

    def _hear(self, message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        # a page that is answered 404, with words, is no fault of its scripts
        if message.type == "error" and not (message.page and address == message.page.url and " 404 " in message.text):
            self.errors.append(f"{address}: {message.text}")

    def close(self) -> None:
        """Close every tab of a test's own, and give back the others."""
        for context in self.contexts:
            context.close()
        for page in self._lent:
            self.site.pages.remove(page)
            with contextlib.suppress(Error):
                page.evaluate("0")  # what it had to say until now is heard
            page.remove_listener("pageerror", self._note)
            page.remove_listener("console", self._hear)
            self.warm.take_back(self.site.url, page)


def arrive(page: Page, path: str) -> None:
    """Go to `path` and wait until the page is alive: before that a click is lost."""
    page.goto(path)
    alive(page)


def walk(page: Page, path: str) -> None:
    """Go to `path` as a link leads there: within the app, which is not loaded anew."""
    page.evaluate("path => window.__reactRouterDataRouter.navigate(path)", path)


def alive(page: Page) -> None:
    """Wait until a page that was opened or loaded again has done what it does when it loads."""
    page.wait_for_function("() => window.isAlive")
    taken_over(page)


def settled(page: Page) -> None:
    """Wait until the page shows its rows."""
    alive(page)
    page.locator("[aria-busy=true]").first.wait_for(state="detached", timeout=PATIENCE_MS)


def on_its_page(page: Page, wanted: Locator) -> Locator:
    """What is wanted of a list, on whichever of its pages it stands: other tests' rows may stand before it."""
    following = page.get_by_role("link", name="Next", exact=True)
    expect(wanted.or_(following).first).to_be_visible()
    while not wanted.is_visible():
        first = page.locator("[data-row]").first
        shown = str(first.get_attribute("data-row"))
        following.click()
        expect(first).not_to_have_attribute("data-row", shown)
        expect(wanted.or_(following).first).to_be_visible()
    return wanted


def still(page: Page) -> None:
    """Wait until nothing moves or fades: half-way through, colours are none that a person reads."""
    page.mouse.move(0, 0)
    page.wait_for_function(
        "() => document.getAnimations().every("
        "a => a.playState !== 'running' || a.effect.getComputedTiming().iterations === Infinity)"
    )


def taken_over(page: Page) -> None:
    """Wait until a customer's page is the live one: what is found in its plain HTML is gone a moment later."""
    page.wait_for_function("() => !document.querySelector('body > first-page')")


def some_phone() -> str:
    """A number that no other test orders with: the shop lets one phone keep few orders open."""
    return f"+880 1{secrets.choice('356789')}{secrets.randbelow(90) + 10}-{secrets.randbelow(10**6):06d}"


def find_browser() -> str | None:
    """A browser on the PATH; None leaves it to Playwright's own."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    """The browser on the PATH, else Playwright's own, else a sentence that says how to get one."""
    try:
        return playwright.chromium.launch(executable_path=find_browser(), args=FLAGS, chromium_sandbox=False)
    except Exception as error:
        raise RuntimeError(
            "No browser was found for the page tests. Install one with `apt-get install chromium`, or with"
            " `.venv/bin/playwright install chromium`, and run them again."
        ) from error


@contextlib.contextmanager
def running_site(data_dir: Path, *, sample: bool, module: str = TELLING, **environment: str) -> Iterator[Site]:
    """The site on a free port with its own data, as `make run` starts it; `module` stands in for the site's own."""
    port = free_port()
    env = {
        **os.environ,
        "PORT": str(port),
        "DOKANGO_HOST": "127.0.0.1",
        "DOKANGO_DATA_DIR": str(data_dir),
        "DOKANGO_SAMPLE": "1" if sample else "0",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        **environment,
    }
    subprocess.run([sys.executable, "-m", "dokango", "prepare"], cwd=ROOT, env=env, check=True, capture_output=True)
    log = data_dir / "site.log"
    url = f"http://localhost:{port}"
    servers: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        with log.open("ab") as output:
            command = [sys.executable, "-m", module]
            servers.append(subprocess.Popen(command, cwd=ROOT, env=env, stdout=output, stderr=subprocess.STDOUT))
        _wait_until_up(url, servers[-1], log)

    def stop() -> None:
        servers[-1].terminate()
        servers[-1].wait(timeout=20)

    def restart() -> None:
        stop()
        start()

    database = open_database(env.get("DOKANGO_DATABASE_URL") or f"sqlite:///{data_dir / 'dokango.sqlite3'}")
    try:
        start()
        yield Site(url, data_dir, database, restart=restart)
    finally:
        database.close()
        stop()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + START_S
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise RuntimeError(f"The site did not start:\n{log.read_text()[-4_000:]}")
        with contextlib.suppress(httpx.TransportError):
            if httpx.get(f"{url}/sign-in/", timeout=5).status_code == 200:
                return
        time.sleep(0.2)
    raise RuntimeError(f"The site was not up after {START_S:.0f} s:\n{log.read_text()[-4_000:]}")
