"""/pack: the packing queue, and with ?order= the bench of one order."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.pack.bench import bench
from components.pack.queue import queue
from dokango_web.frame import staff_page
from state.bell import BellState
from state.dialogs import DialogsState
from state.pack.bench import BenchState
from state.pack.queue import PackState

ON_LOAD = [DialogsState.settle, BenchState.load, PackState.load, BellState.load]


def page() -> rx.Component:
    """The packing page."""
    return staff_page(
        ui.page(rx.cond(BenchState.number != "", bench(), queue())),
        active="/pack",
    )
