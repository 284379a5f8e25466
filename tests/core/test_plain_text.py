"""Names and notes keep every letter and lose what nobody can see, whichever way they come in."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import sys
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError, create_model
from pydantic_settings import BaseSettings
from sqlmodel import SQLModel

import dokango
import dokango_web.api
from dokango import audit
from dokango.clock import ManualClock
from dokango.couriers.line import reading
from dokango.couriers.manual import handover
from dokango.db import Database
from dokango.importing.findings import FoundProduct
from dokango.importing.table_file import read_sheet
from dokango.importing.woocommerce import understand
from dokango.orders.customer import steps
from dokango.orders.customer.message import message_customer
from dokango.orders.lifecycle.commands import AddNote
from dokango.orders.lifecycle.perform import Context
from dokango.orders.placing.checkout_form import wanted_of
from dokango.orders.placing.request import PlaceOrder
from dokango.people import api_keys, staff
from dokango.people.actor import Actor
from dokango.plain_model import PlainModel
from dokango.text import plain
from dokango_web.api.shapes.base import Problem, Shape
from state.kit.payload import fields, texts, words
from tests.small_shop import Shop

HIDDEN = "a\u202eb\u200b\x07"
OURS = ("dokango.", "dokango_web.")
UNSEEN = ("Cc", "Cf", "Cs")
SEEN_FORMATS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}  # signs under numbers


def models() -> list[type[BaseModel]]:
    """Every model of the shop and its API in which something is asked; those in which something is answered are not."""
    for package in (dokango, dokango_web.api):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "versions" not in module.name and not module.name.endswith(("__main__", ".env")):
                importlib.import_module(module.name)

    def below(base: type[BaseModel]) -> set[type[BaseModel]]:
        return {found for one in base.__subclasses__() for found in (one, *below(one))}

    ours = {model for model in below(BaseModel) if model.__module__.startswith(OURS)}
    kept_or_answered = (SQLModel, BaseSettings, Shape, Problem)
    asked = (model for model in ours if model is not PlainModel and not issubclass(model, kept_or_answered))
    return sorted(asked, key=lambda model: f"{model.__module__}.{model.__name__}")


def holds_text(annotation: Any) -> bool:
    return annotation is str or any(holds_text(part) for part in get_args(annotation))


TEXTS = [
    (model, name) for model in models() for name, field in model.model_fields.items() if holds_text(field.annotation)
]


def kept(model: type[BaseModel], name: str, text: Any) -> Any:
    """What the model keeps of `text` in one field, whatever its other fields want; None when it is refused."""
    field = model.model_fields[name]
    others = {other: (Any, None) for other in model.model_fields if other != name}
    alone = create_model("Alone", __base__=model, **others)  # type: ignore[call-overload]
    for wrapped in (text, [text], {text: text}):
        with contextlib.suppress(ValidationError):
            return getattr(alone.model_validate({field.alias or name: wrapped}), name)
    return None


@pytest.mark.parametrize(("model", "name"), TEXTS, ids=[f"{model.__name__}.{name}" for model, name in TEXTS])
def test_no_text_that_is_asked_keeps_what_nobody_can_see(model: type[BaseModel], name: str) -> None:
    found = kept(model, name, HIDDEN)
    assert found in (None, "ab", ("ab",), {"ab": "ab"})


def test_the_walk_meets_every_way_in() -> None:
    walked = {f"{model.__name__}.{name}" for model, name in TEXTS}
    assert walked >= {
        "Buyer.name", "PlaceOrder.note", "Address.line", "EditAddress.name", "AddNote.text", "Hold.note",
        "Ship.carrier",
        "Profile.about", "Wallet.instructions", "MailServer.user", "ProductForm.title", "VariantForm.attributes",
        "Receipt.supplier", "Count.reason", "ParcelEdits.note", "OrderFilters.q", "HoldBody.note",
    }  # fmt: skip


def test_line_breaks_stay_in_text_areas_and_nowhere_else() -> None:
    assert AddNote(text="one\r\ntwo\u2028three").text == "one\ntwo\nthree"
    wanted = wanted_of(
        {"name": "Rahima\nAkter", "phone": "01711000000", "line": "House 7\nRoad 3", "district": "Dhaka",
         "method": "cod", "note": "ring\ntwice"}, {"MUG": 1},
    )  # fmt: skip
    assert (wanted.customer.name, wanted.address.line, wanted.note) == (
        "Rahima Akter",
        "House 7\nRoad 3",
        "ring\ntwice",
    )


def test_every_text_area_that_is_named_is_a_field() -> None:
    areas: dict[frozenset[str], set[str]] = {}
    for model in models():
        areas.setdefault(getattr(model, "MANY_LINES", frozenset()), set()).update(model.model_fields)
    assert {lines - fields_of for lines, fields_of in areas.items()} == {frozenset()}


def _staff(db: Database, owner: Actor, clock: ManualClock) -> str:
    new = staff.NewStaff("new", HIDDEN, "packer", "a long password", "")
    db.write(lambda tx: staff.create(tx, owner, new, clock))
    return next(str(row.name) for row in db.read(staff.everyone) if row.login == "new")


def _key(db: Database, owner: Actor, clock: ManualClock) -> str:
    db.write(lambda tx: api_keys.make(tx, owner, HIDDEN, "owner", clock))
    return str(db.read(api_keys.everyone)[0].name)


PEOPLE: dict[str, Callable[[Database, Actor, ManualClock], str]] = {"a colleague": _staff, "a key": _key}


@pytest.mark.parametrize("who", PEOPLE)
def test_names_of_people_and_keys_are_plain(db: Database, owner: Actor, clock: ManualClock, who: str) -> None:
    assert PEOPLE[who](db, owner, clock) == "ab"


def test_what_is_written_to_and_by_a_customer_is_plain(shop: Shop) -> None:
    done = shop.place(("MUG", 1), customer={"name": HIDDEN, "phone": "01711000000"}, note=HIDDEN)
    context = Context(shop.owner, shop.clock, shop.order(done).version)
    shop.db.write(lambda tx: message_customer(tx, context, done.number, HIDDEN))
    form = {"name": HIDDEN, "phone": "01711000000", "line": f"House {HIDDEN}", "area": HIDDEN, "district": "Dhaka"}
    token = shop.order(done).token
    shop.db.write(lambda tx: steps.fix_address(tx, shop.clock, token, form))
    order = shop.order(done)
    assert (order.name, order.note, order.address_line, order.area) == ("ab", "ab", "House ab", "ab")
    trail = shop.db.read(lambda tx: [event.note for event in audit.of_order(tx, order.id)])
    assert "To the customer: ab" in trail and not any(set("\u202e\u200b\x07") & set(note) for note in trail)


def _imported() -> FoundProduct:
    head = "SKU,Name,Regular price,Description,Categories,Attribute 1 name,Attribute 1 value(s)"
    table = f'{head}\nmug,{HIDDEN},5,"<p>{HIDDEN}&#8238;</p>",{HIDDEN},{HIDDEN},{HIDDEN}'
    return understand(read_sheet(table.encode()), date(2026, 11, 22)).products[0]


PLAINLY: dict[str, Callable[[], object]] = {
    "a product's name in a file": lambda: _imported().title,
    "its category": lambda: _imported().categories[0],
    "its attributes": lambda: "".join(_imported().variants[0].form.attributes),
    "who carries a parcel": lambda: handover(HIDDEN).carrier,
    "its code": lambda: handover("Rider", HIDDEN).tracking_code,
    "a courier's answer": lambda: reading.text(HIDDEN),
    "a word from a page": lambda: words(HIDDEN),
    "a form from a page": lambda: texts({"name": HIDDEN})["name"],
    "a form with boxes": lambda: fields({"name": HIDDEN})["name"],
}


@pytest.mark.parametrize("way", PLAINLY)
def test_what_comes_from_files_pages_and_couriers_is_plain(way: str) -> None:
    assert PLAINLY[way]() == "ab"


def test_of_all_characters_only_what_nobody_sees_is_dropped() -> None:
    hidden, lost = [], []
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        found, kind = plain(f"a{character}b"), unicodedata.category(character)
        if kind in UNSEEN and code not in SEEN_FORMATS and found not in ("ab", "a b"):
            hidden.append(hex(code))
        if kind[0] in "LN" and len(found) < 3 and "FILLER" not in unicodedata.name(character):
            lost.append(hex(code))
    assert (hidden, lost) == ([], [])


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("  Rahima\tAkter ", "Rahima Akter"),
        ("রহিমা আক্তার", "রহিমা আক্তার"),
        ("র\u200d্যাব, উদ্\u200cযাপন", "র\u200d্যাব, উদ্\u200cযাপন"),  # the joiners choose the letters' shape
        ("ক\u200d\u200d\u200dষ", "ক\u200dষ"),
        ("\u200dরহিমা\u200c", "রহিমা"),
        ("Rahi\u200dma \u200c", "Rahima"),
        ("বড\u09bc", "বড\u09bc"),
        ("বড়", unicodedata.normalize("NFC", "বড়")),
        ("Cafe\u0301", "Café"),
        ("\ufeffO\u00adNeil", "ONeil"),
        ("محمد \u200fعلي\u200f", "محمد علي"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("Z" + "\u0301" * 50, unicodedata.normalize("NFC", "Z" + "\u0301" * 8)),
        ("\u3164", ""),
        ("a\u00a0b\u2003c", "a b c"),
        ("one\r\ntwo", "one two"),
        ("\ud800x", "x"),
    ],
)
def test_text_is_kept_as_everybody_sees_it(typed: str, seen: str) -> None:
    assert plain(typed) == seen
    assert plain(seen) == seen


def test_a_program_that_sends_it_is_answered_with_what_is_kept() -> None:
    body = (
        '{"customer":{"name":"Ra\\u202ehima\\u200b","phone":"01711000000"},"payment":{"method":"cod"},'
        '"address":{"line":"House 7","district":"Dhaka"},"lines":[{"sku":"MUG","quantity":1}],'
        '"note":"\\u2066ring\\u2069"}'
    )
    wanted = PlaceOrder.model_validate_json(body)
    assert (wanted.customer.name, wanted.note) == ("Rahima", "ring")
