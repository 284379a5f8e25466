"""Files that staff send: read within a limit, and believed by their content, never by their name or stated type."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from dokango.errors import InvalidInput
from dokango.people.permissions import Permission
from dokango_web.routes.callers import staff_of

MOST_BYTES = 10_000_000
_MAGIC = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "webp": (b"RIFF",),
    "pdf": (b"%PDF-",),
    "xlsx": (b"PK\x03\x04",),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it was sent. `name` is only for showing: nothing is stored under it."""

    name: str
    kind: str
    content: bytes


async def take_upload(
    request: Request,
    permission: Permission,
    *,
    kinds: tuple[str, ...],
    field: str = "file",
    most_bytes: int = MOST_BYTES,
) -> Upload:
    """The file of a multipart form, from staff who hold `permission`; `kinds` are those of `_MAGIC`, "csv" and "sheet".

    "csv" is UTF-8; a "sheet" is any text, whose reader finds out the encoding and refuses what is none.

    Raises NotSignedIn, NotAllowed; InvalidInput (under `field`) for none, one too large, or one of another kind.
    """
    await staff_of(request, permission)
    form = await request.form(max_files=1, max_fields=20, max_part_size=most_bytes)
    sent = form.get(field)
    if sent is None or isinstance(sent, str) or not sent.filename:
        raise InvalidInput({field: "Choose a file first."})
    content = await sent.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise InvalidInput({field: f"The file is larger than {most_bytes // 1_000_000} MB. Send it in parts."})
    kind = next((kind for kind in kinds if _is_kind(content, kind)), None)
    if kind is None:
        raise InvalidInput({field: f"The file is not one of: {', '.join(kinds)}. Its content counts, not its name."})
    return Upload(sent.filename[-120:], kind, content)


def _is_kind(content: bytes, kind: str) -> bool:
    if kind == "csv":
        return b"\0" not in content and _is_utf8(content)
    if kind == "sheet":
        known = tuple(start for starts in _MAGIC.values() for start in starts)
        return bool(content.strip()) and not content.startswith(known)
    starts = content.startswith(_MAGIC[kind])
    return starts and (kind != "webp" or content[8:12] == b"WEBP")


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(content.strip())
