"""What a client sends in a call: JSON, whatever it is called, or a form with PHP's brackets, as a mapping."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from email.parser import BytesParser
from urllib.parse import parse_qsl

MOST_FIELDS, DEEPEST = 20_000, 5
_FORM, _PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def read_body(raw: bytes, content_type: str) -> object:
    """JSON first, for many a client names a form and sends JSON; None for what is neither."""
    if not raw:
        return None
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        pass
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in (_FORM, _PARTS):
        return None
    try:
        return _nested(_fields(raw) if kind == _FORM else _parts(raw, content_type))
    except ValueError:
        return None


def _fields(raw: bytes) -> list[tuple[str, str]]:
    return parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)


def _parts(raw: bytes, content_type: str) -> list[tuple[str, str]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("ascii", "replace")
    found: list[tuple[str, str]] = []
    for part in BytesParser().parsebytes(head + raw).walk():
        name, value = part.get_param("name", header="content-disposition"), part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes):
            found.append((name, value.decode("utf-8", "replace")))
    return found[:MOST_FIELDS]


def _nested(fields: Iterable[tuple[str, str]]) -> object:
    """`a[b]`, `a[]` and `a[0][b]` as PHP reads them; ValueError for brackets that make no sense."""
    root: dict[str, object] = {}
    for name, value in fields:
        head, rest = name.partition("[")[0], _BRACKETS.findall(name)
        if len(rest) > DEEPEST:
            raise ValueError(name)
        _put(root, [head, *rest], value)
    return _listed(root)


def _put(node: dict[str, object], path: list[str], value: str) -> None:
    for step in path[:-1]:
        inner = node.setdefault(step or str(len(node)), {})
        if not isinstance(inner, dict):
            raise ValueError(step)
        node = inner
    node[path[-1] or str(len(node))] = value


def _listed(node: object) -> object:
    """A mapping whose keys count from 0 is a list."""
    if not isinstance(node, dict):
        return node
    inner = {name: _listed(value) for name, value in node.items()}
    return [*inner.values()] if inner and [*inner] == [str(n) for n in range(len(inner))] else inner
