"""What the pictures are made of: flat shapes in two or three tones on a tinted ground, 480 × 480."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

Motif = Callable[[float, float, float, str], str]


def scene(ground: str, *parts: str) -> str:
    """The whole picture on `ground`, with the soft shadow that everything stands on."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" role="img">'
        f'<rect width="480" height="480" fill="{ground}"/>'
        '<ellipse cx="240" cy="400" rx="150" ry="14" fill="#000" opacity=".08"/>' + "".join(parts) + "</svg>"
    )


def box(x: float, y: float, w: float, h: float, fill: str, r: float = 0, more: str = "") -> str:
    """A rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}"{more}/>'


def path(d: str, fill: str, more: str = "") -> str:
    """A filled path."""
    return f'<path d="{d}" fill="{fill}"{more}/>'


def line(d: str, stroke: str, width: float, more: str = "") -> str:
    """A stroked path."""
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linecap="round"{more}/>'


def dot(x: float, y: float, r: float, fill: str, more: str = "") -> str:
    """A circle."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{more}/>'


def shade(x: float, y: float, w: float, h: float, r: float = 0) -> str:
    """A darker part of what lies under it."""
    return box(x, y, w, h, "#000", r, ' opacity=".12"')


def flower(x: float, y: float, size: float, fill: str) -> str:
    """Eight petals."""
    petals = "".join(
        f'<ellipse cx="{x:g}" cy="{y - size * 0.6:g}" rx="{size * 0.22:g}" ry="{size * 0.42:g}" fill="{fill}"'
        f' transform="rotate({turn} {x:g} {y:g})"/>'
        for turn in range(0, 360, 45)
    )
    return petals + dot(x, y, size * 0.2, fill)


def leaf(x: float, y: float, size: float, fill: str) -> str:
    """Two leaves and a bud."""

    def blade(turn: int) -> str:
        d = f"M{x:g} {y + size:g}q{-size * 0.7:g} {-size:g} 0 {-size * 2:g}q{size * 0.7:g} {size:g} 0 {size * 2:g}z"
        return path(d, fill, f' transform="rotate({turn} {x:g} {y + size:g})"')

    return blade(-38) + blade(0) + blade(38)


def drop(x: float, y: float, size: float, fill: str) -> str:
    """A drop."""
    return path(
        f"M{x:g} {y - size:g}q{size * 0.95:g} {size * 1.1:g} 0 {size * 1.75:g}q{-size * 0.95:g} {-size * 0.65:g} 0 {-size * 1.75:g}z",  # noqa: E501
        fill,
    )


def bee(x: float, y: float, size: float, fill: str) -> str:
    """A honeycomb of seven cells."""
    cell = size * 0.42

    def hexagon(cx: float, cy: float) -> str:
        corners = " ".join(
            f"{cx + cell * 0.86 * math.sin(math.radians(a)):.1f},{cy + cell * 0.86 * math.cos(math.radians(a)):.1f}"
            for a in range(0, 360, 60)
        )
        return f'<polygon points="{corners}" fill="{fill}"/>'

    ring = [
        (math.cos(math.radians(a)) * cell * 1.75, math.sin(math.radians(a)) * cell * 1.75) for a in range(0, 360, 60)
    ]
    return hexagon(x, y) + "".join(hexagon(x + dx, y + dy) for dx, dy in ring)


