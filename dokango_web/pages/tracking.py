"""The customer's order: by its secret link, or found by number and phone."""

from __future__ import annotations

import reflex as rx

from components.store.frame import store_page
from components.store.tracking import lookup, tracking
from state.store.storefront import ShopState
from state.store.track_lookup import LookupState
from state.store.tracking import TrackingState

LOAD, LOAD_LOOKUP = TrackingState.load, LookupState.load
TITLE = rx.cond(TrackingState.found, TrackingState.order["title"], ShopState.shop["name"])


def page() -> rx.Component:
    """`/t/‹link›`."""
    return store_page(tracking(), ready=TrackingState.loaded, reload=TrackingState.load)


def lookup_page() -> rx.Component:
    """`/track`."""
    return store_page(lookup(), ready=True, reload=LookupState.load)
