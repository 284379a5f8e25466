"""A message as people read it: from its template and data to a subject and a text, in the customer's language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dokango.language import in_language, said_amount, said_date, said_moment, written
from dokango.notify.changes import said_changes
from dokango.notify.sms_text import written_plainly
from dokango.notify.templates import FOLLOW, FOOTER, GREETING, STAFF, TEMPLATES
from dokango.payments.methods import METHODS
from dokango.people.phones import said_phone
from dokango.shop.profile import Profile

# how a change that answers a wish begins
_ASKED = {
    "whole": ("As you asked. ", "আপনার অনুরোধমতো। "),
    "part": ("A part of what you asked for is done. ", "আপনার অনুরোধের একটি অংশ করা হয়েছে। "),
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, and where the customer's page is found."""

    shop: str
    phone: str
    site_url: str
    shop_bn: str = ""

    @classmethod
    def of(cls, profile: Profile, site_url: str) -> Letterhead:
        """The letterhead of a shop."""
        return cls(profile.name, profile.phone, site_url, profile.name_bn)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What is sent: one line, and a text."""

    subject: str
    body: str


class _Known(dict[str, str]):
    """Data that is missing reads as nothing, so that an old message never fails to be read."""

    def __missing__(self, key: str) -> str:
        return ""


def render(audience: str, template: str, data: str, head: Letterhead) -> Rendered:
    """The message of `template` with its JSON `data`; one of an unknown template still says what happened."""
    given = json.loads(data)
    given = given if isinstance(given, dict) else {}
    if audience == "staff":
        return _for_staff(template, given)
    bangla = given.get("locale") == "bn"
    values = _values(given, head, "bn" if bangla else "en")
    found = TEMPLATES.get(_variant(template, given)) or TEMPLATES.get(template)
    if found is None:
        return Rendered(_plain(template, values), f"{GREETING[bangla]}\n\n{FOOTER[bangla]}".format_map(values))
    text = f"{GREETING[bangla]}\n\n{found.text[bangla]}\n\n{FOOTER[bangla]}".format_map(values)
    return Rendered(one_line(found.subject[bangla].format_map(values)), text)


def render_short(template: str, data: str, head: Letterhead) -> str:
    """The customer's message of `template` for an SMS: what happened, the link, and who writes, in few letters."""
    given = json.loads(data)
    given = given if isinstance(given, dict) else {}
    bangla = given.get("locale") == "bn"
    values = _values(given, head, "bn" if bangla else "en")
    values["there"] = ""  # the order's page, whose link is here, has that one
    found = TEMPLATES.get(_variant(template, given)) or TEMPLATES.get(template)
    words = found.text[bangla].format_map(values) if found else _plain(template, values)
    return written_plainly(" ".join(f"{words} {values['link']} {values['shop']}".split()))


def one_line(text: str) -> str:
    """`text` without line breaks and control characters: fit for a header, whoever typed it."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _for_staff(template: str, given: Mapping[str, object]) -> Rendered:
    values = _Known({key: str(value) for key, value in given.items()})
    sentence = STAFF[template].format_map(values) if template in STAFF else _plain(template, values)
    return Rendered(one_line(sentence), sentence)


def _plain(template: str, values: Mapping[str, str]) -> str:
    number = values["number"]
    return template.replace("_", " ").capitalize() + (f" · order #{number}" if number else "")


def _variant(template: str, given: Mapping[str, object]) -> str:
    """Money that came may be short, in advance of COD, or too much; an order that ends waits for money or a call."""
    if template == "order_expires_soon" and given.get("is_cod"):
        return "order_expires_soon.cod"
    if template == "order_received" and _poisha(given, "advance_poisha"):
        return "order_received.advance"
    if template == "parcel_returned" and _poisha(given, "kept_poisha"):
        return "parcel_returned.kept"
    if template == "order_sent_again" and not _poisha(given, "still_due_poisha"):
        return "order_sent_again.paid"
    if template == "goods_returned" and given.get("back_poisha") == 0:
        return "goods_returned.nothing_due"
    if template == "step_undone":
        return f"{template}.{given.get('undone')}"
    if template == "order_changed":
        return _changed(given)
    if template != "payment_received":
        return template
    if "should_poisha" in given:
        return "payment_received.on_the_way"
    if _poisha(given, "over_poisha"):
        return "payment_received.over"
    if _poisha(given, "still_due_poisha"):
        by_rider = given.get("is_cod") and given.get("by_rider", True)
        return "payment_received.advance" if by_rider else "payment_received.short"
    return template


def _changed(given: Mapping[str, object]) -> str:
    """What a change leaves open: money to give back, money for the rider, or money to send."""
    if _poisha(given, "back_poisha"):
        return "order_changed.back"
    if not _poisha(given, "still_due_poisha"):
        return "order_changed"
    return "order_changed.cod" if given.get("is_cod") else "order_changed.due"


def _values(given: Mapping[str, object], head: Letterhead, locale: str) -> _Known:
    values = _Known({key: str(value) for key, value in given.items()})
    for name, key in (("amount", "amount_poisha"), ("still_due", "still_due_poisha"), ("over", "over_poisha"),
                      ("total", "total_poisha"), ("kept", "kept_poisha"), ("back", "back_poisha"),
                      ("advance", "advance_poisha"), ("rest", "rest_poisha"),
                      ("told", "told_poisha"), ("should", "should_poisha")):  # fmt: skip
        values[name] = said_amount(_poisha(given, key), locale)
    if isinstance(until_us := given.get("expires_at"), int):
        values["until"] = said_moment(until_us, locale)
    values["reason"] = written(locale, values["reason"], values["reason_bn"])
    values["asked"] = in_language(asked, locale) if (asked := _ASKED.get(str(given.get("answers_wish")))) else ""
    values["changes"] = said_changes(changes if isinstance(changes := given.get("changes"), list) else (), locale)
    if day := _day_in(given):
        values["day"] = said_date(day, locale)
    if isinstance(expected := given.get("expected_day"), str):
        values["day"] = said_date(date.fromisoformat(expected), locale)
    method = METHODS.get(str(given.get("method")))
    carrier = " ".join(str(given.get(key, "")) for key in ("carrier", "tracking_code")).strip()
    values |= {
        "wallet": method.label if method else "",
        "by": f" ({carrier})" if carrier else "",
        "there": FOLLOW[locale == "bn"].format(at=given["tracking_link"]) if given.get("tracking_link") else "",
        "shop": written(locale, head.shop, head.shop_bn),
        "phone": f", {said_phone(head.phone)}" if head.phone else "",
        "link": f"{head.site_url}/t/{given.get('token', '')}",
    }
    return values


def _day_in(given: Mapping[str, object]) -> date | None:
    try:
        return date.fromisoformat(str(given.get("day", "")))
    except ValueError:
        return None


def _poisha(given: Mapping[str, object], key: str) -> int:
    value = given.get(key)
    return value if isinstance(value, int) else 0
