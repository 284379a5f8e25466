"""Signing in and out in a browser."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from state.kit.session import COOKIE
from tests.pages.site import LAPTOP, PASSWORD, PHONE, Site, Tabs, alive


def fill(page: Page, login: str, password: str) -> None:
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_wrong_password_says_so_and_keeps_the_login(site: Site, tabs: Tabs) -> None:
    site.signed_in("packer")
    page = tabs.open("/sign-in")
    fill(page, "test-packer", "not this one")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("Login")).to_have_value("test-packer")


def test_signing_in_sets_a_cookie_that_scripts_cannot_read(site: Site, tabs: Tabs) -> None:
    site.signed_in("packer")
    page = tabs.open("/sign-in")
    fill(page, "test-packer", PASSWORD)
    page.wait_for_url(re.compile("/orders/?$"))
    cookie = next(c for c in page.context.cookies() if c["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert COOKIE not in page.evaluate("document.cookie")


@pytest.mark.parametrize("going_to", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"])
def test_sign_in_leads_to_no_other_site(site: Site, going_to: str) -> None:
    site.signed_in("packer")
    form = {"login": "test-packer", "password": PASSWORD, "next": going_to}
    answer = httpx.post(f"{site.url}/sign-in", data=form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/orders")


def test_guessing_is_slowed_down(site: Site) -> None:
    for _ in range(8):
        answer = httpx.post(f"{site.url}/sign-in", data={"login": "nobody-here", "password": "guess"})
        assert "why=wrong" in answer.headers["location"]
    answer = httpx.post(f"{site.url}/sign-in", data={"login": "nobody-here", "password": "guess"})
    assert "why=throttled" in answer.headers["location"]


def test_another_sites_page_can_neither_sign_in_nor_out(site: Site) -> None:
    for path in ("/sign-in", "/sign-out"):
        answer = httpx.post(f"{site.url}{path}", data={"login": "x"}, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403


def test_pages_come_with_headers_that_bind_the_browser(site: Site) -> None:
    answer = httpx.get(f"{site.url}/sign-in/")
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "script-src 'self' 'unsafe-eval' 'sha256-" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"


def test_a_page_is_answered_without_a_redirect_and_a_wrong_address_with_404(site: Site, tabs: Tabs) -> None:
    assert httpx.get(f"{site.url}/sign-in").status_code == 200
    assert httpx.get(f"{site.url}/no-such-page").status_code == 404
    expect(tabs.open("/no-such-page").get_by_role("heading")).to_have_text("Nothing stands here")


def test_a_body_over_the_limit_is_refused(site: Site) -> None:
    answer = httpx.post(f"{site.url}/sign-in", content=b"x" * 1_000_001)
    assert answer.status_code == 413


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_breaks_no_policy_and_has_no_errors(tabs: Tabs, viewport: dict[str, int], dark: bool) -> None:
    page = tabs.open("/sign-in", viewport=viewport, dark=dark, fresh=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.reload()
    alive(page)
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
