"""Settings: the shop, delivery, how customers pay, what visitors may order, and how parcels are packed."""

from __future__ import annotations

from typing import Any

import reflex as rx

from components import ui
from components.settings.advance_rule import advance_rule_part
from dokango.orders.before.checklist import CHECKLIST
from dokango.payments.methods import Method, claimable
from dokango.payments.money_out import BOOKED_KINDS
from dokango.payments.movements import KINDS as KINDS_OF_MOVEMENT
from dokango.people.districts import DISTRICTS
from state.settings.shop import SettingsState as S

KINDS = (("personal", "Personal (Send Money)"), ("agent", "Agent (Cash Out)"), ("merchant", "Merchant (Payment)"))
CHECKLISTS = (
    ("asked", "Asked for: lines may stay open"),
    ("required", "Required: nothing is packed with a line open"),
    ("off", "Off"),
)
_WITHOUT_BANGLA = "Who reads Bangla sees these words; where there are none, the English."
BLOCKED = [("review", "Is taken, and marked red for review"), ("refuse", "Is not taken: they are asked to call")]
BEARERS = (("shop", "You"), ("customer", "The customer, from what was paid before"))
REFUSALS = (
    ("nothing", "Nothing: all is given back"),
    ("delivery", "The delivery charge"),
    ("advance", "The advance; of an order paid in full, the delivery charge"),
)


def field(label: str, name: str, **props: Any) -> rx.Component:
    """A field of the profile, as it is saved, with what was wrong with it."""
    return ui.text_field(label, name, error=S.errors.get(name, ""), default_value=S.form[name], **props)


def area(label: str, name: str, **props: Any) -> rx.Component:
    """A field of several lines, likewise."""
    return ui.text_area_field(label, name, error=S.errors.get(name, ""), default_value=S.form[name], **props)


def form(save: Any, *parts: rx.Component) -> rx.Component:
    """A form with the part's one filled button."""
    return ui.sent_form(
        S,
        save,
        ui.form_error(S.failure),
        *parts,
        rx.el.div(
            ui.action_button("Save", submit=True, variant="solid", pending=S.pending, size="3"), class_name="sh-save"
        ),
        class_name="dk-form sh-form",
        custom_attrs={"noValidate": True},
    )


def shop_part() -> rx.Component:
    """Who the shop is."""
    return form(
        S.save_shop,
        ui.beside(
            field("Name of the shop", "name", required=True, max_length=80),
            field("Name in Bangla", "name_bn", lang="bn", max_length=80, hint=_WITHOUT_BANGLA),
        ),
        ui.beside(
            field("Phone", "phone", input_mode="tel", hint="Customers call this number."),
            field("WhatsApp", "whatsapp", input_mode="tel", hint="Leave empty for none."),
        ),
        field("E-mail", "email", type="email"),
        ui.beside(
            area("Address", "address", rows="2", hint="Printed on invoices and labels as the sender."),
            area("Address in Bangla", "address_bn", lang="bn", rows="2"),
        ),
        ui.beside(
            area("About the shop", "about", rows="3", hint="A sentence or two on the storefront."),
            area("About the shop in Bangla", "about_bn", lang="bn", rows="3"),
        ),
        area("Reasons for cancelling an order", "cancel_reasons", rows="5",
             hint="One a line; after a bar the same in Bangla, for who reads it: Sold out | শেষ হয়ে গেছে. Staff choose "
                  "one, and the customer reads it as it stands here."),
        field("Prefix of invoices", "invoice_prefix", max_length=12, hint="Stands before the number: SH-1042."),
    )  # fmt: skip


def packing_part() -> rx.Component:
    """Whether a parcel is packed by the checklist: on the bench, on the order's page, many at once, and by API."""
    return form(
        S.save_packing,
        ui.choice_field(
            "Packing checklist", "pack_checklist", CHECKLISTS, error=S.errors.get("pack_checklist", ""),
            default_value=S.form["pack_checklist"], hint="What was ticked, and by whom, stands in the order's history.",
        ),
        rx.el.ul(*[rx.el.li(f"{check.stage}: {check.words}") for check in CHECKLIST], class_name="dk-hint"),
    )  # fmt: skip


