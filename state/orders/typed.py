"""What was typed in the dialogs of an order, as the commands they ask for; one sentence a field otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from dokango.couriers.manual import MANUAL, handover
from dokango.errors import InvalidInput
from dokango.money import parse_taka, taka
from dokango.numbers import whole_number
from dokango.orders.lifecycle import commands as c
from dokango.orders.lifecycle.decisions.parcel_back import CONDITION_WORDS
from state.kit.reading import Reading

C = TypeVar("C", bound=c.Command)
Typed = Mapping[str, str]
PIECES, EACH, OFF = "pieces ", "each ", "off "  # the same of an order that is edited
KEPT = "kept "  # before the SKU, in the names of the fields of a parcel that was kept in part
_MOST_MESSAGE = 900
# A command's field → the field of its dialog, where they are called otherwise.
ON_PAGE: dict[str, dict[str, str]] = {
    "hold": {"reason": "kind", "note": "reason"},
    "report_problem": {"problem": "reason"},
}
_SENTENCES = {
    "reason": "Say why; it is kept in the order's history.",
    "tracking_code": "Type the code that they gave, up to 80 characters.",
    "text": "Write something first, up to 1,000 characters.",
    "name": "Who receives it?",
    "line": "House, road, village: where does it go?",
    "amount_poisha": f"Type an amount of more than {taka(0)}.",
}
# before the SKU, in the names of the fields of a return, and of what was found in a parcel that came back
_BACK = {"good ": True, "bad ": False}
_FOUND = {f"{condition} ": condition for condition in CONDITION_WORDS}


def hold_of(typed: Typed) -> c.Hold:
    """Hold with a reason of the list, and a note. Raises InvalidInput, as all of these."""
    return _command(c.Hold, reason=typed.get("kind", ""), note=typed.get("reason", ""))


def cancel_of(typed: Typed) -> c.Cancel:
    """Cancel, with the reason that the customer is told: one of the shop's list, words of one's own, or both."""
    return _command(c.Cancel, reason=cancel_reason(typed.get("kind", ""), typed.get("reason", "")))


def cancel_reason(chosen: str, own: str) -> str:
    """What is told as the reason: the chosen one, and what was written beside it."""
    return ". ".join(words for words in (chosen.strip().rstrip("."), own.strip()) if words)


def problem_of(typed: Typed) -> c.ReportProblem:
    """What is wrong with the delivery; empty words clear it."""
    return _command(c.ReportProblem, problem=typed.get("reason", ""))


def ship_of(typed: Typed) -> c.Ship:
    """Hand the parcel to somebody without an API."""
    given = handover(typed.get("carrier", ""), typed.get("tracking_code", ""))
    return c.Ship(courier=MANUAL.key, carrier=given.carrier, tracking_code=given.tracking_code)


def code_of(typed: Typed) -> c.SetCode:
    """The code of a parcel that was handed over by hand."""
    return _command(c.SetCode, tracking_code=typed.get("tracking_code", ""))


def refund_of(typed: Typed) -> c.PayRefund:
    """A refund that was paid."""
    said = {name: typed.get(name, "") for name in ("method", "reference")}
    return _command(c.PayRefund, **said, **_money(typed, "amount_poisha"))


def reversal_of(typed: Typed) -> c.ReversePayment:
    """A payment that was booked by mistake, and why it is taken back."""
    payment = whole_number(typed.get("payment", ""), "payment", 1, 2**53)
    return _command(c.ReversePayment, payment=payment, reason=typed.get("reason", ""))


def credit_of(typed: Typed) -> c.PayWithCredit:
    """How much of the customer's credit pays."""
    return _command(c.PayWithCredit, **_money(typed, "amount_poisha"))


def kept_of(typed: Typed) -> c.KeepAsCredit:
    """How much of what is due back stays as the customer's credit."""
    return _command(c.KeepAsCredit, **_money(typed, "amount_poisha"))


def payout_of(typed: Typed) -> c.PayOut:
    """What the courier paid out, what it charges, what was paid to it; an empty field says nothing of it."""
    said = _money(typed, *(name for name in ("amount_poisha", "charge_poisha", "paid_poisha") if typed.get(name)))
    return _command(
        c.PayOut,
        amount_poisha=said.get("amount_poisha", 0) - said.get("paid_poisha", 0),
        charge_poisha=said.get("charge_poisha"),
        reference=typed.get("reference", ""),
    )


