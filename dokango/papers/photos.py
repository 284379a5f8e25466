"""Whether a photo can go onto paper: its content, not its name, and no more of it than the press can hold."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path

import typst

from dokango.errors import InvalidInput

MOST_PIXELS = 30_000_000  # a phone's photo has 12 to 16 million; the press holds each of them whole, eight at a time
_PAPER = '#set page(width: 9mm, height: 9mm, margin: 0mm)\n#image("{name}", width: 9mm, height: 9mm)'
_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that a JPEG's size follows


def check_photo(content: bytes, kind: str) -> None:
    """Raises InvalidInput (under `file`) for a photo of `kind` (png, jpg, webp) that no paper can show."""
    pixels = pixels_of(content, kind)
    if pixels is not None and pixels > MOST_PIXELS:
        words = (
            f"The photo has more than {MOST_PIXELS // 1_000_000} million pixels. Choose a smaller size in the camera."
        )
        raise InvalidInput({"file": words})
    if not pixels or not _is_printed(content, kind):
        raise InvalidInput({"file": "This photo cannot be read. Take it again, or choose another one."})


def is_printable(path: Path) -> bool:
    """The same of one that is kept."""
    try:
        check_photo(path.read_bytes(), path.suffix.lstrip("."))
    except InvalidInput:
        return False
    return True


def pixels_of(content: bytes, kind: str) -> int | None:
    """How many pixels the photo says that it has; None when it says nothing that can be read."""
    try:
        width, height = {"png": _png, "jpg": _jpeg, "webp": _webp}[kind](content)
    except (struct.error, IndexError, KeyError):
        return None
    return width * height


def _png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while at < len(content):
        if content[at] != 0xFF:
            raise IndexError(at)
        marker = content[at + 1]
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 1 if marker == 0xFF else 2 + struct.unpack_from(">H", content, at + 2)[0]
    raise IndexError(at)


def _webp(content: bytes) -> tuple[int, int]:
    kind = content[12:16]
    if kind == b"VP8X":
        return _u24(content, 24) + 1, _u24(content, 27) + 1
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", content, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    raise KeyError(kind)


def _u24(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 3], "little")


def _is_printed(content: bytes, kind: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        photo, page = Path(folder) / f"photo.{kind}", Path(folder) / "page.typ"
        photo.write_bytes(content)
        page.write_text(_PAPER.format(name=photo.name))
        try:
            typst.compile(str(page), root=folder, ignore_system_fonts=True)
        except typst.TypstError:
            return False
    return True
