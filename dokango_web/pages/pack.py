"""/pack: the packing queue, and with ?order= the bench of one order."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.pack.bench import bench
from components.pack.queue import queue
from state.pack.bench import BenchState
from state.pack.queue import PackState

LOADS = [BenchState.load, PackState.load]


def page() -> rx.Component:
    """The packing page."""
    return ui.page(rx.cond(BenchState.number != "", bench(), queue()))
