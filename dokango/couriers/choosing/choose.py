"""The choice itself, a pure function: the first row that fits and whose courier can take the order, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from dokango.couriers.choosing.facts import Candidate, Wish
from dokango.couriers.choosing.rule import BEST, CHEAPEST, CourierRule, RuleRow
from dokango.couriers.choosing.words import FOR_EVERY, conditions, record_words
from dokango.money import taka
from dokango.people.districts import same_district

OTHERWISE = "no row of the rule fits"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A courier that the rule would have taken, and why it cannot be."""

    key: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom the rule gives the order to ("" where it says nobody), and why."""

    key: str = ""
    name: str = ""
    why: str = ""
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def sentence(self) -> str:
        """Why, for people: "Sundarban: outside Dhaka, up to 2 kg. Own rider is passed over: it is switched off."."""
        chosen = f"{self.name}: {self.why}" if self.key else self.why
        passed = [f"{one.name} is passed over: {one.why}." for one in self.passed_over]
        return " ".join(words for words in (chosen and f"{chosen.rstrip('.')}.", *passed) if words)


NO_RULE = Choice()


@dataclass(slots=True)
class _Choosing:
    """One choice under way; `passed` are those passed over so far, each once."""

    wish: Wish
    candidates: Sequence[Candidate]
    passed: dict[str, PassedOver] = field(default_factory=dict)

    def by_row(self, row: RuleRow, why: Sequence[str]) -> Choice | None:
        """Whom a row gives the order to; None when that is nobody."""
        pool = [one for one in self.candidates if _suits(row, one, self.wish)]
        if row.by == CHEAPEST:
            return self._cheapest(pool, why)
        if row.by == BEST:
            return self._best(pool, why)
        if all(one.key != row.by for one in self.candidates):
            self._pass(Candidate(row.by, row.by, hindrance="it is no courier of this shop any more"))
        found = [one for one in pool if one.key == row.by]
        return self._chosen(found[0], why or [FOR_EVERY]) if self._able(found) else None

    def _cheapest(self, pool: Sequence[Candidate], why: Sequence[str]) -> Choice | None:
        priced = [(charge, one) for one in pool if (charge := one.charge_poisha(self.wish)) is not None]
        ranked = sorted(priced, key=lambda pair: pair[0])  # of the same price the one that stands first stays first
        able = self._able([one for _, one in ranked])
        if not able:
            return None
        charges = {one.key: taka(charge) for charge, one in ranked}
        words = f"cheapest here, {charges[able[0].key]}"
        words += f" against {charges[able[1].key]}" if len(able) > 1 else ", the only one with a tariff"
        return self._chosen(able[0], [*why, words])

    def _best(self, pool: Sequence[Candidate], why: Sequence[str]) -> Choice | None:
        ranked = sorted((one for one in pool if one.is_known), key=self._rank)
        able = self._able(ranked)
        if not able:
            return None
        words = f"best record here, {record_words(able[0])}"
        words += f" against {record_words(able[1])}" if len(able) > 1 else ""
        return self._chosen(able[0], [*why, words])

    def _rank(self, one: Candidate) -> tuple[Fraction, int, int]:
        """The larger part delivered first, then the faster, then the cheaper."""
        record, cost = one.record, one.cost_poisha(self.wish)
        days = 10**6 if record.usual_days is None else record.usual_days
        return -Fraction(record.delivered, record.ended), days, 10**12 if cost is None else cost

    def _able(self, ranked: Sequence[Candidate]) -> list[Candidate]:
        """Those that can take it, in their order; who stands before the first of them is passed over."""
        able = [one for one in ranked if not one.hindrance]
        for one in ranked[: ranked.index(able[0]) if able else len(ranked)]:
            self._pass(one)
        return able

    def _pass(self, one: Candidate) -> None:
        self.passed.setdefault(one.key, PassedOver(one.key, one.name, one.hindrance))

    def _chosen(self, one: Candidate, why: Sequence[str]) -> Choice:
        return Choice(one.key, one.name, ", ".join(why), tuple(self.passed.values()))


def choose(rule: CourierRule, wish: Wish, candidates: Sequence[Candidate]) -> Choice:
    """Whom the rule gives an order to. `candidates` stand in the shop's order, which decides between equals.

    NO_RULE without a rule; a Choice without a key where no row fits, or nobody can take it.
    """
    if not rule.is_set:
        return NO_RULE
    choosing = _Choosing(wish, candidates)
    for row, why in _rows(rule, wish):
        choice = choosing.by_row(row, why)
        if choice is not None:
            return choice
    fits = "Nobody that the rule names can take this order" if choosing.passed else "No row of the rule fits this order"
    return Choice(why=fits, passed_over=tuple(choosing.passed.values()))


def _rows(rule: CourierRule, wish: Wish) -> Iterator[tuple[RuleRow, list[str]]]:
    """The rows that fit the order, each with its conditions in words, and what stands for all others."""
    for row in rule.rows:
        if _fits(row, wish):
            yield row, conditions(row, wish.home_district)
    if rule.otherwise:
        yield RuleRow(by=rule.otherwise), [OTHERWISE] if rule.rows else []


def _fits(row: RuleRow, wish: Wish) -> bool:
    """Whether a row is for such an order, whoever takes it."""
    return (
        (not row.districts or any(same_district(one, wish.district) for one in row.districts))
        and _within(wish.weight_g, row.over_g, row.up_to_g)
        and _within(wish.cod_poisha, row.over_cod_poisha, row.up_to_cod_poisha)
        and _within(wish.value_poisha, row.over_value_poisha, row.up_to_value_poisha)
    )


def _suits(row: RuleRow, one: Candidate, wish: Wish) -> bool:
    """Whether a courier is what the row asks for: where it goes as it prices places, and its own record there."""
    asked: list[tuple[object, Callable[[], bool]]] = [
        (row.areas or None, lambda: one.area(wish) in row.areas),
        (row.delivered_percent, lambda: one.is_known and _delivered_at_least(one, row.delivered_percent or 0)),
        (row.days_most, lambda: one.is_known and _within(one.record.usual_days, None, row.days_most)),
        (row.cost_most_poisha, lambda: _within(one.cost_poisha(wish), None, row.cost_most_poisha)),
    ]
    return all(holds() for condition, holds in asked if condition is not None)


def _delivered_at_least(one: Candidate, percent: int) -> bool:
    return one.record.delivered * 100 >= percent * one.record.ended


def _within(value: int | None, over: int | None, up_to: int | None) -> bool:
    return value is not None and (over is None or value > over) and (up_to is None or value <= up_to)
