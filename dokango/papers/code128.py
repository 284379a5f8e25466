"""Code 128 (ISO/IEC 15417): a text as bars, in code sets B and C."""

from __future__ import annotations

import re

from dokango.errors import InvalidInput

# Bars and spaces of the symbols 0 to 105, six widths each; the stop symbol has seven.
_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
PATTERNS = tuple(_WIDTHS[i : i + 6] for i in range(0, len(_WIDTHS), 7))
_STOP = "2331112"
_START_B, _START_C, _TO_C, _TO_B = 104, 105, 99, 100
QUIET_MODULES = 10

# Pairs of digits are shorter in set C, once there are enough of them to pay for the change.
_RUNS = re.compile(r"(?:\d\d){2,}|.", re.DOTALL)


def symbols(text: str) -> list[int]:
    """The symbol values from start to check; raises InvalidInput when `text` is empty or not printable ASCII."""
    if not text or not all(" " <= c <= "~" for c in text):
        raise InvalidInput({"code": "A barcode takes printable ASCII only."})
    found: list[int] = []
    in_c: bool | None = None
    for run in _RUNS.findall(text):
        wants_c = len(run) > 1
        if in_c is None:
            found.append(_START_C if wants_c else _START_B)
        elif wants_c != in_c:
            found.append(_TO_C if wants_c else _TO_B)
        in_c = wants_c
        found += [int(run[i : i + 2]) for i in range(0, len(run), 2)] if wants_c else [ord(run) - 32]
    check = (found[0] + sum(i * value for i, value in enumerate(found[1:], 1))) % 103
    return [*found, check]


def svg(text: str, height: int = 40) -> str:
    """The barcode with its quiet zones as an SVG of one path, a module to the unit; stretch it freely."""
    widths = [int(w) for symbol in symbols(text) for w in PATTERNS[symbol]] + [int(w) for w in _STOP]
    at, path = QUIET_MODULES, []
    for i, width in enumerate(widths):
        if i % 2 == 0:
            path.append(f"M{at} 0h{width}v{height}h-{width}z")
        at += width
    at += QUIET_MODULES
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {at} {height}" preserveAspectRatio="none">'
        f'<path d="{"".join(path)}"/></svg>'
    )
