"""One's own account in a browser: the first password, the present one, and the browsers one is signed in with."""

from __future__ import annotations

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from dokango.people import staff
from dokango.people.actor import SYSTEM
from dokango.people.staff import NewStaff
from tests.pages.looks import fits, violations
from tests.pages.site import PASSWORD, PHONE, Site, Tabs, alive

NEW = "another one for tests"


def taken_on(site: Site, login: str, *, given: bool = False) -> None:
    new = NewStaff(login, login.title(), "packer", PASSWORD, given=given)
    site.db.write(lambda tx: staff.create(tx, SYSTEM, new, site.clock))


def sign_in(page: Page, login: str, password: str) -> None:
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def looks_right(page: Page) -> None:
    assert violations(page) == [] and fits(page)


@pytest.mark.parametrize("dark", [False, True])
def test_the_first_password_is_changed_before_anything_opens(site: Site, tabs: Tabs, dark: bool) -> None:
    login = f"first-{dark}".lower()
    taken_on(site, login, given=True)
    page = tabs.open("/sign-in?next=/pack", viewport=PHONE if dark else None, dark=dark)
    sign_in(page, login, PASSWORD)
    expect(page.get_by_role("heading", name="Choose your own password")).to_be_visible()
    looks_right(page)
    page.goto("/stock")
    page.wait_for_url(re.compile(r"/sign-in/step\?next=%2Fstock"))
    alive(page)
    page.get_by_label("New password", exact=True).fill("password123")
    page.get_by_label("New password again").fill("password123")
    page.get_by_role("button", name="Keep this password").click()
    expect(page.get_by_text("one of the passwords that are used")).to_be_visible()
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    page.get_by_role("button", name="Keep this password").click()
    page.wait_for_url(re.compile("/stock/?$"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_password_is_changed_from_the_menu_and_other_browsers_leave(site: Site, tabs: Tabs) -> None:
    taken_on(site, "changer")
    pages = [tabs.open("/sign-in?next=/stock") for _ in range(2)]
    for one in pages:
        sign_in(one, "changer", PASSWORD)
        one.wait_for_url(re.compile("/stock/?$"))
    page, other = pages
    page.get_by_label("You", exact=True).click()
    page.get_by_role("link", name="Your account").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()
    expect(page.get_by_text("This browser", exact=True)).to_be_visible()
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password again").fill(NEW)
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_text("One other browser was signed out")).to_be_visible()
    expect(page.get_by_label("Present password")).to_have_value("")
    other.wait_for_url(re.compile(r"/sign-in\?why=ended"))
    sign_in(other, "changer", NEW)
    other.wait_for_url(re.compile("/orders/?$"))


def test_another_browser_is_signed_out_from_the_list(site: Site, tabs: Tabs) -> None:
    other, page = (tabs.open("/account", "viewer") for _ in range(2))
    page.get_by_role("button", name="Sign out all others").click()
    other.wait_for_url(re.compile(r"/sign-in\?why=ended"))
    expect(page.get_by_role("button", name="Sign out all others")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True])
def test_a_second_step_is_set_up_and_asked_for_at_sign_in(site: Site, tabs: Tabs, dark: bool) -> None:
    login = f"stepper-{dark}".lower()
    taken_on(site, login)
    page = tabs.open("/sign-in?next=/account", viewport=PHONE if dark else None, dark=dark)
    sign_in(page, login, PASSWORD)
    expect(page.get_by_text("This browser", exact=True)).to_be_visible()  # before that a click is lost
    page.get_by_role("button", name="Set up a second step").click()
    expect(page.get_by_role("img", name="as a QR code")).to_be_visible()
    looks_right(page)
    secret = page.locator(".fr-key .dk-code").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill("000000")
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_text("Nothing is set up yet")).to_be_visible()
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(secret).now())
    page.get_by_role("button", name="Set it up").click()
    expect(page.locator(".fr-codes li")).to_have_count(10)
    looks_right(page)
    codes = page.locator(".fr-codes li").all_inner_texts()
    page.get_by_role("button", name="I have them").click()
    expect(page.get_by_text("Recovery codes left")).to_be_visible()
    looks_right(page)

    other = tabs.open("/sign-in?next=/stock", viewport=PHONE if dark else None, dark=dark)
    sign_in(other, login, PASSWORD)
    expect(other.get_by_role("heading", name="Your second step")).to_be_visible()
    looks_right(other)
    other.get_by_label("Code").fill("000000")
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_text("This code is not right")).to_be_visible()
    other.get_by_label("Code").fill(codes[0])
    other.get_by_role("button", name="Go on").click()
    other.wait_for_url(re.compile("/stock/?$"))
    expect(other.get_by_role("heading", level=1)).to_be_visible()


def test_a_role_that_must_have_one_is_led_to_set_it_up(site: Site, tabs: Tabs) -> None:
    owner = tabs.open("/settings?part=staff", "owner")
    must = owner.get_by_role("checkbox", name="Each viewer must have one")
    must.check()
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("Saved.", exact=True)).to_be_visible()
    try:
        page = tabs.open("/stock", "viewer")
        expect(page.get_by_role("heading", name="Set up a second step")).to_be_visible()
        looks_right(page)
        secret = page.locator(".fr-key .dk-code").inner_text().replace(" ", "")
        page.get_by_label("Code").fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name="Set it up").click()
        expect(page.locator(".fr-codes li")).to_have_count(10)
        looks_right(page)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(re.compile("/stock/?$"))
    finally:
        must.uncheck()
        owner.get_by_role("button", name="Save").click()
        owner.get_by_role("row", name="Viewer Test").get_by_role("button").click()
        owner.get_by_role("menuitem", name="Reset the second step").click()
        expect(owner.get_by_text("Done.", exact=True)).to_be_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_fit_for_everyone(tabs: Tabs, dark: bool) -> None:
    page = tabs.open("/account", "manager", viewport=PHONE if dark else None, dark=dark)
    expect(page.get_by_text("This browser", exact=True)).to_be_visible()
    looks_right(page)
