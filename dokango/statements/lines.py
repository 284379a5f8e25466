"""The rows of a statement, its columns known, as lines of a wallet: money in, money out, or not understood, with why.

Nothing is guessed of money: which way it went is said by its sign, its column, its kind, or the shop's own number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from dokango.errors import InvalidInput
from dokango.importing.amounts import signed_poisha
from dokango.importing.arranging import Choice
from dokango.importing.marks import Ambiguous, Marks
from dokango.importing.table_file import Row, Sheet
from dokango.money import taka
from dokango.payments import movements as m
from dokango.payments.messages import INCOME, NOT_INCOME, NOT_UNDERSTOOD
from dokango.payments.statement_lines import StatementLine
from dokango.payments.trx_ids import normalise
from dokango.people.phones import normalise_phone
from dokango.statements import columns as c
from dokango.statements import dates
from dokango.text import plain

_LONGEST_SAID, _LONGEST_WORDS = 1_000, 100
_FAILED = ("fail", "cancel", "revers", "reject", "declin", "pending", "unsuccess", "ব্যর্থ", "বাতিল")


@dataclass(frozen=True, slots=True)
class Wallet:
    """Whose statement it is: the method's key, and the shop's own numbers there, normalised."""

    method: str
    numbers: tuple[str, ...] = ()


class _Unclear(Exception):
    """Why a row is not understood, in a sentence."""


def lines_of(sheet: Sheet, choice: Choice, wallet: Wallet) -> list[StatementLine]:
    """Each row of `sheet` that says something, its columns put where `choice` says. Raises InvalidInput, by heading."""
    c.refuse_unfit(sheet, choice)
    placed = c.placed(sheet, choice)
    reader = _Reader(placed, wallet)
    alike: Counter[str] = Counter()
    found = []
    for row in placed.rows:
        line = reader.read(row)
        # Two rows that say the same are two movements; the same file once more has them in the same number.
        alike[line.identity] += 1
        found.append(replace(line, nth=alike[line.identity]))
    return found + [_broken(line, why, wallet) for line, why in placed.broken]


class _Reader:
    """Reads rows by what their columns tell together: decimal marks, the order of dates."""

    def __init__(self, sheet: Sheet, wallet: Wallet) -> None:
        held = [place for place in c.AMOUNTS if place in sheet.headings]
        self._marks = Marks({place: [row.get(place) for row in sheet.rows] for place in held})
        self._order = dates.order_of(row.get(c.AT) for row in sheet.rows)
        self._spelled, self._wallet = sheet.spelled, wallet

    def read(self, row: Row) -> StatementLine:
        said = plain(" · ".join(cell for cell in row.cells.values() if cell))[:_LONGEST_SAID]
        blank = StatementLine(row.line, self._wallet.method, said, NOT_UNDERSTOOD)
        try:
            return self._understood(row, blank)
        except _Unclear as error:
            return replace(blank, why=str(error))

    def _understood(self, row: Row, blank: StatementLine) -> StatementLine:
        amounts = {place: self._amount(row, place) for place in c.AMOUNTS}
        trx_id = self._trx_id(row)
        sender, receiver = _phone(row.get(c.SENDER)), _phone(row.get(c.RECEIVER))
        word = m.word_of(row.get(c.KIND))
        line = replace(
            blank, kind=word.kind, trx_id=trx_id, sender=sender, fee_poisha=abs(amounts[c.FEE] or 0),
            balance_poisha=amounts[c.BALANCE], reference=plain(row.get(c.REFERENCE))[:_LONGEST_WORDS],
            sent_at=dates.when(row.get(c.AT), self._order, row.get(c.TIME)), till=self._own((sender, receiver)),
        )  # fmt: skip
        status = row.get(c.STATUS).casefold()[:_LONGEST_WORDS]
        if any(part in status for part in _FAILED):
            return replace(line, reading=NOT_INCOME, balance_poisha=None, why=f"It says “{status}”: nothing moved.")
        moved, came_in = self._moved(amounts, word, sender, receiver)
        return _sorted(line, word, moved, came_in=came_in)

    def _amount(self, row: Row, place: str) -> int | None:
        said = row.get(place)
        if not said:
            return None
        try:
            return signed_poisha(said, self._marks.of(place))
        except InvalidInput as error:
            raise _Unclear(f"“{said[:40]}” under “{self._spelled[place]}” is no amount.") from error
        except Ambiguous as error:
            words = f"“{said[:40]}” under “{self._spelled[place]}”: {error}. Write it without marks of thousands."
            raise _Unclear(words) from error

    def _trx_id(self, row: Row) -> str:
        said = row.get(c.TRX)
        try:
            return normalise(said) if said else ""
        except InvalidInput as error:
            raise _Unclear(f"“{said[:40]}” is no TrxID. {error}") from error

    def _moved(self, amounts: Mapping[str, int | None], word: m.Word, sender: str, receiver: str) -> tuple[int, bool]:
        """How much moved (poisha, above 0), and whether it came in."""
        came, went, amount = amounts[c.IN] or 0, amounts[c.OUT] or 0, amounts[c.AMOUNT] or 0
        if came and went:
            raise _Unclear(f"It says {taka(abs(came))} in and {taka(abs(went))} out at once.")
        if came < 0:
            raise _Unclear(f"It says {taka(came)} in, which is below nothing.")
        if came or went:
            return abs(came or went), bool(came)
        if not amount:
            raise _Unclear("No amount stands in this line.")
        return abs(amount), self._way(amount, word, sender, receiver)

    def _way(self, amount: int, word: m.Word, sender: str, receiver: str) -> bool:
        mine = self._wallet.numbers
        if (sender in mine) != (receiver in mine):
            came_in = receiver in mine
            if amount < 0 and came_in:
                raise _Unclear("Its amount is below nothing, and yet your number is the receiver.")
            return came_in
        if amount < 0:
            if word.came_in:
                raise _Unclear("Its amount is below nothing, and its kind says that money came in.")
            return False
        if word.came_in is not None:
            return word.came_in
        raise _Unclear("It does not say whether this money came in or went out.")

    def _own(self, numbers: Sequence[str]) -> str:
        return next((number for number in numbers if number in self._wallet.numbers), "")


def _sorted(line: StatementLine, word: m.Word, moved: int, *, came_in: bool) -> StatementLine:
    """The line as income, or as what it is besides."""
    if came_in and not (word.kind == m.OTHER and word.came_in):
        return replace(line, reading=INCOME, kind=m.RECEIVED, amount_poisha=moved)
    kind = m.OTHER if came_in or word.came_in else word.kind
    words = "Money came in, which is no customer's payment." if came_in else f"{m.KINDS[kind]}: money went out."
    # What stands as the sender of money that went out is the shop itself.
    return replace(
        line, reading=NOT_INCOME, kind=kind, amount_poisha=moved if came_in else -moved, sender="", why=words
    )


def _broken(line: int, why: str, wallet: Wallet) -> StatementLine:
    return StatementLine(line, wallet.method, f"Line {line}", NOT_UNDERSTOOD, why=f"From here on {why}.")


def _phone(said: str) -> str:
    """A mobile number as it is kept; the digits at its end where a wallet hides the rest; "" for a name."""
    try:
        return normalise_phone(said) if said else ""
    except InvalidInput:
        digits = "".join(character for character in said[-12:] if character.isascii() and character.isdigit())
        return digits[-4:] if any(mark in said for mark in "*xX") and len(digits) >= 3 else ""