def delivery_part() -> rx.Component:
    """What delivery costs, and how long it takes."""
    return form(
        S.save_delivery,
        ui.choice_field(
            "Your district", "home_district", tuple((name, name) for name in DISTRICTS),
            error=S.errors.get("home_district", ""), default_value=S.form["home_district"],
            hint="“Inside” is this district; everything else is “outside”.",
        ),
        ui.beside(
            field("Charge inside, ৳", "delivery_inside", input_mode="decimal"),
            field("Charge outside, ৳", "delivery_outside", input_mode="decimal"),
        ),
        ui.beside(
            field("Days inside", "delivery_days_inside", input_mode="numeric"),
            field("Days outside", "delivery_days_outside", input_mode="numeric"),
        ),
        rx.el.p(
            "Once 30 parcels of a courier have come to a district, your own history says when the next one comes.",
            class_name="dk-hint",
        ),
        field(
            "Hours until a courier fetches a parcel", "pickup_hours", input_mode="numeric",
            hint="One that waits longer becomes a problem on the desk. 0: it never does.",
        ),
        field(
            "Days until a courier answers a claim", "claim_days", input_mode="numeric",
            hint="For what it lost or damaged. A courier that says other days has them with its tariff.",
        ),
        *_refused(),
    )  # fmt: skip


def _refused() -> tuple[rx.Component, ...]:
    """What a parcel costs that nobody took, and whom."""
    return (
        field(
            "What a returned parcel costs you, ৳", "courier_return_charge", input_mode="decimal",
            hint="Booked as a courier's expense when a refused parcel comes back. 0 books nothing.",
        ),
        ui.choice_field(
            "Who bears its way back", "return_charge_by", BEARERS, error=S.errors.get("return_charge_by", ""),
            default_value=S.form["return_charge_by"],
        ),
        ui.choice_field(
            "What stays with you when a parcel is refused", "refusal_keeps", REFUSALS,
            error=S.errors.get("refusal_keeps", ""), default_value=S.form["refusal_keeps"],
            hint="Of what was paid before. The buyer reads it at checkout and on the order's page; it holds for orders "
            "placed from now on.",
        ),
    )  # fmt: skip


def web_part() -> rx.Component:
    """What a visitor may order before anybody confirms it, and how long it is kept."""
    return form(
        S.save_web,
        rx.el.p(
            "A visitor's order that nobody confirms or pays is let go: its items are free again, and its customer is "
            "told before and after. One with a TrxID to check, and one on hold, stays. Type 0 to keep them for ever.",
            class_name="dk-hint",
        ),
        ui.beside(
            field("Kept so many hours", "hold_hours", input_mode="numeric"),
            field("Told so many hours before", "hold_notice_hours", input_mode="numeric", hint="0: not told before."),
        ),
        rx.el.p(
            "A visitor's order keeps its items off the shelf until you confirm it. These limits are for orders from "
            "the storefront that are neither confirmed nor paid; orders that you enter, and those by API key, have "
            "none. Type 0 for no limit.",
            class_name="dk-hint",
        ),
        ui.beside(
            field("Most of one item in one order", "web_units_most", input_mode="numeric"),
            field("Most that one order comes to, ৳", "web_total_most", input_mode="decimal"),
        ),
        ui.beside(
            field("Most open orders of one mobile number", "web_open_by_phone", input_mode="numeric"),
            field(
                "Most open orders from one internet connection", "web_open_by_network", input_mode="numeric",
                hint="Customers of one phone network may share a connection.",
            ),
        ),
        ui.choice_field(
            "An order of a customer whom you blocked", "blocked_orders", BLOCKED,
            error=S.errors.get("blocked_orders", ""), default_value=S.form["blocked_orders"],
            hint="They are told neither that they are blocked nor why.",
        ),
    )  # fmt: skip


