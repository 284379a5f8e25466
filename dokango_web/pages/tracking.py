"""The customer's order: by its secret link, or found by number and phone."""

from __future__ import annotations

import reflex as rx

from components.storefront_frame import store_page
from components.tracking_parts import lookup, tracking
from state.storefront import ShopState
from state.track_lookup import LookupState
from state.tracking import TrackingState

LOAD, LOAD_LOOKUP = TrackingState.load, LookupState.load
TITLE = rx.cond(TrackingState.found, TrackingState.order["title"], ShopState.shop["name"])


def page() -> rx.Component:
    """`/t/‹link›`."""
    return store_page(tracking(), ready=TrackingState.loaded, reload=TrackingState.load)


def lookup_page() -> rx.Component:
    """`/track`."""
    return store_page(lookup(), ready=True, reload=LookupState.load)
