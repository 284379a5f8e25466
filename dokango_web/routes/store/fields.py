"""Fields of the customers' forms in plain HTML, as components/store/fields.py draws them."""

from __future__ import annotations

from collections.abc import Iterable

from dokango.language import say
from dokango.people.districts import DISTRICTS
from dokango_web.routes.store.html import Html, el


def field(
    label: str, name: str, locale: str, *, value: str = "", error: str = "", hint: str = "", optional: bool = False,
    control_id: str = "", **attributes: str,
) -> Html:  # fmt: skip
    """One line of text; `label` is a key of the catalogue, `hint` is said as it is."""
    tied = _tied(control_id or name, error, hint, optional)
    control = el("input", name=name, value=value, class_="sf-input", **tied, **attributes)
    return _framed(label, control_id or name, control, error, hint, optional, locale)


def area_field(
    label: str, name: str, locale: str, *, value: str = "", error: str = "", hint: str = "", optional: bool = False,
    **attributes: str,
) -> Html:  # fmt: skip
    """Several lines of text."""
    tied = _tied(name, error, hint, optional)
    control = el("textarea", value, name=name, class_="sf-input", **tied, **attributes)
    return _framed(label, name, control, error, hint, optional, locale)


def district_field(locale: str, *, value: str = "", error: str = "", **attributes: str) -> Html:
    """The 64 districts by their names in the visitor's language."""
    options = [
        _option(english, bangla if locale == "bn" else english, value == english)
        for english, bangla in DISTRICTS.items()
    ]
    control = el(
        "select", _option("", say("district.pick", locale), not value), *options, name="district", class_="sf-input",
        autocomplete="address-level1", **_tied("district", error, "", False), **attributes,
    )  # fmt: skip
    return _framed("district", "district", control, error, "", False, locale)


def chooser(name: str, label: str, choices: Iterable[tuple[str, str]], chosen: str) -> Html:
    """One of several: (value, words); `label` is said as it is."""
    options = [_option(value, words, value == chosen) for value, words in choices]
    return el(
        "div",
        el("label", label, for_=name, class_="sf-label"),
        el("select", *options, name=name, id=name, class_="sf-input"),
        class_="sf-field",
    )


def hidden(name: str, value: str) -> Html:
    """A field that the visitor does not see."""
    return el("input", type="hidden", name=name, value=value)


def button(words: str, look: str = "sf-solid") -> Html:
    """The button of a form."""
    return el("button", words, type="submit", class_=f"sf-button {look}")


def notice(words: str) -> Html | None:
    """What went wrong with a whole form."""
    return el("p", words, class_="sf-notice", role="alert") if words else None


def _option(value: str, words: str, chosen: bool) -> Html:
    return el("option", words, value=value, selected="" if chosen else None)


def _tied(control_id: str, error: str, hint: str, optional: bool) -> dict[str, str]:
    return {
        "id": control_id,
        "aria_invalid": "true" if error else "false",
        "aria_required": "false" if optional else "true",
        "aria_describedby": f"{control_id}-hint {control_id}-error" if hint else f"{control_id}-error",
    }


def _framed(label: str, control_id: str, control: Html, error: str, hint: str, optional: bool, locale: str) -> Html:
    may = el("span", f" ({say('optional', locale)})", class_="sf-soft-text") if optional else None
    return el(
        "div",
        el("label", say(label, locale), may, for_=control_id, class_="sf-label"),
        control,
        el("p", hint, id=f"{control_id}-hint", class_="sf-hint") if hint else None,
        el("p", error, id=f"{control_id}-error", class_="sf-error"),
        class_="sf-field",
    )