def collects_of(amount_poisha: object) -> c.SayCollects:
    """What the rider collects, from a button."""
    return _command(c.SayCollects, collects_poisha=amount_poisha)


def return_of(typed: Typed) -> c.ReceiveReturn:
    """How many of each line came back, and which of them are fit for the shelf."""
    reason, all_back = typed.get("reason", ""), bool(typed.get("all_back"))
    took = collected_at_the_door(typed)
    if typed.get("later"):
        return _command(c.ReceiveReturn, inspect_later=True, reason=reason, keep_advance=not all_back, **took)
    lines = _pieces(typed, "restock", _BACK)
    ticked = {name: bool(typed.get(field)) for name, field in
              (("include_delivery", "delivery"), ("customer_paid", "customer_paid"))}  # fmt: skip
    return _command(c.ReceiveReturn, lines=lines, reason=reason, keep_advance=not all_back, **ticked, **took)


def part_of(typed: Typed) -> c.DeliverPart:
    """How many of each line were kept, and what the rider collected."""
    reading, said = Reading(typed), {n.removeprefix(KEPT): pieces for n, pieces in typed.items() if n.startswith(KEPT)}
    lines = [
        {"sku": sku, "kept": reading.tried(partial(whole_number, pieces, sku, 0, c.MOST_PIECES), 0)}
        for sku, pieces in said.items()
    ]
    if reading.wrong:
        raise InvalidInput({"lines": " ".join(f"{sku}: {sentence}" for sku, sentence in reading.wrong.items())})
    return _command(c.DeliverPart, lines=lines, note=typed.get("note", ""), **_money(typed, "collected_poisha"))


def lost_of(typed: Typed) -> c.LoseParcel:
    """The courier has lost the parcel."""
    return _command(c.LoseParcel, reason=typed.get("reason", ""))


def refused_of(typed: Typed) -> c.RefuseChange:
    """Why what the customer asks for cannot be done."""
    return _command(c.RefuseChange, reason=typed.get("reason", ""))


def waived_of(typed: Typed) -> c.WaiveAdvance:
    """Why the order goes on without its advance."""
    return _command(c.WaiveAdvance, reason=typed.get("reason", ""))


def unapproved_of(typed: Typed) -> c.RefuseApproval:
    """Why another's booking is not approved."""
    return _command(c.RefuseApproval, reason=typed.get("reason", ""))


def lower_of(typed: Typed) -> c.LowerCod:
    """What the rider is to collect instead, and why."""
    return _command(c.LowerCod, reason=typed.get("reason", ""), **_money(typed, "collects_poisha"))


def inspect_of(typed: Typed) -> c.Inspect:
    """How many of each line were found in which condition."""
    return _command(c.Inspect, lines=_pieces(typed, "condition", _FOUND), note=typed.get("note", ""))


def send_again_of(typed: Typed) -> c.SendAgain:
    """The parcel goes out once more."""
    return _command(c.SendAgain, note=typed.get("note", ""))


def _pieces(typed: Typed, part: str, kinds: Mapping[str, object]) -> list[dict[str, object]]:
    """The lines that were filled in, each with its `part` of `kinds` (by what stands before the SKU)."""
    reading, lines = Reading(typed), []
    for name, said in typed.items():
        for before, kind in kinds.items():
            if name.startswith(before):
                sku = name.removeprefix(before)
                pieces = reading.tried(partial(whole_number, said or "0", sku, 0, c.MOST_PIECES), 0)
                lines += [{"sku": sku, "quantity": pieces, part: kind}] if pieces else []
    if reading.wrong:
        raise InvalidInput({"lines": " ".join(f"{sku}: {sentence}" for sku, sentence in reading.wrong.items())})
    if not lines:
        raise InvalidInput({"lines": "Say how many pieces came back."})
    return lines


def parcel_back_of(typed: Typed, *, restock: bool | None) -> c.ReceiveReturn:
    """The whole parcel is here again: back on the shelf, written off, or (None) to be inspected later."""
    return _command(
        c.ReceiveReturn, restock=restock, inspect_later=restock is None, reason=typed.get("reason", ""),
        **collected_at_the_door(typed),
    )  # fmt: skip


