"""How figures are drawn: standing over periods, or lying with a label at each bar's end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dokango.money import POISHA_PER_TAKA, taka
from dokango.reports.kit.places import Figure

_LAKH, _CRORE = 100_000, 10_000_000
_MOST_TICKS = 5
_HEIGHT, _LINE_HEIGHT = 260, 30


def short_taka(amount_poisha: int) -> str:
    """For axes and labels: "৳45,000", "৳2.3 lakh", "৳1.2 crore"."""
    whole = abs(amount_poisha) // POISHA_PER_TAKA
    for size, word in ((_CRORE, "crore"), (_LAKH, "lakh")):
        if whole >= size:
            return f"{'−' if amount_poisha < 0 else ''}৳{f'{whole / size:.1f}'.removesuffix('.0')} {word}"
    return taka(amount_poisha // POISHA_PER_TAKA * POISHA_PER_TAKA)


def trace(kind: str, name: str, x: Sequence[str], poisha: Sequence[int], said: Sequence[str]) -> dict[str, object]:
    """One row of bars or one line over periods, `said` when pointed at."""
    return {
        "type": kind, "name": name, "x": list(x), "y": [amount / POISHA_PER_TAKA for amount in poisha],
        "hovertext": list(said), "hoverinfo": "text",
    }  # fmt: skip


def standing_figure(data: list[dict[str, object]], periods: Sequence[str], poisha: Sequence[int]) -> Figure:
    """Traces over `periods`; the axis fits `poisha`, all their amounts."""
    values = _ticks(min([0, *poisha]), max([0, *poisha]))
    step = max(1, -(-len(periods) // _MOST_TICKS))
    shown = list(periods[::-1][::step][::-1])
    layout = {
        **_BARE, "height": _HEIGHT,
        "xaxis": {
            "type": "category", "fixedrange": True, "tickvals": shown, "tickangle": 0, "showgrid": False,
            "ticktext": [_short_period(period) for period in shown],
        },
        "yaxis": {
            "fixedrange": True, "automargin": True, "tickvals": [value / POISHA_PER_TAKA for value in values],
            "ticktext": [short_taka(value) for value in values],
            "range": [values[0] / POISHA_PER_TAKA, values[-1] / POISHA_PER_TAKA],
        },
    }  # fmt: skip
    return {"data": data, "layout": layout}


def lying_figure(bars: Sequence[tuple[str, int, str, str]]) -> Figure:
    """Horizontal bars, the first on top, each with its label at its end: (name, size, label, sentence)."""
    names = [name if len(name) < 24 else f"{name[:21].rstrip()}…" for name, _, _, _ in bars]
    trace = {
        "type": "bar", "orientation": "h", "y": list(range(len(bars))),
        "x": [size / POISHA_PER_TAKA for _, size, _, _ in bars],
        "text": [label for _, _, label, _ in bars], "textposition": "outside", "cliponaxis": False, "textangle": 0,
        "hovertext": [said for _, _, _, said in bars], "hoverinfo": "text",
    }  # fmt: skip
    most = max([1, *(size for _, size, _, _ in bars)]) / POISHA_PER_TAKA
    layout = {
        **_BARE, "height": _LINE_HEIGHT * len(bars) + 16, "margin": {"l": 8, "r": 8, "t": 4, "b": 4},
        "xaxis": {"visible": False, "fixedrange": True, "range": [0, most * 1.6]},
        "yaxis": {
            "autorange": "reversed", "fixedrange": True, "automargin": True, "showgrid": False,
            "tickvals": list(range(len(bars))), "ticktext": names, "ticklabelstandoff": 6,
        },
    }  # fmt: skip
    return {"data": [trace], "layout": layout}


_BARE: dict[str, object] = {
    "showlegend": False,
    "dragmode": False,
    "hovermode": "closest",
    "autosize": True,
    "bargap": 0.3,
    "margin": {"l": 8, "r": 24, "t": 12, "b": 28},
}


def _ticks(least: int, most: int) -> list[int]:
    """Three to six round amounts from `least` to `most`, in poisha."""
    room = max(most - least, 100 * POISHA_PER_TAKA)
    size = 10 ** (len(str(room)) - 1)
    step = next(s for s in (size // 5, size // 2, size, size * 2) if s and room // s <= 5)
    return list(range(least // step * step, most + step, step))


def _short_period(period: str) -> str:
    if len(period) == len("2026-11"):
        return f"{date.fromisoformat(period + '-01'):%b %y}"
    day = date.fromisoformat(period)
    return f"{day.day} {day:%b}"
