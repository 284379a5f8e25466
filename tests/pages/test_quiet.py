"""What is done to a page, read off it, or looked up behind it waits for what is under way."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from dokango.people import staff
from dokango.people.actor import SYSTEM
from dokango.people.staff import NewStaff
from tests.pages.quiet import at_once
from tests.pages.site import PASSWORD, Site, Tabs

HELD_S = 0.5


@pytest.fixture
def held_up(site: Site) -> Iterator[None]:
    """Whoever writes into the site's database waits for half a second."""
    line = sqlite3.connect(site.data_dir / "dokango.sqlite3", isolation_level=None, check_same_thread=False)
    line.execute("BEGIN IMMEDIATE")
    gives_way = threading.Timer(HELD_S, lambda: line.execute("ROLLBACK"))
    gives_way.start()
    yield
    gives_way.join()
    line.close()


def test_what_a_click_asked_for_stands_in_the_database_that_is_read_next(
    site: Site, tabs: Tabs, request: pytest.FixtureRequest
) -> None:
    page = tabs.open("/settings?part=staff", "owner")
    page.get_by_role("button", name="Add a member of staff").click()
    page.get_by_label("Name").fill("Waited For")
    page.get_by_label("Login").fill("waited-for")
    request.getfixturevalue("held_up")
    page.get_by_role("button", name="Add", exact=True).click()
    assert "waited-for" in [user.login for user in site.db.read(staff.everyone)]


def test_what_would_be_absent_too_early_is_looked_for_when_the_site_has_answered(
    site: Site, tabs: Tabs, request: pytest.FixtureRequest
) -> None:
    page = tabs.open("/settings?part=delivery", "owner")
    page.get_by_label("Charge inside").fill("seventy")
    request.getfixturevalue("held_up")
    page.get_by_role("button", name="Save").click()
    with pytest.raises(AssertionError):
        expect(page.get_by_text("is not an amount")).to_have_count(0, timeout=1)


def test_a_page_that_was_only_just_asked_for_is_read_when_it_lives(site: Site, tabs: Tabs) -> None:
    new = NewStaff("quiet", "Quiet Reader", "viewer", PASSWORD)
    site.db.write(lambda tx: staff.create(tx, SYSTEM, new, site.clock))
    page = tabs.open("/account", "owner")
    page.goto("/settings?part=staff")
    assert page.get_by_role("row", name="Quiet Reader").count() == 1


def test_a_short_timer_is_waited_for_unless_one_means_to_be_faster(tabs: Tabs) -> None:
    page = tabs.open("/track")
    page.evaluate("() => { setTimeout(() => { document.title = 'later'; }, 300); }")
    with at_once(page):
        assert page.title() != "later"
    assert page.title() == "later"
