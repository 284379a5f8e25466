"""The forms of the plain tracking page: the TrxID of a payment, another address, cancelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from dokango.language import say
from dokango_web.routes.store.drawing import folded, panel
from dokango_web.routes.store.fields import area_field, button, chooser, district_field, hidden
from dokango_web.routes.store.fields import field as text_field
from dokango_web.routes.store.html import Html, el

_REASONS = ("mind", "again", "slow", "other")


@dataclass(frozen=True, slots=True)
class Told:
    """A form as it came back: what was typed into it, and what stands against it."""

    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""

    def is_about(self, *names: str) -> bool:
        """Whether one of these fields has a sentence: its form must not come back folded."""
        return any(self.errors.get(name) for name in names)


def paying(wallets: list[dict[str, str]], order: Mapping[str, str], told: Told, locale: str) -> Html | None:
    """What is asked for and where to send it, or the claim that waits; nothing while nothing is asked for."""
    claim = el("p", order["claim"], role="status") if order["claim"] else None
    if not wallets:
        return panel(claim) if claim else None
    ways = [
        el("p", f"{w['label']}: {w['send']} ", el("span", w["number"], class_="sf-code"), f" {w['how']}")
        for w in wallets
    ]
    rejected = el("p", order["rejected"], class_="sf-notice", role="alert") if order["rejected"] else None
    form = el("div", *ways, _claiming(wallets, order, told, locale))
    if claim:
        return panel(
            claim, folded(say("correct_trx", locale), form, is_open=told.is_about("transaction_id", "sender", "wallet"))
        )
    return panel(el("h2", order["asks"], class_="sf-h2"), rejected, form)


def _claiming(wallets: list[dict[str, str]], order: Mapping[str, str], told: Told, locale: str) -> Html:
    typed, errors = told.typed, told.errors
    only = wallets[0]["key"]
    which = (
        chooser("wallet", say("wallet", locale), [(w["key"], w["label"]) for w in wallets], typed.get("wallet", only))
        if len(wallets) > 1
        else hidden("wallet", only)
    )
    return _form(
        order, "claim", which,
        text_field("trx", "trx_id", locale, value=typed.get("trx_id", ""), error=errors.get("transaction_id", ""),
                   control_id="transaction_id", autocomplete="off", maxlength="80"),
        text_field("sender", "sender", locale, value=typed.get("sender", ""), error=errors.get("sender", ""),
                   optional=True, type="tel", inputmode="tel", autocomplete="off", maxlength="40"),
        button(say("send_trx", locale)),
    )  # fmt: skip


def asking(order: Mapping[str, str], days: Mapping[str, str], told: Told, locale: str) -> Html | None:
    """What the customer is asked about a parcel that could not be handed over: each answer is one button."""
    if not order["asking"]:
        return None
    day = told.typed.get("day", days["day"])
    return panel(
        el("h2", say("ask.title", locale), class_="sf-h2"),
        el("p", say("ask.how", locale)),
        _form(
            order, "answer", hidden("asking", order["asking"]),
            text_field("ask.day", "day", locale, value=day, error=told.errors.get("day", ""), type="date",
                       min=days["day_first"], max=days["day_last"]),
            _answer("deliver", locale, "sf-solid"),
            area_field("ask.words", "words", locale, value=told.typed.get("words", ""),
                       error=told.errors.get("words", ""), optional=True, rows="2", maxlength="300"),
            *(_answer(what, locale) for what in ("address", "collect", "not_called", "refuse")),
        ),
    )  # fmt: skip


def taking_back(order: Mapping[str, str], locale: str) -> Html | None:
    """What the customer told us to do with the parcel, and the way to take it back until it was acted on."""
    if not order["answered"]:
        return None
    return panel(
        el("p", order["answer"], dir="auto", role="status"),
        el("p", say("ask.back.how", locale)),
        _form(order, "take-back", hidden("asking", order["answered"]), button(say("ask.back", locale))),
    )


def _answer(what: str, locale: str, look: str = "sf-soft") -> Html:
    words = say(f"ask.{what}", locale)
    return el("button", words, type="submit", name="what", value=what, class_=f"sf-button {look}")


def goes_to(order: Mapping[str, str], told: Told, locale: str) -> Html:
    """The address, and a form to change it while it may be."""
    where = ", ".join(part for part in (order["line"], order["area"], order["district_said"]) if part)
    address = el("address", el("bdi", order["name"]), el("br"), el("bdi", order["phone"]), el("br"), el("bdi", where))
    is_open = told.is_about("name", "phone", "district", "area", "line")
    change = folded(say("fix", locale), _address(order, told, locale), is_open=is_open) if order["can_fix"] else None
    return panel(el("h2", say("goes_to", locale), class_="sf-h2"), address, change)


def _address(order: Mapping[str, str], told: Told, locale: str) -> Html:
    def now(name: str) -> dict[str, str]:
        return {"value": told.typed.get(name, order[name]), "error": told.errors.get(name, "")}

    return _form(
        order, "address",
        text_field("name", "name", locale, value=now("name")["value"], error=now("name")["error"], maxlength="100"),
        text_field("phone", "phone", locale, value=now("phone")["value"], error=now("phone")["error"], type="tel",
                   inputmode="tel", maxlength="40"),
        district_field(locale, value=now("district")["value"], error=now("district")["error"]),
        text_field("area", "area", locale, value=now("area")["value"], error=now("area")["error"], optional=True,
                   maxlength="100"),
        area_field("address", "line", locale, value=now("line")["value"], error=now("line")["error"], rows="2",
                   maxlength="400"),
        button(say("fix.save", locale), "sf-soft"),
    )  # fmt: skip


def wishing(order: Mapping[str, str], told: Told, locale: str) -> Html | None:
    """What the customer asked for and nobody has answered, or a form to ask; nothing once it is sent."""
    if order["wish"]:
        return panel(el("p", order["wish"], role="status", dir="auto"))
    if not order["can_ask"]:
        return None
    kinds = [(kind, say(f"wish.{kind}", locale)) for kind in ("change", "cancel")]
    form = _form(
        order, "wish",
        el("p", say("wish.how", locale)),
        chooser("kind", say("wish.what", locale), kinds, told.typed.get("kind", "change")),
        area_field("wish.words", "wish", locale, value=told.typed.get("wish", ""),
                   error=told.errors.get("wish", ""), rows="3", maxlength="500"),
        button(say("wish.send", locale), "sf-soft"),
    )  # fmt: skip
    return panel(folded(say("wish", locale), form, is_open=told.is_about("wish")))


def cancelling(order: Mapping[str, str], locale: str) -> Html | None:
    """The way out, folded; nothing once the shop has confirmed."""
    if not order["can_cancel"]:
        return None
    reasons = [(why, say(f"cancel.{why}", locale)) for why in _REASONS]
    form = _form(
        order, "cancel",
        el("p", say("cancel.sure", locale)),
        el("p", say("cancel.paid", locale)) if order["has_paid"] else None,
        chooser("why", say("cancel.why", locale), reasons, "mind"),
        button(say("cancel.go", locale), "sf-danger"),
    )  # fmt: skip
    return panel(folded(say("cancel", locale), form))


def _form(order: Mapping[str, str], step: str, *inside: Html | None) -> Html:
    version = hidden("version", order["version"])
    return el("form", version, *inside, method="post", action=f"/t/{order['token']}/{step}", novalidate="")