def temples(x: float, y: float, width: float, size: float, fill: str) -> str:
    """The row of triangles along a sari's border."""
    steps = int(width // size)
    d = "".join(f"M{x + i * size:g} {y:g}l{size / 2:g} {-size:g}l{size / 2:g} {size:g}z" for i in range(steps))
    return path(d, fill)


def sari(ground: str, body: str, dark: str, border: str, *, buti: bool = False) -> str:
    """A folded sari with its end hanging over."""
    folds = "".join(box(92, 300 + i * 24, 296, 22, body if i % 2 else dark, 11) for i in range(4))
    cloth = box(92, 150, 296, 160, body, 14) + box(92, 262, 296, 40, border) + temples(96, 262, 288, 18, border)
    end = path("M250 150h92v236q-23 14-46 0t-46 0z", dark) + path("M250 330h92v20h-92z", border)
    stripes = "".join(box(250, 296 + i * 12, 92, 4, border) for i in range(2)) + temples(251, 330, 90, 15, border)
    rows = ((120, 190), (164, 176), (208, 190), (142, 226), (186, 226), (366, 190), (366, 232))
    buds = (
        "".join(flower(x, y, 13, border) for x, y in rows) if buti else "".join(dot(x, y, 4, border) for x, y in rows)
    )
    fringe = "".join(line(f"M{258 + i * 12} 388v16", border, 3) for i in range(8))
    tops = "".join(flower(274 + i * 44, 200 + (i % 2) * 40, 14, border) for i in range(2)) if buti else ""
    return scene(ground, folds, cloth, buds, end, stripes, tops, fringe)


def panjabi(ground: str, cloth: str, dark: str, thread: str, *, embroidered: bool = False) -> str:
    """A long shirt, laid flat."""
    sleeves = path("M176 108l-86 74 34 62 66-46z", dark) + path("M304 108l86 74-34 62-66-46z", dark)
    body = path("M176 104q64 34 128 0l10 40-6 244q-68 16-136 0l-6-244z", cloth)
    slits = line("M172 388l4-70", dark, 4) + line("M308 388l-4-70", dark, 4)
    collar = path("M206 100q34 26 68 0l6 16q-40 32-80 0z", dark)
    placket = box(229, 122, 22, 116, dark, 4)
    buttons = "".join(dot(240, 142 + i * 26, 4, thread) for i in range(4))
    work = ""
    if embroidered:
        work = "".join(flower(208 if i % 2 else 272, 142 + i * 18, 11, thread) for i in range(6))
        work += line("M222 122v120q18 16 36 0v-120", thread, 3)
        work += line("M96 188l32 56", thread, 5, ' stroke-dasharray="2 9"') + line(
            "M384 188l-32 56", thread, 5, ' stroke-dasharray="2 9"'
        )
    return scene(ground, sleeves, body, slits, collar, placket, buttons, work)


def stack(ground: str, colours: Sequence[str], pattern: Callable[[float, float, float, float], str]) -> str:
    """Folded cloths, one on the other, each with `pattern`."""
    height = 250 / len(colours)
    parts = []
    for i, colour in enumerate(reversed(colours)):
        y = 396 - height * (i + 1)
        parts.append(box(86 + i * 6, y, 308 - i * 12, height - 5, colour, 16))
        parts.append(pattern(86 + i * 6, y, 308 - i * 12, height - 5))
        parts.append(shade(86 + i * 6, y + height - 19, 308 - i * 12, 14, 8))
    return scene(ground, *parts)


def checks(x: float, y: float, w: float, h: float) -> str:
    """Woven checks in white."""
    down = "".join(box(x + 18 + i * 34, y, 9, h, "#fff", 0, ' opacity=".45"') for i in range(int(w // 34)))
    across = "".join(box(x, y + 14 + i * 28, w, 7, "#fff", 0, ' opacity=".35"') for i in range(int((h - 10) // 28)))
    return down + across


def blocks(x: float, y: float, w: float, h: float) -> str:
    """Printed flowers in a row."""
    return "".join(flower(x + 34 + i * 48, y + h / 2 - 4, 19, "#ffffffbb") for i in range(int((w - 20) // 48)))


def shawl(ground: str, cloth: str, edge: str) -> str:
    """A shawl over a rail."""
    rail = box(70, 112, 340, 10, "#8a6b4a", 5)
    back = path("M150 116h190v214h-190z", cloth) + shade(150, 116, 190, 214)
    front = path("M124 112h190v262h-190z", cloth)
    bands = "".join(box(124, y, 190, h, edge) for y, h in ((312, 20), (342, 6), (298, 5)))
    weave = "".join(
        line(f"M{140 + i * 20} 124v166", "#fff", 1.5, ' opacity=".5" stroke-dasharray="6 5"') for i in range(9)
    )
    fringe = "".join(line(f"M{130 + i * 14} 376v22", cloth, 4) for i in range(14))
    return scene(ground, back, rail, front, weave, bands, fringe)


def _stitches(inset: float, x: float, y: float, size: float, colour: str) -> str:
    d = f"M{x + inset:g} {y + inset:g}h{size - 2 * inset:g}v{size - 2 * inset:g}h{-(size - 2 * inset):g}z"
    return line(d, colour, 3, ' stroke-dasharray="9 7"')


def kantha(ground: str, cloth: str, red: str, blue: str) -> str:
    """A quilt with a lotus and running stitch."""
    quilt = box(96, 96, 288, 288, cloth, 10) + _stitches(14, 96, 96, 288, red) + _stitches(30, 96, 96, 288, blue)
    lotus = flower(240, 240, 76, red) + flower(240, 240, 44, cloth) + flower(240, 240, 26, blue)
    corners = "".join(leaf(x, y, 17, blue) for x in (152, 328) for y in (146, 322))
    rings = "".join(
        f'<circle cx="240" cy="240" r="{r}" fill="none" stroke="{c}" stroke-width="3" stroke-dasharray="8 7"/>'
        for r, c in ((86, blue), (97, red))
    )
    return scene(ground, quilt, rings, lotus, corners)


def cushion(ground: str, cloth: str, thread: str, accent: str) -> str:
    """A plump cushion with stitched rings."""
    pillow = path("M104 110q136 34 272 0q-30 136 0 272q-136-30-272 0q30-136 0-272z", cloth)
    rings = "".join(
        f'<circle cx="240" cy="246" r="{r}" fill="none" stroke="{thread}" stroke-width="3" stroke-dasharray="9 7"/>'
        for r in (100, 88, 30)
    )
    return scene(ground, pillow, rings, flower(240, 246, 62, thread), flower(240, 246, 26, accent))


def mat(ground: str, cane: str, dark: str, accent: str) -> str:
    """A woven mat, half unrolled."""
    sheet = path("M96 168h258l34 206h-258z", cane)
    weave = "".join(line(f"M{104 + i * 2} {180 + i * 16}h258", dark, 3, ' stroke-dasharray="16 12"') for i in range(12))
    pattern = "".join(path(f"M{160 + i * 62} 262l24-22 24 22-24 22z", accent, ' opacity=".85"') for i in range(3))
    roll = box(84, 130, 284, 46, cane, 23) + line("M96 153h240", dark, 3, ' stroke-dasharray="16 12"')
    return scene(
        ground, sheet, weave, pattern, roll, dot(346, 153, 22, dark), dot(346, 153, 13, cane), dot(346, 153, 5, dark)
    )


def tote(ground: str, jute: str, dark: str, print_: str) -> str:
    """A shopping bag."""
    handles = line("M188 170q0-84 52-84t52 84", dark, 13)
    bag = path("M118 166h244l18 226h-280z", jute)
    threads = "".join(line(f"M{128 + i * 19} 178l{(i - 6) * 2} 204", dark, 1.5, ' opacity=".35"') for i in range(13))
    return scene(ground, bag, threads, box(118, 160, 244, 16, dark, 4), handles, leaf(240, 280, 46, print_))


def _basket(x: float, y: float, w: float, h: float, jute: str, dark: str) -> str:
    body = path(f"M{x:g} {y:g}h{w:g}l{-w * 0.08:g} {h:g}q{-w * 0.42:g} 16 {-w * 0.84:g} 0z", jute)
    coils = "".join(
        line(f"M{x + 4:g} {y + 14 + i * 15:g}q{w / 2:g} 12 {w - 8:g} 0", dark, 3) for i in range(int((h - 8) // 15))
    )
    return body + coils + f'<ellipse cx="{x + w / 2:g}" cy="{y:g}" rx="{w / 2:g}" ry="15" fill="{dark}"/>'


def baskets(ground: str, jute: str, dark: str) -> str:
    """Three that nest."""
    return scene(
        ground,
        _basket(176, 150, 196, 226, jute, dark),
        _basket(92, 232, 156, 152, jute, dark),
        _basket(236, 298, 116, 94, jute, dark),
    )


def _cup(x: float, y: float, clay: str, dark: str) -> str:
    body = path(f"M{x:g} {y:g}h92l-14 96q-32 14-64 0z", clay) + line(f"M{x + 5:g} {y + 34:g}q41 12 82 0", dark, 4)
    return body + f'<ellipse cx="{x + 46:g}" cy="{y:g}" rx="46" ry="12" fill="{dark}"/>'


def cups(ground: str, clay: str, dark: str) -> str:
    """A pyramid of clay cups."""
    spots = ((194, 104), (144, 200), (244, 200), (94, 296), (194, 296), (294, 296))
    return scene(ground, *(_cup(x, y, clay, dark) for x, y in spots))


def jar(ground: str, content: str, dark: str, label: str, motif: Motif) -> str:
    """A glass jar with a label."""
    glass = path("M150 150q0-14 14-14h152q14 0 14 14l12 30v200q0 18-18 18h-168q-18 0-18-18v-200z", content)
    shine = box(152, 186, 12, 180, "#fff", 6, ' opacity=".4"')
    lid = box(152, 88, 176, 46, label, 10) + shade(152, 118, 176, 16, 6)
    paper = box(138, 222, 204, 124, "#fffaf0", 6) + line("M154 332h172", dark, 3, ' stroke-dasharray="2 8"')
    return scene(ground, lid, glass, paper, motif(240, 276, 34, label), shine)


def pouch(ground: str, colour: str, accent: str, motif: Motif) -> str:
    """A stand-up pouch with a label."""
    bag = path("M140 106h200l14 270q4 20-16 20h-196q-20 0-16-20z", colour)
    seal = shade(140, 106, 200, 26) + line("M150 142h180", "#fff", 2, ' opacity=".6" stroke-dasharray="6 6"')
    paper = box(166, 186, 148, 148, "#fffaf0", 74)
    return scene(ground, bag, seal, paper, motif(240, 258, 44, accent))


def gift(ground: str, paper: str, ribbon: str) -> str:
    """A wrapped box."""
    box_ = box(112, 196, 256, 196, paper, 8) + box(100, 156, 280, 56, paper, 8) + shade(112, 212, 256, 12)
    bands = box(224, 156, 32, 236, ribbon)
    bow = path("M240 156q-86-74-96-20q-6 28 96 20q102 8 96-20q-10-54-96 20z", ribbon) + dot(240, 152, 16, ribbon)
    return scene(
        ground,
        box_,
        "".join(flower(x, y, 15, "#ffffff66") for x, y in ((160, 270), (320, 270), (160, 340), (320, 340))),
        bands,
        bow,
    )
