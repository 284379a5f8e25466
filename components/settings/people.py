"""Settings: staff with their roles, and the keys of programs."""

from __future__ import annotations

import reflex as rx

from components import ui
from components.settings.couriers import shown_once
from components.settings.second_step import second_step_rules
from dokango.people.permissions import STAFF_ROLES
from state.settings.people import ApiKeysState as K
from state.settings.people import StaffState as P

ROLES = tuple((role.value, role.value.title()) for role in STAFF_ROLES)
ROLE_WORDS = "Owner: everything. Manager: all but profit, books and settings. Packer: packs and ships. Viewer: looks."


def staff_part() -> rx.Component:
    """Who works here."""
    columns = [
        ui.Column("Name"), ui.Column("Login"), ui.Column("Role"), ui.Column("Since"), ui.Column("Do", hidden=True),
    ]  # fmt: skip
    return rx.el.div(
        rx.cond(P.shown_password != "", _password()),
        rx.el.div(
            rx.el.p(ROLE_WORDS, class_name="dk-hint"),
            ui.action_button("Add a member of staff", P.ask(True), variant="solid", icon="user-plus"),
            class_name="sh-head",
        ),
        ui.table(columns, rx.foreach(P.rows, _member), caption="Staff"),
        second_step_rules(),
        _new_member(),
        class_name="dk-stack",
    )


def _password() -> rx.Component:
    return rx.el.div(
        shown_once("The password", P.shown_password),
        rx.el.p("For ", rx.el.strong(P.shown_login), ". Write it down or send it to them.", class_name="dk-hint"),
        ui.action_button("I have it", P.hide_password, variant="soft", colour="gray"),
        class_name="dk-stack",
    )


def _member(row: rx.Var[dict[str, str]]) -> rx.Component:
    gone = row["state"] == "gone"
    return ui.row(
        ui.cell(
            rx.el.span(
                row["name"],
                rx.cond(gone, ui.badge("Left", "gray", "user-x")),
                rx.cond(row["step"] != "", ui.badge("Second step", "green", "smartphone")),
                class_name="dk-inline",
            ),
            lead=True,
            heading=True,
        ),
        ui.cell(row["login"], label="Login"),
        ui.cell(row["role"].to(str).capitalize(), label="Role"),
        ui.cell(row["since"], label="Since"),
        ui.cell(
            _what_to_do(row, gone),
            align="right",
        ),
        name=row["id"],
    )


def _what_to_do(row: rx.Var[dict[str, str]], gone: rx.Var[bool]) -> rx.Component:
    return ui.more_menu(
        *[
            rx.cond(
                row["role"] != role,
                ui.menu_item(f"Make {word.lower()}", P.change_role(row["id"], role), icon="user-cog"),
            )
            for role, word in ROLES
        ],
        ui.menu_item("New password", P.reset_password(row["id"]), icon="key-round"),
        rx.cond(
            row["step"] != "",
            ui.menu_item("Reset the second step", P.reset_second_step(row["id"]), icon="smartphone"),
        ),
        rx.cond(
            gone,
            ui.menu_item("Take back", P.set_active(row["id"], True), icon="user-check"),
            ui.menu_item("Let go", P.set_active(row["id"], False), icon="user-x", danger=True),
        ),
        label="What to do with this member of staff",
    )


def _new_member() -> rx.Component:
    return ui.dialog(
        "Add a member of staff",
        ui.sent_form(
            P,
            P.add,
            ui.form_error(P.failure),
            ui.text_field("Name", "staff_name", error=P.errors.get("staff_name", ""), required=True),
            ui.text_field(
                "Login", "login", error=P.errors.get("login", ""), required=True, auto_complete="off",
                auto_capitalize="none", hint="What they sign in with, for example an e-mail address.",
            ),
            ui.choice_field("Role", "role", ROLES[1:] + ROLES[:1], error=P.errors.get("role", ""), hint=ROLE_WORDS),
            _foot("Add", P.pending),
            custom_attrs={"noValidate": True},
        ),
        is_open=P.is_adding,
        on_open_change=P.ask,
        description="A password is made here and shown to you once.",
    )  # fmt: skip


def api_keys_part() -> rx.Component:
    """The keys of programs."""
    columns = [
        ui.Column("Name"), ui.Column("Key"), ui.Column("Role"), ui.Column("Made"), ui.Column("Used"),
        ui.Column("Do", hidden=True),
    ]  # fmt: skip
    return rx.el.div(
        rx.cond(
            K.shown_key != "",
            rx.el.div(
                shown_once("The key", K.shown_key),
                ui.action_button("I have it", K.hide_key, variant="soft", colour="gray"),
                class_name="dk-stack",
            ),
        ),
        rx.el.div(
            rx.el.p(
                "Programs send a key as ", ui.code("Authorization: Bearer …"), "; the API is described at ",
                rx.el.a("/api/v1/openapi.json", href="/api/v1/openapi.json", class_name="dk-link"), ".",
                class_name="dk-hint",
            ),
            ui.action_button("Make a key", K.ask(True), variant="solid", icon="key-round"),
            class_name="sh-head",
        ),
        rx.cond(
            K.rows.length() > 0,
            ui.table(columns, rx.foreach(K.rows, _api_key), caption="API keys"),
            ui.empty_state("No keys yet", "Make one for each program that talks to the shop.", icon="key-round"),
        ),
        _new_api_key(),
        class_name="dk-stack",
    )  # fmt: skip


def _api_key(row: rx.Var[dict[str, str]]) -> rx.Component:
    revoked = row["state"] == "revoked"
    return ui.row(
        ui.cell(row["name"], rx.cond(revoked, ui.badge("Revoked", "gray", "ban")), lead=True, heading=True),
        ui.cell(ui.code(row["prefix"]), label="Key"),
        ui.cell(row["role"].to(str).capitalize(), label="Role"),
        ui.cell(row["made"], label="Made"),
        ui.cell(row["used"], label="Used"),
        ui.cell(
            rx.cond(
                revoked,
                rx.fragment(),
                ui.more_menu(
                    ui.menu_item("Revoke", K.revoke(row["id"]), icon="ban", danger=True),
                    label="What to do with this key",
                ),
            ),
            align="right",
        ),
        name=row["id"],
    )


def _new_api_key() -> rx.Component:
    return ui.dialog(
        "Make a key",
        ui.sent_form(
            K,
            K.make,
            ui.form_error(K.failure),
            ui.text_field(
                "Name", "key_name", error=K.errors.get("key_name", ""), required=True,
                hint="What will use it, to know it by.",
            ),
            ui.choice_field("Role", "role", ROLES, error=K.errors.get("role", ""), hint=ROLE_WORDS),
            _foot("Make", K.pending),
            custom_attrs={"noValidate": True},
        ),
        is_open=K.is_making,
        on_open_change=K.ask,
        description="It is shown once, here.",
    )  # fmt: skip


def _foot(label: str, pending: rx.Var[bool]) -> rx.Component:
    return ui.dialog_foot(ui.action_button(label, submit=True, variant="solid", pending=pending))
