"""What the forms of a customer's page hold, read into what is asked of the shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from dokango.customers.acts import LONGEST_LABEL, MOST_LABELS, Block, SetLabels, Unblock, WriteNote
from dokango.errors import InvalidInput
from dokango.orders.one_customer import OtherNumber
from dokango.people.phones import normalise_phone

Asked = TypeVar("Asked")
Typed = dict[str, str]
_LONGEST_REASON, _LONGEST_NOTE = 300, 1_000


@dataclass(frozen=True, slots=True)
class About(Generic[Asked]):
    """What is asked, of the customer that the form was shown for."""

    phone: str
    form: Asked


def note_of(typed: Typed) -> About[WriteNote]:
    """A note. Raises InvalidInput."""
    said = _words(typed, "words", _LONGEST_NOTE, "Write what is to be remembered.")
    return About(_phone(typed), WriteNote(words=said))


def labels_of(typed: Typed) -> About[SetLabels]:
    """Labels, with commas between them; none for an empty field. Raises InvalidInput."""
    labels = tuple(part.strip() for part in typed.get("labels", "").replace("\n", ",").split(",") if part.strip())
    if len(labels) > MOST_LABELS or any(len(label) > LONGEST_LABEL for label in labels):
        raise InvalidInput({"labels": f"At most {MOST_LABELS} labels of {LONGEST_LABEL} letters each."})
    try:
        return About(_phone(typed), SetLabels(labels=labels))
    except ValidationError:
        raise InvalidInput({"labels": "Write labels with commas between them: wholesale, neighbour."}) from None


def block_of(typed: Typed) -> About[Block]:
    """Why somebody is blocked. Raises InvalidInput."""
    reason = _words(typed, "reason", _LONGEST_REASON, "Say why; only the staff reads it.")
    return About(_phone(typed), Block(reason=reason))


def unblock_of(typed: Typed) -> About[Unblock]:
    """Why somebody is no longer blocked, or nothing. Raises InvalidInput."""
    return About(_phone(typed), Unblock(reason=typed.get("reason", "").strip()[:_LONGEST_REASON]))


def other_of(typed: Typed) -> About[OtherNumber]:
    """Another number of the same person. Raises InvalidInput."""
    return About(_phone(typed), OtherNumber(other=normalise_phone(typed.get("other", ""), "other")))


def _phone(typed: Typed) -> str:
    return normalise_phone(typed.get("phone", ""))


def _words(typed: Typed, name: str, most: int, empty: str) -> str:
    said = typed.get(name, "").strip()
    if not said:
        raise InvalidInput({name: empty})
    if len(said) > most:
        raise InvalidInput({name: f"At most {most} letters."})
    return said
