"""QR codes as SVG."""

from __future__ import annotations

import segno

QUIET_MODULES = 2  # on white paper with space around; the standard's 4 include that space
_MASK = 3  # any of the eight reads alike; weighing all of them for each label takes most of the time


def svg(text: str) -> str:
    """`text` as a QR code (error correction M), one path, a module to the unit."""
    code = segno.make_qr(text, error="m", boost_error=False, mask=_MASK)
    size = len(code.matrix) + 2 * QUIET_MODULES
    path = []
    for y, row in enumerate(code.matrix, QUIET_MODULES):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                path.append(f"M{start + QUIET_MODULES} {y}h{x - start}v1h{start - x}z")
            x += 1
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path d="{"".join(path)}"/></svg>'
    )
