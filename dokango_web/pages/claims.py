"""/problems/claims: what is claimed from couriers; and one claim."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.claims.claim import claim_page
from components.claims.ending import end_claim_dialogs
from components.claims.lists import claims_header, claims_list
from components.problems.tabs import tab_row
from state.claims.claim import ClaimState
from state.claims.lists import ClaimsState
from state.problems.tabs import CLAIMS

LOADS = [ClaimsState.load]
CLAIM_LOADS = [ClaimState.load]


def page() -> rx.Component:
    """The tab of the desk: every claim, what waits first."""
    return ui.page(claims_header(), tab_row(ClaimsState.counts, CLAIMS), claims_list())


def one() -> rx.Component:
    """/problems/claims/‹id›: one claim, and the dialogs that end it."""
    return rx.fragment(claim_page(), end_claim_dialogs())
