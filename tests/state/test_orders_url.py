"""The order list in the address bar: what is read from it, and what is written into it."""

from __future__ import annotations

import pytest

from state.orders.url import Asked, read_url


def test_another_page_filter_or_tab_starts_where_it_should() -> None:
    asked = Asked("all", search="rahima", filters={"method": "bkash"}, cursor="after.1.2", peek="1042")

    assert asked.url(cursor="before.3.4") == "/orders?tab=all&q=rahima&method=bkash&cursor=before.3.4"
    assert asked.url(peek="") == "/orders?tab=all&q=rahima&method=bkash&cursor=after.1.2"
    assert asked.url(filters={}) == "/orders?tab=all&q=rahima"
    assert asked.url(sort="oldest") == "/orders?tab=all&q=rahima&sort=oldest&method=bkash"


@pytest.mark.parametrize("written", ["a b&tab=done", "ঢাকা", "#1042", "x" * 80])
def test_what_is_written_is_read_back(written: str) -> None:
    url = Asked("all", search=written).url()
    query = dict(part.split("=", 1) for part in url.partition("?")[2].split("&"))
    assert set(query) == {"tab", "q"}


def test_an_address_of_somebodys_own_making_is_cut_to_what_is_known() -> None:
    asked = read_url({"tab": "x", "sort": "y", "from": "never", "to": "2026-11-22", "evil": "1", "q": "z" * 500})

    assert (asked.tab, asked.sort, asked.filters, len(asked.search)) == ("to_verify", "", {"to": "2026-11-22"}, 80)
