"""The drawer of one parcel, with the dialogs that stand over it."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import or_

import reflex as rx

from components import ui
from components.shipping.collects import collects_band
from components.shipping.drift import drift_band
from components.shipping.lists import may_ship
from components.shipping.parcel_dialogs import parcel_dialogs
from components.shipping.way import parcel_way
from dokango.couriers.kind.status import PARTLY, Where
from dokango.people.permissions import Permission
from state.kit.session import SessionState
from state.orders.deliver_part import DeliverPartState
from state.shipping.cancel_booking import CancelBookingState as Cancel
from state.shipping.parcel import ParcelState

Pair = rx.Var[dict[str, str]]
SEEN = (ParcelState.number, ParcelState.version)


def parcel_drawer() -> rx.Component:
    """How one parcel fares, what waits for a person, and what can be done."""
    return rx.fragment(
        ui.drawer(
            rx.Var.create("Parcel of #") + ParcelState.number,
            rx.el.div(_badge(), rx.el.span(ParcelState.name, dir="auto"), class_name="dk-inline"),
            collects_band(ParcelState.collects, *SEEN),
            drift_band(ParcelState.drift, *SEEN),
            _waits(),
            _uncertain(),
            _actions(),
            _pairs(ParcelState.facts),
            _link(),
            rx.cond(ParcelState.tells_way, parcel_way(ParcelState.number, ParcelState.carrier)),
            _practice(),
            _folded("What the courier was sent", ParcelState.sent, _pairs),
            _folded("What happened", ParcelState.steps, _steps),
            _folded("The courier's notifications (staff only)", ParcelState.told, _steps),
            is_open=ParcelState.is_open,
            on_open_change=ParcelState.show,
        ),
        parcel_dialogs(),
    )  # fmt: skip


def _badge() -> rx.Component:
    known = rx.cond(ParcelState.badge == "shipped", ui.work_badge("shipped"), ui.carrier_badge(ParcelState.badge))
    return rx.cond(ParcelState.badge != "", known, ui.work_badge(ParcelState.work))


def _waits() -> rx.Component:
    problem = rx.el.div(
        ui.check_line("warn", ParcelState.problem),
        ui.action_button("Solved", ParcelState.clear_problem(*SEEN), size="1", name="problem", reason=may_ship()),
        class_name="dk-inline",
    )
    return rx.el.div(
        rx.cond((ParcelState.problem != "") & (ParcelState.work == "shipped"), problem),
        rx.foreach(ParcelState.waits, _wait),
        role="status",
    )


def _wait(row: Pair) -> rx.Component:
    """What waits, and the way to the desk where it is answered."""
    answer = ui.link_button("Answer it", row["href"], icon="triangle-alert", size="1")
    return rx.el.div(ui.check_line("bad", row["words"]), answer, class_name="dk-inline")


def _uncertain() -> rx.Component:
    """The three ways out of a booking that nobody knows of."""
    return rx.cond(
        ParcelState.uncertain,
        ui.card(
            rx.cond(ParcelState.may_repeat, _repeat(), _look()),
            ui.sent_form(
                ParcelState,
                ParcelState.enter_id,
                ui.form_error(ParcelState.failure),
                ui.text_field(
                    "Consignment id", "consignment_id", error=ParcelState.errors["consignment_id"],
                    hint="From the courier's own panel.", input_mode="numeric", auto_complete="off",
                ),
                ui.text_field(
                    "Tracking code", "tracking_code", error=ParcelState.errors["tracking_code"], auto_complete="off"
                ),
                ui.action_button("Use this id", submit=True, icon="check"),
                seen=SEEN,
            ),
            ui.action_button("The courier does not have it…", ParcelState.ask("free"), colour="red"),
            title="Was it booked?",
        ),
    )  # fmt: skip


def _repeat() -> rx.Component:
    return rx.fragment(
        rx.el.p(
            "The courier never answered. The site looks again by itself for some minutes. You can send the very same"
            " parcel again: a courier that has it refuses, so it is never booked twice.",
            class_name="dk-hint",
        ),
        ui.action_button("Send the same again", ParcelState.book_again(*SEEN), icon="rotate-cw", reason=may_ship()),
    )


def _look() -> rx.Component:
    return rx.el.p(
        "The courier never answered, and cannot be asked by our own name for the parcel: sending it again may book it"
        " twice. When it has the parcel, its notification says so within minutes. If none comes, look in the"
        " courier's own panel for the name below.",
        class_name="dk-hint",
    )


_MAY_RETURN = SessionState.may[Permission.RECEIVE_RETURN.value]
_MAY_DELIVER = SessionState.may[Permission.DELIVER.value]


def _actions() -> rx.Component:
    """What comes next by where the parcel is stands as a button, the rest behind the dots."""
    may_not_deliver = rx.cond(_MAY_DELIVER, "", "Your role may not mark parcels as delivered.")
    is_partly = reduce(or_, (ParcelState.badge == status.value for status in PARTLY))
    is_out, is_back = ParcelState.where == Where.OUT.value, ParcelState.where == Where.BACK.value
    return rx.cond(
        ParcelState.work == "shipped",
        rx.el.div(
            rx.cond(
                is_partly,
                ui.action_button(
                    "Delivered in part…", DeliverPartState.open(ParcelState.number), icon="split",
                    reason=may_not_deliver,
                ),
            ),
            rx.cond(
                is_out & ~is_partly,
                ui.action_button(
                    "Mark as delivered", ParcelState.ask("deliver"), icon="circle-check-big", reason=may_not_deliver
                ),
            ),
            rx.cond(
                is_back,
                ui.action_button(
                    "Parcel came back…", ParcelState.ask("came_back"), icon="undo-2",
                    reason=rx.cond(_MAY_RETURN, "", "Your role may not take parcels back."),
                ),
            ),
            rx.cond(
                ParcelState.by_api,
                ui.action_button("Sync status", ParcelState.sync, icon="refresh-cw", reason=may_ship()),
            ),
            _more(is_partly, is_out, is_back),
            class_name="dk-inline",
        ),
    )  # fmt: skip


def _more(is_partly: rx.Var[bool], is_out: rx.Var[bool], is_back: rx.Var[bool]) -> rx.Component:
    """The rest, behind the dots."""
    return ui.more_menu(
        ui.menu_item("Note an attempt or a problem…", ParcelState.ask("note_problem"), icon="flag"),
        rx.cond(
            _MAY_RETURN & ~is_back,
            ui.menu_item("Parcel came back…", ParcelState.ask("came_back"), icon="undo-2"),
        ),
        rx.cond(
            _MAY_DELIVER & (~is_out | is_partly),
            ui.menu_item("Mark as delivered…", ParcelState.ask("deliver"), icon="circle-check-big"),
        ),
        rx.cond(
            _MAY_DELIVER & ~is_partly,
            ui.menu_item("Delivered in part…", DeliverPartState.open(ParcelState.number), icon="split"),
        ),
        rx.cond(
            ParcelState.cancels != "",
            ui.menu_item("Cancel the booking…", Cancel.open(ParcelState.number), icon="ban", danger=True),
        ),
        rx.cond(
            ParcelState.asks_back,
            ui.menu_item("Ask the parcel back…", ParcelState.ask("ask_back"), icon="ban", danger=True),
        ),
        label="More for this parcel",
    )


def _pairs(pairs: rx.Var[list[dict[str, str]]]) -> rx.Component:
    line = lambda pair: rx.el.div(rx.el.dt(pair["label"]), rx.el.dd(pair["value"], dir="auto"))  # noqa: E731
    return rx.el.dl(rx.foreach(pairs, line), class_name="dk-facts")


def _steps(rows: rx.Var[list[dict[str, str]]]) -> rx.Component:
    return rx.el.ul(
        rx.foreach(
            rows,
            lambda row: rx.el.li(
                rx.el.span(row["when"], class_name="dk-subtitle"), " ", rx.el.span(row["words"], dir="auto")
            ),
        ),
        class_name="dk-plain-list",
    )


def _folded(title: str, rows: rx.Var[list[dict[str, str]]], shown: Callable[..., rx.Component]) -> rx.Component:
    return rx.cond(rows.length() > 0, rx.el.details(rx.el.summary(title), shown(rows)))


def _link() -> rx.Component:
    return rx.cond(
        ParcelState.link != "",
        rx.el.a(
            "Follow it at the courier", href=ParcelState.link, target="_blank", rel="noopener noreferrer",
            class_name="dk-link",
        ),
    )  # fmt: skip


def _practice() -> rx.Component:
    """Only while practising: the rider's work, by hand."""
    return rx.cond(
        ParcelState.moves.length() > 0,
        ui.card(
            ui.sent_form(
                ParcelState,
                ParcelState.move,
                ui.choice_field(
                    "Move this practice parcel to",
                    "status",
                    ParcelState.moves,
                    error=ParcelState.errors["status"],
                    hint="The practice courier then tells the site, as " + ParcelState.carrier + " would.",
                ),
                ui.action_button("Move", submit=True, icon="bike", reason=may_ship()),
            ),
            title="No real parcel",
        ),
    )