def payments_part() -> rx.Component:
    """The wallets, each with its number, and cash on delivery; what is asked in advance of it."""
    return rx.el.div(advance_rule_part(), _payments_form(), class_name="dk-stack")


def _payments_form() -> rx.Component:
    return form(
        S.save_payments,
        rx.el.div(*[_account(method) for method in claimable().values()], class_name="sh-wallets"),
        ui.card(
            ui.tick_field("Customers may pay the rider", "cod_enabled", default_checked=S.form["cod_enabled"] == "on"),
            rx.cond(
                S.errors.get("cod_enabled", "") != "",
                rx.el.p(S.errors.get("cod_enabled", ""), class_name="dk-error", role="alert"),
            ),
            title="Cash on delivery",
        ),
        ui.card(
            field(
                "Forgive up to, ৳", "forgive_most", input_mode="decimal",
                hint="What a payment may fall short by and be forgiven with a tick; 0: nothing.",
            ),
            title="Payments that fall short",
        ),
        _by_rule(),
        _second_person(),
    )  # fmt: skip


def _by_rule() -> rx.Component:
    return ui.card(
        ui.tick_field(
            "Book a payment without staff when the wallet's line is exactly what the customer claimed",
            "books_by_rule", default_checked=S.form["books_by_rule"] == "on",
        ),
        field(
            "Up to, ৳", "rule_most", input_mode="decimal",
            hint="Wallet, TrxID, the amount due and the sender's number must be the same, and nothing may be open on "
            "the order: no hold, no problem, no approval. Each is kept as booked by the rule, and can be taken back.",
        ),
        title="Booked by rule",
    )  # fmt: skip


def _second_person() -> rx.Component:
    return ui.card(
        field(
            "Another person approves above, ৳", "second_person_above", input_mode="decimal",
            hint="A payment or refund above it is booked when a second person has approved it; 0: never. Refunds "
            "of one order count together.",
        ),
        rx.cond(
            S.alone,
            ui.check_line(
                "warn",
                "Only one person here may approve. What is above the amount would wait for ever: add somebody "
                "under Staff first.",
            ),
        ),
        title="A second pair of eyes",
    )  # fmt: skip


def _out_fees(key: str) -> list[rx.Component]:
    """What money that goes out costs, by kind, and the shop's other numbers there."""
    fees = [
        part
        for kind in BOOKED_KINDS
        for part in (
            field(f"{KINDS_OF_MOVEMENT[kind]}: fee, %", f"{key}_{kind}", input_mode="decimal"),
            field(f"{KINDS_OF_MOVEMENT[kind]}: fee each time, ৳", f"{key}_{kind}_taka", input_mode="decimal"),
        )
    ]
    more = field("Other numbers of yours", f"{key}_more", max_length=300, hint="With commas. Told to nobody.")
    return [*fees, more]


def _account(method: Method) -> rx.Component:
    """Where customers pay to by one method; only a wallet has a mobile number, and a kind of it."""
    key, unset = method.key, "Empty: not offered to customers."
    kind = ui.choice_field(
        "Kind of account", f"{key}_kind", KINDS, error=S.errors.get(f"{key}_kind", ""),
        default_value=S.form[f"{key}_kind"],
    )  # fmt: skip
    return ui.card(
        *(
            [field("Number", f"{key}_number", input_mode="tel", hint=unset), kind]
            if method.is_wallet
            else [field("Where to pay to", f"{key}_number", max_length=80, hint=unset)]
        ),
        field("Words for the customer", f"{key}_instructions", max_length=300),
        field("Words in Bangla", f"{key}_instructions_bn", lang="bn", max_length=300),
        field("Fee, % of what comes in", f"{key}_fee", input_mode="decimal", hint="Booked as an expense."),
        *(_out_fees(key) if method.is_wallet else ()),
        title=method.label,
    )  # fmt: skip