def collected_at_the_door(typed: Typed) -> dict[str, int]:
    """What the rider took although the parcel came back; nothing where nothing was typed."""
    return {"collected_poisha": _money(typed, "took")["took"]} if typed.get("took") else {}


def is_piece(name: str) -> bool:
    """Whether the field says how many pieces of a line came back."""
    return name.startswith((*_BACK, *_FOUND))


def address_of(typed: Typed) -> c.EditAddress:
    """Where the parcel goes."""
    return _command(
        c.EditAddress,
        **{name: typed.get(name, "") for name in ("name", "phone", "line", "area", "city", "district")},
    )


def edit_of(typed: Typed) -> c.Edit:
    """The order as it should be. A discount is an amount, or a part of it: "150", "10%"."""
    reading = Reading(typed)
    # a field that is left is read by itself: what stands beside it in its line is then taken as it is
    cells = [(name, before) for name in typed for before in (PIECES, EACH, OFF) if name.startswith(before)]
    skus = list(dict.fromkeys(name.removeprefix(before) for name, before in cells))
    lines = [
        {
            "sku": sku,
            "quantity": reading.tried(
                partial(whole_number, typed.get(PIECES + sku, "1"), PIECES + sku, 1, c.MOST_PIECES), 1
            ),
            "unit_price_poisha": reading.tried(partial(parse_taka, typed.get(EACH + sku, "0"), EACH + sku), 0),
            **_off(reading, typed.get(OFF + sku, ""), OFF + sku),
        }
        for sku in skus
    ]
    plain = {
        name: typed[name]
        for name in ("name", "phone", "line", "area", "city", "district", "note", "payment_method")
        if name in typed
    }
    off, delivery = _off(reading, typed.get("discount", ""), "discount"), typed.get("delivery_poisha", "")
    charge = reading.tried(partial(parse_taka, delivery or "0", "delivery_poisha"), 0)
    if wrong := {name: said for name, said in reading.wrong.items() if name.startswith((PIECES, EACH, OFF))}:
        said = " ".join(f"{name.partition(' ')[2]}: {sentence}" for name, sentence in wrong.items())
        reading.wrong = {name: s for name, s in reading.wrong.items() if name not in wrong} | {"lines": said}
    if not lines:
        reading.wrong["lines"] = "An order keeps at least one item. Cancel it instead."
    reading.done(None)
    answers, why = typed.get("answers_wish") or None, typed.get("reason", "")
    return _command(c.Edit, lines=lines, delivery_poisha=charge, reason=why, answers_wish=answers, **off, **plain)


def _off(reading: Reading, said: str, field: str) -> dict[str, int]:
    """What is off: so much, or a part ("10%")."""
    if said.endswith("%"):
        part = reading.tried(partial(whole_number, said.removesuffix("%").strip(), field, 0, 100), 0)
        return {"discount_percent": part}
    return {"discount_poisha": reading.tried(partial(parse_taka, said or "0", field), 0)}


def note_of(typed: Typed) -> c.AddNote:
    """A remark on the timeline."""
    return _command(c.AddNote, text=typed.get("text", ""))


def message_of(typed: Typed) -> str:
    """What the customer reads."""
    words = typed.get("text", "")
    if not 0 < len(words) <= _MOST_MESSAGE:
        raise InvalidInput({"text": f"Write what the customer should read, up to {_MOST_MESSAGE} characters."})
    return words


def _money(typed: Typed, *names: str) -> dict[str, int]:
    reading = Reading(typed)
    found = {name: reading.tried(partial(parse_taka, typed.get(name, ""), name), 0) for name in names}
    return reading.done(found)


def _command(command: type[C], **fields: Any) -> C:
    """The command of `fields`. Raises InvalidInput under the dialog's names when pydantic refuses it."""
    try:
        return command.model_validate(fields)
    except ValidationError as error:
        names = ON_PAGE.get(command.action, {})
        wrong = {}
        for problem in error.errors():
            name = str(problem["loc"][0]) if problem["loc"] else "reason"
            wrong[names.get(name, name)] = _SENTENCES.get(name, "This cannot be used here. Check it and try again.")
        raise InvalidInput(wrong) from error
