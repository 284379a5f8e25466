"""The API's documentation as a page: plain HTML made here from the OpenAPI document, with no script and no CDN."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

_STYLE = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.55 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; text-transform: capitalize; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .55rem .8rem; }
summary { cursor: pointer; overflow-wrap: anywhere; } code { font-size: .9em; }
b { display: inline-block; width: 3.6em; }
pre { overflow: auto; padding: .8rem; border: 1px solid var(--line); border-radius: .5rem; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
border-bottom: 1px solid var(--line); overflow-wrap: anywhere; } th { font-weight: 600; }
"""
_EXAMPLE = """curl -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -H "Idempotency-Key: 7f3c" \\
  -d '{"customer": {"name": "Rahima Akter", "phone": "01711000000"},
       "address": {"line": "House 7, Road 3", "area": "Dhanmondi", "city": "Dhaka", "district": "Dhaka"},
       "lines": [{"sku": "SARI-TNG-RED", "quantity": 1}], "payment": {"method": "bkash"}}' \\
  http://localhost:3000/api/v1/orders"""


def page(document: dict[str, Any]) -> str:
    """The whole page."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document['info']['title'])} API</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{escape(document['info']['title'])} API</h1><p>{escape(document['info']['description'])}</p>"
        "<p>Every call carries <code>Authorization: Bearer ‹key›</code>; "
        "<code>python -m dokango api-key --role owner</code> prints a key. Failures are "
        "<code>application/problem+json</code>. For programs: <a href='openapi.json'>openapi.json</a>.</p>"
        f"<pre tabindex='0'>{escape(_EXAMPLE)}</pre>{''.join(_calls(document))}</main></body></html>"
    )


def _calls(document: dict[str, Any]) -> Iterator[str]:
    heading = ""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            tag = operation.get("tags", [""])[0]
            if tag != heading:
                heading = tag
                yield f"<h2>{escape(tag)}</h2>"
            yield _call(document, method.upper(), path, operation)


def _call(document: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> str:
    told = operation.get("description", operation.get("summary", ""))
    first = told.partition(". ")[0].rstrip(".")
    permission = operation.get("x-permission")
    needs = f"<p>The key's role needs <code>{escape(permission)}</code>.</p>" if permission else ""
    rows = [
        (parameter["name"], f"{parameter['in']}, {_kind(parameter['schema'])}", parameter.get("description", ""))
        for parameter in operation.get("parameters", [])
    ]
    answers = " · ".join(
        f"{status} {_kind(_schema_of(response))}" for status, response in operation["responses"].items()
    )
    return (
        f"<details><summary><b>{method}</b> <code>{escape(path)}</code> <small>{escape(first)}</small></summary>"
        f"<p>{escape(told)}</p>{needs}"
        f"{_table('Parameters', rows)}{_body(document, operation)}<p>Answers: {escape(answers)}</p></details>"
    )


def _body(document: dict[str, Any], operation: dict[str, Any]) -> str:
    schema = _schema_of(operation.get("requestBody", {}))
    return "".join(_fields(document, schema["$ref"], "Body")) if "$ref" in schema else ""


def _fields(document: dict[str, Any], ref: str, title: str) -> Iterator[str]:
    """The fields of one model, then those of the models inside it."""
    model = document["components"]["schemas"][ref.rpartition("/")[2]]
    required = model.get("required", [])
    rows = [
        (name, _kind(schema) + ("" if name in required else ", optional"), schema.get("description", ""))
        for name, schema in model.get("properties", {}).items()
    ]
    yield _table(title, rows)
    for name, schema in model.get("properties", {}).items():
        for inner in _refs(schema):
            yield from _fields(document, inner, name)


def _refs(schema: dict[str, Any]) -> Iterator[str]:
    if "$ref" in schema:
        yield schema["$ref"]
    for inner in [schema.get("items"), *schema.get("anyOf", [])]:
        if isinstance(inner, dict):
            yield from _refs(inner)


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(str(value) for value in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_kind(inner) for inner in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return str(schema.get("type", ""))


def _schema_of(content: dict[str, Any]) -> dict[str, Any]:
    return next((kind.get("schema", {}) for kind in content.get("content", {}).values()), {})


def _table(title: str, rows: list[tuple[str, str, str]]) -> str:
    if not rows:
        return ""
    body = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{escape(kind)}</td><td>{escape(words)}</td></tr>"
        for name, kind, words in rows
    )
    return f"<table><tr><th>{escape(title)}</th><th>Kind</th><th></th></tr>{body}</table>"
