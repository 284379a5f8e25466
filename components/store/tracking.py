"""The tracking page: where the order stands, what it holds, how to pay, who brings it, what can still be changed."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.store.fields import area_field, district_field, field, submit
from components.store.frame import contact, copy, folded, go, icon, nothing_here, picture, say
from components.store.tracking_asking import asking, taking_back
from components.store.tracking_paying import paying
from components.store.tracking_wishing import wishing
from state.store.track_lookup import LookupState
from state.store.tracking import TrackingState as Tracking


def tracking() -> rx.Component:
    """The whole page of one link."""
    return rx.cond(
        Tracking.loaded,
        rx.cond(
            Tracking.found,
            rx.el.div(
                _standing(),
                rx.el.div(
                    rx.el.div(asking(), taking_back(), paying(), _parcel(), _ordered(), class_name="sf-stack"),
                    rx.el.div(_goes_to(), wishing(), _questions(), _history(), _cancelling(), class_name="sf-stack"),
                    class_name="sf-columns",
                ),
            ),
            nothing_here(
                say("unknown.title"),
                say("unknown.next"),
                go(say("track.link"), to="/track", class_name="sf-button sf-solid"),
            ),
        ),
        rx.el.p(say("loading"), role="status"),
    )


def _standing() -> rx.Component:
    order = Tracking.order
    return rx.el.section(
        rx.cond(
            Tracking.just_placed,
            rx.el.div(
                rx.el.p(icon("circle-check-big", 20), rx.el.strong(say("placed.title")), class_name="sf-inline"),
                rx.el.p(say("placed.keep")),
                copy(say("copy_link")),
                class_name="sf-thanks",
                role="status",
            ),
        ),
        rx.el.p(order["title"], " · ", order["placed"], class_name="sf-soft-text"),
        rx.el.h1(order["standing"], class_name="sf-standing", aria_live="polite",
                 custom_attrs={"data-tone": order["tone"]}),
        rx.cond(
            Tracking.steps.length() > 0,
            rx.el.ol(rx.foreach(Tracking.steps, _step), class_name="sf-steps", aria_label=say("steps")),
        ),
        rx.cond(order["why"] != "", rx.el.p(icon("info", 18), order["why"], class_name="sf-inline")),
        rx.cond(order["kept"] != "", rx.el.p(icon("clock", 18), order["kept"], class_name="sf-inline")),
        rx.cond(order["expected"] != "", rx.el.p(icon("calendar-days", 18), order["expected"], class_name="sf-inline")),
        class_name="sf-panel",
    )  # fmt: skip


def _step(step: rx.Var[dict[str, str]]) -> rx.Component:
    done = step["done"] != ""
    return rx.el.li(
        rx.el.span(rx.cond(done, icon("check", 14), rx.fragment()), class_name="sf-step-dot"),
        rx.el.span(step["word"]),
        rx.cond(done, rx.el.span(", ", say("step.done"), class_name="dk-hidden")),
        class_name="sf-step",
        custom_attrs={
            "data-done": rx.cond(done, "true", "false"),
            "aria-current": rx.cond(step["here"] != "", "step", "false"),
        },
    )


def _ordered() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("what"), class_name="sf-h2"),
        rx.el.ul(rx.foreach(Tracking.lines, _line), class_name="sf-lines"),
        rx.el.dl(rx.foreach(Tracking.sums, _sum), class_name="sf-sums"),
        rx.cond(Tracking.order["keeps"] != "", rx.el.p(Tracking.order["keeps"], class_name="sf-hint")),
        rx.cond(Tracking.order["method"] != "", rx.el.p(Tracking.order["method"], class_name="sf-soft-text")),
        class_name="sf-panel",
    )


def _line(line: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.li(
        picture(line["image"], "line"),
        rx.el.div(
            rx.el.span(line["title"], class_name="sf-line-title"),
            rx.cond(line["variant"] != "", rx.el.span(line["variant"], class_name="sf-soft-text")),
            rx.cond(line["returned"] != "", rx.el.span(line["returned"], class_name="sf-soft-text")),
            class_name="sf-line-words",
        ),
        rx.el.span("× ", line["quantity"], class_name="sf-soft-text"),
        rx.el.span(line["amount"], class_name="sf-line-amount"),
        class_name="sf-line sf-line-short",
    )


def _sum(sum_: rx.Var[dict[str, str]]) -> rx.Component:
    return rx.el.div(
        rx.el.dt(sum_["label"]),
        rx.el.dd(sum_["amount"]),
        class_name=rx.cond(sum_["strong"] != "", "sf-sum sf-sum-strong", "sf-sum"),
    )


def _parcel() -> rx.Component:
    order = Tracking.order
    return rx.cond(
        (order["carrier"] != "") | (order["code"] != ""),
        rx.el.section(
            rx.el.h2(say("parcel"), class_name="sf-h2"),
            rx.el.dl(
                rx.cond(
                    order["carrier"] != "",
                    rx.el.div(rx.el.dt(say("courier")), rx.el.dd(order["carrier"]), class_name="sf-sum"),
                ),
                rx.cond(
                    order["code"] != "",
                    rx.el.div(
                        rx.el.dt(say("code")),
                        rx.el.dd(rx.el.span(order["code"], class_name="sf-code"), copy(say("code"), order["code"])),
                        class_name="sf-sum",
                    ),
                ),
                class_name="sf-sums",
            ),
            rx.cond(
                order["courier_page"] != "",
                rx.el.a(
                    icon("external-link"),
                    say("follow"),
                    href=order["courier_page"],
                    target="_blank",
                    rel="noopener noreferrer",
                    class_name="sf-button",
                ),
            ),
            class_name="sf-panel",
        ),
    )


def _goes_to() -> rx.Component:
    order, errors = Tracking.order, Tracking.errors
    form = ui.sent_form(
        Tracking,
        Tracking.fix_address,
        field("name", "name", error=errors["name"], default_value=order["name"],
              auto_complete="name", max_length=100),
        field("phone", "phone", error=errors["phone"], default_value=order["phone"], type="tel",
              input_mode="tel",
              auto_complete="tel", max_length=40),
        district_field("district", error=errors["district"], default_value=order["district"]),
        field("area", "area", error=errors["area"], optional=True, default_value=order["area"],
              max_length=100),
        area_field("address", "line", error=errors["line"], default_value=order["line"],
                   rows="2", max_length=400),
        submit(say("fix.save"), Tracking.pending & (Tracking.step == "fix_address")),
        plain=True,
        no_validate=True,
        key=Tracking.fixed.to_string() + order["district"],
    )  # fmt: skip
    return rx.el.section(
        rx.el.h2(say("goes_to"), class_name="sf-h2"),
        rx.el.address(
            rx.el.bdi(order["name"]),
            rx.el.br(),
            rx.el.bdi(order["phone"]),
            rx.el.br(),
            rx.el.bdi(order["line"]),
            rx.el.br(),
            rx.cond(order["area"] != "", rx.fragment(rx.el.bdi(order["area"]), ", "), rx.fragment()),
            order["district_said"],
        ),
        rx.cond(order["can_fix"] != "", folded("fix", "map-pin", form)),
        class_name="sf-panel",
    )


def _questions() -> rx.Component:
    return rx.el.section(
        rx.el.h2(say("questions"), class_name="sf-h2"), contact(Tracking.order["whatsapp"]), class_name="sf-panel"
    )


def _history() -> rx.Component:
    def event(one: rx.Var[dict[str, str]]) -> rx.Component:
        return rx.el.li(rx.el.span(one["what"]), rx.el.time(one["when"], class_name="sf-soft-text"))

    return rx.el.section(
        rx.el.h2(say("history"), class_name="sf-h2"),
        rx.el.ol(rx.foreach(Tracking.history, event), class_name="sf-history"),
        class_name="sf-panel",
    )


def _cancelling() -> rx.Component:
    reasons = [rx.el.option(say(f"cancel.{why}"), value=why) for why in ("mind", "again", "slow", "other")]
    form = ui.sent_form(
        Tracking,
        Tracking.cancel,
        rx.el.p(say("cancel.sure")),
        rx.cond(Tracking.order["has_paid"] != "", rx.el.p(say("cancel.paid"))),
        rx.el.div(
            rx.el.label(say("cancel.why"), html_for="why", class_name="sf-label"),
            rx.el.select(*reasons, name="why", id="why", class_name="sf-input"),
            class_name="sf-field",
        ),
        submit(say("cancel.go"), Tracking.pending & (Tracking.step == "cancel"), icon_name="x", danger=True),
        plain=True,
    )
    return rx.cond(
        Tracking.order["can_cancel"] != "", rx.el.section(folded("cancel", "circle-x", form), class_name="sf-panel")
    )


def lookup() -> rx.Component:
    """The form of /track."""
    return rx.el.section(
        rx.el.h1(say("track.title"), class_name="sf-title"),
        rx.el.p(say("track.how")),
        ui.sent_form(
            LookupState,
            LookupState.find,
            field("track.number", "number", error="", hint="track.number.hint", input_mode="numeric",
                  auto_complete="off", max_length=20),
            field("phone", "phone", error=LookupState.errors["phone"],
                  type="tel", input_mode="tel", auto_complete="tel",
                  max_length=40),
            rx.el.div(
                rx.cond(LookupState.failure != "", rx.el.p(LookupState.failure, class_name="sf-notice")), role="alert"
            ),
            submit(say("track.find"), LookupState.pending, icon_name="search", solid=True),
            plain=True,
            no_validate=True,
        ),
        class_name="sf-panel sf-narrow",
    )  # fmt: skip
